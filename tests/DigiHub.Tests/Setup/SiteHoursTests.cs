using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Setup;
using DigiHub.Sites;
using DigiHub.Spaces;
using DigiHub.Tests.Bookings;
using DigiHub.Time;

namespace DigiHub.Tests.Setup;

/// <summary>Setting up and running a hub, rules 6 to 8: hours from a date on, and hours of one day. It is Monday, 09:00.</summary>
public abstract class SiteHoursTests(TestDatabase database) : HubTests(database)
{
    private static readonly LocalDate Today = new(2026, 11, 23);
    private static readonly LocalDate NextMonday = Today.PlusDays(7);

    private static readonly DraftHours[] Short =
        [.. SiteDraft.UsualWeek.Select(hours => hours with { Opens = new(10, 0), Closes = new(16, 0) })];

    [Fact]
    public async Task New_hours_count_from_their_day_on_and_the_old_ones_until_then()
    {
        Assert.True((await Change(NextMonday, Short)).Value);

        var hours = await East();
        Assert.Equal(new LocalTime(8, 0), hours.On(NextMonday.PlusDays(-3))!.Opens);
        Assert.Equal(new LocalTime(10, 0), hours.On(NextMonday)!.Opens);
        Assert.True((await TestHub.TryBook(Cast.Ada, Cast.Spree, Hour(NextMonday.PlusDays(-3), 9))).IsDone);
        var refusal = await TestHub.Refused(Cast.Ada, Cast.Spree, Hour(NextMonday, 9));
        Assert.Equal("outside_opening_hours", refusal.Code);
        Assert.Equal(1, await TestHub.Read(db => db.Activity.CountAsync(one => one.Act == "site.hours_changed", Stop)));
    }

    [Fact]
    public async Task Another_process_obeys_at_once_when_it_books_and_shows_it_within_half_a_second()
    {
        await using var other = TestHub.AnotherProcess();
        Assert.Equal(new LocalTime(8, 0), (await other.Get<Catalogue>().Map(Stop)).Place(Cast.East.Id)!.Hours.On(Today.PlusDays(1))!.Opens);

        await Change(Today.PlusDays(1), Short);

        Assert.Equal("outside_opening_hours", (await other.Refused(Cast.Ada, Cast.Spree, Hour(Today.PlusDays(1), 9))).Code);
        other.Clock.Advance(Duration.FromMilliseconds(500));
        Assert.Equal(new LocalTime(10, 0),
            (await other.Get<Catalogue>().Map(Stop)).Place(Cast.East.Id)!.Hours.On(Today.PlusDays(1))!.Opens);
    }

    [Fact]
    public async Task A_later_change_replaces_what_was_planned_from_its_day_on()
    {
        await Change(NextMonday.PlusDays(7), Short);
        await Change(NextMonday, [.. Short.Select(hours => hours with { Opens = new(9, 0) })]);

        var hours = await East();
        Assert.Equal(new LocalTime(9, 0), hours.On(NextMonday)!.Opens);
        Assert.Equal(new LocalTime(9, 0), hours.On(NextMonday.PlusDays(7))!.Opens);
    }

    [Fact]
    public async Task Saying_the_same_again_changes_nothing()
    {
        Assert.True((await Change(NextMonday, Short)).Value);

        Assert.False((await Change(NextMonday.PlusDays(14), Short)).Value);
    }

    [Fact]
    public async Task Bookings_outside_the_new_hours_stand_and_are_listed_until_somebody_deals_with_them()
    {
        var early = await TestHub.Book(Cast.Ada, Cast.Spree, Hour(NextMonday, 9));
        await TestHub.Book(Cast.Bob, Cast.Spree, Hour(NextMonday, 11));

        await Change(NextMonday, Short);

        var outside = Assert.Single((await Outside(Cast.Frieda)).Bookings);
        Assert.Equal((early.Id, Cast.Ada.Name), (outside.Booking.Id, outside.MemberName));
        Assert.Contains("10:00", outside.Why.English, StringComparison.Ordinal);
        Assert.Equal(BookingStatus.Confirmed, await TestHub.Read(db =>
            db.Bookings.Where(one => one.Id == early.Id).Select(one => one.Status).SingleAsync(Stop)));
        Assert.Empty((await Outside(Cast.Ada)).Bookings);
        await TestHub.Get<CancelBooking>().Run(early.Id, Cast.Ada.Id, ifRevision: null, Stop);
        Assert.Empty((await Outside(Cast.Frieda)).Bookings);
    }

