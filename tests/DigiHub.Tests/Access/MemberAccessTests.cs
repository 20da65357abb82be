using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Mail;
using DigiHub.Members;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Tests.Access;

/// <summary>Members' access: disabling, enabling, roles, sessions.</summary>
public abstract class MemberAccessTests(TestDatabase database)
{
    private static readonly SessionLife usual = new(Duration.FromHours(12), Duration.FromDays(30)), administrators = new(Duration.FromHours(1), Duration.FromHours(12));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_change_by_somebody_else_is_told_to_the_member_even_if_they_are_shut_out()
    {
        await using var house = await Open();
        var (ada, alan) = (house.Cast.Ada, house.Cast.Alan);
        var end = house.Clock.GetCurrentInstant().InUtc().Date.PlusMonths(1);

        await house.Get<GrantRoles>().Run(new(ada.Id, [Role.Organiser, Role.FrontDesk], alan.Id, Through: end), Stop);
        await house.Get<GrantRoles>().Run(new(ada.Id, [Role.FrontDesk], alan.Id, Through: end), Stop); // changes nothing
        await house.Get<RevokeRoles>().Run(new(ada.Id, [Role.FrontDesk], ActorId: null), Stop);
        await house.Get<DisableMember>().Run(ada.Id, alan.Id, Stop);
        await house.Get<EnableMember>().Run(ada.Id, actorId: null, Stop);
        await house.Get<DeliverNotifications>().Run(Stop);

        var told = house.Sender.Taken.Where(notification => notification.Type == MemberNotifications.AccessChanged).ToList();
        Assert.All(told, notification => Assert.Equal(ada.Email, notification.RecipientEmail));
        Assert.Equal(
            [
                new AccessChangeNote(AccessChange.Granted, [Role.Organiser, Role.FrontDesk], SiteId: null, end, alan.Id).Written,
                new AccessChangeNote(AccessChange.Revoked, [Role.FrontDesk], SiteId: null, Through: null, ActorId: null).Written,
                new AccessChangeNote(AccessChange.Disabled, [], SiteId: null, Through: null, alan.Id).Written,
                new AccessChangeNote(AccessChange.Enabled, [], SiteId: null, Through: null, ActorId: null).Written,
            ],
            told.Select(notification => AccessChangeNote.Parse(notification.Note)!).OrderBy(note => note.Change).Select(note => note.Written));
    }

    [Fact]
    public async Task A_disabled_member_is_out_at_once_with_session_token_feed_and_link()
    {
        await using var house = await Open();
        var ada = house.Cast.Ada;
        var session = await SignIn(house, ada);
        var tokens = house.Get<AccessTokens>();
        var api = (await tokens.Make(ada.Id, "door display", AccessToken.LifeMax, Stop)).Value.Secret;
        var feed = (await tokens.RotateFeed(ada.Id, Stop)).Value.Secret;
        var link = (await house.Get<MakeSignInLink>().Run(ada.Id, Stop)).Value;
        Assert.NotNull(await tokens.Find(TokenUse.Api, api, Stop)); // as a busy program would have asked just before

        var outcome = await house.Get<DisableMember>().Run(ada.Id, house.Cast.Alan.Id, Stop);

        Assert.True(outcome.Value);
        Assert.Null(await house.Get<Sessions>().Find(session, Stop));
        Assert.Null(await tokens.Find(TokenUse.Api, api, Stop));
        Assert.Null(await tokens.Find(TokenUse.CalendarFeed, feed, Stop));
        Assert.Equal(UseSignInLink.LinkOver, (await house.Get<UseSignInLink>().Run(link.Id, Stop)).Refusal);
        Assert.Equal((house.Cast.Alan.Id, ada.Id), await LastAct(house, "member.disabled"));
    }

    [Fact]
    public async Task An_enabled_member_signs_in_again_and_no_earlier_session_revives()
    {
        await using var house = await Open();
        var ada = house.Cast.Ada;
        var session = await SignIn(house, ada);
        var api = (await house.Get<AccessTokens>().Make(ada.Id, "door display", AccessToken.LifeMax, Stop)).Value.Secret;
        await house.Get<DisableMember>().Run(ada.Id, null, Stop);

        var outcome = await house.Get<EnableMember>().Run(ada.Id, null, Stop);

        Assert.True(outcome.Value);
        Assert.Null(await house.Get<Sessions>().Find(session, Stop));
        Assert.Null(await house.Get<AccessTokens>().Find(TokenUse.Api, api, Stop));
        Assert.NotNull(await house.Get<Sessions>().Find(await SignIn(house, ada), Stop));
        Assert.Equal((null, ada.Id), await LastAct(house, "member.enabled"));
    }

