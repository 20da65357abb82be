using DigiHub.Events;
using DigiHub.Reminders;
using DigiHub.Time;

namespace DigiHub.Tests.Events;

public abstract class WriteEventTests(TestDatabase database) : EventTests(database)
{
    public static TheoryData<string, string?, string> Unfit => new()
    {
        { "no title", "title", "title_missing" },
        { "long title", "titleGerman", "text_too_long" },
        { "long text", "textEnglish", "text_too_long" },
        { "no start", "start", "start_missing" },
        { "end before start", "end", "ends_before_it_starts" },
        { "skipped hour", "start", "time_does_not_exist" },
        { "year 27", "start", "date_out_of_range" },
        { "three weeks long", "end", "event_too_long" },
        { "unknown room", "space", "room_unknown" },
        { "a desk", "space", "room_unknown" },
        { "room of the other site", "space", "room_elsewhere" },
        { "unknown site", "site", "site_unknown" },
        { "no seats", "capacity", "capacity_out_of_range" },
        { "too many seats", "capacity", "capacity_out_of_range" },
        { "more seats than the room", "capacity", "room_too_small" },
        { "plain link", "joinLink", "join_link_invalid" },
        { "script link", "joinLink", "join_link_invalid" },
        { "closes before it opens", "registrationCloses", "registration_window_empty" },
        { "closes after the start", "registrationCloses", "registration_closes_after_start" },
        { "opens at the start", "registrationOpens", "registration_opens_after_start" },
        { "long set-up", "setUpMinutes", "minutes_out_of_range" },
        { "negative tear-down", "tearDownMinutes", "minutes_out_of_range" },
        { "reminder by day without a time", "reminders", "reminders_invalid" },
        { "reminder 0 hours before", "reminders", "reminders_invalid" },
        { "11 reminders", "reminders", "reminders_invalid" },
    };

    private EventDraft Spoilt(string how) => how switch
    {
        "no title" => Draft with { Title = new(" ", null) },
        "long title" => Draft with { Title = Draft.Title with { German = new string('x', Event.TitleMax + 1) } },
        "long text" => Draft with { Text = Draft.Text with { English = new string('x', Event.TextMax + 1) } },
        "no start" => Draft with { Start = null },
        "end before start" => Draft with { End = Evening },
        "skipped hour" => Draft with { Start = new(2027, 3, 28, 2, 30) },
        "year 27" => Draft with { Start = new(27, 12, 8, 18, 0) },
        "three weeks long" => Draft with { End = Evening.PlusDays(21) },
        "unknown room" => Draft with { SpaceId = 987_654 },
        "a desk" => Draft with { SpaceId = Cast.Desk.Id },
        "room of the other site" => Draft with { SiteId = Cast.West.Id },
        "unknown site" => Draft with { SpaceId = null, SiteId = 987_654 },
        "no seats" => Draft with { Capacity = 0 },
        "too many seats" => Draft with { SpaceId = null, Capacity = Event.CapacityMax + 1 },
        "more seats than the room" => Draft with { Capacity = 9 },
        "plain link" => Draft with { JoinLink = "http://video.example" },
        "script link" => Draft with { JoinLink = "javascript:alert(1)" },
        "closes before it opens" => Draft with { RegistrationOpens = Evening.PlusDays(-1), RegistrationCloses = Evening.PlusDays(-1) },
        "closes after the start" => Draft with { RegistrationCloses = Evening.PlusMinutes(1) },
        "opens at the start" => Draft with { RegistrationOpens = Evening },
        "long set-up" => Draft with { SetUpMinutes = 721 },
        "negative tear-down" => Draft with { TearDownMinutes = -1 },
        "reminder by day without a time" => Draft with { Reminders = [new ReminderTime(ReminderKind.CalendarDays, 1)] },
        "reminder 0 hours before" => Draft with { Reminders = [ReminderTime.Hours(0)] },
        "11 reminders" => Draft with { Reminders = [.. Enumerable.Range(1, 11).Select(ReminderTime.Hours)] },
        _ => throw new ArgumentOutOfRangeException(nameof(how), how, "Not spoilt like this."),
    };

    [Theory]
    [MemberData(nameof(Unfit))]
    public async Task Refuses_what_cannot_be_and_names_the_field(string how, string? field, string code)
    {
        var refusal = (await Write(Spoilt(how))).Refusal;

        Assert.Equal((code, field), (refusal?.Code, refusal?.Field));
        Assert.Equal(0, await TestHub.Read(db => db.Events.CountAsync(Stop)));
    }

    [Fact]
    public async Task Only_organisers_and_administrators_write_events()
    {
        foreach (var other in new[] { Cast.Ada, Cast.Frieda })
            Assert.Equal("not_an_organiser", (await Write(Draft, by: other.Id)).Refusal?.Code);
        Assert.True((await Write(Draft, by: Cast.Alan.Id)).IsDone);
    }

    [Fact]
    public async Task Overwrites_a_draft_unless_somebody_else_did_in_the_meantime()
    {
        var draft = (await Write(Draft)).Value;
        var first = await TestHub.Get<WriteEvent>().Run(new WriteEventRequest(draft.Id,
            Draft with { Title = Draft.Title with { German = "Neu" }, Reminders = [DaysBefore(3)] }, Cast.Grace.Id, draft.Revision), Stop);
        var second = await TestHub.Get<WriteEvent>().Run(new WriteEventRequest(draft.Id, Draft, Cast.Grace.Id, draft.Revision), Stop);

        Assert.Equal("Neu", first.Value.Title.German);
        Assert.Equal("stale", second.Refusal?.Code);
        Assert.Equal([DaysBefore(3)], (await Reread(draft)).ReminderRules.Select(rule => rule.Time));
    }

    [Fact]
    public async Task A_copy_has_the_words_and_rules_a_week_later_and_nobody_in_it()
    {
        var evt = await Publish(Draft with { RegistrationCloses = Evening.PlusDays(-1), Reminders = [DaysBefore(3)] });
        await RegisterGuest(evt, "Lise");

        var copy = await Reread((await TestHub.Get<DuplicateEvent>().Run(evt.Id, Cast.Grace.Id, Stop)).Value);

        Assert.Equal((EventStatus.Draft, Evening.PlusDays(7), At(12, 14, 18), "Löten für alle"),
            (copy.Status, copy.StartLocal, copy.RegistrationCloses, copy.Title.German));
        Assert.Equal([DaysBefore(3)], copy.ReminderRules.Select(rule => rule.Time));
        Assert.Empty(await Rows(copy));
        Assert.Empty(await Notifications(copy));
    }

    [Fact]
    public async Task Only_a_draft_can_be_deleted()
    {
        var draft = (await Write(Draft)).Value;
        var evt = await Publish(Draft with { SpaceId = Cast.Panke.Id });
        var delete = TestHub.Get<DeleteDraft>();

        Assert.Equal("not_found", (await delete.Run(draft.Id, Cast.Ada.Id, Stop)).Refusal?.Code);
        Assert.True((await delete.Run(draft.Id, Cast.Grace.Id, Stop)).IsDone);
        Assert.Equal("not_a_draft", (await delete.Run(evt.Id, Cast.Grace.Id, Stop)).Refusal?.Code);
        Assert.Equal("not_found", (await delete.Run(draft.Id, Cast.Grace.Id, Stop)).Refusal?.Code);
    }

    public sealed class OnSqlite(SqliteDatabase database) : WriteEventTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : WriteEventTests(database), IClassFixture<PostgresDatabase>;
}