    [Fact]
    public async Task Special_hours_come_before_closures_holidays_and_the_week_and_refusals_name_their_reason()
    {
        var christmas = new LocalDate(2026, 12, 25);
        var sunday = new LocalDate(2026, 12, 6);
        await Special(christmas, new(10, 0), new(14, 0));
        await Special(sunday, new(12, 0), new(18, 0));

        var hours = await East();
        Assert.Equal(new LocalTime(14, 0), hours.On(christmas)!.Closes);
        Assert.Null(hours.WhyClosed(sunday));
        Assert.True((await TestHub.TryBook(Cast.Ada, Cast.Spree, Hour(sunday, 13))).IsDone);
        var refusal = await TestHub.Refused(Cast.Ada, Cast.Spree, Hour(sunday, 9));
        Assert.Contains("(Open day)", refusal.Message.English, StringComparison.Ordinal);

        Assert.True((await TestHub.Get<SetSpecialHours>().Remove(Cast.Alan.Id, Cast.East.Id, sunday, Stop)).Value);
        Assert.NotNull((await East()).WhyClosed(sunday));
        Assert.False((await TestHub.Get<SetSpecialHours>().Remove(Cast.Alan.Id, Cast.East.Id, sunday, Stop)).Value);
        Assert.Single((await Outside(Cast.Frieda)).Bookings);
    }

    [Fact]
    public async Task The_same_day_again_gets_the_newer_hours()
    {
        await Special(NextMonday, new(10, 0), new(14, 0));
        await Special(NextMonday, new(11, 0), LocalTime.Midnight);

        Assert.Equal((new LocalTime(11, 0), LocalTime.Midnight),
            ((await East()).On(NextMonday)!.Opens, (await East()).On(NextMonday)!.Closes));
    }

    [Fact]
    public async Task What_is_wrong_is_named_at_its_field_and_nothing_changes()
    {
        Assert.Equal(("from_past", "from"), Of((await Change(Today.PlusDays(-1), Short)).Refusal));
        Assert.Equal(("hours_missing", "opens1"), Of((await Change(NextMonday, [])).Refusal));
        Assert.Equal(("closes_before_opening", "closes2"),
            Of((await Change(NextMonday, [new(IsoDayOfWeek.Tuesday, new(20, 0), new(8, 0))])).Refusal));
        Assert.Equal("date_out_of_range", (await Change(new(2300, 1, 1), Short)).Refusal?.Code);
        Assert.Equal(("closes_before_opening", "closes"), Of((await Special(NextMonday, new(14, 0), new(10, 0))).Refusal));
        Assert.Equal(("reason_missing", "reasonGerman"), Of((await Special(NextMonday, new(10, 0), new(14, 0), reason: "")).Refusal));
        Assert.Equal(("from_past", "date"), Of((await Special(Today.PlusDays(-1), new(10, 0), new(14, 0))).Refusal));
        Assert.Equal(new LocalTime(8, 0), (await East()).On(NextMonday)!.Opens);
    }

    [Fact]
    public async Task Only_administrators_of_the_site_or_the_hub_change_hours()
    {
        await TestHub.Lay(new RoleGrant
        {
            Id = Guid.NewGuid(),
            MemberId = Cast.Bob.Id,
            Role = Role.Administrator,
            SiteId = Cast.West.Id,
            GrantedAt = TestHub.Clock.GetCurrentInstant(),
        });

        foreach (var member in new[] { Cast.Ada, Cast.Frieda, Cast.Bob })
        {
            Assert.Equal(Refusal.NotFound,
                (await TestHub.Get<ChangeHours>().Run(member.Id, Cast.East.Id, NextMonday, Short, Stop)).Refusal);
            Assert.Equal(Refusal.NotFound,
                (await TestHub.Get<SetSpecialHours>().Remove(member.Id, Cast.East.Id, NextMonday, Stop)).Refusal);
        }

        Assert.True((await TestHub.Get<ChangeHours>().Run(Cast.Bob.Id, Cast.West.Id, NextMonday, Short, Stop)).IsDone);
    }