    [Fact]
    public async Task Roles_count_at_the_next_look_for_sessions_and_tokens()
    {
        await using var house = await Open();
        var ada = house.Cast.Ada;
        var session = await SignIn(house, ada);
        var api = (await house.Get<AccessTokens>().Make(ada.Id, "door display", AccessToken.LifeMax, Stop)).Value.Secret;
        await house.Get<AccessTokens>().Find(TokenUse.Api, api, Stop);

        Assert.True((await house.Get<GrantRoles>().Run(new(ada.Id, [Role.Organiser, Role.FrontDesk], house.Cast.Alan.Id), Stop)).Value);

        HeldRole[] both = [new(Role.Organiser, null), new(Role.FrontDesk, null)];
        Assert.Equal(both, (await house.Get<Sessions>().Find(session, Stop))!.Roles.OrderBy(held => held.Role));
        Assert.Equal(both, (await house.Get<AccessTokens>().Find(TokenUse.Api, api, Stop))!.Roles.OrderBy(held => held.Role));
        Assert.Equal((house.Cast.Alan.Id, ada.Id), await LastAct(house, "member.roles_granted"));

        Assert.True((await house.Get<RevokeRoles>().Run(new(ada.Id, [Role.Organiser], house.Cast.Alan.Id), Stop)).Value);

        Assert.Equal([new HeldRole(Role.FrontDesk, null)], (await house.Get<Sessions>().Find(session, Stop))!.Roles);
        Assert.Equal((house.Cast.Alan.Id, ada.Id), await LastAct(house, "member.roles_revoked"));
    }

    [Fact]
    public async Task A_session_begun_before_the_role_lives_no_longer_than_an_administrators()
    {
        await using var house = await Open();
        var session = await SignIn(house, house.Cast.Ada);
        await house.Get<GrantRoles>().Run(new(house.Cast.Ada.Id, [Role.Administrator], null), Stop);

        for (var i = 0; i < 12; i++) // never idle for an hour
        {
            house.Clock.Advance(Duration.FromMinutes(59));
            Assert.NotNull(await house.Get<Sessions>().Find(session, Stop));
        }

        house.Clock.Advance(Duration.FromMinutes(12));
        Assert.Null(await house.Get<Sessions>().Find(session, Stop));
    }

    [Fact]
    public async Task Ends_sessions_and_what_was_asked_for_in_them_but_lets_the_member_in_again()
    {
        await using var house = await Open();
        var ada = house.Cast.Ada;
        string[] sessions = [await SignIn(house, ada), await SignIn(house, ada)];
        var bobs = await SignIn(house, house.Cast.Bob);
        var change = (await house.Get<AskAddressChange>().Run(ada.Id, "ada@elsewhere.example", Stop)).Value;

        var outcome = await house.Get<EndSessions>().Run(ada.Id, house.Cast.Alan.Id, Stop);

        Assert.Equal(2, outcome.Value);
        foreach (var session in sessions)
            Assert.Null(await house.Get<Sessions>().Find(session, Stop));
        Assert.NotNull(await house.Get<Sessions>().Find(bobs, Stop));
        Assert.NotNull(await house.Get<Sessions>().Find(await SignIn(house, ada), Stop));
        var member = await house.Read(db => db.Members.SingleAsync(one => one.Id == ada.Id, Stop));
        Assert.False(change.IsOpen(member, house.Clock.GetCurrentInstant()));
        Assert.Equal((house.Cast.Alan.Id, ada.Id), await LastAct(house, "member.sessions_ended"));
    }

    [Fact]
    public async Task The_last_administrator_stays()
    {
        await using var house = await Open();
        var alan = house.Cast.Alan;

        Assert.Equal("last_administrator", (await house.Get<DisableMember>().Run(alan.Id, null, Stop)).Refusal!.Code);
        Assert.Equal("last_administrator", (await house.Get<RevokeRoles>().Run(new(alan.Id, [Role.Administrator], null), Stop)).Refusal!.Code);

        await house.Get<GrantRoles>().Run(new(house.Cast.Grace.Id, [Role.Administrator], null), Stop);
        Assert.True((await house.Get<DisableMember>().Run(house.Cast.Grace.Id, null, Stop)).Value);
        Assert.Equal("last_administrator", (await house.Get<DisableMember>().Run(alan.Id, null, Stop)).Refusal!.Code); // Grace cannot sign in
    }

