using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Bookings.Series;
using DigiHub.Members;
using DigiHub.Memberships;
using DigiHub.Notifications;
using DigiHub.Tests.Bookings;
using DigiHub.Time;

namespace DigiHub.Tests.Access;

/// <summary>
/// A colleague books for a member: within their limits, in their name, and as long as both want it. Bob and Grace are colleagues.
/// </summary>
public abstract class DelegationTests(TestDatabase database) : HubTests(database)
{
    private static readonly LocalDate Tomorrow = new(2026, 11, 24);

    [Fact]
    public async Task A_delegate_books_changes_and_cancels_and_the_log_names_both()
    {
        await Allow();

        var booking = (await Book(Cast.Grace)).Value;
        var moved = await TestHub.Get<MoveBooking>().Run(new() { BookingId = booking.Id, ActorId = Cast.Grace.Id, When = At(12) }, Stop);
        var cancelled = await TestHub.Get<CancelBooking>().Run(booking.Id, Cast.Grace.Id, ifRevision: null, Stop);

        Assert.Equal((Cast.Bob.Id, Cast.Grace.Id), (booking.MemberId, booking.BookedById));
        Assert.True(moved.IsDone && cancelled.IsDone);
        var acts = await TestHub.Read(db => db.Activity.Where(one => one.SubjectId == booking.Id).ToListAsync(Stop));
        Assert.Equal(3, acts.Count);
        Assert.All(acts, act => Assert.Equal((Cast.Grace.Id, Cast.Bob.Id), (act.ActorId!.Value, act.OnBehalfOfId!.Value)));
    }

    [Fact]
    public async Task Without_it_nobody_books_for_others_and_the_other_way_round_it_does_not_count()
    {
        Assert.Equal("only_for_yourself", (await Book(Cast.Grace)).Refusal?.Code);
        await TestHub.Get<AddDelegate>().Run(new(Cast.Grace.Id, Cast.Bob.Id), Stop);

        Assert.Equal("only_for_yourself", (await Book(Cast.Grace)).Refusal?.Code);
    }

    [Fact]
    public async Task It_ends_with_its_last_day()
    {
        await Allow(through: Tomorrow);
        TestHub.Clock.Reset(Instant.FromUtc(2026, 11, 24, 22, 59)); // a minute before midnight in Berlin
        Assert.True((await Book(Cast.Grace, day: 26)).IsDone);

        TestHub.Clock.Reset(Instant.FromUtc(2026, 11, 24, 23, 0));

        Assert.Equal("only_for_yourself", (await Book(Cast.Grace, day: 27)).Refusal?.Code);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Either_ends_it_and_the_other_is_told(bool byDelegate)
    {
        var delegation = await Allow();
        var (by, other) = byDelegate ? (Cast.Grace, Cast.Bob) : (Cast.Bob, Cast.Grace);

        Assert.Equal("not_found", (await TestHub.Get<EndDelegation>().Run(delegation.Id, Cast.Alan.Id, Stop)).Refusal?.Code);
        Assert.True((await TestHub.Get<EndDelegation>().Run(delegation.Id, by.Id, Stop)).IsDone);

        Assert.Equal("only_for_yourself", (await Book(Cast.Grace)).Refusal?.Code);
        Assert.Equal([other.Id], await TestHub.Read(db => db.Notifications.Where(one => one.Type == DelegationNotifications.Ended)
            .Select(one => one.MemberId!.Value).ToListAsync(Stop)));
    }

    [Fact]
    public async Task Only_colleagues_are_named_and_no_others_are_shown()
    {
        Assert.Equal("delegate_unknown", (await TestHub.Get<AddDelegate>().Run(new(Cast.Bob.Id, Cast.Ada.Id), Stop)).Refusal?.Code);
        Assert.Equal("delegate_unknown", (await TestHub.Get<AddDelegate>().Run(new(Cast.Bob.Id, Cast.Bob.Id), Stop)).Refusal?.Code);
        Assert.Equal([Cast.Grace.Id], (await TestHub.Get<DelegationsOf>().Run(Cast.Bob.Id, Stop)).Colleagues.Select(one => one.Id));
    }

    [Fact]
    public async Task It_ends_with_the_membership_that_made_them_colleagues()
    {
        await Allow();

        await TestHub.Get<EndMembership>().Run(
            new(Cast.Institute.Slug, Cast.Grace.Id, BookingsAheadWish.Keep, Cast.Alan.Id), Stop);

        Assert.Equal(0, await TestHub.Read(db => db.Delegations.CountAsync(Stop)));
    }

    [Fact]
    public async Task Limits_are_those_of_whom_it_is_for()
    {
        await Allow();
        Assert.True((await TestHub.Get<BookSpace>().Run(
            new() { ActorId = Cast.Grace.Id, MemberId = Cast.Bob.Id, SpaceId = Cast.Desk.Id, When = When.On(Tomorrow) }, Stop)).IsDone);

        Assert.True((await TestHub.TryBook(Cast.Grace, Cast.NextDesk, When.On(Tomorrow))).IsDone);
        Assert.Equal("already_booked", (await TestHub.Get<BookSpace>().Run(
            new() { ActorId = Cast.Grace.Id, MemberId = Cast.Bob.Id, SpaceId = Cast.WestDesk.Id, When = When.On(Tomorrow) },
            Stop)).Refusal?.Code);
    }

    [Fact]
    public async Task The_emails_go_to_whom_it_is_for_and_the_delegate_is_told_too()
    {
        await Allow();
        var booking = (await Book(Cast.Grace)).Value;

        var emails = await TestHub.EmailsOf(booking);

        Assert.Equal(Cast.Bob.Id, emails.Single(one => one.Type == BookingNotifications.Confirmed).MemberId);
        Assert.Equal(Cast.Grace.Id, emails.Single(one => one.Type == BookingNotifications.DelegateTold).MemberId);
        await TestHub.DeliverAll();
        await TestHub.Get<CancelBooking>().Run(booking.Id, Cast.Bob.Id, ifRevision: null, Stop);
        Assert.Equal(2, (await TestHub.EmailsOf(booking)).Count(one => one.Type == BookingNotifications.DelegateTold));
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, "My doctor")]
    public async Task What_it_is_for_is_read_only_where_that_is_allowed(bool seesTitles, string? title)
    {
        await Allow(seesTitles);
        var booking = (await TestHub.Get<BookSpace>().Run(
            new() { ActorId = Cast.Bob.Id, SpaceId = Cast.Spree.Id, When = At(10), Title = "My doctor" }, Stop)).Value;
        var grace = await TestHub.Read(db => db.Viewer(Cast.Grace.Id, TestHub.Clock.GetCurrentInstant(), Stop));

        Assert.Equal(title, (await TestHub.Get<OneBooking>().Find(booking.Id, grace!, Stop))!.Booking.Title);
        Assert.Equal(title, (await TestHub.Get<MyBookings>().UpcomingFor(Cast.Bob.Id, grace!, null, 10, Stop))!.Items[0].Booking.Title);
        Assert.Null(await TestHub.Get<MyBookings>().UpcomingFor(Cast.Ada.Id, grace!, null, 10, Stop));
        Assert.Equal("My doctor", (await TestHub.Reread(booking)).Title);
    }

