using DigiHub.Memberships;
using DigiHub.Operations;
using DigiHub.Settings;
using DigiHub.Text;

namespace DigiHub.Tests.Memberships;

/// <summary>Visitors ask to join; who manages members answers with an invitation, or declines.</summary>
public abstract class JoinRequestTests(TestDatabase database) : HubTests(database)
{
    [Fact]
    public async Task A_request_waits_until_an_administrator_answers_it_with_an_invitation()
    {
        Assert.True((await Ask("Lise", "lise@example.org", "Messwerk", "Wir suchen Plätze.")).IsDone);
        var waiting = Assert.Single(await All());
        Assert.Equal(("Lise", "Messwerk", "Wir suchen Plätze."), (waiting.Name.Text, waiting.Organisation, waiting.Text));

        var invited = await TestHub.Get<JoinRequests>().Invite(waiting.Id, Cast.Startup.Slug, Cast.Alan.Id, Stop);

        Assert.True(invited.IsDone);
        Assert.Empty(await All());
        var invitation = await TestHub.Read(db => db.Invitations.SingleAsync(Stop));
        Assert.Equal(("lise@example.org", Cast.Startup.Id), (invitation.Email.Shown, invitation.OrganisationId));
    }

    [Fact]
    public async Task Asking_again_changes_what_was_written()
    {
        await Ask("Lise", "lise@example.org", "Messwerk", "Erstens");
        await Ask("Lise M", "LISE@example.org", null, "Zweitens");

        var waiting = Assert.Single(await All());
        Assert.Equal(("Lise M", null, "Zweitens"), (waiting.Name.Text, waiting.Organisation, waiting.Text));
    }

    [Fact]
    public async Task Who_has_an_account_gets_the_same_answer_and_leaves_no_row()
    {
        Assert.True((await Ask("Ada", Cast.Ada.Email.Shown)).IsDone);
        Assert.Empty(await All());
    }

    [Fact]
    public async Task Declining_tells_nobody()
    {
        await Ask("Lise", "lise@example.org");
        var waiting = Assert.Single(await All());

        Assert.Equal(Refusal.NotFound, (await TestHub.Get<JoinRequests>().Decline(waiting.Id, Cast.Frieda.Id, Stop)).Refusal);
        Assert.True((await TestHub.Get<JoinRequests>().Decline(waiting.Id, Cast.Alan.Id, Stop)).IsDone);

        Assert.Empty(await All());
        Assert.Equal(0, await TestHub.Read(db => db.Set<DigiHub.Notifications.Notification>().CountAsync(Stop)));
    }

    [Fact]
    public async Task Bad_input_names_every_field()
    {
        var refusal = (await Ask("", "no address", null, new string('x', JoinRequest.TextMax + 1))).Refusal!;

        Assert.Equal(["name", "email", "text"], refusal.Also.Select(one => one.Field).Prepend(refusal.Field));
    }

    [Fact]
    public async Task Nobody_can_ask_before_the_hub_is_open_nor_when_too_many_wait()
    {
        await TestHub.Lay([.. Enumerable.Range(0, JoinRequest.WaitingMax).Select(number => new JoinRequest
        {
            Id = Guid.NewGuid(),
            Name = PersonName.Of("Lise"),
            Email = EmailAddress.Of($"lise{number}@example.org"),
            Language = Language.German,
            AskedAt = TestHub.Clock.GetCurrentInstant(),
        })]);
        Assert.Equal("join_requests_full", (await Ask("Otto", "otto@example.org")).Refusal?.Code);

        await TestHub.Read(db => db.Set<HubState>().ExecuteUpdateAsync(set => set.SetProperty(hub => hub.OpenedAt, (Instant?)null), Stop));
        Assert.Equal("hub_not_open", (await Ask("Otto", "otto@example.org")).Refusal?.Code);
    }

    [Fact]
    public async Task An_unanswered_request_is_deleted_after_thirty_days()
    {
        await Ask("Lise", "lise@example.org");
        TestHub.Clock.AdvanceDays(30);
        await TestHub.Get<PurgeExpired>().Run(Stop);
        Assert.Single(await All());

        TestHub.Clock.AdvanceSeconds(1);
        await TestHub.Get<PurgeExpired>().Run(Stop);
        Assert.Empty(await All());
    }

    private Task<Outcome<bool>> Ask(string name, string email, string? organisation = null, string? text = null) =>
        TestHub.Get<AskToJoin>().Run(name, email, organisation, text, Language.German, Stop);

    private Task<IReadOnlyList<JoinRequest>> All() => TestHub.Get<JoinRequests>().All(Cast.As(Cast.Alan), Stop);

    public sealed class OnSqlite(SqliteDatabase database) : JoinRequestTests(database), IClassFixture<SqliteDatabase>;
    public sealed class OnPostgres(PostgresDatabase database) : JoinRequestTests(database), IClassFixture<PostgresDatabase>;
}