    [Fact]
    public async Task Two_administrators_who_shut_each_other_out_at_once_leave_one()
    {
        await using var house = await Open();
        var (alan, grace) = (house.Cast.Alan, house.Cast.Grace);
        await house.Get<GrantRoles>().Run(new(grace.Id, [Role.Administrator], null), Stop);

        var outcomes = await Task.WhenAll(
            Task.Run(() => house.Get<DisableMember>().Run(alan.Id, grace.Id, Stop), Stop), Task.Run(() => house.Get<DisableMember>().Run(grace.Id, alan.Id, Stop), Stop));

        Assert.Single(outcomes, outcome => outcome.IsDone);
        Assert.Equal(1, await AdministratorsWhoCanSignIn(house));
    }

    [Fact]
    public async Task Two_administrators_who_revoke_each_other_at_once_leave_one()
    {
        await using var house = await Open();
        var (alan, grace) = (house.Cast.Alan, house.Cast.Grace);
        await house.Get<GrantRoles>().Run(new(grace.Id, [Role.Administrator], null), Stop);

        var outcomes = await Task.WhenAll(
            Task.Run(() => house.Get<RevokeRoles>().Run(new(alan.Id, [Role.Administrator], grace.Id), Stop), Stop),
            Task.Run(() => house.Get<RevokeRoles>().Run(new(grace.Id, [Role.Administrator], alan.Id), Stop), Stop));

        Assert.Single(outcomes, outcome => outcome.IsDone);
        Assert.Equal(1, await AdministratorsWhoCanSignIn(house));
    }

    [Fact]
    public async Task Only_an_administrator_changes_anybodys_access_and_never_their_own()
    {
        await using var house = await Open();
        var (ada, frieda, alan) = (house.Cast.Ada, house.Cast.Frieda, house.Cast.Alan);

        Assert.Equal(Refusal.NotFound, (await house.Get<DisableMember>().Run(ada.Id, frieda.Id, Stop)).Refusal);
        Assert.Equal(Refusal.NotFound, (await house.Get<GrantRoles>().Run(new(frieda.Id, [Role.Administrator], frieda.Id), Stop)).Refusal);
        Assert.Equal("own_access", (await house.Get<GrantRoles>().Run(new(alan.Id, [Role.FrontDesk], alan.Id), Stop)).Refusal!.Code);
        Assert.Equal("own_access", (await house.Get<DisableMember>().Run(alan.Id, alan.Id, Stop)).Refusal!.Code);
        Assert.Equal("role", (await house.Get<GrantRoles>().Run(new(ada.Id, [], alan.Id), Stop)).Refusal!.Code);
        Assert.Equal(Refusal.NotFound, (await house.Get<EndSessions>().Run(Guid.NewGuid(), alan.Id, Stop)).Refusal);
        Assert.Empty(await house.Read(db => db.Activity.Where(entry => entry.Act.StartsWith("member.")).ToListAsync(Stop)));
    }

    [Fact]
    public async Task What_is_so_already_is_no_act()
    {
        await using var house = await Open();
        var ada = house.Cast.Ada;

        Assert.False((await house.Get<EnableMember>().Run(ada.Id, null, Stop)).Value);
        Assert.False((await house.Get<RevokeRoles>().Run(new(ada.Id, [Role.Organiser], null), Stop)).Value);
        Assert.False((await house.Get<GrantRoles>().Run(new(house.Cast.Grace.Id, [Role.Organiser], null), Stop)).Value);
        Assert.Empty(await house.Read(db => db.Activity.ToListAsync(Stop)));
    }

    private Task<House> Open() => House.Open(database, services => services.AddSingleton(provider => new Sessions(
        provider.GetRequiredService<DigiHub.Data.HubDbFactory>(), provider.GetRequiredService<DigiHub.Data.UnitOfWork>(), provider.GetRequiredService<IClock>(), usual, administrators)));

    private static Task<int> AdministratorsWhoCanSignIn(House house) => house.Read(db =>
    {
        var grants = db.RoleGrants.Where(grant => grant.Role == Role.Administrator && grant.SiteId == null);
        return db.Members.CountAsync(one => one.DisabledAt == null && grants.Any(grant => grant.MemberId == one.Id), Stop);
    });

    private static async Task<string> SignIn(House house, Member member)
    {
        var now = await house.Read(db => db.Members.AsNoTracking().SingleAsync(one => one.Id == member.Id, Stop));
        return (await house.Get<Sessions>().Begin(now, "Firefox, Linux", endingKey: null, Stop)).Key;
    }

    private static async Task<(Guid? Actor, Guid? Subject)> LastAct(House house, string act)
    {
        var entry = await house.Read(db => db.Activity.SingleAsync(one => one.Act == act, Stop));
        return (entry.ActorId, entry.SubjectId);
    }

    public sealed class OnSqlite(SqliteDatabase database) : MemberAccessTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : MemberAccessTests(database), IClassFixture<PostgresDatabase>;
}
