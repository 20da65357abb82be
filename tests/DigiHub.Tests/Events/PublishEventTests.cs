using DigiHub.Bookings;
using DigiHub.Claims;
using DigiHub.Events;
using DigiHub.Reminders;
using DigiHub.Time;

namespace DigiHub.Tests.Events;

public abstract class PublishEventTests(TestDatabase database) : EventTests(database)
{
    private Task<Outcome<Event>> PublishDraft(Event draft) => TestHub.Get<PublishEvent>().Run(draft.Id, Cast.Grace.Id, Stop);

    [Fact]
    public async Task A_title_a_start_and_a_room_are_enough()
    {
        var evt = await Publish(new EventDraft { Title = new("Löten"), SpaceId = Cast.Spree.Id, Start = Evening });

        Assert.Equal(EventStatus.Published, evt.Status);
        Assert.Equal((Evening.PlusHours(2), 8, 15, Cast.East.Id), (evt.EndLocal, evt.Capacity, evt.SetUpMinutes, evt.SiteId));
        Assert.Equal(new Words("Löten", "Löten"), evt.Title);
        Assert.Equal(ReminderTime.Usual, (await Reread(evt)).ReminderRules.Select(rule => rule.Time)
            .OrderByDescending(time => time.Kind == ReminderKind.CalendarDays).ThenByDescending(time => time.Amount));
    }

    [Fact]
    public async Task Holds_every_part_of_its_room_with_set_up_and_tear_down()
    {
        var evt = await Publish(Draft with { SpaceId = Cast.Hall.Id, TearDownMinutes = 30 });

        var claims = await TestHub.Read(db => db.Claims.Where(claim => claim.HolderId == evt.Id)
            .OrderBy(claim => claim.UnitId).ToListAsync(Stop));
        Assert.Equal(
            [(3, At(12, 8, 17, 45), At(12, 8, 20, 30)), (4, At(12, 8, 17, 45), At(12, 8, 20, 30))],
            claims.Select(claim => (claim.UnitId, claim.Start, claim.End)));
    }

    [Theory]
    [InlineData(20, 0, "slot_taken")] // its set-up would begin at 19:45
    [InlineData(20, 14, "slot_taken")]
    [InlineData(20, 15, null)]
    [InlineData(16, 0, "slot_taken")] // ends at 18:00, but the first needs its set-up from 17:45
    [InlineData(15, 45, null)]
    public async Task Takes_a_room_up_to_the_minute_where_another_event_lets_go_of_it(int hour, int minute, string? code)
    {
        await Publish();
        var other = (await Write(Draft with { Start = Evening.Date + new LocalTime(hour, minute) })).Value;

        Assert.Equal(code, (await PublishDraft(other)).Refusal?.Code);
    }

    [Fact]
    public async Task Names_the_event_that_has_the_room_and_offers_others_and_other_times()
    {
        await Publish();
        var other = (await Write(Draft with { Title = Draft.Title with { German = "Zweites" } })).Value;

        var refusal = (await PublishDraft(other)).Refusal!;

        Assert.Equal(("slot_taken", "space"), (refusal.Code, refusal.Field));
        Assert.Equal("Spree ist belegt durch „Löten für alle“: Dienstag, 8. Dezember 2026, 17:45 bis 20:00 Uhr, mit Auf- und Abbau. "
            + "Wählen Sie eine andere Zeit oder einen anderen Raum.", refusal.Message.German);
        Assert.Contains("“Soldering for everybody”", refusal.Message.English, StringComparison.Ordinal);
        Assert.Equal(
            [("Panke", AlternativeKind.OtherSpace, Evening), ("Spree", AlternativeKind.OtherTime, new(2026, 12, 8, 15, 30)), ("Spree",
                AlternativeKind.OtherTime, new(2026, 12, 8, 15, 0)), ("Havel", AlternativeKind.OtherSite, Evening)],
            refusal.Alternatives.Select(one => (one.SpaceName, one.Kind, one.Start)));
        Assert.Equal(EventStatus.Draft, (await Reread(other)).Status);
    }

