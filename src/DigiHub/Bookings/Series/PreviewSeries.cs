using DigiHub.Data;
using DigiHub.Spaces;

namespace DigiHub.Bookings.Series;

/// <summary>Says of each date of a series whether it can be had, before anything is saved. Reserves nothing.</summary>
public sealed class PreviewSeries(HubDbFactory databases, Catalogue catalogue, IClock clock)
{
    /// <summary>Refuses as <see cref="BookSeries"/> does, but for what is only about dates: that is in the preview.</summary>
    public async Task<Outcome<SeriesPreview>> Run(SeriesRequest request, CancellationToken stop)
    {
        var (map, now) = (await catalogue.Map(stop), clock.GetCurrentInstant());
        var plan = SeriesPlan.Of(request, map);
        if (!plan.IsDone)
            return plan.Refusal;
        await using var db = databases.Open();
        return await Of(db, map, request, plan.Value, now, stop);
    }

    internal static async Task<Outcome<SeriesPreview>> Of(
        HubDb db, HubDirectory map, SeriesRequest request, SeriesPlan plan, Instant now, CancellationToken stop)
    {
        if (request.FromBookingId is { } bookingId)
        {
            var with = await plan.TakingIn(db, map, bookingId, now, stop);
            if (!with.IsDone)
                return with.Refusal;
            plan = with.Value;
        }

        var viewer = await SeriesPlan.Actor(db, request.ActorId, plan.MemberId, plan.Spaces, now, stop);
        if (!viewer.IsDone)
            return viewer.Refusal;
        return new SeriesPreview
        {
            Pattern = plan.Pattern,
            From = request.From,
            Space = plan.Space,
            Times = request.Times,
            Days = await SeriesCheck.Run(db, map, plan.Wanted, except: Own(request), plan.MemberId, viewer.Value, request.People,
                request.SkipsClosedDays, now, stop),
        };
    }

    private static HashSet<Guid> Own(SeriesRequest request) => request.FromBookingId is { } bookingId ? [bookingId] : [];
}
