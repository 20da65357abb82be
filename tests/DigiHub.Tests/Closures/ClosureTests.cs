using DigiHub.Bookings;
using DigiHub.Closures;
using DigiHub.Notifications;
using DigiHub.Tests.Bookings;
using DigiHub.Tests.Events;

namespace DigiHub.Tests.Closures;

public abstract class ClosureTests(TestDatabase database) : EventTests(database)
{
    private static readonly LocalDate Tuesday = new(2026, 12, 8);

    [Fact]
    public async Task Members_with_bookings_on_closed_days_get_one_email_after_a_pause()
    {
        await TestHub.Book(Cast.Ada, Cast.Desk, When.On(Tuesday));
        await TestHub.Book(Cast.Ada, Cast.Spree, Hour(Tuesday.PlusDays(1)));
        await TestHub.Book(Cast.Bob, Cast.WestDesk, When.On(Tuesday));

        var closed = await Close(Tuesday, Tuesday.PlusDays(2));

        Assert.Equal(1, closed.PeopleTold);
        Assert.Empty(await Told());
        TestHub.Clock.AdvanceMinutes(5);
        Assert.Equal([Cast.Ada.Email], await Told());
        Assert.Equal([2], (await Said()).Select(said => said.Count(one => one.Closure is not null)));
    }

    [Fact]
    public async Task A_closure_ended_before_the_mails_left_troubles_nobody()
    {
        await TestHub.Book(Cast.Ada, Cast.Desk, When.On(Tuesday));
        var closed = await Close(Tuesday, Tuesday);
        TestHub.Clock.AdvanceMinutes(4);

        await TestHub.Get<ChangeClosure>().End(closed.Closure.Id, Cast.Alan.Id, Stop);
        TestHub.Clock.AdvanceMinutes(10);

        Assert.Empty(await Told());
        Assert.True((await TestHub.TryBook(Cast.Bob, Cast.NextDesk, When.On(Tuesday))).IsDone);
    }

    [Fact]
    public async Task Members_who_were_notified_hear_that_it_is_open_after_all()
    {
        await TestHub.Book(Cast.Ada, Cast.Desk, When.On(Tuesday));
        var closed = await Close(Tuesday, Tuesday);
        TestHub.Clock.AdvanceMinutes(5);
        await Told();

        Assert.Equal(1, (await TestHub.Get<ChangeClosure>().End(closed.Closure.Id, Cast.Alan.Id, Stop)).Value.PeopleTold);

        TestHub.Clock.AdvanceMinutes(5);
        Assert.Equal([Cast.Ada.Email], await Told());
        Assert.Null(Assert.Single((await Said())[^1]).Closure);
    }

    [Fact]
    public async Task Other_days_tell_those_who_are_on_them_now()
    {
        await TestHub.Book(Cast.Ada, Cast.Desk, When.On(Tuesday));
        await TestHub.Book(Cast.Bob, Cast.Desk, When.On(Tuesday.PlusDays(3)));
        var closed = await Close(Tuesday, Tuesday);
        TestHub.Clock.AdvanceMinutes(5);
        await Told();

        var changed = await Change(closed, Tuesday.PlusDays(2), Tuesday.PlusDays(3));

        Assert.Equal(2, changed.Value.PeopleTold);
        TestHub.Clock.AdvanceMinutes(5);
        Assert.Equal([Cast.Ada.Email, Cast.Bob.Email], (await Told()).Order(StringComparer.Ordinal));
        Assert.Equal("closed_that_day", (await TestHub.Refused(Cast.Grace, Cast.NextDesk, When.On(Tuesday.PlusDays(2)))).Code);
        Assert.True((await TestHub.TryBook(Cast.Grace, Cast.NextDesk, When.On(Tuesday))).IsDone);
    }

