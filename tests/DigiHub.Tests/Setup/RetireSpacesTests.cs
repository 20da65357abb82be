using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Claims;
using DigiHub.Events;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Setup;
using DigiHub.Spaces;
using DigiHub.Tests.Bookings;
using DigiHub.Tests.Events;
using DigiHub.Text;

namespace DigiHub.Tests.Setup;

/// <summary>Running a hub, rules 10 and 11. It is Monday, 09:00.</summary>
public abstract class RetireSpacesTests(TestDatabase database) : EventTests(database)
{
    private static readonly LocalDate Tuesday = new(2026, 11, 24), Wednesday = Tuesday.PlusDays(1), Thursday = Tuesday.PlusDays(2);

    [Fact]
    public async Task What_stands_there_is_listed_with_the_likest_that_is_free_at_the_same_time()
    {
        var before = await TestHub.Book(Cast.Ada, Cast.Desk, When.On(Tuesday));
        var first = await TestHub.Book(Cast.Ada, Cast.Desk, When.On(Wednesday));
        var second = await TestHub.Book(Cast.Bob, Cast.Desk, When.On(Thursday));
        await TestHub.Book(Cast.Grace, Cast.NextDesk, When.On(Thursday));

        var plan = (await Plan(Wednesday, Cast.Desk))!;

        Assert.Equal([first.Id, second.Id], plan.Bookings.Select(one => one.Booking.Id));
        Assert.Equal((Cast.NextDesk.Id, (int?)null), (plan.Bookings[0].Proposed!.Id, plan.Bookings[1].Proposed?.Id));
        Assert.Equal("Bob", plan.Bookings[1].MemberName.ToString());
        Assert.False(plan.CanBeDeleted);
        Assert.Equal([before.Id, first.Id, second.Id],
            (await Plan(Tuesday, Cast.Desk))!.Bookings.Select(one => one.Booking.Id));
    }

    [Fact]
    public async Task Two_that_go_at_once_are_never_proposed_the_same()
    {
        await TestHub.Book(Cast.Ada, Cast.Spree, Hours(Wednesday, 9, 11));
        await TestHub.Book(Cast.Bob, Cast.Booth, Hours(Wednesday, 10, 12));
        await TestHub.Book(Cast.Grace, Cast.Spree, Hours(Wednesday, 12, 14));

        var plan = (await Plan(Wednesday, Cast.Spree, Cast.Booth))!;

        Assert.Equal(["Panke", null, "Panke"], plan.Bookings.Select(one => one.Proposed?.Name));
        Assert.Equal(["Spree + Panke"], plan.Bookings[2].Others.Select(other => other.Name)); // its own part is about to be free
    }

