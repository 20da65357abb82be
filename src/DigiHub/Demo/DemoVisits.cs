using DigiHub.Bookings;
using DigiHub.Bookings.Approvals;
using DigiHub.Bookings.Guests;
using DigiHub.Claims;
using DigiHub.Members;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Demo;

/// <summary>One booking of a hall that waits for approval, and one of a room to which guests come; both soon, both East.</summary>
internal sealed class DemoVisits(
    DemoDice dice, HubDirectory map, IReadOnlyList<Member> members, DemoBookings bookings, IReadOnlyCollection<Claim> eventClaims,
    Instant now)
{
    public List<Approval> Approvals { get; } = [];

    public List<BookingGuest> Guests { get; } = [];

    public void Fill()
    {
        if (map.Place(DemoSites.East) is not { } place)
            return;
        Wait(place);
        Invite(place);
    }

    private void Wait(SiteContext place)
    {
        var hall = map.Offered(place.Site.Id, SpaceKind.Room).FirstOrDefault(room => room.Rules.NeedsApproval);
        var today = place.Time.DateOf(now);
        for (var day = today.PlusDays(4); hall is not null && day < today.PlusDays(18); day = day.PlusDays(1))
        {
            var when = LocalSpan.On(day, new(10, 0), new(12, 0));
            var span = new Span(place.Time.Shifted(when.Start), place.Time.Shifted(when.End));
            var blocked = ClaimSpace.Blocked(hall, span);
            if (place.Hours.On(day) is null || bookings.Claims.Concat(eventClaims).Any(claim =>
                hall.Units.Exists(unit => unit.UnitId == claim.UnitId) && claim.Start < blocked.End && claim.End > blocked.Start))
                continue;
            var booking = bookings.Add(members[1], hall, place, when, "Konsortialtreffen");
            booking.People = hall.Capacity / 2;
            var approval = new Approval
            {
                Id = dice.Id(),
                SiteId = place.Site.Id,
                SpaceId = hall.Id,
                AskedAt = now,
                LapsesAt = Approval.LapseOf(booking.Start, now),
                ToldAt = now, // its e-mail would be the first of the demo
            };
            Approvals.Add(approval);
            booking.Await(approval);
            return;
        }
    }

    private void Invite(SiteContext place)
    {
        var from = place.Time.DayOf(place.Time.DateOf(now).PlusDays(1)).Start;
        var visited = bookings.Bookings.Where(one => one.SiteId == place.Site.Id && one.Start > from && one.IsStanding && !one.IsPending
            && map.Space(one.SpaceId) is { Kind: SpaceKind.Room, Capacity: >= 4 }).MinBy(one => one.Start);
        if (visited is null)
            return;
        foreach (var (name, address) in new[] { ("Ina Beispiel", "ina@gast.example"), ("Otto Muster", null) })
        {
            var guest = new BookingGuest
            {
                Id = dice.Id(),
                BookingId = visited.Id,
                Name = PersonName.Of(name),
                Email = address is null ? null : EmailAddress.Of(address),
                Language = Language.German,
                AddedAt = now,
            };
            guest.Told(visited.CalendarSequence);
            Guests.Add(guest);
        }
    }
}