    [Fact]
    public async Task Does_not_say_whose_booking_has_the_room()
    {
        var booked = await TestHub.Get<BookSpace>().Run(new BookSpaceRequest
        {
            ActorId = Cast.Ada.Id,
            SpaceId = Cast.Spree.Id,
            When = When.Between(Evening.PlusHours(-1), Evening.PlusHours(1)),
            Title = "Secret",
        }, Stop);
        Assert.Null(booked.Refusal);

        var refusal = (await PublishDraft((await Write(Draft)).Value)).Refusal!;

        Assert.Equal("slot_taken", refusal.Code);
        Assert.StartsWith("Spree is booked: Tuesday 8 December 2026, 16:45 to 19:00.", refusal.Message.English, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_keeps_members_from_booking_its_room()
    {
        await Publish();

        var outcome = await TestHub.Get<BookSpace>().Run(
            new BookSpaceRequest { ActorId = Cast.Ada.Id, SpaceId = Cast.Spree.Id, When = When.Between(Evening, Evening.PlusHours(1)) },
            Stop);

        Assert.Equal("slot_taken", outcome.Refusal?.Code);
    }

    [Fact]
    public async Task Two_events_of_one_title_have_two_addresses_that_stay()
    {
        var first = await Publish(Draft with { Title = Draft.Title with { German = "Größe zählt!" } });
        var second = await Publish(Draft with { Title = Draft.Title with { German = "Größe zählt!" }, SpaceId = Cast.Panke.Id });
        await Edit(second, Draft with { Title = Draft.Title with { German = "Anders" }, SpaceId = Cast.Panke.Id });

        Assert.Equal(("groesse-zaehlt", "groesse-zaehlt-2"), (first.Slug, (await Reread(second)).Slug));
    }

    [Fact]
    public async Task An_event_may_lie_outside_the_opening_hours()
    {
        var evt = await Publish(Draft with { Start = new(2026, 12, 6, 5, 0), End = new(2026, 12, 7, 1, 0) });

        Assert.Equal(EventStatus.Published, evt.Status);
    }

    [Fact]
    public async Task An_online_event_needs_no_room_but_a_link()
    {
        var draft = Draft with { Format = EventFormat.Online, SpaceId = null, Capacity = null };
        var without = await PublishDraft((await Write(draft)).Value);
        var with = await Publish(draft with { JoinLink = "https://video.example/1" });

        Assert.Equal(("join_link_missing", "joinLink"), (without.Refusal?.Code, without.Refusal?.Field));
        Assert.Equal((EventStatus.Published, null, 100), (with.Status, with.SpaceId, with.Capacity));
    }

    [Fact]
    public async Task A_draft_may_lack_what_a_published_event_needs()
    {
        var noRoom = (await Write(Draft with { SpaceId = null })).Value;
        var past = (await Write(Draft with { Start = new(2026, 11, 23, 8, 59) })).Value;
        var farAway = (await Write(Draft with { Start = new(2029, 11, 23, 9, 0) })).Value;

        Assert.Equal(("room_missing", "space"), (await PublishDraft(noRoom) is { Refusal: { } one } ? (one.Code, one.Field) : default));
        Assert.Equal(("start_in_the_past", "start"), (await PublishDraft(past) is { Refusal: { } two } ? (two.Code, two.Field) : default));
        Assert.Equal(("too_far_ahead", "start"),
            (await PublishDraft(farAway) is { Refusal: { } three } ? (three.Code, three.Field) : default));
    }

    [Fact]
    public async Task Only_its_organiser_or_an_administrator_publishes_it()
    {
        var draft = (await Write(Draft)).Value;

        foreach (var other in new[] { Cast.Ada, Cast.Frieda })
            Assert.Equal("not_found", (await TestHub.Get<PublishEvent>().Run(draft.Id, other.Id, Stop)).Refusal?.Code);
        Assert.True((await TestHub.Get<PublishEvent>().Run(draft.Id, Cast.Alan.Id, Stop)).IsDone);
    }

    [Fact]
    public async Task Of_many_who_publish_into_one_room_at_once_one_gets_it()
    {
        var drafts = new List<Event>();
        for (var i = 0; i < 12; i++)
            drafts.Add((await Write(Draft)).Value);

        var outcomes = await Task.WhenAll(drafts.Select(draft => Task.Run(() => PublishDraft(draft))));

        Assert.Single(outcomes, outcome => outcome.IsDone);
        Assert.All(outcomes.Where(outcome => !outcome.IsDone), outcome => Assert.Equal("slot_taken", outcome.Refusal?.Code));
    }

    public sealed class OnSqlite(SqliteDatabase database) : PublishEventTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : PublishEventTests(database), IClassFixture<PostgresDatabase>;
}
