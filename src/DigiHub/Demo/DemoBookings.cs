using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Bookings.Waiting;
using DigiHub.Claims;
using DigiHub.Members;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Demo;

/// <summary>
/// Three weeks of bookings behind us and three ahead, as full as a good hub is. They obey all rules of real bookings:
/// one desk for one person at a time, no two claims on a unit. Ada's desk and days ahead stay free for a first booking.
/// </summary>
internal sealed class DemoBookings(DemoDice dice, HubDirectory map, IReadOnlyList<Member> members, Instant now)
{
    private const int DaysBack = 21;
    private const int DaysAhead = 21;

    private readonly Member ada = members[0];

    public List<Booking> Bookings { get; } = [];

    public List<Claim> Claims { get; } = [];

    public void Fill()
    {
        foreach (var place in map.Places)
        {
            var today = place.Time.DateOf(now);
            for (var day = today.PlusDays(-DaysBack); day <= today.PlusDays(DaysAhead); day = day.PlusDays(1))
                if (place.Hours.On(day) is { } hours)
                {
                    Desks(place, day, hours, isAhead: day > today);
                    Rooms(place, day, hours);
                }
        }
    }

    /// <summary>
    /// Two wait for a room that is booked on the next open day: who cancels that booking sees the first of them get an offer.
    /// </summary>
    public IEnumerable<WaitingEntry> Waiting()
    {
        if (Bookings.Where(one => one.Start > now + Duration.FromHours(12) && one.MemberId != ada.Id
                && map.Space(one.SpaceId)?.Kind == SpaceKind.Room)
            .OrderBy(one => one.Start).ThenBy(one => one.Id).FirstOrDefault() is not { } booking)
            yield break;
        var others = members.Skip(1).Where(one => one.Id != booking.MemberId).Take(1);
        foreach (var (member, minutes) in others.Select(one => (one, 90)).Append((ada, 30)))
        {
            yield return new WaitingEntry
            {
                Id = dice.Id(),
                MemberId = member.Id,
                CreatedById = member.Id,
                SpaceId = booking.SpaceId,
                SiteId = booking.SiteId,
                Kind = SpaceKind.Room,
                FromLocal = booking.StartLocal,
                UntilLocal = booking.EndLocal,
                JoinedAt = now - Duration.FromMinutes(minutes),
                EndsAt = booking.Start,
                WishKey = $"demo {booking.SpaceId} {booking.LocalSpan}",
            };
        }
    }

    private void Desks(SiteContext place, LocalDate day, DayHours hours, bool isAhead)
    {
        // Odd members sit in one site on a day, even ones in the other, so nobody has two desks at once.
        var mine = (day.DayOfYear + place.Site.Id) % 2;
        var sitters = new Queue<Member>(dice.Shuffled(members.Skip(DemoCast.All.Count).Where((_, i) => i % 2 == mine)));
        foreach (var desk in map.Offered(place.Site.Id, SpaceKind.Desk))
        {
            var isAdas = desk.Name == DemoCast.UsualDeskOfAda;
            if (isAdas && !isAhead && dice.Percent(60))
                Book(ada, desk, place, hours.On(day), null);
            if (isAdas || !dice.Percent(45) || !sitters.TryDequeue(out var member))
                continue;

            var span = dice.Between(1, 10) switch
            {
                <= 6 => hours.On(day),
                <= 8 => hours.Morning(day),
                _ => hours.Afternoon(day),
            };
            Book(member, desk, place, span, null);
        }
    }

    private static readonly string[] titles =
    [
        "Stand-up", "Jour fixe", "Kundengespräch", "Sprint review", "Pilotprojekt", "Interview", "Konsortialtreffen", "Design critique",
    ];

    private void Rooms(SiteContext place, LocalDate day, DayHours hours)
    {
        var rooms = map.Offered(place.Site.Id, SpaceKind.Room).Concat(map.Offered(place.Site.Id, SpaceKind.Booth));
        foreach (var room in rooms.Where(room => room.Capacity < 16)) // the big ones are kept for events
        {
            var opens = hours.Opens.Hour * 60;
            var closes = hours.Closes.Hour * 60;
            for (var from = opens + 30 * dice.Between(0, 4); ;)
            {
                var until = from + 30 * (room.Kind == SpaceKind.Booth ? 1 : dice.Between(1, 4));
                if (until > closes)
                    break;
                if (dice.Percent(45))
                    Book(members[dice.Between(1, members.Count - 1)], room, place,
                        LocalSpan.On(day, LocalTime.FromMinutesSinceMidnight(from), LocalTime.FromMinutesSinceMidnight(until)),
                        titles[dice.Between(0, titles.Length - 1)]);
                from = until + 30 * dice.Between(0, 3);
            }
        }
    }

    private void Book(Member member, Space space, SiteContext place, LocalSpan when, string? title) =>
        Add(member, space, place, when, title);

    /// <summary>One more, where nothing else is.</summary>
    public Booking Add(Member member, Space space, SiteContext place, LocalSpan when, string? title)
    {
        var span = new Span(place.Time.Shifted(when.Start), place.Time.Shifted(when.End));
        var booking = new Booking
        {
            Id = dice.Id(),
            SpaceId = space.Id,
            SiteId = space.SiteId,
            MemberId = member.Id,
            BookedById = member.Id,
            Title = title,
            StartLocal = when.Start,
            EndLocal = when.End,
            Start = span.Start,
            End = span.End,
            CreatedAt = Instant.Min(now, span.Start) - Duration.FromDays(2),
        };
        // Those of later days were made before check-in was asked for: nobody plays these people, and all would be released.
        if (place.Time.DateOf(span.Start) <= place.Time.DateOf(now))
            booking.AskToCheckIn(space, booking.CreatedAt);
        if (booking.CheckInBy is not null && span.Start <= now)
            booking.CheckIn(CheckInWay.Page, Instant.Min(now, span.Start + Duration.FromMinutes(3)));
        Bookings.Add(booking);
        foreach (var unit in space.Units)
            Claims.Add(new Claim
            {
                Id = dice.Id(),
                UnitId = unit.UnitId,
                Holder = Booking.Subject.Of(booking.Id),
                Start = span.Start - Duration.FromMinutes(space.Rules.SetUpMinutes),
                End = span.End + Duration.FromMinutes(space.Rules.TearDownMinutes),
            });
        return booking;
    }
}
