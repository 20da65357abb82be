using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Spaces;

namespace DigiHub.Bookings;

/// <summary>What programs of others are told of bookings: which space, and when.</summary>
internal sealed class BookingWebhooks : IWebhookSubject
{
    public SubjectKind Kind => Booking.Subject;

    public IReadOnlyList<WebhookType> Types { get; } =
    [
        new("booking.created", new("Desk or room booked", "Platz oder Raum gebucht"), BookingActs.Created, BookingActs.Reinstated),
        new("booking.moved", new("Booking changed", "Buchung geändert"), BookingActs.Moved, BookingActs.Ended,
            BookingActs.HandedOver),
        new("booking.cancelled", new("Booking cancelled", "Buchung storniert"), BookingActs.Cancelled),
    ];

    public async Task<WebhookFacts?> Facts(HubDb db, Subject subject, CancellationToken stop)
    {
        if (await db.Bookings.FindAsync([subject.Id], stop) is not { } booking)
            return null;
        var space = await db.Spaces.FindAsync([booking.SpaceId], stop);
        return new WebhookFacts
        {
            Ids = new Dictionary<string, object> { ["spaceId"] = booking.SpaceId },
            SiteId = booking.SiteId,
            Path = $"/bookings/{booking.Id}",
            Title = space is null ? null : (new(space.Name, space.Name), booking.StartLocal),
        };
    }
}
