using DigiHub.Events;
using DigiHub.Reminders;
using DigiHub.Tests.Events;
using DigiHub.Time;

namespace DigiHub.Tests.Reminders;

public abstract class ReminderTemplatesTests(TestDatabase database) : EventTests(database)
{
    private static readonly IReadOnlyList<ReminderTime> Workshop = [ReminderTime.Days(14, new(18, 30)), ReminderTime.Hours(3)];

    private Task<Outcome<ReminderTemplate>> Keep(
        string? name, IReadOnlyList<ReminderTime> times, bool isDefault = false, Guid? by = null, int? id = null) =>
        TestHub.Get<ReminderTemplates>().Keep(new KeepTemplateRequest(id, name, times, isDefault, by ?? Cast.Alan.Id), Stop);

    private Task<IReadOnlyList<ReminderTemplate>> All() => TestHub.Get<ReminderTemplates>().All(Stop);

    [Fact]
    public async Task New_events_begin_with_the_default_and_old_ones_keep_what_they_have()
    {
        var before = (await Write(Draft)).Value;
        await Keep("Workshops", Workshop, isDefault: true);
        await Keep("Kurz", [ReminderTime.Hours(1)]);

        var after = (await Write(Draft)).Value;
        var none = (await Write(Draft with { Reminders = [] })).Value;

        Assert.Equal(ReminderTime.Usual.Count, (await Reread(before)).ReminderRules.Count);
        Assert.Equal(Workshop.ToHashSet(), (await Reread(after)).ReminderRules.Select(rule => rule.Time).ToHashSet());
        Assert.Empty((await Reread(none)).ReminderRules);
    }

    [Fact]
    public async Task There_is_one_default_and_changing_a_template_changes_no_event()
    {
        var first = (await Keep("Workshops", Workshop, isDefault: true)).Value;
        var evt = (await Write(Draft)).Value;
        await Keep("Kurz", [ReminderTime.Hours(1), ReminderTime.Hours(1)], isDefault: true);
        await Keep("Werkstatt", [], id: first.Id);

        Assert.Equal([("Kurz", true, 1), ("Werkstatt", false, 0)],
            (await All()).Select(template => (template.Name, template.IsDefault, template.Times.Count)));
        Assert.Equal(2, (await Reread(evt)).ReminderRules.Count);
    }

    [Fact]
    public async Task Organisers_keep_templates_but_only_administrators_choose_the_default()
    {
        var template = (await Keep("Workshops", Workshop, isDefault: true, by: Cast.Grace.Id)).Value;
        Assert.False(template.IsDefault);
        await Keep("Workshops", Workshop, isDefault: true, id: template.Id);
        await Keep("Workshops neu", Workshop, by: Cast.Grace.Id, id: template.Id);

        Assert.Equal(("Workshops neu", true), ((await All()).Single().Name, (await All()).Single().IsDefault));
        Assert.Equal("not_found", (await TestHub.Get<ReminderTemplates>().Delete(template.Id, Cast.Grace.Id, Stop)).Refusal?.Code);
        Assert.True((await TestHub.Get<ReminderTemplates>().Delete(template.Id, Cast.Alan.Id, Stop)).IsDone);
        Assert.Equal(ReminderTime.Usual, await TestHub.Get<ReminderTemplates>().OfNewEvents(Stop));
    }

    [Theory]
    [InlineData("", "template_name")]
    [InlineData("<61>", "template_name")]
    [InlineData("workshops", "template_name_taken")]
    [InlineData("by Ada", "not_an_organiser")]
    [InlineData("eleven", "reminders_invalid")]
    [InlineData("minutes", "reminders_invalid")]
    [InlineData("unknown", "not_found")]
    public async Task Refuses_what_it_cannot_keep(string name, string code)
    {
        await Keep("Workshops", Workshop);

        var outcome = name switch
        {
            "<61>" => await Keep(new string('x', 61), Workshop),
            "by Ada" => await Keep(name, Workshop, by: Cast.Ada.Id),
            "eleven" => await Keep(name, [.. Enumerable.Range(1, 11).Select(ReminderTime.Hours)]),
            "minutes" => await Keep(name, [ReminderTime.Minutes(15)]),
            "unknown" => await Keep(name, Workshop, id: 4711),
            _ => await Keep(name, Workshop),
        };

        Assert.Equal(code, outcome.Refusal?.Code);
    }

    [Fact]
    public async Task There_is_a_bound()
    {
        for (var i = 0; i < ReminderTemplate.CountMax; i++)
            Assert.True((await Keep($"Vorlage {i}", Workshop)).IsDone);

        Assert.Equal("too_many_templates", (await Keep("eine mehr", Workshop)).Refusal?.Code);
    }

    public sealed class OnSqlite(SqliteDatabase database) : ReminderTemplatesTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : ReminderTemplatesTests(database), IClassFixture<PostgresDatabase>;
}
