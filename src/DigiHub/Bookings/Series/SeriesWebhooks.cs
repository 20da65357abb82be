using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Spaces;

namespace DigiHub.Bookings.Series;

/// <summary>
/// What programs of others are told of series: one act, however many dates. The dates themselves are at the address of the API that
/// it names.
/// </summary>
internal sealed class SeriesWebhooks : IWebhookSubject
{
    public SubjectKind Kind => BookingSeries.Subject;

    public IReadOnlyList<WebhookType> Types { get; } =
    [
        new("booking_series.created", new("Series booked", "Serie gebucht"), SeriesActs.Created),
        new("booking_series.changed", new("Series changed", "Serie geändert"), SeriesActs.Changed, SeriesActs.Split,
            SeriesActs.Approved),
        new("booking_series.cancelled", new("Dates of a series cancelled", "Termine einer Serie storniert"), SeriesActs.Cancelled,
            SeriesActs.Declined, SeriesActs.Lapsed),
    ];

    public async Task<WebhookFacts?> Facts(HubDb db, Subject subject, CancellationToken stop)
    {
        if (await db.BookingSeries.FindAsync([subject.Id], stop) is not { } series)
            return null;
        var space = await db.Spaces.FindAsync([series.SpaceId], stop);
        return new WebhookFacts
        {
            Ids = new Dictionary<string, object> { ["spaceId"] = series.SpaceId },
            SiteId = series.SiteId,
            Path = $"/bookings/series/{series.Id}",
            Title = space is null || series.StartTime is not { } start
                ? null : (new(space.Name, space.Name), series.FromDate + start),
        };
    }
}
