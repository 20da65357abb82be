using DigiHub.Bookings;
using DigiHub.Bookings.Meetings;
using DigiHub.Data;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Reminders;

/// <summary>Something of a member's day to which they cannot come in time from what is before it at another site.</summary>
/// <param name="Earlier">What comes before.</param>
/// <param name="Later">What they would be late for.</param>
/// <param name="Comfortable">When the later one could begin, of the same length; null: it is an event, has begun, or would not fit.</param>
public sealed record LateFor(DayItem Earlier, DayItem Later, Duration Between, LocalSpan? Comfortable);

/// <summary>Where the way between the sites is longer than the time between two things of a member: bookings and seats at events.</summary>
public sealed class MyWays(HubDbFactory databases, Catalogue catalogue, IClock clock)
{
    /// <summary>What a booking not made yet would be too close to: before it, and after it.</summary>
    public async Task<IReadOnlyList<LateFor>> With(Guid memberId, Space space, LocalSpan wish, Duration way, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        var place = map.PlaceOf(space);
        if (way <= Duration.Zero || map.Places.Count < 2 || !place.Time.Typed(wish).IsDone)
            return [];
        await using var db = databases.Open();
        var wished = new DayItem(wish, place, space, Booking: null, Event: null, Registration: null, Since: clock.GetCurrentInstant());
        var day = await MemberDay.Of(db, map, memberId, wish.Start.Date, place.Time, stop);
        return [.. Among(day.Items.Append(wished), way, clock.GetCurrentInstant())
            .Where(one => one.Earlier == wished || one.Later == wished)];
    }

    /// <summary>Of a booking that stands.</summary>
    public async Task<IReadOnlyList<LateFor>> Of(Booking booking, Duration way, CancellationToken stop)
    {
        await using var db = databases.Open();
        return await Of(db, await catalogue.Map(stop), booking, way, clock.GetCurrentInstant(), stop);
    }

    /// <inheritdoc cref="Of(Booking, Duration, CancellationToken)"/>
    public static async Task<IReadOnlyList<LateFor>> Of(
        HubDb db, HubDirectory map, Booking booking, Duration way, Instant now, CancellationToken stop)
    {
        if (way <= Duration.Zero || map.Places.Count < 2 || !booking.IsStanding)
            return [];
        var day = await MemberDay.Of(
            db, map, booking.MemberId, booking.StartLocal.Date, map.Place(booking.SiteId)!.Time, stop);
        return [.. Among(day.Items, way, now).Where(one => one.Earlier.Id == booking.Id || one.Later.Id == booking.Id)];
    }

    /// <summary>Among these, the earliest first. A meeting at two sites is at either, so one comes to it from anywhere.</summary>
    public static IReadOnlyList<LateFor> Among(IEnumerable<DayItem> items, Duration way, Instant now)
    {
        var byId = items.Where(item => item.IsOnSite && item.Booking?.MeetingId is null)
            .DistinctBy(item => item.Id).ToDictionary(item => item.Id);
        return
        [
            .. from pair in BetweenSites.Impossible(byId.Values.Select(StayOf), way)
               let later = byId[pair.Later.Id]
               select new LateFor(byId[pair.Earlier.Id], later, pair.Between, Comfortable(pair, later, now)),
        ];
    }

    private static LocalSpan? Comfortable(ImpossiblePair pair, DayItem later, Instant now)
    {
        if (later is not { Event: null, Space: { Rules.Granularity: Granularity.Minutes } space } || pair.Later.Span.Start <= now
            || BetweenSites.ComfortableStart(pair, later.Place.Time, space.Rules.StepMinutes) is not { } start)
            return null;
        var length = Period.Between(later.Local.Start, later.Local.End, PeriodUnits.Minutes).Minutes;
        var moved = new LocalSpan(start, start.PlusMinutes(length));
        return later.Place.Hours.Check(moved) is null ? moved : null;
    }

    private static Stay StayOf(DayItem item) => new(item.Id, item.Place.Site.Id,
        item.Booking?.Span ?? (item.Event is { } evt ? new Span(evt.Start, evt.End) : item.Place.Time.Typed(item.Local).Value),
        item.Space?.Kind == SpaceKind.Desk);
}
