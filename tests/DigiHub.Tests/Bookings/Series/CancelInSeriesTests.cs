using DigiHub.Bookings;
using DigiHub.Bookings.Series;
using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Memberships;
using DigiHub.Notifications;
using DigiHub.Privacy;

namespace DigiHub.Tests.Bookings.Series;

/// <summary>Cancelling one date of a series, that and those after it, or all of them.</summary>
public abstract class CancelInSeriesTests(TestDatabase database) : SeriesTests(database)
{
    [Fact]
    public async Task One_date_is_freed_and_remembered_and_the_series_stays()
    {
        var series = await Book(Request());
        await TestHub.DeliverAll();

        var cancelled = await Cancel(series, SeriesScope.This, Week(2));

        Assert.Equal((1, false), (cancelled.Count, cancelled.HasEndedOne));
        var row = await Row(series);
        Assert.Equal((SeriesState.Open, 1), (row.State, row.CalendarSequence));
        Assert.Equal([(Week(2), SeriesExceptionReason.Cancelled)], (await Exceptions(series)).Select(one => (one.Date, one.Reason)));
        Assert.Equal(9, (await Standing(series)).Count);
        Assert.True((await BobHas(Cast.Spree, Week(2), 10)).IsStanding);
        var email = Assert.Single(await AllEmails(), one => one.MemberId == Cast.Ada.Id && one.State == NotificationState.Planned);
        Assert.Equal((BookingNotifications.Cancelled, (await On(series, Week(2))).Id), (email.Type, email.SubjectId));
    }

    [Fact]
    public async Task The_page_of_the_booking_cancels_it_the_same_way()
    {
        var series = await Book(Request());

        await TestHub.Get<CancelBooking>().Run((await On(series, Week(2))).Id, Cast.Ada.Id, ifRevision: null, Stop);

        Assert.Equal([Week(2)], (await Exceptions(series)).Select(one => one.Date));
        Assert.Equal("already_cancelled", (await TryCancel(series, SeriesScope.This, Week(2))).Refusal?.Code);
    }

    [Fact]
    public async Task With_its_last_date_the_series_closes_and_opens_again_with_that()
    {
        var series = await Book(Request(2));
        await Cancel(series, SeriesScope.This, Tuesday);
        await Cancel(series, SeriesScope.This, Week(1));
        Assert.Equal(SeriesState.Closed, (await Row(series)).State);

        var back = await TestHub.Get<ReinstateBooking>().Run((await On(series, Week(1))).Id, Cast.Ada.Id, Stop);

        Assert.True(back.IsDone);
        Assert.Equal(SeriesState.Open, (await Row(series)).State);
        Assert.Equal([Tuesday], (await Exceptions(series)).Select(one => one.Date));
    }

    [Fact]
    public async Task This_and_following_end_the_series_before_the_date()
    {
        var series = await Book(Request());
        await TestHub.DeliverAll();
        var before = await Dates(series);

        var cancelled = await Cancel(series, SeriesScope.ThisAndFollowing, Week(4));

        Assert.Equal(6, cancelled.Count);
        var (row, after) = (await Row(series), await Dates(series));
        Assert.Equal((SeriesState.Open, Week(4).PlusDays(-1)), (row.State, row.Pattern.Until));
        Assert.Equal(Enumerable.Range(0, 4).Select(Week), row.Pattern.Dates(row.FromDate));
        Assert.Equal(Enumerable.Range(0, 4).Select(Week), await Standing(series));
        Assert.Equal(before.Select(one => one.Id), after.Select(one => one.Id));
        Assert.Equal(before.Take(4).Select(one => one.Revision), after.Take(4).Select(one => one.Revision));
        Assert.Equal(4, await Count<Claim>());
    }

    [Fact]
    public async Task Past_dates_are_never_touched_a_running_one_only_if_asked_and_the_counts_are_true()
    {
        var series = await Book(Request());
        TestHub.Clock.Reset((Week(3) + new LocalTime(10, 20)).InZoneStrictly(Berlin).ToInstant());
        var past = (await Dates(series)).Take(3).ToList();
        var counts = await TestHub.Get<OneSeries>().Count(series.Id, SeriesScope.AllFuture, date: null, Cast.As(Cast.Ada), Stop);

        var cancelled = await Cancel(series, SeriesScope.AllFuture);

        Assert.Equal((6, true, 3), (counts!.Ahead, counts.IsRunning, counts.Past));
        Assert.Equal((6, false), (cancelled.Count, cancelled.HasEndedOne));
        var after = await Dates(series);
        Assert.Equal(past.Select(one => (one.Id, one.Revision, one.End)), after.Take(3).Select(one => (one.Id, one.Revision, one.End)));
        Assert.Equal((true, Week(3) + new LocalTime(11, 0)), (after[3].IsStanding, after[3].EndLocal));
        Assert.Equal(6, after.Count(one => !one.IsStanding));
        Assert.Equal(SeriesState.Open, (await Row(series)).State); // one of it still runs

        var ended = await Cancel(series, SeriesScope.AllFuture, ends: true);

        Assert.Equal((0, true), (ended.Count, ended.HasEndedOne));
        Assert.Equal(Week(3) + new LocalTime(10, 21), (await Dates(series))[3].EndLocal);
        Assert.True((await TestHub.TryBook(Cast.Bob, Cast.Spree, When.Between(
            Week(3) + new LocalTime(10, 45), Week(3) + new LocalTime(11, 0)))).IsDone);
        TestHub.Clock.AdvanceMinutes(30);
        Assert.Equal("nothing_ahead", (await TryCancel(series, SeriesScope.AllFuture)).Refusal?.Code);
    }