    [Fact]
    public async Task Moved_to_what_was_named_it_keeps_its_time_and_from_that_day_on_nobody_books_there()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Desk, When.On(Wednesday));

        var done = (await Retire(Wednesday, [Cast.Desk], new() { [booking.Id] = new(Cast.NextDesk.Id) })).Value;

        Assert.Equal((1, 0, 1), (done.Moved, done.Cancelled, done.PeopleTold));
        var moved = await TestHub.Read(db => db.Bookings.SingleAsync(one => one.Id == booking.Id, Stop));
        Assert.Equal((Cast.NextDesk.Id, booking.LocalSpan), (moved.SpaceId, moved.LocalSpan));
        Assert.Equal("space_retired", (await TestHub.Refused(Cast.Bob, Cast.Desk, When.On(Wednesday))).Code);
        Assert.True((await TestHub.TryBook(Cast.Bob, Cast.Desk, When.On(Tuesday))).IsDone);
        Assert.Equal("slot_taken", (await TestHub.TryBook(Cast.Bob, Cast.NextDesk, When.On(Wednesday))).Refusal?.Code);
        Assert.Equal(1, await TestHub.Read(db => db.Activity.CountAsync(one => one.Act == "space.retired", Stop)));
        Assert.Equal(1, await TestHub.Read(db => db.Activity.CountAsync(one => one.Act == "booking.moved", Stop)));
    }

    [Fact]
    public async Task Who_has_several_bookings_gets_one_e_mail_about_all_and_who_has_one_the_usual_one()
    {
        var (ada, bob) = (new List<Booking>(), await TestHub.Book(Cast.Bob, Cast.Desk, When.On(Tuesday)));
        foreach (var day in new[] { Wednesday, Thursday })
            ada.Add(await TestHub.Book(Cast.Ada, Cast.Desk, When.On(day)));
        TestHub.Clock.AdvanceSeconds(11); // past the moment in which booking can be undone
        await Deliver();
        var before = Now;

        await Retire(Tuesday, [Cast.Desk], new()
        {
            [bob.Id] = new(Cast.NextDesk.Id),
            [ada[0].Id] = new(Cast.NextDesk.Id),
            [ada[1].Id] = Fate.Cancelled,
        }, reason: new("Umbau", "Works"));

        TestHub.Clock.AdvanceSeconds(11);
        var left = (await Deliver()).Where(one => one.WrittenAt >= before && one.Type.Class == NotificationClass.Transactional).ToList();
        Assert.Equal([(Cast.Bob.Id, BookingNotifications.Moved), (Cast.Ada.Id, BookingNotifications.Settled)],
            left.Select(one => (one.MemberId!.Value, one.Type)).OrderBy(one => one.Type.Name));
        var map = await TestHub.Get<Catalogue>().Map(Stop);
        var (reason, told) = (await TestHub.Read(db => SettledBookings.Of(
            db, map, left.Single(one => one.Type == BookingNotifications.Settled), Stop)))!.Value;
        Assert.Equal("Umbau", reason.German);
        Assert.Equal([("E1-01", "E1-02", true), ("E1-01", "E1-01", false)],
            told.Select(one => (one.From.Name, one.Space.Name, one.IsMoved)));
        Assert.Equal(BookingStatus.Cancelled, (await TestHub.Read(db => db.Bookings.SingleAsync(one => one.Id == ada[1].Id, Stop))).Status);
    }

    [Fact]
    public async Task Without_a_choice_for_each_nothing_happens_and_what_is_missing_is_named()
    {
        var first = await TestHub.Book(Cast.Ada, Cast.Desk, When.On(Wednesday));
        var second = await TestHub.Book(Cast.Bob, Cast.Desk, When.On(Thursday));

        var refusal = (await Retire(Wednesday, [Cast.Desk], new() { [first.Id] = Fate.Cancelled })).Refusal!;

        Assert.Equal(("booking_undecided", $"fate_{second.Id}"), (refusal.Code, refusal.Field));
        Assert.True((await TestHub.Read(db => db.Bookings.SingleAsync(one => one.Id == first.Id, Stop))).IsStanding);
        Assert.Null((await TestHub.Get<Catalogue>().Map(Stop)).Space(Cast.Desk.Id)!.RetiredFrom);
        var all = (await Retire(Wednesday, [Cast.Desk], new() { [first.Id] = new(Cast.NextDesk.Id) }, cancelsTheRest: true)).Value;
        Assert.Equal((1, 1), (all.Moved, all.Cancelled));
    }

    [Fact]
    public async Task Where_what_was_named_is_taken_or_of_another_kind_nothing_happens()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Desk, When.On(Wednesday));
        await TestHub.Book(Cast.Bob, Cast.NextDesk, When.On(Wednesday));

        Assert.Equal("slot_taken", (await Retire(Wednesday, [Cast.Desk], new() { [booking.Id] = new(Cast.NextDesk.Id) })).Refusal?.Code);
        foreach (var other in new[] { Cast.Spree, Cast.WestDesk, Cast.Desk })
            Assert.Equal("space_unsuitable", (await Retire(Wednesday, [Cast.Desk], new() { [booking.Id] = new(other.Id) })).Refusal?.Code);

        Assert.Equal(Cast.Desk.Id, (await TestHub.Read(db => db.Bookings.SingleAsync(one => one.Id == booking.Id, Stop))).SpaceId);
        Assert.Equal(2, await TestHub.Read(db => db.Claims.CountAsync(Stop)));
    }

    [Fact]
    public async Task An_event_is_moved_to_the_room_that_was_named_and_never_cancelled()
    {
        var evt = await Publish(Draft with { Start = Wednesday + new LocalTime(18, 0), Capacity = 8 });

        Assert.Equal([evt.Id], (await Plan(Wednesday, Cast.Spree))!.Events.Select(one => one.Event.Id));
        Assert.Equal("event_undecided", (await Retire(Wednesday, [Cast.Spree], [], cancelsTheRest: true)).Refusal?.Code);
        Assert.Equal("event_undecided", (await Retire(Wednesday, [Cast.Spree], new() { [evt.Id] = Fate.Cancelled })).Refusal?.Code);
        Assert.Equal("space_unsuitable", (await Retire(Wednesday, [Cast.Spree], new() { [evt.Id] = new(Cast.Booth.Id) })).Refusal?.Code);
        Assert.True((await Retire(Wednesday, [Cast.Spree], new() { [evt.Id] = new(Cast.Panke.Id) })).IsDone);

        var moved = await TestHub.Read(db => db.Events.SingleAsync(one => one.Id == evt.Id, Stop));
        Assert.Equal((Cast.Panke.Id, EventStatus.Published), (moved.SpaceId, moved.Status));
        Assert.Equal("slot_taken", (await TestHub.TryBook(Cast.Ada, Cast.Panke, Hours(Wednesday, 18, 19))).Refusal?.Code);
    }

    [Fact]
    public async Task Who_sits_there_beyond_that_day_is_not_moved_and_a_later_day_is_asked_for()
    {
        await TestHub.Book(Cast.Ada, Cast.Desk, When.On(Tuesday.PlusDays(-1)));
        TestHub.Clock.Advance(Duration.FromHours(1));

        Assert.Equal("space_in_use", (await Retire(Tuesday.PlusDays(-1), [Cast.Desk], [])).Refusal?.Code);
        Assert.True((await Retire(Tuesday, [Cast.Desk], [])).IsDone);
        Assert.Equal("from_past", (await Retire(Tuesday.PlusDays(-2), [Cast.NextDesk], [])).Refusal?.Code);
    }

    [Fact]
    public async Task Its_past_stays_readable_and_its_name_is_free_once_its_day_has_come()
    {
        var old = await TestHub.Book(Cast.Ada, Cast.Desk, When.On(Tuesday));
        await Retire(Wednesday, [Cast.Desk], []);
        Assert.Equal("space_name_taken", (await Add("E1-01")).Refusal?.Code); // it is still booked under this name

        TestHub.Clock.Reset(new LocalDateTime(2026, 11, 25, 1, 0).InUtc().ToInstant());
        Assert.Equal(1, await TestHub.Get<RetireSpaces>().Finish(Stop));
        Assert.Equal(0, await TestHub.Get<RetireSpaces>().Finish(Stop));

        var map = await TestHub.Get<Catalogue>().Map(Stop);
        Assert.Equal("E1-01", map.Space(old.SpaceId)!.Name);
        Assert.DoesNotContain(map.Offered(Cast.East.Id), space => space.Id == Cast.Desk.Id);
        var again = (await Add("E1-01")).Value.Spaces[0];
        Assert.True((await TestHub.TryBook(Cast.Ada, again, When.On(Thursday))).IsDone);
        Assert.Equal("space_retired",
            (await TestHub.Get<EditSpaces>().Run(Cast.Alan.Id, [Cast.Desk.Id], new() { IsOffered = true }, Stop)).Refusal?.Code);
        Assert.Equal("space_name_taken", (await TestHub.Get<RetireSpaces>().TakeBack(Cast.Alan.Id, Cast.Desk.Id, Stop)).Refusal?.Code);
    }

    [Fact]
    public async Task Taken_back_it_is_booked_as_before()
    {
        await Retire(Tuesday.PlusDays(-1), [Cast.Desk], []);
        Assert.Equal("space_not_offered", (await TestHub.Refused(Cast.Ada, Cast.Desk, When.On(Tuesday))).Code);

        Assert.True((await TestHub.Get<RetireSpaces>().TakeBack(Cast.Alan.Id, Cast.Desk.Id, Stop)).Value);

        Assert.False((await TestHub.Get<RetireSpaces>().TakeBack(Cast.Alan.Id, Cast.Desk.Id, Stop)).Value);
        Assert.True((await TestHub.TryBook(Cast.Ada, Cast.Desk, When.On(Tuesday))).IsDone);
    }

    [Fact]
    public async Task Only_what_nothing_ever_referred_to_is_deleted()
    {
        var fresh = (await Add("N4-01")).Value.Spaces[0];
        Assert.True((await Plan(Tuesday, fresh))!.CanBeDeleted);
        Assert.Equal("space_referred", (await Delete(Cast.Desk)).Refusal?.Code); // on a plan
        Assert.Equal(Refusal.NotFound, (await TestHub.Get<RetireSpaces>().Delete(Cast.Frieda.Id, [fresh.Id], Stop)).Refusal);

        Assert.Equal(1, (await Delete(fresh)).Value);

        Assert.Null((await TestHub.Get<Catalogue>().Map(Stop)).Space(fresh.Id));
        var booked = (await Add("N4-01")).Value.Spaces[0];
        await TestHub.Book(Cast.Ada, booked, When.On(Tuesday));
        Assert.Equal("space_referred", (await Delete(booked)).Refusal?.Code);
    }

    [Fact]
    public async Task Only_who_looks_after_the_site_retires_and_sees_the_plan()
    {
        foreach (var member in new[] { Cast.Ada, Cast.Grace, Cast.Frieda })
        {
            Assert.Null(await TestHub.Get<PlanRetirement>().Run(Cast.As(member), [Cast.Desk.Id], Tuesday, Stop));
            Assert.Equal(Refusal.NotFound, (await Retire(Tuesday, [Cast.Desk], [], by: member)).Refusal);
            Assert.Equal(Refusal.NotFound, (await TestHub.Get<RetireSpaces>().TakeBack(member.Id, Cast.Desk.Id, Stop)).Refusal);
        }

        Assert.Null(await Plan(Tuesday, Cast.Desk, Cast.WestDesk));
        Assert.Equal(Refusal.NotFound, (await Retire(Tuesday, [Cast.Desk, Cast.WestDesk], [])).Refusal);
        await TestHub.Get<GrantRoles>().Run(new(Cast.Bob.Id, [Role.Administrator], Cast.Alan.Id, Cast.West.Id), Stop);
        Assert.Equal(Refusal.NotFound, (await Retire(Tuesday, [Cast.Desk], [], by: Cast.Bob)).Refusal);
        Assert.True((await Retire(Tuesday, [Cast.WestDesk], [], by: Cast.Bob)).IsDone);
    }

    [Fact]
    public async Task Bookings_moves_and_events_that_race_with_it_leave_nothing_behind_there()
    {
        var known = await TestHub.Book(Cast.Grace, Cast.Spree, Hours(Wednesday, 8, 9));
        var draft = await Drafted(Wednesday);
        var acts = Enumerable.Range(0, 13).Select(i => Task.Run(async () => i switch
        {
            6 => (await Retire(Wednesday, [Cast.Spree], [], cancelsTheRest: true)).Refusal,
            7 => (await TestHub.Get<PublishEvent>().Run(draft.Id, Cast.Grace.Id, Stop)).Refusal,
            8 => (await TestHub.Get<MoveBooking>().Run(
                new() { BookingId = known.Id, ActorId = Cast.Grace.Id, When = Hours(Wednesday, 19, 20) }, Stop)).Refusal,
            9 => (await TestHub.Get<CancelBooking>().Run(known.Id, Cast.Grace.Id, ifRevision: null, Stop)).Refusal,
            _ => (await TestHub.TryBook(i % 2 == 0 ? Cast.Ada : Cast.Bob, Cast.Spree, Hours(Wednesday, 9 + i % 6, 10 + i % 6))).Refusal,
        }));

        var refusals = await Task.WhenAll(acts);

        var isRetired = refusals[6] is null;
        Assert.True(isRetired || refusals[6]!.Code == "event_undecided", refusals[6]?.Code);
        var standing = await TestHub.Read(db => db.Bookings.CountAsync(
            one => one.SpaceId == Cast.Spree.Id && one.Status == BookingStatus.Confirmed, Stop));
        var events = await TestHub.Read(db => db.Events.CountAsync(
            one => one.SpaceId == Cast.Spree.Id && one.Status == EventStatus.Published, Stop));
        if (isRetired)
            Assert.Equal((0, 0, 0), (standing, events, await TestHub.Read(db => db.Claims.CountAsync(Stop))));
        Assert.Equal(0, await TestHub.OverlappingClaims());
    }

    private async Task<Event> Drafted(LocalDate day) =>
        (await Write(Draft with { Start = day + new LocalTime(18, 0), Capacity = 8 })).Value;

    private Task<RetirementPlan?> Plan(LocalDate from, params Space[] spaces) =>
        TestHub.Get<PlanRetirement>().Run(Cast.As(Cast.Alan), [.. spaces.Select(space => space.Id)], from, Stop);

    private Task<Outcome<SpacesRetired>> Retire(
        LocalDate from, Space[] spaces, Dictionary<Guid, Fate> fates, bool cancelsTheRest = false, Member? by = null,
        LocalisedText reason = default) =>
        TestHub.Get<RetireSpaces>().Run(new()
        {
            ActorId = (by ?? Cast.Alan).Id,
            SpaceIds = [.. spaces.Select(space => space.Id)],
            From = from,
            Fates = fates,
            CancelsTheRest = cancelsTheRest,
            Reason = reason,
        }, Stop);

    private Task<Outcome<int>> Delete(Space space) => TestHub.Get<RetireSpaces>().Delete(Cast.Alan.Id, [space.Id], Stop);

    private Task<Outcome<SpacesAdded>> Add(string desk) =>
        TestHub.Get<AddSpaces>().Run(Cast.Alan.Id, Cast.East.Id, new() { Level = 4, Desks = 1, FirstDesk = desk }, Stop);

    private static When Hours(LocalDate date, int from, int until) =>
        When.Between(date + new LocalTime(from, 0), date + new LocalTime(until, 0));

    public sealed class OnSqlite(SqliteDatabase database) : RetireSpacesTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : RetireSpacesTests(database), IClassFixture<PostgresDatabase>;
}
