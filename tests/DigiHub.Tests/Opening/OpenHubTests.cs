using DigiHub.Activity;
using DigiHub.Events;
using DigiHub.Members;
using DigiHub.Opening;
using DigiHub.Settings;
using DigiHub.Spaces;
using DigiHub.Tests.Events;

namespace DigiHub.Tests.Opening;

/// <summary>Setting up and running a hub, rules 4, 5 and 31.</summary>
public abstract class OpenHubTests(TestDatabase database) : EventTests(database)
{
    [Fact]
    public async Task It_opens_once_the_imprint_is_complete_and_there_is_a_site()
    {
        await Close();

        Assert.Equal("imprint_incomplete", (await Open(isImprintComplete: false)).Refusal?.Code);
        Assert.Null((await TestHub.Get<SetupState>().Run(Stop)).OpenedAt);
        Assert.True((await Open()).Value);

        Assert.Equal(TestHub.Clock.GetCurrentInstant(), (await TestHub.Get<SetupState>().Run(Stop)).OpenedAt);
        Assert.False((await Open()).Value);
        Assert.Equal(1, await TestHub.Read(db => db.Activity.CountAsync(one => one.Act == "hub.opened", Stop)));
    }

    [Fact]
    public async Task Without_a_site_it_stays_closed()
    {
        await using (var db = TestHub.OpenDb())
            await TestDatabase.Empty(db);

        Assert.Equal("no_site", (await TestHub.Get<OpenHub>().Run(actorId: null, isImprintComplete: true, Stop)).Refusal?.Code);
    }

    [Fact]
    public async Task Until_then_no_event_is_published_and_its_draft_stays()
    {
        await Close();
        var draft = (await Write(Draft)).Value;

        Assert.Equal("hub_not_open", (await TestHub.Get<PublishEvent>().Run(draft.Id, Cast.Grace.Id, Stop)).Refusal?.Code);
        await Open();

        Assert.True((await TestHub.Get<PublishEvent>().Run(draft.Id, Cast.Grace.Id, Stop)).IsDone);
    }

    [Fact]
    public async Task Only_administrators_of_the_hub_open_it_and_change_settings()
    {
        await Close();

        foreach (var member in new[] { Cast.Ada, Cast.Grace, Cast.Frieda })
        {
            Assert.Equal(Refusal.NotFound, (await Open(by: member)).Refusal);
            Assert.Equal(Refusal.NotFound, (await Change(member, ("Imprint:Phone", "030 1"))).Refusal);
        }
    }

    [Fact]
    public async Task A_setting_counts_in_every_process_within_half_a_second_and_taking_it_back_does_too()
    {
        await using var other = TestHub.AnotherProcess();
        Assert.Empty((await other.Get<Catalogue>().Map(Stop)).Settings);

        Assert.Equal(1, (await Change(Cast.Alan, ("Imprint:Operator", "Muster Hub gGmbH"))).Value);
        Assert.Equal("Muster Hub gGmbH", (await TestHub.Get<Catalogue>().Map(Stop)).Settings["Imprint:Operator"]);
        other.Clock.Advance(Duration.FromMilliseconds(500));
        Assert.Equal("Muster Hub gGmbH", (await other.Get<Catalogue>().Map(Stop)).Settings["Imprint:Operator"]);

        Assert.Equal(1, (await Change(Cast.Alan, ("Imprint:Operator", ""))).Value);
        Assert.Empty((await TestHub.Get<Catalogue>().Map(Stop)).Settings);
    }

    [Fact]
    public async Task What_did_not_change_is_no_act_and_activity_tells_names_of_settings_never_their_values()
    {
        await Change(Cast.Alan, ("Imprint:Email", "info@example.org"), ("Imprint:Phone", "030 1"));
        Assert.Equal(0, (await Change(Cast.Alan, ("Imprint:Phone", "030 1"))).Value);

        var act = await TestHub.Read(db => db.Activity.SingleAsync(one => one.Act == "hub.settings_changed", Stop));
        Assert.Equal("Imprint:Email, Imprint:Phone", act.Detail);
    }

    private async Task Close()
    {
        await using var db = TestHub.OpenDb();
        await db.Set<HubState>().ExecuteUpdateAsync(row => row.SetProperty(hub => hub.OpenedAt, (Instant?)null), Stop);
        TestHub.Clock.AdvanceSeconds(1); // past the moment in which the catalogue is not looked at again
    }

    private Task<Outcome<bool>> Open(bool isImprintComplete = true, Member? by = null) =>
        TestHub.Get<OpenHub>().Run((by ?? Cast.Alan).Id, isImprintComplete, Stop);

    private Task<Outcome<int>> Change(Member by, params (string Key, string Value)[] values) =>
        TestHub.Get<ChangeSettings>().Run(by.Id, values.ToDictionary(one => one.Key, one => one.Value), Stop);

    public sealed class OnSqlite(SqliteDatabase database) : OpenHubTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : OpenHubTests(database), IClassFixture<PostgresDatabase>;
}