    [Fact]
    public async Task A_member_who_cancels_in_time_gets_no_email()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Desk, When.On(Tuesday));
        await Close(Tuesday, Tuesday);
        await TestHub.Get<CancelBooking>().Run(booking.Id, Cast.Ada.Id, ifRevision: null, Stop);
        TestHub.Clock.AdvanceMinutes(5);

        Assert.Empty(await Told());
    }

    [Fact]
    public async Task What_stands_is_listed_with_its_people_and_the_events_of_these_days()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Desk, When.On(Tuesday));
        var evt = await Publish();
        await TestHub.Book(Cast.Ada, Cast.Desk, When.On(Tuesday.PlusDays(1)));
        var closed = await Close(Tuesday, Tuesday);

        var standing = (await TestHub.Get<StandingOnClosedDays>().Run(closed.Closure.Id, Stop))!;

        var one = Assert.Single(standing.Bookings);
        Assert.Equal((booking.Id, "Ada", Cast.Desk.Name), (one.Booking.Id, one.MemberName, one.Space.Name));
        Assert.Equal(evt.Id, Assert.Single(standing.Events).Id);
    }

    [Fact]
    public async Task Ending_a_running_closure_opens_today_and_leaves_the_past_closed()
    {
        var closed = await Close(new(2026, 11, 20), new(2026, 11, 27));

        await TestHub.Get<ChangeClosure>().End(closed.Closure.Id, Cast.Alan.Id, Stop);

        Assert.Equal(new LocalDate(2026, 11, 22),
            await TestHub.Read(db => db.Set<DigiHub.Sites.Closure>().Select(one => one.Through).SingleAsync(Stop)));
        Assert.True((await TestHub.TryBook(Cast.Ada, Cast.Spree, Hour(new(2026, 11, 23)))).IsDone);
    }

    [Fact]
    public async Task What_is_over_or_makes_no_sense_is_refused()
    {
        var over = await Close(new(2026, 11, 18), new(2026, 11, 19));
        var ahead = await Close(Tuesday, Tuesday);

        Assert.Equal("closure_over", (await TestHub.Get<ChangeClosure>().End(over.Closure.Id, Cast.Alan.Id, Stop)).Refusal?.Code);
        Assert.Equal("closure_over", (await Change(over, Tuesday, Tuesday)).Refusal?.Code);
        Assert.Equal("ends_before_it_starts", (await Change(ahead, Tuesday, Tuesday.PlusDays(-1))).Refusal?.Code);
        Assert.Equal(Refusal.NotFound, (await TestHub.Get<ChangeClosure>().End(closureId: 0, Cast.Alan.Id, Stop)).Refusal);
    }

    private async Task<ClosureOutcome> Close(LocalDate from, LocalDate through) =>
        (await TestHub.Get<CloseSite>().Run(new(Cast.Alan.Id, Cast.East.Id, from, through, new("", "Heizung")), Stop)).Value;

    private Task<Outcome<ClosureOutcome>> Change(ClosureOutcome closed, LocalDate from, LocalDate through) =>
        TestHub.Get<ChangeClosure>().Run(new(closed.Closure.Id, Cast.Alan.Id, from, through, new("", "Heizung")), Stop);

    /// <summary>Lets what is due leave; to whom something about closed days went.</summary>
    private async Task<List<string>> Told() =>
        [.. (await Deliver()).Where(notification => notification.Type == ClosureNotifications.SiteClosure)
            .Select(notification => notification.RecipientEmail!.Shown)];

    /// <summary>What the mails about closed days would say now, in the order they were written.</summary>
    private async Task<List<IReadOnlyList<ToldBooking>>> Said()
    {
        var map = await TestHub.Get<DigiHub.Spaces.Catalogue>().Map(Stop);
        await using var db = TestHub.OpenDb();
        List<IReadOnlyList<ToldBooking>> said = [];
        foreach (var notification in await db.Notifications.Where(notification => notification.Type == ClosureNotifications.SiteClosure)
            .OrderBy(notification => notification.WrittenAt).ToListAsync(Stop))
            said.Add((await ClosureNotifications.Of(db, map, notification, Stop))!.Value.Bookings);
        return said;
    }

    private static When Hour(LocalDate day) => When.Between(day.At(new(10, 0)), day.At(new(11, 0)));

    public sealed class OnSqlite(SqliteDatabase database) : ClosureTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : ClosureTests(database), IClassFixture<PostgresDatabase>;
}
