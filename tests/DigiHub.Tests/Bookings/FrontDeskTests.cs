using DigiHub.Access;
using DigiHub.Bookings;
using DigiHub.Claims;
using DigiHub.Closures;
using DigiHub.Members;
using DigiHub.Spaces;

namespace DigiHub.Tests.Bookings;

/// <summary>The front desk: rooms free now, who is expected, whom to book for, and closed days.</summary>
public abstract class FrontDeskTests(TestDatabase database) : HubTests(database)
{
    private static readonly LocalDate Today = new(2026, 11, 23);

    [Fact]
    public async Task A_room_is_free_now_from_the_running_step_for_half_an_hour_at_least()
    {
        TestHub.Clock.Reset(At(9, 7));

        var free = await TestHub.Get<FreeNow>().Run(Cast.East.Id, Stop);

        var spree = Assert.Single(free, room => room.Space.Id == Cast.Spree.Id);
        Assert.Equal((Local(9, 0), Local(9, 45), Local(20, 0)), (spree.Offer.Start, spree.Offer.End, spree.FreeUntil));
    }

    [Fact]
    public async Task What_is_offered_now_can_be_booked_as_it_is_offered()
    {
        TestHub.Clock.Reset(At(13, 29));

        foreach (var room in await TestHub.Get<FreeNow>().Run(Cast.East.Id, Stop))
        {
            if (room.Space.Id != Cast.Hall.Id) // takes the units of the two before it
                await TestHub.Book(Cast.Ada, room.Space, When.Between(room.Offer.Start, room.Offer.End));
        }
    }

    [Theory]
    [InlineData(9, 30, false)] // its set-up begins at 09:15
    [InlineData(9, 45, true)] // its set-up begins when the half hour ends
    public async Task A_room_taken_soon_is_not_free_now(int hour, int minute, bool free)
    {
        await TestHub.Book(Cast.Bob, Cast.Spree, When.Between(Local(hour, minute), Local(11, 0)));

        var rooms = await TestHub.Get<FreeNow>().Run(Cast.East.Id, Stop);

        Assert.Equal(free, rooms.Any(room => room.Space.Id == Cast.Spree.Id));
    }

    [Fact]
    public async Task What_is_free_now_heeds_a_set_up_of_any_length()
    {
        TestHub.Clock.Reset(At(16, 0));
        await TestHub.Book(Cast.Bob, Cast.Booth, When.Between(Local(16, 0), Local(16, 15)));
        await TestHub.Read(db => db.Claims.ExecuteUpdateAsync(
            set => set.SetProperty(claim => claim.Start, At(8, 0)).SetProperty(claim => claim.End, At(9, 0)), Stop));
        await TestHub.Read(db => db.RuleSets.Where(rules => rules.Id == Cast.BoothRules.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(rules => rules.SetUpMinutes, 7 * 60 + 15), Stop)); // needs it from 08:45 on
        TestHub.Clock.AdvanceSeconds(1);

        Assert.DoesNotContain(await TestHub.Get<FreeNow>().Run(Cast.East.Id, Stop), room => room.Space.Id == Cast.Booth.Id);
        Assert.Equal("slot_taken", (await TestHub.Refused(Cast.Ada, Cast.Booth, When.Between(Local(16, 0), Local(16, 45)))).Code);
    }

    [Theory]
    [InlineData(7, 59)]
    [InlineData(19, 31)]
    [InlineData(20, 0)]
    public async Task Nothing_is_free_now_while_the_site_is_closed_or_about_to(int hour, int minute)
    {
        TestHub.Clock.Reset(At(hour, minute));

        Assert.Empty(await TestHub.Get<FreeNow>().Run(Cast.East.Id, Stop));
    }

    [Fact]
    public async Task Who_is_expected_stands_in_the_order_of_the_day_and_is_found_by_any_name()
    {
        await TestHub.Book(Cast.Bob, Cast.Spree, When.Between(Local(14, 0), Local(15, 0)));
        await TestHub.Book(Cast.Ada, Cast.Desk, When.On(Today));
        await TestHub.Book(Cast.Ada, Cast.Havel, When.Between(Local(16, 0), Local(17, 0)));
        var cancelled = await TestHub.Book(Cast.Grace, Cast.Panke, When.Between(Local(14, 0), Local(15, 0)));
        await TestHub.Get<CancelBooking>().Run(cancelled.Id, Cast.Grace.Id, ifRevision: null, Stop);

        Assert.Equal(["Ada", "Bob"], await Expected(search: null));
        Assert.Equal(["Ada"], await Expected("kiez"));
        Assert.Equal(["Bob"], await Expected("SPREE"));
        Assert.Empty(await Expected("Havel"));
    }

    [Theory]
    [InlineData("ad", "Ada")]
    [InlineData("BOB@", "Bob")]
    [InlineData("a", null)]
    [InlineData("   ", null)]
    [InlineData("%", null)]
    public async Task The_front_desk_finds_members_by_name_or_address(string text, string? name)
    {
        var found = await TestHub.Get<MemberSearch>().Run(text, Cast.As(Cast.Frieda), Stop);

        Assert.Equal(name, found.SingleOrDefault()?.Name);
    }

    [Fact]
    public async Task Members_do_not_find_each_other()
    {
        Assert.Empty(await TestHub.Get<MemberSearch>().Run("Bob", Cast.As(Cast.Ada), Stop));
        Assert.Empty(await TestHub.Get<MemberSearch>().Run("Bob", Viewer.Anonymous, Stop));
    }

    [Fact]
    public async Task A_site_that_is_closed_takes_no_booking_and_says_why()
    {
        await TestHub.Get<CloseSite>().Run(Wish(Today.PlusDays(1), Today.PlusDays(1)), Stop);

        var refusal = await TestHub.Refused(Cast.Ada, Cast.Desk, When.On(Today.PlusDays(1)));

        Assert.Equal("closed_that_day", refusal.Code);
        Assert.Contains("Betriebsausflug", refusal.Message.English, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, -1, "Umzug", "ends_before_it_starts")]
    [InlineData(0, 366, "Umzug", "too_long")]
    [InlineData(0, 0, " ", "reason_missing")]
    [InlineData(400_000, 400_000, "Umzug", "date_out_of_range")]
    public async Task A_closure_that_makes_no_sense_is_refused(int from, int through, string reason, string code)
    {
        var outcome = await TestHub.Get<CloseSite>().Run(
            Wish(Today.PlusDays(from), Today.PlusDays(through)) with { Reason = new("", reason) }, Stop);

        Assert.Equal(code, outcome.Refusal?.Code);
    }

    private async Task<IEnumerable<string>> Expected(string? search) =>
        (await TestHub.Get<ExpectedToday>().Run(Cast.East.Id, Today, search, Cast.As(Cast.Frieda), Stop)).Select(one =>
            one.MemberName.Text);

    private CloseSiteRequest Wish(LocalDate from, LocalDate through) =>
        new(Cast.Alan.Id, Cast.East.Id, from, through, new Words("", "Betriebsausflug"));

    private static LocalDateTime Local(int hour, int minute) => Today + new LocalTime(hour, minute);

    // Berlin is an hour ahead of UTC in November.
    private static Instant At(int hour, int minute) => Local(hour, minute).InUtc().ToInstant() - Duration.FromHours(1);

    public sealed class OnSqlite(SqliteDatabase database) : FrontDeskTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : FrontDeskTests(database), IClassFixture<PostgresDatabase>;
}
