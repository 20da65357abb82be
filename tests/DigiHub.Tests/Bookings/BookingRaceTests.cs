using DigiHub.Bookings;
using DigiHub.Claims;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Spaces;

namespace DigiHub.Tests.Bookings;

/// <summary>Two people want the same thing at the same moment. Nobody gets an error; exactly one gets it.</summary>
public abstract class BookingRaceTests(TestDatabase database) : HubTests(database)
{
    private static readonly LocalDate Tomorrow = new(2026, 11, 24);

    [Fact]
    public async Task Of_two_hundred_who_want_one_desk_one_gets_it_and_the_others_alternatives()
    {
        await Crowd(200);

        var outcomes =
            await AtOnce(people.Select(who => (Func<Task<Outcome<Booking>>>)(() => TestHub.TryBook(who, Cast.Desk, When.On(Tomorrow)))));

        Assert.Single(outcomes, outcome => outcome.IsDone);
        Assert.All(outcomes.Where(outcome => !outcome.IsDone), outcome =>
        {
            Assert.Equal("slot_taken", outcome.Refusal!.Code);
            Assert.NotEmpty(outcome.Refusal.Alternatives);
        });
        Assert.Equal(1, await TestHub.Read(db => db.Bookings.CountAsync(Stop)));
        Assert.Equal(1, await TestHub.Read(db => db.Claims.CountAsync(Stop)));
        Assert.Equal(1, await TestHub.Read(db => db.Notifications.CountAsync(Stop)));
    }

    [Fact]
    public async Task Of_two_hundred_who_want_any_of_a_pool_of_ten_ten_get_one_each_and_the_others_alternatives()
    {
        await Crowd(200);
        var desks = await MoreDesks(10);
        var pool = await TestHub.Pool("Hof", [.. desks]);

        var outcomes =
            await AtOnce(people.Select(who => (Func<Task<Outcome<Booking>>>)(() => TestHub.TryBook(who, pool, When.On(Tomorrow)))));

        Assert.Equal(desks.Select(desk => desk.Id).Order(),
            outcomes.Where(outcome => outcome.IsDone).Select(outcome => outcome.Value.SpaceId).Order());
        Assert.All(outcomes.Where(outcome => !outcome.IsDone), outcome =>
        {
            Assert.Equal("pool_taken", outcome.Refusal!.Code);
            Assert.NotEmpty(outcome.Refusal.Alternatives);
        });
        Assert.Equal(10, await TestHub.Read(db => db.Bookings.CountAsync(Stop)));
        Assert.Equal(10, await TestHub.Read(db => db.Claims.CountAsync(Stop)));
        Assert.Equal(0, await TestHub.OverlappingClaims());
    }

    [Fact]
    public async Task A_pool_its_desks_by_name_and_moves_among_them_at_once_never_take_one_twice()
    {
        await Crowd(60);
        var desks = await MoreDesks(8);
        var pool = await TestHub.Pool("Hof", [.. desks]);
        var mine = new List<(Booking Booking, Member Who)>();
        foreach (var who in people.Take(6))
            mine.Add((await TestHub.Book(who, pool, When.On(Tomorrow.PlusDays(1))), who));
        List<Func<Task<Outcome<Booking>>>> acts =
        [
            .. people.Skip(6).Select((who, i) => (Func<Task<Outcome<Booking>>>)(() => i % 2 == 0
                ? TestHub.TryBook(who, pool, When.On(Tomorrow))
                : TestHub.TryBook(who, desks[i % 8], When.On(Tomorrow)))),
            .. mine.Select(one => (Func<Task<Outcome<Booking>>>)(() => TestHub.Get<MoveBooking>().Run(
                new MoveBookingRequest { BookingId = one.Booking.Id, ActorId = one.Who.Id, When = When.On(Tomorrow) }, Stop))),
        ];

        var outcomes = await AtOnce(acts);

        string[] expected = ["slot_taken", "pool_taken"];
        Assert.All(outcomes.Where(outcome => !outcome.IsDone), outcome => Assert.Contains(outcome.Refusal!.Code, expected));
        Assert.Equal(8, outcomes.Count(outcome => outcome.IsDone));
        Assert.Equal(0, await TestHub.OverlappingClaims());
    }

