using DigiHub.Access;
using DigiHub.Members;

namespace DigiHub.Tests.Access;

public abstract class MemberListTests(TestDatabase database) : HubTests(database)
{
    private Viewer Alan => new(Cast.Alan.Id, [new HeldRole(Role.Administrator, null)]);

    [Fact]
    public async Task Members_are_found_by_any_spelling_of_their_name_and_by_their_address()
    {
        await TestHub.Lay(Somebody("Jörg Müller-Weiß", "jmw@example.org"));

        foreach (var typed in new[] { "jorg", "MÜLLER", "weiss", "muller‑weiß", "JMW@", "jmw@example.org" })
            Assert.Equal(["Jörg Müller-Weiß"], (await List(new(typed))).Members.Select(member => member.Name.Text));
        Assert.Empty((await List(new("%"))).Members);
    }

    [Fact]
    public async Task They_are_listed_by_role_at_any_site_and_by_whether_they_can_sign_in()
    {
        var gone = Somebody("Emmy", "emmy@example.org");
        gone.DisabledAt = TestHub.Clock.GetCurrentInstant();
        await TestHub.Lay(gone, new RoleGrant
        {
            Id = Guid.NewGuid(),
            MemberId = gone.Id,
            Role = Role.Auditor,
            SiteId = Cast.East.Id,
            GrantedAt = TestHub.Clock.GetCurrentInstant(),
        });

        var found = Assert.Single((await List(new(Role: Role.Auditor))).Members);
        Assert.Equal((gone.Id, true, new HeldRole(Role.Auditor, Cast.East.Id)), (found.Id, found.IsDisabled, Assert.Single(found.Roles)));
        Assert.Equal([gone.Id], (await List(new(IsDisabled: true))).Members.Select(member => member.Id));
        Assert.DoesNotContain(gone.Id, (await List(new(IsDisabled: false))).Members.Select(member => member.Id));
    }

    [Fact]
    public async Task A_role_that_is_over_is_no_longer_listed()
    {
        await TestHub.Get<GrantRoles>().Run(
            new(Cast.Bob.Id, [Role.Auditor], ActorId: null, Cast.East.Id, new LocalDate(2026, 11, 24)), Stop);
        Assert.Single((await List(new(Role: Role.Auditor))).Members);

        TestHub.Clock.AdvanceDays(3);

        Assert.Empty((await List(new(Role: Role.Auditor))).Members);
        Assert.Empty((await TestHub.Get<MemberList>().Find(Cast.Bob.Id, Alan, Stop))!.Grants);
    }

    [Fact]
    public async Task All_are_shown_once_over_the_pages()
    {
        await TestHub.Lay([.. Enumerable.Range(0, MemberList.PageSize + 5).Select(i => (object)Somebody("Gleich", $"g{i}@example.org"))]);

        var pages = new[] { await List(new()), await List(new(Page: 2)), await List(new(Page: 3)) };

        Assert.Equal(pages[0].Count, pages.SelectMany(page => page.Members).Select(member => member.Id).Distinct().Count());
        Assert.Equal(MemberList.PageSize, pages[0].Members.Count);
        Assert.Empty(pages[2].Members);
    }

    [Fact]
    public async Task Nobody_but_who_manages_members_sees_any()
    {
        foreach (var viewer in new[]
        {
            Viewer.Anonymous, new(Cast.Ada.Id, []), new(Cast.Frieda.Id, [new HeldRole(Role.FrontDesk, null)]),
            new(Cast.Bob.Id, [new HeldRole(Role.Administrator, Cast.East.Id)]), new(Cast.Bob.Id, [new HeldRole(Role.Auditor, null)]),
        })
        {
            Assert.Empty((await TestHub.Get<MemberList>().Run(new(), viewer, Stop)).Members);
            Assert.Null(await TestHub.Get<MemberList>().Find(Cast.Ada.Id, viewer, Stop));
        }
    }

    [Fact]
    public async Task Only_who_manages_members_adds_one()
    {
        var outcome = await TestHub.Get<AddMember>().Run(new AddMemberRequest(
            PersonName.Of("Lise"), EmailAddress.Of("lise@example.org"), [], Language.German, PasswordHash: null, Cast.Grace.Id), Stop);

        Assert.Equal(Refusal.NotFound, outcome.Refusal);
        Assert.False(await TestHub.Read(db => db.Members.AnyAsync(member => member.NormalizedEmail == "LISE@EXAMPLE.ORG", Stop)));
    }

    private Task<ListedMembers> List(MemberListQuery query) => TestHub.Get<MemberList>().Run(query, Alan, Stop);

    private Member Somebody(string name, string email) => new()
    {
        Id = Guid.NewGuid(),
        Name = PersonName.Of(name),
        Email = EmailAddress.Of(email),
        SecurityStamp = "-",
        CreatedAt = TestHub.Clock.GetCurrentInstant(),
    };

    public sealed class OnSqlite(SqliteDatabase database) : MemberListTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : MemberListTests(database), IClassFixture<PostgresDatabase>;
}
