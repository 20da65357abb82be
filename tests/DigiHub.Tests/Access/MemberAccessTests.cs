using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Mail;
using DigiHub.Members;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Tests.Access;

/// <summary>Members' access: disabling, enabling, roles, sessions.</summary>
public abstract class MemberAccessTests(TestDatabase database)
{
    private static readonly SessionLife usual = new(Duration.FromHours(12), Duration.FromDays(30)),
        administrators = new(Duration.FromHours(1), Duration.FromHours(12));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_change_by_somebody_else_is_told_to_the_member_even_if_they_are_shut_out()
    {
        await using var testHub = await Open();
        var (ada, alan) = (testHub.Cast.Ada, testHub.Cast.Alan);
        var end = testHub.Clock.GetCurrentInstant().InUtc().Date.PlusMonths(1);

        await testHub.Get<GrantRoles>().Run(new(ada.Id, [Role.Organiser, Role.FrontDesk], alan.Id, Through: end), Stop);
        await testHub.Get<GrantRoles>().Run(new(ada.Id, [Role.FrontDesk], alan.Id, Through: end), Stop); // changes nothing
        await testHub.Get<RevokeRoles>().Run(new(ada.Id, [Role.FrontDesk], ActorId: null), Stop);
        await testHub.Get<DisableMember>().Run(ada.Id, alan.Id, Stop);
        await testHub.Get<EnableMember>().Run(ada.Id, actorId: null, Stop);
        await testHub.Get<DeliverNotifications>().Run(Stop);

        var told = testHub.Sender.Taken.Where(notification => notification.Type == MemberNotifications.AccessChanged).ToList();
        Assert.All(told, notification => Assert.Equal(ada.Email, notification.RecipientEmail));
        Assert.Equal(
            [
                new AccessChangeNote(AccessChange.Granted, [Role.Organiser, Role.FrontDesk], SiteId: null, end, alan.Id).Written,
                new AccessChangeNote(AccessChange.Revoked, [Role.FrontDesk], SiteId: null, Through: null, ActorId: null).Written,
                new AccessChangeNote(AccessChange.Disabled, [], SiteId: null, Through: null, alan.Id).Written,
                new AccessChangeNote(AccessChange.Enabled, [], SiteId: null, Through: null, ActorId: null).Written,
            ],
            told.Select(notification => AccessChangeNote.Parse(notification.Note)!)
                .OrderBy(note => note.Change).Select(note => note.Written));
    }

    [Fact]
    public async Task A_disabled_member_is_out_at_once_with_session_token_feed_and_link()
    {
        await using var testHub = await Open();
        var ada = testHub.Cast.Ada;
        var session = await SignIn(testHub, ada);
        var tokens = testHub.Get<AccessTokens>();
        var api = (await tokens.Make(ada.Id, "door display", AccessToken.LifeMax, Stop)).Value.Secret;
        var feed = (await tokens.RotateFeed(ada.Id, Stop)).Value.Secret;
        var link = (await testHub.Get<MakeSignInLink>().Run(ada.Id, Stop)).Value;
        Assert.NotNull(await tokens.Find(TokenUse.Api, api, Stop)); // as a busy program would have asked just before

        var outcome = await testHub.Get<DisableMember>().Run(ada.Id, testHub.Cast.Alan.Id, Stop);

        Assert.True(outcome.Value);
        Assert.Null(await testHub.Get<Sessions>().Find(session, Stop));
        Assert.Null(await tokens.Find(TokenUse.Api, api, Stop));
        Assert.Null(await tokens.Find(TokenUse.CalendarFeed, feed, Stop));
        Assert.Equal(UseSignInLink.LinkOver, (await testHub.Get<UseSignInLink>().Run(link.Id, Stop)).Refusal);
        Assert.Equal((testHub.Cast.Alan.Id, ada.Id), await LastAct(testHub, "member.disabled"));
    }

    [Fact]
    public async Task An_enabled_member_signs_in_again_and_no_earlier_session_revives()
    {
        await using var testHub = await Open();
        var ada = testHub.Cast.Ada;
        var session = await SignIn(testHub, ada);
        var api = (await testHub.Get<AccessTokens>().Make(ada.Id, "door display", AccessToken.LifeMax, Stop)).Value.Secret;
        await testHub.Get<DisableMember>().Run(ada.Id, null, Stop);

        var outcome = await testHub.Get<EnableMember>().Run(ada.Id, null, Stop);

        Assert.True(outcome.Value);
        Assert.Null(await testHub.Get<Sessions>().Find(session, Stop));
        Assert.Null(await testHub.Get<AccessTokens>().Find(TokenUse.Api, api, Stop));
        Assert.NotNull(await testHub.Get<Sessions>().Find(await SignIn(testHub, ada), Stop));
        Assert.Equal((null, ada.Id), await LastAct(testHub, "member.enabled"));
    }