    [Fact]
    public async Task Random_overlapping_times_in_one_room_never_overlap_once_booked()
    {
        await Crowd(40);
        var random = new Random(20261124);
        var wishes = Enumerable.Range(0, 240).Select(i =>
        {
            var start = Tomorrow + new LocalTime(8, 0).PlusMinutes(15 * random.Next(44));
            return (Who: people[i % people.Count], When: When.Between(start, start.PlusMinutes(15 * random.Next(1, 5))));
        }).ToList();

        var outcomes =
            await AtOnce(wishes.Select(wish => (Func<Task<Outcome<Booking>>>)(() => TestHub.TryBook(wish.Who, Cast.Booth, wish.When))));

        Assert.Equal(0, await TestHub.OverlappingClaims());
        Assert.Contains(outcomes, outcome => outcome.IsDone);
        Assert.All(outcomes.Where(outcome => !outcome.IsDone), outcome => Assert.Equal("slot_taken", outcome.Refusal!.Code));
    }

    [Fact]
    public async Task A_divisible_room_and_its_parts_are_never_taken_twice()
    {
        await Crowd(10);
        Space[] parts = [Cast.Hall, Cast.Spree, Cast.Panke];
        var random = new Random(7);
        var wishes = Enumerable.Range(0, 240).Select(i =>
            (Who: people[i % people.Count], Space: parts[random.Next(3)],
                Start: Tomorrow.PlusDays(random.Next(3)) + new LocalTime(8 + random.Next(11), 0))).ToList();

        var outcomes = await AtOnce(wishes.Select(wish => (Func<Task<Outcome<Booking>>>)(() =>
            TestHub.TryBook(wish.Who, wish.Space, When.Between(wish.Start, wish.Start.PlusMinutes(45))))));

        Assert.Equal(0, await TestHub.OverlappingClaims());
        Assert.Contains(outcomes, outcome => outcome.IsDone);
        Assert.All(outcomes.Where(outcome => !outcome.IsDone), outcome => Assert.Equal("slot_taken", outcome.Refusal!.Code));
    }

    [Fact]
    public async Task One_person_on_twenty_desks_at_once_gets_one()
    {
        var desks = await MoreDesks(20);

        var outcomes =
            await AtOnce(desks.Select(desk => (Func<Task<Outcome<Booking>>>)(() => TestHub.TryBook(Cast.Ada, desk, When.On(Tomorrow)))));

        Assert.Single(outcomes, outcome => outcome.IsDone);
        Assert.All(outcomes.Where(outcome => !outcome.IsDone), outcome => Assert.Equal("already_booked", outcome.Refusal!.Code));
    }

    [Fact]
    public async Task Two_who_would_swap_rooms_both_keep_theirs()
    {
        var adas = await TestHub.Book(Cast.Ada, Cast.Spree, At(10));
        var bobs = await TestHub.Book(Cast.Bob, Cast.Panke, At(10));

        var outcomes = await AtOnce([() => Move(adas, Cast.Ada, Cast.Panke), () => Move(bobs, Cast.Bob, Cast.Spree)]);

        Assert.All(outcomes, outcome => Assert.Equal("slot_taken", outcome.Refusal?.Code));
        Assert.Equal(2, await TestHub.Read(db => db.Claims.CountAsync(Stop)));
        Assert.Equal(0, await TestHub.OverlappingClaims());
    }

    [Fact]
    public async Task Moves_cancellations_and_new_bookings_at_once_leave_what_stands_claimed_and_nothing_else()
    {
        await Crowd(12);
        var booked = new List<(Booking Booking, Member Who)>();
        foreach (var (who, i) in people.Select((who, i) => (who, i)))
            booked.Add((await TestHub.Book(who, i % 2 == 0 ? Cast.Spree : Cast.Panke, At(8 + i / 2 * 2)), who));
        var random = new Random(11);
        var acts = booked.SelectMany(one => Enumerable.Range(0, 6).Select(_ => random.Next(4) switch
        {
            0 => (Func<Task<Outcome<Booking>>>)(() => Move(one.Booking, one.Who, random.Next(2) == 0 ? Cast.Spree : Cast.Hall)),
            1 => () => TestHub.Get<CancelBooking>().Run(one.Booking.Id, one.Who.Id, ifRevision: null, Stop),
            2 => () => TestHub.Get<ReinstateBooking>().Run(one.Booking.Id, one.Who.Id, Stop),
            _ => () => TestHub.TryBook(one.Who, Cast.Spree, At(8 + random.Next(11))),
        })).ToList();

        var outcomes = await AtOnce(acts);

        string[] expected = ["slot_taken", "already_cancelled", "not_cancelled", "stale", "outside_opening_hours"];
        Assert.All(outcomes.Where(outcome => !outcome.IsDone), outcome => Assert.Contains(outcome.Refusal!.Code, expected));
        Assert.Equal(0, await TestHub.OverlappingClaims());
        var standing = await TestHub.Read(db => db.Bookings.Where(booking => booking.Status == BookingStatus.Confirmed)
            .ToDictionaryAsync(booking => booking.Id, booking => booking.SpaceId, Stop));
        var held = await TestHub.Read(db => db.Claims.GroupBy(claim => claim.HolderId)
            .Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(one => one.Key, one => one.Count, Stop));
        Assert.Equal(standing.Keys.Order(), held.Keys.Order());
        Assert.All(standing, one => Assert.Equal(one.Value == Cast.Hall.Id ? 2 : 1, held[one.Key]));
    }

