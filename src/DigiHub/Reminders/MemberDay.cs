using DigiHub.Bookings;
using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Registrations;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Reminders;

/// <summary>Something on a member's day: a booking or an event they have a seat at.</summary>
/// <param name="Since">When it came onto the day.</param>
public sealed record DayItem(
    LocalSpan Local, SiteContext Place, Space? Space, Booking? Booking, Event? Event, Registration? Registration, Instant Since)
{
    /// <summary>Of the booking or the registration; empty: it is only a wish.</summary>
    public Guid Id => Booking?.Id ?? Registration?.Id ?? Guid.Empty;

    /// <summary>The member has to be there; of a meeting at two sites at one of the two.</summary>
    public bool IsOnSite => Event?.Format != EventFormat.Online && Booking?.IsSecondPart != true;
}

/// <summary>What a member has on one day at all sites, by start; at most <see cref="ItemsMax"/>.</summary>
public sealed record MemberDay(LocalDate Date, IReadOnlyList<DayItem> Items)
{
    public const int ItemsMax = 40;

    /// <summary>Where the member has to be, in the order of the day, each once.</summary>
    public IReadOnlyList<SiteContext> Places =>
        [.. Items.Where(item => item.IsOnSite).Select(item => item.Place).DistinctBy(place => place.Site.Id)];

    /// <param name="site">Whose clock says when the day begins and ends.</param>
    public static async Task<MemberDay> Of(HubDb db, HubDirectory map, Guid memberId, LocalDate date, SiteTime site, CancellationToken stop)
    {
        var (from, until) = (site.DayOf(date).Start, site.DayOf(date).End);
        var bookings = await db.Bookings.AsNoTracking()
            .Where(own => own.MemberId == memberId && own.Status == BookingStatus.Confirmed && own.Start < until && own.End > from)
            .OrderBy(own => own.Start).Take(ItemsMax).ToListAsync(stop);
        var events = db.Events;
        var seats = await db.Registrations.AsNoTracking()
            .Where(own => own.MemberId == memberId && own.Status == RegistrationStatus.Confirmed)
            .Join(events, own => own.EventId, evt => evt.Id, (own, evt) => new { Registration = own, Event = evt })
            .Where(seat => seat.Event.Status == EventStatus.Published && seat.Event.Start < until && seat.Event.End > from)
            .OrderBy(seat => seat.Event.Start).Take(ItemsMax).ToListAsync(stop);

        var items = bookings
            .Select(own => new DayItem(own.LocalSpan, map.Place(own.SiteId)!, map.Space(own.SpaceId), own, null, null, own.CreatedAt))
            .Concat(seats.Select(seat => new DayItem(seat.Event.LocalSpan, map.Place(seat.Event.SiteId)!,
                seat.Event.SpaceId is { } room ? map.Space(room) : null, null, seat.Event,
                seat.Registration, seat.Registration.PromotedAt ?? seat.Registration.RegisteredAt)));
        return new MemberDay(date, [.. items.OrderBy(item => item.Local.Start).ThenBy(item => item.Local.End).Take(ItemsMax)]);
    }
}