    [Fact]
    public async Task A_series_is_booked_and_cancelled_by_a_delegate_too()
    {
        await Allow();
        var series = (await TestHub.Get<BookSeries>().Run(new()
        {
            ActorId = Cast.Grace.Id,
            MemberId = Cast.Bob.Id,
            SpaceId = Cast.Spree.Id,
            From = Tomorrow,
            Pattern = new() { Kind = RecurrenceKind.Weekly, Count = 3 },
            Times = SeriesTimes.Between(new(10, 0), new(11, 0)),
        }, Stop)).Series;

        Assert.Equal(Cast.Bob.Id, series.MemberId);
        Assert.Equal(3, (await TestHub.Get<CancelInSeries>().Run(
            new() { SeriesId = series.Id, ActorId = Cast.Grace.Id, Scope = SeriesScope.AllFuture }, Stop)).Value.Count);
    }

    [Fact]
    public async Task Named_again_it_is_the_same_one_with_another_last_day()
    {
        var first = await Allow();

        var again = await Allow(through: Tomorrow);

        Assert.Equal((first.Id, Tomorrow), (again.Id, again.Through!.Value));
        Assert.Equal("through_past",
            (await TestHub.Get<AddDelegate>().Run(new(Cast.Bob.Id, Cast.Grace.Id, Through: new(2026, 11, 22)), Stop)).Refusal?.Code);
    }

    private async Task<Delegation> Allow(bool seesTitles = false, LocalDate? through = null) =>
        (await TestHub.Get<AddDelegate>().Run(new(Cast.Bob.Id, Cast.Grace.Id, seesTitles, through), Stop)).Value;

    private Task<Outcome<Booking>> Book(Member by, int day = 24) => TestHub.Get<BookSpace>().Run(new()
    {
        ActorId = by.Id,
        MemberId = Cast.Bob.Id,
        SpaceId = Cast.Spree.Id,
        When = When.Between(new LocalDate(2026, 11, day) + new LocalTime(10, 0), new LocalDate(2026, 11, day) + new LocalTime(11, 0)),
    }, Stop);

    private static When At(int hour) => When.Between(Tomorrow + new LocalTime(hour, 0), Tomorrow + new LocalTime(hour + 1, 0));

    public sealed class OnSqlite(SqliteDatabase database) : DelegationTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : DelegationTests(database), IClassFixture<PostgresDatabase>;
}
