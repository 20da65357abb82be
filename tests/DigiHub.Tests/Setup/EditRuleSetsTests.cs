using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Members;
using DigiHub.Setup;
using DigiHub.Spaces;
using DigiHub.Tests.Bookings;
using DigiHub.Text;

namespace DigiHub.Tests.Setup;

/// <summary>Running a hub, rule 15: one row of rules for all that are booked alike. It is Monday, 09:00.</summary>
public abstract class EditRuleSetsTests(TestDatabase database) : HubTests(database)
{
    private static readonly LocalDate Tuesday = new(2026, 11, 24);

    private static RuleSetDraft Short => new()
    {
        Name = new("Kurz", "Short"),
        Granularity = Granularity.Minutes,
        StepMinutes = 30,
        MinMinutes = 30,
        MaxMinutes = 60,
    };

    [Fact]
    public async Task A_change_counts_for_all_that_have_them_from_the_next_booking_on_and_says_how_many()
    {
        var booked = await TestHub.Book(Cast.Ada, Cast.Spree, Hours(9, 12));

        var changed = (await Change(Cast.RoomRules, Short with { Name = Cast.RoomRules.Name })).Value;

        Assert.Equal((4, 2), (changed.Spaces, changed.Rules.Revision)); // Spree, Panke, both together, Havel
        Assert.Equal("too_long", (await TestHub.Refused(Cast.Bob, Cast.Panke, Hours(9, 11))).Code);
        Assert.Equal("too_long", (await TestHub.Refused(Cast.Bob, Cast.Havel, Hours(9, 11))).Code);
        Assert.True((await TestHub.TryBook(Cast.Bob, Cast.Panke, Hours(9, 10))).IsDone);
        Assert.Equal(booked.LocalSpan, (await TestHub.Read(db => db.Bookings.SingleAsync(one => one.Id == booked.Id, Stop))).LocalSpan);
        var moved = await TestHub.Get<MoveBooking>().Run(
            new() { BookingId = booked.Id, ActorId = Cast.Ada.Id, When = Hours(13, 16) }, Stop);
        Assert.Equal("too_long", moved.Refusal?.Code);
        var told = await TestHub.Read(db => db.Activity
            .Where(one => one.Act == "rule_set.edited").Select(one => one.Changes).SingleAsync(Stop));
        Assert.Contains("\"stepMinutes\":[15,30]", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_stays_the_same_is_no_change()
    {
        var same = RuleSetDraft.Of(Cast.RoomRules);

        Assert.Equal(1, (await Change(Cast.RoomRules, same)).Value.Rules.Revision);
        Assert.Equal(0, await TestHub.Read(db => db.Activity.CountAsync(one => one.Act == "rule_set.edited", Stop)));
    }

    [Fact]
    public async Task New_rules_are_given_to_desks_and_deleted_once_nothing_has_them()
    {
        var rules = (await Rules.Add(Cast.Alan.Id, Short, Stop)).Value;
        await TestHub.Get<EditSpaces>().Run(Cast.Alan.Id, [Cast.Spree.Id, Cast.Panke.Id], new() { RulesId = rules.Id }, Stop);
        Assert.Equal("too_long", (await TestHub.Refused(Cast.Ada, Cast.Spree, Hours(9, 11))).Code);

        Assert.Equal("rules_in_use", (await Rules.Delete(Cast.Alan.Id, rules.Id, ifRevision: null, Stop)).Refusal?.Code);
        await TestHub.Get<EditSpaces>().Run(Cast.Alan.Id, [Cast.Spree.Id, Cast.Panke.Id], new() { RulesId = Cast.RoomRules.Id }, Stop);
        Assert.True((await Rules.Delete(Cast.Alan.Id, rules.Id, ifRevision: null, Stop)).IsDone);

        Assert.Equal(3, (await TestHub.Get<Catalogue>().Map(Stop)).RuleSets.Count);
        Assert.Equal(Refusal.NotFound, (await Rules.Delete(Cast.Alan.Id, rules.Id, ifRevision: null, Stop)).Refusal);
    }

    [Fact]
    public async Task What_is_wrong_is_named_field_by_field()
    {
        var wrong = (await Rules.Add(Cast.Alan.Id,
            Short with { Name = new(" ", null), StepMinutes = 7, MaxDays = 0, HorizonDays = 400, MaxMinutes = 20 }, Stop)).Refusal!;
        Assert.Equal(["nameGerman", "stepMinutes", "maxDays", "horizonDays", "minMinutes"],
            new[] { wrong }.Concat(wrong.Also).Select(one => one.Field));
        Assert.Equal("off_the_step", (await Rules.Add(Cast.Alan.Id, Short with { MaxMinutes = 45 }, Stop)).Refusal?.Code);
        Assert.Equal("rules_name_taken", (await Rules.Add(Cast.Alan.Id, Short with { Name = new("Neu", "ROOMS") }, Stop)).Refusal?.Code);
        Assert.Equal("rules_name_taken", (await Change(Cast.DeskRules, Short with { Name = new("Raume") })).Refusal?.Code);
        Assert.Equal("stale", (await Rules.Change(Cast.Alan.Id, Cast.RoomRules.Id, Short, ifRevision: 7, Stop)).Refusal?.Code);
    }

    [Fact]
    public async Task Who_looks_after_one_site_changes_rules_that_count_there_alone()
    {
        await TestHub.Get<GrantRoles>().Run(new(Cast.Bob.Id, [Role.Administrator], Cast.Alan.Id, Cast.East.Id), Stop);

        foreach (var member in new[] { Cast.Ada, Cast.Grace, Cast.Frieda })
        {
            Assert.Equal(Refusal.NotFound, (await Rules.Add(member.Id, Short, Stop)).Refusal);
            Assert.Equal(Refusal.NotFound, (await Change(Cast.BoothRules, Short, member)).Refusal);
            Assert.Equal(Refusal.NotFound, (await Rules.Delete(member.Id, Cast.BoothRules.Id, ifRevision: null, Stop)).Refusal);
        }

        var elsewhere = (await Change(Cast.DeskRules, RuleSetDraft.Of(Cast.DeskRules), Cast.Bob)).Refusal!;
        Assert.Equal("rules_used_elsewhere", elsewhere.Code);
        Assert.Contains("DigiHub West", elsewhere.Message.German, StringComparison.Ordinal);
        Assert.True((await Change(Cast.BoothRules, RuleSetDraft.Of(Cast.BoothRules) with { MaxMinutes = 60 }, Cast.Bob)).IsDone);
        Assert.True((await Rules.Add(Cast.Bob.Id, Short, Stop)).IsDone);
    }

    [Fact]
    public async Task Bookings_that_race_with_a_change_are_decided_by_the_rules_before_or_after_it()
    {
        var acts = Enumerable.Range(0, 8).Select(i => Task.Run(async () => i == 3
            ? (await Change(Cast.RoomRules, RuleSetDraft.Of(Cast.RoomRules) with { MaxMinutes = 60 })).Refusal
            : (await TestHub.TryBook(
                i % 2 == 0 ? Cast.Ada : Cast.Bob, i % 2 == 0 ? Cast.Spree : Cast.Panke, Hours(8 + i, 10 + i))).Refusal));

        var refusals = await Task.WhenAll(acts);

        Assert.All(refusals.OfType<Refusal>(), refusal => Assert.True(refusal.Code is "too_long" or "slot_taken", refusal.Code));
        Assert.Equal("too_long", (await TestHub.Refused(Cast.Bob, Cast.Havel, Hours(9, 11))).Code);
    }

    private EditRuleSets Rules => TestHub.Get<EditRuleSets>();

    private Task<Outcome<RuleSetChanged>> Change(RuleSet rules, RuleSetDraft draft, Member? by = null) =>
        Rules.Change((by ?? Cast.Alan).Id, rules.Id, draft, ifRevision: null, Stop);

    private static When Hours(int from, int until) =>
        When.Between(Tuesday + new LocalTime(from, 0), Tuesday + new LocalTime(until, 0));

    public sealed class OnSqlite(SqliteDatabase database) : EditRuleSetsTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : EditRuleSetsTests(database), IClassFixture<PostgresDatabase>;
}