    [Fact]
    public async Task Ten_who_change_the_same_week_at_once_leave_one_week()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Task.Run(() =>
            Change(NextMonday, [.. Short.Select(hours => hours with { Opens = new(6 + i % 5, 0) })]))));

        Assert.All(outcomes, outcome => Assert.True(outcome.IsDone, outcome.Refusal?.Code));
        var week = await TestHub.Read(db => db.Set<WeeklyHours>()
            .Where(hours => hours.SiteId == Cast.East.Id && hours.From == NextMonday).ToListAsync(Stop));
        Assert.Equal(5, week.Count);
        Assert.Single(week.Select(hours => hours.Opens).Distinct());
    }

    [Fact]
    public async Task A_site_gets_another_name_address_and_look_and_keeps_its_name_in_addresses()
    {
        var details = new SiteDetails
        {
            Name = "Hub Spree",
            ShortName = new("Spree", "Spree"),
            Street = "Uferweg 3",
            PostCode = "10245",
            City = "Berlin",
            Sign = "S",
            Colour = SiteColour.Teal,
        };

        var edited = (await TestHub.Get<EditSite>().Run(Cast.Alan.Id, Cast.East.Id, details, Stop)).Value;

        Assert.Equal(("east", "Hub Spree", "Uferweg 3"), (edited.Slug, edited.Name, edited.Street));
        Assert.NotNull((await East()).On(new LocalDate(2026, 12, 25))); // no public holidays any more
        Assert.Equal("site_name_taken", (await TestHub.Get<EditSite>().Run(
            Cast.Alan.Id, Cast.East.Id, details with { Name = "digihub WEST" }, Stop)).Refusal?.Code);
        Assert.Equal(["street", "sign"], ((await TestHub.Get<EditSite>().Run(
            Cast.Alan.Id, Cast.East.Id, details with { Street = " ", Sign = "ABC" }, Stop)).Refusal is { } wrong
                ? new[] { wrong }.Concat(wrong.Also).Select(one => one.Field) : []));
        Assert.Equal(Refusal.NotFound, (await TestHub.Get<EditSite>().Run(Cast.Grace.Id, Cast.East.Id, details, Stop)).Refusal);
    }

    private static (string?, string?) Of(Refusal? refusal) => (refusal?.Code, refusal?.Field);

    private static When Hour(LocalDate date, int hour) => When.Between(date + new LocalTime(hour, 0), date + new LocalTime(hour + 1, 0));

    private async Task<OpeningHours> East() => (await TestHub.Get<Catalogue>().Map(Stop)).Place(Cast.East.Id)!.Hours;

    private Task<Outcome<bool>> Change(LocalDate from, IReadOnlyList<DraftHours> week) =>
        TestHub.Get<ChangeHours>().Run(Cast.Alan.Id, Cast.East.Id, from, week, Stop);

    private Task<Outcome<SpecialHours>> Special(LocalDate date, LocalTime opens, LocalTime closes, string reason = "Open day") =>
        TestHub.Get<SetSpecialHours>().Run(new(Cast.Alan.Id, Cast.East.Id, date, opens, closes, new(null, reason)), Stop);

    private Task<StandingOutside> Outside(DigiHub.Members.Member by) =>
        TestHub.Get<OutsideHours>().Run(Cast.As(by), Cast.East.Id, Stop);

    public sealed class OnSqlite(SqliteDatabase database) : SiteHoursTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : SiteHoursTests(database), IClassFixture<PostgresDatabase>;
}