    [Fact]
    public async Task Roles_count_at_the_next_look_for_sessions_and_tokens()
    {
        await using var testHub = await Open();
        var ada = testHub.Cast.Ada;
        var session = await SignIn(testHub, ada);
        var api = (await testHub.Get<AccessTokens>().Make(ada.Id, "door display", AccessToken.LifeMax, Stop)).Value.Secret;
        await testHub.Get<AccessTokens>().Find(TokenUse.Api, api, Stop);

        Assert.True((await testHub.Get<GrantRoles>().Run(new(ada.Id, [Role.Organiser, Role.FrontDesk], testHub.Cast.Alan.Id), Stop)).Value);

        HeldRole[] both = [new(Role.Organiser, null), new(Role.FrontDesk, null)];
        Assert.Equal(both, (await testHub.Get<Sessions>().Find(session, Stop))!.Roles.OrderBy(held => held.Role));
        Assert.Equal(both, (await testHub.Get<AccessTokens>().Find(TokenUse.Api, api, Stop))!.Roles.OrderBy(held => held.Role));
        Assert.Equal((testHub.Cast.Alan.Id, ada.Id), await LastAct(testHub, "member.roles_granted"));

        Assert.True((await testHub.Get<RevokeRoles>().Run(new(ada.Id, [Role.Organiser], testHub.Cast.Alan.Id), Stop)).Value);

        Assert.Equal([new HeldRole(Role.FrontDesk, null)], (await testHub.Get<Sessions>().Find(session, Stop))!.Roles);
        Assert.Equal((testHub.Cast.Alan.Id, ada.Id), await LastAct(testHub, "member.roles_revoked"));
    }

    [Fact]
    public async Task A_session_begun_before_the_role_lives_no_longer_than_an_administrators()
    {
        await using var testHub = await Open();
        var session = await SignIn(testHub, testHub.Cast.Ada);
        await testHub.Get<GrantRoles>().Run(new(testHub.Cast.Ada.Id, [Role.Administrator], null), Stop);

        for (var i = 0; i < 12; i++) // never idle for an hour
        {
            testHub.Clock.Advance(Duration.FromMinutes(59));
            Assert.NotNull(await testHub.Get<Sessions>().Find(session, Stop));
        }

        testHub.Clock.Advance(Duration.FromMinutes(12));
        Assert.Null(await testHub.Get<Sessions>().Find(session, Stop));
    }

    [Fact]
    public async Task Ends_sessions_and_what_was_asked_for_in_them_but_lets_the_member_in_again()
    {
        await using var testHub = await Open();
        var ada = testHub.Cast.Ada;
        string[] sessions = [await SignIn(testHub, ada), await SignIn(testHub, ada)];
        var bobs = await SignIn(testHub, testHub.Cast.Bob);
        var change = (await testHub.Get<AskAddressChange>().Run(ada.Id, "ada@elsewhere.example", Stop)).Value;

        var outcome = await testHub.Get<EndSessions>().Run(ada.Id, testHub.Cast.Alan.Id, Stop);

        Assert.Equal(2, outcome.Value);
        foreach (var session in sessions)
            Assert.Null(await testHub.Get<Sessions>().Find(session, Stop));
        Assert.NotNull(await testHub.Get<Sessions>().Find(bobs, Stop));
        Assert.NotNull(await testHub.Get<Sessions>().Find(await SignIn(testHub, ada), Stop));
        var member = await testHub.Read(db => db.Members.SingleAsync(one => one.Id == ada.Id, Stop));
        Assert.False(change.IsOpen(member, testHub.Clock.GetCurrentInstant()));
        Assert.Equal((testHub.Cast.Alan.Id, ada.Id), await LastAct(testHub, "member.sessions_ended"));
    }

    [Fact]
    public async Task The_last_administrator_stays()
    {
        await using var testHub = await Open();
        var alan = testHub.Cast.Alan;

        Assert.Equal("last_administrator", (await testHub.Get<DisableMember>().Run(alan.Id, null, Stop)).Refusal!.Code);
        Assert.Equal("last_administrator",
            (await testHub.Get<RevokeRoles>().Run(new(alan.Id, [Role.Administrator], null), Stop)).Refusal!.Code);

        await testHub.Get<GrantRoles>().Run(new(testHub.Cast.Grace.Id, [Role.Administrator], null), Stop);
        Assert.True((await testHub.Get<DisableMember>().Run(testHub.Cast.Grace.Id, null, Stop)).Value);
        // Grace cannot sign in
        Assert.Equal("last_administrator", (await testHub.Get<DisableMember>().Run(alan.Id, null, Stop)).Refusal!.Code);
    }

