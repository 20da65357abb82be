using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Keys;
using DigiHub.Members;
using DigiHub.Memberships;
using DigiHub.Notifications;

namespace DigiHub.Tests.Memberships;

public abstract class InvitationTests(TestDatabase database) : HubTests(database)
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await using var db = TestHub.OpenDb();
        await db.Memberships.Where(one => one.MemberId == Cast.Grace.Id)
            .ExecuteUpdateAsync(row => row.SetProperty(one => one.Role, MembershipRole.Administrator), Stop);
    }

    [Fact]
    public async Task Many_are_invited_at_once_each_with_one_email_and_who_is_in_is_left_out()
    {
        var invited = (await Invite("lise@example.org\n\n Otto <otto@example.org>, LISE@example.org; bob@example.org")).Value;

        Assert.Equal(
            [("lise@example.org", InvitedAs.New), ("otto@example.org", InvitedAs.New), ("bob@example.org", InvitedAs.Member)],
            invited.Addresses.Select(one => (one.Email.Shown, one.As)));
        Assert.Equal(2, await TestHub.Read(db => db.Notifications.CountAsync(one => one.Type == InvitationNotifications.Invited, Stop)));
        Assert.Equal(2, await TestHub.Read(db => db.Activity.CountAsync(one => one.Act == "invitation.sent", Stop)));
    }

    [Theory]
    [InlineData(null, "addresses_missing")]
    [InlineData(" \n,", "addresses_missing")]
    [InlineData("lise@example.org\nnobody", "addresses_invalid")]
    public async Task What_is_no_address_is_named_and_nobody_is_invited(string? addresses, string code)
    {
        var refusal = (await Invite(addresses)).Refusal!;

        Assert.Equal((code, "addresses"), (refusal.Code, refusal.Field));
        Assert.Equal(0, await TestHub.Read(db => db.Invitations.CountAsync(Stop)));
    }

    /// <summary>Section 5: an administrator of one organisation learns nothing of other members.</summary>
    [Fact]
    public async Task The_answer_is_the_same_for_members_of_other_organisations_and_for_strangers()
    {
        var invited = (await Invite("ada@example.org\nstranger@example.org")).Value;

        Assert.All(invited.Addresses, one => Assert.Equal(InvitedAs.New, one.As));
    }

    [Fact]
    public async Task Only_who_looks_after_an_organisation_invites_to_it()
    {
        Assert.Equal("not_found", (await Invite("lise@example.org", Cast.Bob)).Refusal?.Code);
        Assert.Equal("not_found", (await Invite("lise@example.org", Cast.Grace, Cast.Startup.Slug)).Refusal?.Code);
        Assert.Equal("not_found", (await Invite("lise@example.org", Cast.Grace, slug: null)).Refusal?.Code);
        Assert.True((await Invite("lise@example.org", Cast.Alan)).IsDone);
        Assert.True((await Invite("lise@example.org", Cast.Alan, slug: null)).IsDone);
    }

    /// <summary>Rule 4.</summary>
    [Fact]
    public async Task Inviting_again_renews_and_the_old_link_stays_good()
    {
        var first = await Invited("lise@example.org");
        var link = await Link(first);
        TestHub.Clock.AdvanceDays(13);

        Assert.Equal(InvitedAs.Renewed, (await Invite("Lise@Example.org")).Value.Addresses[0].As);
        TestHub.Clock.AdvanceDays(13);

        var again = await Invited("lise@example.org");
        Assert.Equal((first.Id, 2), (again.Id, again.Emails));
        Assert.True((await Accept(link)).IsDone);
    }

    /// <summary>Rule 4.</summary>
    [Fact]
    public async Task After_fourteen_days_its_reader_asks_for_a_new_one_and_who_invited_is_told_once()
    {
        var link = await Link(await Invited("lise@example.org"));
        TestHub.Clock.AdvanceDays(14);

        Assert.Equal("invitation_expired", (await Accept(link)).Refusal?.Code);
        await Ask(link);
        await Ask(link);

        Assert.Equal([Cast.Grace.Id], await Told());
        await TestHub.Get<InvitePeople>().Again((await Invited("lise@example.org")).Id, Cast.Grace.Id, Stop);
        Assert.True((await Accept(link)).IsDone);
    }

    [Fact]
    public async Task Where_who_invited_may_not_any_more_others_are_told()
    {
        var link = await Link(await Invited("lise@example.org", Cast.Grace));
        TestHub.Clock.AdvanceDays(14);
        await using (var db = TestHub.OpenDb())
            await db.Memberships.Where(one => one.MemberId == Cast.Grace.Id)
                .ExecuteUpdateAsync(row => row.SetProperty(one => one.Role, MembershipRole.Member), Stop);

        await Ask(link);

        Assert.Equal([Cast.Alan.Id], await Told());
    }

    /// <summary>Rule 3.</summary>
    [Fact]
    public async Task Joining_makes_the_account_and_the_membership_and_looking_makes_nothing()
    {
        var link = await Link(await Invited("lise@example.org"));

        var view = await TestHub.Get<AcceptInvitation>().Look(link, Stop);
        Assert.Equal((InvitationState.Open, Cast.Institute.Name, Cast.Grace.Name, false),
            (view!.State, view.Organisation, view.InvitedBy, view.HasAccount));
        Assert.Equal("name_missing", (await Accept(link, name: " ")).Refusal?.Code);
        Assert.Null(await Lise());

        var joined = (await Accept(link)).Value;

        Assert.True(joined.IsNew);
        Assert.Equal(("Lise", Language.English), ((await Lise())!.Name.Text, (await Lise())!.Language));
        var membership = await TestHub.Read(db => db.Memberships.SingleAsync(one => one.MemberId == joined.Member.Id, Stop));
        Assert.Equal((Cast.Institute.Id, MembershipRole.Member, true),
            (membership.OrganisationId, membership.Role, membership.IsHome));
        Assert.Equal("invitation_used", (await Accept(link)).Refusal?.Code);
        Assert.Equal(InvitationState.Accepted, (await TestHub.Get<AcceptInvitation>().Look(link, Stop))!.State);
    }

    /// <summary>Rule 3: accounts are never merged, and the link is no key to an account that exists.</summary>
    [Fact]
    public async Task Who_has_an_account_joins_with_it_and_keeps_their_name_and_first_organisation()
    {
        var link = await Link(await Invited("ada@example.org", role: MembershipRole.Administrator));

        var joined = (await Accept(link, name: "Somebody else")).Value;

        Assert.Equal((Cast.Ada.Id, false, "Ada"), (joined.Member.Id, joined.IsNew, joined.Member.Name.Text));
        Assert.Equal([(Cast.Startup.Id, true), (Cast.Institute.Id, false)], (await TestHub.Read(db => db.Memberships.Standing()
            .Where(one => one.MemberId == Cast.Ada.Id).OrderBy(one => one.JoinedAt).ToListAsync(Stop)))
            .Select(one => (one.OrganisationId, one.IsHome)));
    }

    [Fact]
    public async Task A_disabled_account_is_not_let_in_by_an_invitation()
    {
        var link = await Link(await Invited("ada@example.org"));
        await TestHub.Get<DisableMember>().Run(Cast.Ada.Id, Cast.Alan.Id, Stop);

        Assert.Equal("account_disabled", (await Accept(link)).Refusal?.Code);
    }

    /// <summary>Rule 3: who is signed in as somebody else asks, and who invited decides.</summary>
    [Fact]
    public async Task Somebody_else_asks_to_join_with_their_own_account()
    {
        var link = await Link(await Invited("lise@example.org"));

        await Ask(link, Cast.Ada.Id);
        await Ask(link, Cast.Ada.Id);

        Assert.Equal([Cast.Grace.Id], await Told());
        Assert.Equal(InvitationState.Open, (await TestHub.Get<AcceptInvitation>().Look(link, Stop))!.State);
        Assert.Equal(1, await TestHub.Read(db => db.Memberships.Standing().CountAsync(one => one.MemberId == Cast.Ada.Id, Stop)));
    }

    [Fact]
    public async Task What_is_withdrawn_lets_nobody_in_and_a_new_invitation_has_a_link_of_its_own()
    {
        var first = await Invited("lise@example.org");
        Assert.Equal("not_found", (await TestHub.Get<WithdrawInvitation>().Run(first.Id, Cast.Bob.Id, Stop)).Refusal?.Code);
        Assert.True((await TestHub.Get<WithdrawInvitation>().Run(first.Id, Cast.Grace.Id, Stop)).IsDone);

        Assert.Equal("invitation_withdrawn", (await Accept(await Link(first))).Refusal?.Code);
        var second = await Invited("lise@example.org");
        Assert.NotEqual(first.Id, second.Id);
        Assert.True((await Accept(await Link(second))).IsDone);
        Assert.Equal("not_found", (await TestHub.Get<WithdrawInvitation>().Run(second.Id, Cast.Grace.Id, Stop)).Refusal?.Code);
    }

    [Fact]
    public async Task A_link_for_another_purpose_and_a_made_up_one_are_not_there()
    {
        var invitation = await Invited("lise@example.org");
        var other = (await TestHub.Get<HubTokenSigner>().Get(Stop)).Close(TokenPurpose.SignIn, invitation.Id);

        foreach (var token in new[] { other, "x", "" })
        {
            Assert.Null(await TestHub.Get<AcceptInvitation>().Look(token, Stop));
            Assert.Equal("not_found", (await Accept(token)).Refusal?.Code);
            Assert.Equal("not_found", (await TestHub.Get<AskForInvitation>().Run(token, null, Stop)).Refusal?.Code);
        }
    }

    /// <summary>Rule 5.</summary>
    [Fact]
    public async Task An_inviter_sends_fifty_an_hour_and_an_organisation_has_two_hundred_open()
    {
        Assert.Equal("addresses_too_many", (await Invite(Addresses(0, 51))).Refusal?.Code);
        Assert.Equal(50, (await Invite(Addresses(0, 50))).Value.Emails);
        Assert.Equal("invitations_hour", (await Invite("one@example.org")).Refusal?.Code);
        Assert.Equal("invitations_hour", (await TestHub.Get<InvitePeople>()
            .Again((await TestHub.Read(db => db.Invitations.FirstAsync(Stop))).Id, Cast.Grace.Id, Stop)).Refusal?.Code);
        foreach (var from in new[] { 50, 100, 150 })
        {
            TestHub.Clock.AdvanceHours(2);
            Assert.Equal(50, (await Invite(Addresses(from, 50))).Value.Emails);
        }

        TestHub.Clock.AdvanceHours(2);
        Assert.Equal("invitations_standing", (await Invite("one@example.org")).Refusal?.Code);
        Assert.True((await Invite(Addresses(0, 1))).IsDone); // renewing opens none
    }

    [Fact]
    public async Task Renewing_before_the_first_email_has_left_sends_one()
    {
        await Invite("lise@example.org");
        await Invite("lise@example.org");

        Assert.Equal(1, await TestHub.Read(db => db.Notifications.NotYetLeaving().CountAsync(Stop)));
    }

    [Fact]
    public async Task The_same_invitation_accepted_ten_times_at_once_makes_one_member()
    {
        var link = await Link(await Invited("lise@example.org"));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Accept(link)));

        Assert.Single(outcomes, outcome => outcome.IsDone);
        Assert.All(outcomes.Where(outcome => !outcome.IsDone), outcome => Assert.Equal("invitation_used", outcome.Refusal!.Code));
        Assert.Equal(1, await TestHub.Read(db => db.Members.CountAsync(one => one.NormalizedEmail == "LISE@EXAMPLE.ORG", Stop)));
        Assert.Equal(1, await TestHub.Read(db => db.Memberships.CountAsync(one => one.MemberId != Cast.Ada.Id
            && one.MemberId != Cast.Bob.Id && one.MemberId != Cast.Grace.Id, Stop)));
    }

    [Fact]
    public async Task A_retired_organisation_takes_its_invitations_back()
    {
        var link = await Link(await Invited("lise@example.org"));
        await TestHub.Get<RetireOrganisation>().Run(new(Cast.Institute.Slug, BookingsAheadWish.Keep, Cast.Alan.Id), Stop);

        Assert.Equal("invitation_withdrawn", (await Accept(link)).Refusal?.Code);
        Assert.Equal("organisation_retired", (await Invite("otto@example.org", Cast.Alan)).Refusal?.Code);
    }

    private static string Addresses(int from, int count) =>
        string.Join('\n', Enumerable.Range(from, count).Select(number => $"person{number}@example.org"));

    private Task<Outcome<PeopleInvited>> Invite(string? addresses) => Invite(addresses, Cast.Grace);

    private Task<Outcome<PeopleInvited>> Invite(string? addresses, Member actor) => Invite(addresses, actor, Cast.Institute.Slug);

    private Task<Outcome<PeopleInvited>> Invite(
        string? addresses, Member actor, string? slug, MembershipRole role = MembershipRole.Member) =>
        TestHub.Get<InvitePeople>().Run(new(actor.Id, slug, addresses, role), Stop);

    private async Task<Invitation> Invited(string email, Member? actor = null, MembershipRole role = MembershipRole.Member)
    {
        var key = EmailAddress.Of(email).Key;
        var known = await TestHub.Read(db => db.Invitations.AsNoTracking().NotEnded().SingleOrDefaultAsync(
            one => one.NormalizedEmail == key, Stop));
        if (known is not null)
            return known;
        Assert.True((await Invite(email, actor ?? Cast.Grace, Cast.Institute.Slug, role)).IsDone);
        return await TestHub.Read(db => db.Invitations.AsNoTracking().NotEnded().SingleAsync(one => one.NormalizedEmail == key, Stop));
    }

    private async Task<string> Link(Invitation invitation) =>
        (await TestHub.Get<HubTokenSigner>().Get(Stop)).Close(TokenPurpose.Invitation, invitation.Id);

    private Task<Outcome<InvitationAccepted>> Accept(string link, string? name = "Lise") =>
        TestHub.Get<AcceptInvitation>().Run(link, name, Language.English, Stop);

    private async Task Ask(string link, Guid? memberId = null) =>
        Assert.True((await TestHub.Get<AskForInvitation>().Run(link, memberId, Stop)).IsDone);

    private async Task<IEnumerable<Guid>> Told() => (await TestHub.Read(db => db.Notifications
        .Where(one => one.Type == InvitationNotifications.Asked).Select(one => one.MemberId!.Value).ToListAsync(Stop)));

    private Task<Member?> Lise() =>
        TestHub.Read(db => db.Members.AsNoTracking().SingleOrDefaultAsync(one => one.NormalizedEmail == "LISE@EXAMPLE.ORG", Stop));

    public sealed class OnSqlite(SqliteDatabase database) : InvitationTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : InvitationTests(database), IClassFixture<PostgresDatabase>;
}
