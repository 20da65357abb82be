using DigiHub.Bookings;
using DigiHub.Claims;
using DigiHub.Spaces;
using DigiHub.Tests.Bookings.Series;
using DigiHub.Time;

namespace DigiHub.Tests.Bookings;

/// <summary>Several bookings cancelled by one act, taken back by one.</summary>
public abstract class ReinstateSeveralTests(TestDatabase database) : SeriesTests(database)
{
    private static readonly Duration window = Duration.FromMinutes(2);

    [Fact]
    public async Task What_was_cancelled_together_stands_again_and_nobody_is_told_of_either()
    {
        var series = await Book(Request());
        var single = await TestHub.Book(Cast.Ada, Cast.Panke, When.Between(Week(1) + new LocalTime(15, 0), Week(1) + new LocalTime(16, 0)));
        TestHub.Clock.AdvanceMinutes(1);
        Guid[] dates = [(await On(series, Week(2))).Id, (await On(series, Week(3))).Id];
        var claims = await Count<Claim>();

        Assert.Equal(3, (await Cancel([.. dates, single.Id])).Value);
        var note = (await AllEmails()).Single(one => one.Type == BookingNotifications.CancelledTogether);
        Assert.Equal(TestHub.Clock.GetCurrentInstant() + Duration.FromSeconds(10), note.DueAt);
        TestHub.Clock.Advance(Duration.FromSeconds(5));
        var latest = await TestHub.Get<ReinstateSeveral>().Latest(Cast.Ada.Id, Cast.As(Cast.Ada), window, Stop);
        var restored = await TestHub.Get<ReinstateSeveral>().Run(latest!.Key, Cast.Ada.Id, Stop);

        Assert.Equal((3, 3, 3, null), (latest.Count, restored.Count, restored.Of, restored.WhyNot));
        Assert.Equal(claims, await Count<Claim>());
        Assert.Empty(await Exceptions(series));
        Assert.Equal(10, (await Standing(series)).Count);
        Assert.DoesNotContain(await AllEmails(), one => one.Type == BookingNotifications.Confirmed && dates.Contains(one.SubjectId));
        var map = await TestHub.Get<Catalogue>().Map(Stop);
        Assert.Empty((await TestHub.Read(db => SettledBookings.Of(db, map, note, Stop)))!.Value.Bookings);
    }

    [Fact]
    public async Task What_somebody_else_has_taken_meanwhile_keeps_none_of_the_others_away()
    {
        var series = await Book(Request());
        Guid[] ids = [(await On(series, Week(1))).Id, (await On(series, Week(2))).Id];
        await Cancel(ids);
        await TestHub.Book(Cast.Bob, Cast.Spree, When.Between(Week(1) + new LocalTime(10, 0), Week(1) + new LocalTime(11, 0)));

        var latest = await TestHub.Get<ReinstateSeveral>().Latest(Cast.Ada.Id, Cast.As(Cast.Ada), window, Stop);
        var restored = await TestHub.Get<ReinstateSeveral>().Run(latest!.Key, Cast.Ada.Id, Stop);

        Assert.Equal((1, 2, "slot_taken"), (restored.Count, restored.Of, restored.WhyNot?.Code));
        Assert.Equal(9, (await Standing(series)).Count);
    }

    [Fact]
    public async Task Nobody_else_sees_or_takes_back_what_was_cancelled()
    {
        var series = await Book(Request());
        await Cancel([(await On(series, Week(1))).Id]);
        var latest = await TestHub.Get<ReinstateSeveral>().Latest(Cast.Ada.Id, Cast.As(Cast.Ada), window, Stop);

        Assert.Null(await TestHub.Get<ReinstateSeveral>().Latest(Cast.Ada.Id, Cast.As(Cast.Bob), window, Stop));
        var stranger = await TestHub.Get<ReinstateSeveral>().Run(latest!.Key, Cast.Bob.Id, Stop);
        var nothing = await TestHub.Get<ReinstateSeveral>().Run(new Cursor(latest.Key.At, Cast.Bob.Id), Cast.Ada.Id, Stop);

        Assert.Equal((0, "not_found"), (stranger.Count, stranger.WhyNot?.Code));
        Assert.Equal((0, 0, "not_found"), (nothing.Count, nothing.Of, nothing.WhyNot?.Code));
        Assert.Equal(9, (await Standing(series)).Count);
    }

    [Fact]
    public async Task News_is_over_after_a_while()
    {
        var series = await Book(Request());
        await Cancel([(await On(series, Week(1))).Id]);
        TestHub.Clock.AdvanceMinutes(3);

        Assert.Null(await TestHub.Get<ReinstateSeveral>().Latest(Cast.Ada.Id, Cast.As(Cast.Ada), window, Stop));
    }

    private Task<Outcome<int>> Cancel(IReadOnlyCollection<Guid> ids) =>
        TestHub.Get<CancelSeveral>().Run(new(Cast.Ada.Id, ids), Stop);

    public sealed class OnSqlite(SqliteDatabase database) : ReinstateSeveralTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : ReinstateSeveralTests(database), IClassFixture<PostgresDatabase>;
}