    [Fact]
    public async Task Two_administrators_who_shut_each_other_out_at_once_leave_one()
    {
        await using var testHub = await Open();
        var (alan, grace) = (testHub.Cast.Alan, testHub.Cast.Grace);
        await testHub.Get<GrantRoles>().Run(new(grace.Id, [Role.Administrator], null), Stop);

        var outcomes = await Task.WhenAll(
            Task.Run(() => testHub.Get<DisableMember>().Run(alan.Id, grace.Id, Stop), Stop),
            Task.Run(() => testHub.Get<DisableMember>().Run(grace.Id, alan.Id, Stop), Stop));

        Assert.Single(outcomes, outcome => outcome.IsDone);
        Assert.Equal(1, await AdministratorsWhoCanSignIn(testHub));
    }

    [Fact]
    public async Task Two_administrators_who_revoke_each_other_at_once_leave_one()
    {
        await using var testHub = await Open();
        var (alan, grace) = (testHub.Cast.Alan, testHub.Cast.Grace);
        await testHub.Get<GrantRoles>().Run(new(grace.Id, [Role.Administrator], null), Stop);

        var outcomes = await Task.WhenAll(
            Task.Run(() => testHub.Get<RevokeRoles>().Run(new(alan.Id, [Role.Administrator], grace.Id), Stop), Stop),
            Task.Run(() => testHub.Get<RevokeRoles>().Run(new(grace.Id, [Role.Administrator], alan.Id), Stop), Stop));

        Assert.Single(outcomes, outcome => outcome.IsDone);
        Assert.Equal(1, await AdministratorsWhoCanSignIn(testHub));
    }

    [Fact]
    public async Task Only_an_administrator_changes_anybodys_access_and_never_their_own()
    {
        await using var testHub = await Open();
        var (ada, frieda, alan) = (testHub.Cast.Ada, testHub.Cast.Frieda, testHub.Cast.Alan);

        Assert.Equal(Refusal.NotFound, (await testHub.Get<DisableMember>().Run(ada.Id, frieda.Id, Stop)).Refusal);
        Assert.Equal(Refusal.NotFound,
            (await testHub.Get<GrantRoles>().Run(new(frieda.Id, [Role.Administrator], frieda.Id), Stop)).Refusal);
        Assert.Equal("own_access", (await testHub.Get<GrantRoles>().Run(new(alan.Id, [Role.FrontDesk], alan.Id), Stop)).Refusal!.Code);
        Assert.Equal("own_access", (await testHub.Get<DisableMember>().Run(alan.Id, alan.Id, Stop)).Refusal!.Code);
        Assert.Equal("role", (await testHub.Get<GrantRoles>().Run(new(ada.Id, [], alan.Id), Stop)).Refusal!.Code);
        Assert.Equal(Refusal.NotFound, (await testHub.Get<EndSessions>().Run(Guid.NewGuid(), alan.Id, Stop)).Refusal);
        Assert.Empty(await testHub.Read(db => db.Activity.Where(entry => entry.Act.StartsWith("member.")).ToListAsync(Stop)));
    }

    [Fact]
    public async Task What_is_so_already_is_no_act()
    {
        await using var testHub = await Open();
        var ada = testHub.Cast.Ada;

        Assert.False((await testHub.Get<EnableMember>().Run(ada.Id, null, Stop)).Value);
        Assert.False((await testHub.Get<RevokeRoles>().Run(new(ada.Id, [Role.Organiser], null), Stop)).Value);
        Assert.False((await testHub.Get<GrantRoles>().Run(new(testHub.Cast.Grace.Id, [Role.Organiser], null), Stop)).Value);
        Assert.Empty(await testHub.Read(db => db.Activity.ToListAsync(Stop)));
    }

    private Task<TestHub> Open() => TestHub.Open(database, services => services.AddSingleton(provider => new Sessions(
        provider.GetRequiredService<DigiHub.Data.HubDbFactory>(), provider.GetRequiredService<DigiHub.Data.UnitOfWork>(),
        provider.GetRequiredService<IClock>(), () => new(usual, administrators))));

    private static Task<int> AdministratorsWhoCanSignIn(TestHub testHub) => testHub.Read(db =>
    {
        var grants = db.RoleGrants.Where(grant => grant.Role == Role.Administrator && grant.SiteId == null);
        return db.Members.CountAsync(one => one.DisabledAt == null && grants.Any(grant => grant.MemberId == one.Id), Stop);
    });

    private static async Task<string> SignIn(TestHub testHub, Member member)
    {
        var now = await testHub.Read(db => db.Members.AsNoTracking().SingleAsync(one => one.Id == member.Id, Stop));
        return (await testHub.Get<Sessions>().Begin(now, "Firefox, Linux", endingKey: null, Stop)).Key;
    }

    private static async Task<(Guid? Actor, Guid? Subject)> LastAct(TestHub testHub, string act)
    {
        var entry = await testHub.Read(db => db.Activity.SingleAsync(one => one.Act == act, Stop));
        return (entry.ActorId, entry.SubjectId);
    }

    public sealed class OnSqlite(SqliteDatabase database) : MemberAccessTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : MemberAccessTests(database), IClassFixture<PostgresDatabase>;
}
