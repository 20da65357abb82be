using DigiHub.Events;
using DigiHub.Registrations;
using DigiHub.Time;

namespace DigiHub.Tests.Events;

public abstract class UpcomingEventsTests(TestDatabase database) : EventTests(database)
{
    private async Task<IEnumerable<string>> Titles(UpcomingEventsQuery query) =>
        (await TestHub.Get<UpcomingEvents>().Run(query, Stop)).Events.Select(card => card.Event.Title.German!);

    private EventDraft Named(string title, LocalDateTime start) => Draft with { Title = new(title, null), Start = start };

    [Fact]
    public async Task Are_found_by_site_topic_and_day_soonest_first()
    {
        await Publish(Named("Zwei", Evening.PlusDays(1)) with { Topic = "fintech" });
        await Publish(Named("Eins", Evening));
        await Publish(Named("West", Evening.PlusHours(1)) with { SpaceId = Cast.Havel.Id });
        await Write(Named("Entwurf", Evening.PlusDays(3)));

        Assert.Equal(["Eins", "West", "Zwei"], await Titles(new()));
        Assert.Equal(["West"], await Titles(new(SiteId: Cast.West.Id)));
        Assert.Equal(["Zwei"], await Titles(new(Topic: "fintech")));
        Assert.Equal(["Eins", "West"], await Titles(new(Through: Evening.Date)));
        Assert.Equal(["Zwei"], await Titles(new(From: Evening.Date.PlusDays(1))));
    }

    [Fact]
    public async Task Show_seats_and_vanish_when_they_are_over_or_cancelled()
    {
        var evt = await Publish(Draft with { Capacity = 3 });
        await RegisterGuest(evt, "Lise");
        var cancelled = await Publish(Draft with { SpaceId = Cast.Panke.Id });
        await TestHub.Get<CancelEvent>().Run(new CancelEventRequest(cancelled.Id, Cast.Grace.Id), Stop);

        var card = (await TestHub.Get<UpcomingEvents>().Run(new(), Stop)).Events.Single();
        Assert.Equal((1, 0, 2, RegistrationState.Open), (card.Taken, card.Waiting, card.SeatsLeft, card.RegistrationState(Now)));
        TestHub.Clock.Reset(evt.End);
        Assert.Empty(await Titles(new()));
    }

    [Fact]
    public async Task Are_paged_without_gaps_even_where_several_start_at_once()
    {
        foreach (var (title, room) in new[] { ("Anna", Cast.Spree), ("Berta", Cast.Panke), ("Cäsar", Cast.Havel) })
            await Publish(Named(title, Evening) with { SpaceId = room.Id });
        var upcoming = TestHub.Get<UpcomingEvents>();

        var seen = new List<string>();
        Cursor? after = null;
        do
        {
            var page = await upcoming.Run(new(After: after, Size: 1), Stop);
            seen.AddRange(page.Events.Select(card => card.Event.Title.German!));
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal(["Anna", "Berta", "Cäsar"], seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_draft_is_shown_to_who_may_edit_it_and_the_link_to_who_may_join()
    {
        var draft = (await Write(Draft)).Value;
        var online = await Publish(Draft with { Format = EventFormat.Hybrid, JoinLink = "https://video.example/1", Capacity = 1 });
        await Register(online, Cast.Ada.Id);
        await Register(online, Cast.Bob.Id);
        var bySlug = TestHub.Get<EventBySlug>();

        Assert.Null(await bySlug.Run(draft.Slug, Cast.Ada.Id, Stop));
        Assert.NotNull(await bySlug.Run(draft.Slug, Cast.Grace.Id, Stop));
        Assert.Null((await bySlug.Run(online.Slug, readerId: null, Stop))!.JoinLink);
        Assert.NotNull((await bySlug.Run(online.Slug, Cast.Ada.Id, Stop))!.JoinLink);
        var bobs = (await bySlug.Run(online.Slug, Cast.Bob.Id, Stop))!;
        Assert.Equal((null, 1, RegistrationStatus.Waiting, "Grace"),
            (bobs.JoinLink, bobs.MyPlace, bobs.Mine!.Status, bobs.OrganiserName.Text));
        Assert.Null(await bySlug.Run("nowhere", Cast.Ada.Id, Stop));
    }

    [Fact]
    public async Task Members_see_their_registrations_with_what_is_ahead_first()
    {
        var past = await Publish(Draft with { Start = new(2026, 11, 24, 18, 0) });
        var soon = await Publish();
        var later = await Publish(Draft with { Start = Evening.PlusDays(1), Capacity = 1 });
        await Register(past, Cast.Ada.Id);
        await Register(soon, Cast.Ada.Id);
        await RegisterGuest(later, "Max");
        await RegisterGuest(later, "Ada", Cast.Ada.Email);
        TestHub.Clock.Reset(past.End);

        var mine = await TestHub.Get<MyRegistrations>().Run(Cast.Ada.Id, Stop);

        Assert.Equal([(soon.Id, (int?)null), (later.Id, 1), (past.Id, null)], mine.Select(held => (held.Event.Id, held.Place)));
        Assert.NotNull(await TestHub.Get<MyRegistrations>().One(mine[0].Registration.Id, Cast.Ada.Id, Stop));
        Assert.Null(await TestHub.Get<MyRegistrations>().One(mine[0].Registration.Id, Cast.Bob.Id, Stop));
    }

    [Fact]
    public async Task Hosts_see_their_own_events_and_administrators_all()
    {
        var draft = (await Write(Draft)).Value;
        var alans = (await Write(Draft, by: Cast.Alan.Id)).Value;
        var evt = TestHub.Get<HostedEvents>();

        Assert.Equal([draft.Id], (await evt.Run(Cast.Grace.Id, Stop)).Select(card => card.Event.Id));
        Assert.Equal(2, (await evt.Run(Cast.Alan.Id, Stop)).Count);
        Assert.Empty(await evt.Run(Cast.Ada.Id, Stop));
        Assert.Equal(3, (await evt.One(draft.Id, Cast.Grace.Id, Stop))!.Event.ReminderRules.Count);
        Assert.Null(await evt.One(alans.Id, Cast.Grace.Id, Stop));
    }

    public sealed class OnSqlite(SqliteDatabase database) : UpcomingEventsTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : UpcomingEventsTests(database), IClassFixture<PostgresDatabase>;
}