    [Fact]
    public async Task However_many_dates_go_one_email_tells_of_them()
    {
        await TestHub.Change<Member>(Cast.Ada.Id, ada => ada.BookingReminderMinutesBefore = 60);
        var series = await Book(Request());
        await TestHub.Read(async db => await db.Notifications.Where(one => one.Type == SeriesNotifications.Booked)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.State, NotificationState.Sent), Stop));
        Assert.Equal(11, (await AllEmails()).Count); // and ten reminders

        await Cancel(series, SeriesScope.AllFuture);

        var email = Assert.Single(await AllEmails(), one => one.State == NotificationState.Planned);
        Assert.Equal(SeriesNotifications.Cancelled, email.Type);
        Assert.Equal(Enumerable.Range(0, 10).Select(Week), SeriesNote.Dates(email.Note));
        Assert.Equal(["booking_series.cancelled", "booking_series.created"], await Acts());
        Assert.Equal(SeriesState.Closed, (await Row(series)).State);
    }

    [Fact]
    public async Task Others_series_are_not_there_but_the_front_desk_cancels_in_them()
    {
        var series = await Book(Request());
        CancelInSeriesRequest All(Member actor, int? revision = null) =>
            new() { SeriesId = series.Id, ActorId = actor.Id, Scope = SeriesScope.AllFuture, IfRevision = revision };

        Assert.Equal("not_found", (await TestHub.Get<CancelInSeries>().Run(All(Cast.Bob), Stop)).Refusal?.Code);
        Assert.Equal("not_found", (await TryCancel(series, SeriesScope.This, Tuesday.PlusDays(1))).Refusal?.Code);
        Assert.Equal("date_missing", (await TryCancel(series, SeriesScope.ThisAndFollowing)).Refusal?.Code);
        Assert.Equal("stale", (await TestHub.Get<CancelInSeries>().Run(All(Cast.Frieda, revision: 7), Stop)).Refusal?.Code);
        Assert.Null(await TestHub.Get<OneSeries>().Find(series.Id, Cast.As(Cast.Bob), Stop));
        Assert.Equal(10, (await TestHub.Get<OneSeries>().Find(series.Id, Cast.As(Cast.Frieda), Stop))!.Dates.Count);
        Assert.True((await TestHub.Get<CancelInSeries>().Run(All(Cast.Frieda, revision: 1), Stop)).IsDone);
    }

    [Fact]
    public async Task Who_is_forgotten_leaves_a_series_of_nobody()
    {
        var series = await Book(Request());
        GoTo(Week(3));
        var asked = await TestHub.Get<AskErasure>().Run(Cast.Ada.Id, Cast.Ada.Id, Stop);
        Assert.True(asked.IsDone, asked.Refusal?.Code);
        var erasure = await TestHub.Read(db => db.Set<Erasure>().AsNoTracking().SingleAsync(Stop));
        Assert.True((await TestHub.Get<ErasePerson>().Run(erasure, Stop)).IsDone);

        var row = await Row(series);
        Assert.Equal((Nobody.Id, Nobody.Id, null, SeriesState.Closed), (row.MemberId, row.BookedById, row.Title, row.State));
        Assert.All(await Dates(series), one => Assert.Equal((Nobody.Id, null), (one.MemberId, one.Title)));
    }

    [Fact]
    public async Task A_series_is_nobodys_once_the_last_of_its_dates_is()
    {
        var series = await Book(Request(2));
        TestHub.Clock.Reset((await On(series, Tuesday)).End + Retention.Bookings + Duration.FromDays(1));
        Assert.Equal(1, await TestHub.Get<ForgetPast>().Run(Stop));
        Assert.Equal(Cast.Ada.Id, (await Row(series)).MemberId);

        TestHub.Clock.AdvanceDays(7);
        Assert.Equal(1, await TestHub.Get<ForgetPast>().Run(Stop));

        var row = await Row(series);
        Assert.Equal((Nobody.Id, Nobody.Id, null), (row.MemberId, row.BookedById, row.Title));
    }

    public sealed class OnSqlite(SqliteDatabase database) : CancelInSeriesTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : CancelInSeriesTests(database), IClassFixture<PostgresDatabase>;
}