    [Fact]
    public async Task Reinstating_and_booking_again_at_once_have_one_winner()
    {
        for (var round = 0; round < 5; round++)
        {
            var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(8 + 2 * round));
            await TestHub.Get<CancelBooking>().Run(booking.Id, Cast.Ada.Id, ifRevision: null, Stop);

            var hour = 8 + 2 * round;
            var outcomes = await AtOnce([
                () => TestHub.Get<ReinstateBooking>().Run(booking.Id, Cast.Ada.Id, Stop),
                () => TestHub.TryBook(Cast.Bob, Cast.Spree, At(hour)),
            ]);

            Assert.Single(outcomes, outcome => outcome.IsDone);
        }
    }

    [Fact]
    public async Task Two_changes_of_one_revision_have_one_winner_and_one_who_looks_again()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10));

        var outcomes = await AtOnce(Enumerable.Range(12, 4).Select(hour => (Func<Task<Outcome<Booking>>>)(() =>
            TestHub.Get<MoveBooking>().Run(
                new MoveBookingRequest { BookingId = booking.Id, ActorId = Cast.Ada.Id, When = At(hour), IfRevision = 1 }, Stop))));

        Assert.Single(outcomes, outcome => outcome.IsDone);
        Assert.All(outcomes.Where(outcome => !outcome.IsDone), outcome => Assert.Equal("stale", outcome.Refusal!.Code));
    }

    private readonly List<Member> people = [];

    private static When At(int hour) => When.Between(Tomorrow + new LocalTime(hour, 0), Tomorrow + new LocalTime(hour, 45));

    private Task<Outcome<Booking>> Move(Booking booking, Member who, Space to) =>
        TestHub.Get<MoveBooking>().Run(new MoveBookingRequest { BookingId = booking.Id, ActorId = who.Id, SpaceId = to.Id }, Stop);

    /// <summary>All start together, each on a thread of its own as far as there are any.</summary>
    private static Task<Outcome<Booking>[]> AtOnce(IEnumerable<Func<Task<Outcome<Booking>>>> acts) =>
        Task.WhenAll(acts.Select(act => Task.Run(act, Stop)));

    private async Task Crowd(int count)
    {
        people.AddRange(Enumerable.Range(1, count).Select(i => new Member
        {
            Id = Guid.CreateVersion7(),
            Name = PersonName.Of($"Guest {i}"),
            Email = EmailAddress.Of($"guest{i}@example.org"),
            SecurityStamp = "-",
            CreatedAt = TestHub.Opening,
        }));
        await TestHub.Lay([.. people]);
    }

    private async Task<List<Space>> MoreDesks(int count)
    {
        var rules = new RuleSet { Name = new("Hof", "Courtyard"), Granularity = Granularity.HalfDay };
        List<Space> desks = [.. Enumerable.Range(1, count).Select(i => new Space
        {
            SiteId = Cast.East.Id,
            FloorId = Cast.East.Floors[0].Id,
            Kind = SpaceKind.Desk,
            Name = $"E9-{i:00}",
            Zone = new("Hof", "Courtyard"),
            Capacity = 1,
            Rules = rules,
            Units = [new SpaceUnit { UnitId = 100 + i }],
        })];
        await TestHub.Lay([.. desks]);
        return desks;
    }

    public sealed class OnSqlite(SqliteDatabase database) : BookingRaceTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : BookingRaceTests(database), IClassFixture<PostgresDatabase>;
}
