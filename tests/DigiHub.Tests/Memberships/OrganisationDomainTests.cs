using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Memberships;
using DigiHub.Notifications;
using DigiHub.Organisations;

namespace DigiHub.Tests.Memberships;

/// <summary>Rule 6 of people: who has an address of a proven domain may ask to join, and administrators decide.</summary>
public abstract class OrganisationDomainTests(TestDatabase database) : HubTests(database)
{
    [Theory]
    [InlineData("Example.ORG", "example.org")]
    [InlineData(" @example.org. ", "example.org")]
    [InlineData("bücher.example", "xn--bcher-kva.example")]
    [InlineData("firma.co.uk", "firma.co.uk")]
    public async Task A_domain_is_kept_as_addresses_have_it(string typed, string kept)
    {
        var added = (await Add(typed)).Value;

        Assert.Equal(kept, added.Domain);
        Assert.False(added.IsVerified);
        Assert.StartsWith(OrganisationDomain.RecordPrefix, added.Record, StringComparison.Ordinal);
        Assert.Equal([kept], (await TestHub.Get<OrganisationDomains>().Of(Institute, Cast.Grace.Id, Stop))!.Select(one => one.Domain));
        Assert.Equal(1, await TestHub.Read(db => db.Activity.CountAsync(one => one.Act == "organisation_domain.added", Stop)));
    }

    [Theory]
    [InlineData(null, "domain_invalid")]
    [InlineData("", "domain_invalid")]
    [InlineData("localhost", "domain_invalid")]
    [InlineData("https://example.org", "domain_invalid")]
    [InlineData("example.org/path", "domain_invalid")]
    [InlineData("ada@example.org", "domain_invalid")]
    [InlineData("192.0.2.1", "domain_invalid")]
    [InlineData("exa mple.org", "domain_invalid")]
    [InlineData("xn--a.org", "domain_invalid")]
    [InlineData("gmail.com", "domain_open")]
    [InlineData("GMX.de", "domain_open")]
    [InlineData("team.gmx.de", "domain_open")]
    [InlineData("co.uk", "domain_open")]
    [InlineData("github.io", "domain_open")]
    public async Task What_is_no_domain_of_an_organisation_is_refused(string? typed, string code)
    {
        var refusal = (await Add(typed)).Refusal!;
        Assert.Equal((code, "domain"), (refusal.Code, refusal.Field));
    }

    [Fact]
    public async Task The_same_domain_is_taken_only_once_another_organisation_has_proven_it()
    {
        await Add("example.org");
        Assert.Equal("domain_known", (await Add("EXAMPLE.org")).Refusal?.Code);
        Assert.True((await Add("example.org", Cast.Startup.Slug, Cast.Alan)).IsDone);
        Assert.True((await TestHub.Get<OrganisationDomains>().Remove(Cast.Startup.Slug,
            (await TestHub.Get<OrganisationDomains>().Of(Cast.Startup.Slug, Cast.Alan.Id, Stop))![0].Id, Cast.Alan.Id, Stop)).IsDone);

        await Prove();

        Assert.Equal("domain_taken", (await Add("example.org", Cast.Startup.Slug, Cast.Alan)).Refusal?.Code);
    }

    [Fact]
    public async Task An_organisation_has_ten_domains_at_most_and_only_who_looks_after_it_names_them()
    {
        for (var i = 0; i < OrganisationDomain.CountMax; i++)
            Assert.True((await Add($"firma{i}.example")).IsDone);
        Assert.Equal("too_many_domains", (await Add("one.more.example")).Refusal?.Code);

        Assert.Equal("not_found", (await Add("bob.example", actor: Cast.Bob)).Refusal?.Code);
        Assert.Equal("not_found", (await Add("grace.example", Cast.Startup.Slug)).Refusal?.Code);
        Assert.Null(await TestHub.Get<OrganisationDomains>().Of(Institute, Cast.Bob.Id, Stop));
    }

    [Fact]
    public async Task Who_has_an_address_there_asks_and_is_let_in()
    {
        await Proven();

        var askable = (await Ask.For(Cast.Ada.Id, Stop))!;
        Assert.Equal((Cast.Institute.Id, (Instant?)null), (askable.Organisation.Id, askable.LapsesAt));
        var request = (await Ask.Run(Cast.Ada.Id, Stop)).Value;
        Assert.Equal(request.Id, (await Ask.Run(Cast.Ada.Id, Stop)).Value.Id); // asked twice
        Assert.Equal(TestHub.Clock.GetCurrentInstant() + MembershipRequest.Life, (await Ask.For(Cast.Ada.Id, Stop))!.LapsesAt);
        Assert.Equal([(Cast.Grace.Id, "membership_asked")], await Planned());
        Assert.Equal(["Ada"], (await Requests.Of(Institute, Cast.Grace.Id, Stop))!.Select(one => one.Name.Text));

        var joined = (await Requests.Accept(request.Id, Cast.Grace.Id, Stop)).Value;

        Assert.Equal((Cast.Institute.Id, MembershipRole.Member, false), (joined.OrganisationId, joined.Role, joined.IsHome));
        Assert.Null(await Ask.For(Cast.Ada.Id, Stop));
        Assert.Empty((await Requests.Of(Institute, Cast.Grace.Id, Stop))!);
        Assert.Contains((Cast.Ada.Id, "membership_changed"), await Planned());
    }

    [Fact]
    public async Task A_domain_that_is_not_proven_is_known_to_nobody()
    {
        await Add("example.org");

        Assert.Null(await Ask.For(Cast.Ada.Id, Stop));
        Assert.Equal("not_found", (await Ask.Run(Cast.Ada.Id, Stop)).Refusal?.Code);
    }

    [Fact]
    public async Task Neither_subdomains_nor_people_of_the_organisation_nor_disabled_accounts_ask()
    {
        await Proven();
        await TestHub.Get<DigiHub.Access.DisableMember>().Run(Cast.Ada.Id, Cast.Alan.Id, Stop);
        await Change(Cast.Frieda, frieda => frieda.Email = EmailAddress.Of("frieda@mail.example.org"));

        Assert.Null(await Ask.For(Cast.Bob.Id, Stop));
        Assert.Null(await Ask.For(Cast.Ada.Id, Stop));
        Assert.Equal("member_disabled", (await Ask.Run(Cast.Ada.Id, Stop)).Refusal?.Code);
        Assert.Null(await Ask.For(Cast.Frieda.Id, Stop));
    }

    [Fact]
    public async Task Only_who_looks_after_the_organisation_decides_and_a_decline_is_told()
    {
        await Proven();
        var request = (await Ask.Run(Cast.Ada.Id, Stop)).Value;

        Assert.Equal("not_found", (await Requests.Accept(request.Id, Cast.Bob.Id, Stop)).Refusal?.Code);
        Assert.Equal("not_found", (await Requests.Decline(request.Id, Cast.Ada.Id, Stop)).Refusal?.Code);
        Assert.Null(await Requests.Of(Institute, Cast.Bob.Id, Stop));
        Assert.True((await Requests.Decline(request.Id, Cast.Grace.Id, Stop)).IsDone);

        Assert.Equal("not_found", (await Requests.Accept(request.Id, Cast.Grace.Id, Stop)).Refusal?.Code);
        Assert.Equal($"declined {Cast.Institute.Id}", await NoteTo(Cast.Ada));
    }

    [Fact]
    public async Task Where_nobody_administrates_the_organisation_who_manages_members_of_the_hub_is_asked()
    {
        await Proven();
        await using (var db = TestHub.OpenDb())
            await db.Memberships.ExecuteUpdateAsync(row => row.SetProperty(one => one.Role, MembershipRole.Member), Stop);

        var request = (await Ask.Run(Cast.Ada.Id, Stop)).Value;

        Assert.Equal([(Cast.Alan.Id, "membership_asked")], await Planned());
        Assert.Equal(request.Id, Assert.Single((await Requests.Of(Institute, Cast.Alan.Id, Stop))!).Request.Id);
    }

    [Fact]
    public async Task Who_names_another_organisation_than_that_of_their_domain_finds_none()
    {
        await Proven();

        Assert.Equal("not_found", (await Ask.Run(Cast.Ada.Id, Stop, Cast.Startup.Slug)).Refusal?.Code);
        Assert.Equal("not_found", (await Ask.Run(Cast.Ada.Id, Stop, "unknown")).Refusal?.Code);
        Assert.True((await Ask.Run(Cast.Ada.Id, Stop, Institute)).IsDone);
    }

    [Fact]
    public async Task Nobody_asks_more_than_three_times_a_day()
    {
        await Proven();
        for (var i = 0; i < MembershipRequest.PerDayMax; i++)
            await Requests.Decline((await Ask.Run(Cast.Ada.Id, Stop)).Value.Id, Cast.Grace.Id, Stop);

        Assert.Equal("asked_too_often", (await Ask.Run(Cast.Ada.Id, Stop)).Refusal?.Code);
        TestHub.Clock.AdvanceDays(1);
        Assert.True((await Ask.Run(Cast.Ada.Id, Stop)).IsDone);
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, 1)]
    public async Task An_unanswered_request_lapses_after_14_days_and_says_so(int secondsMore, int lapsed)
    {
        await Proven();
        await Ask.Run(Cast.Ada.Id, Stop);
        TestHub.Clock.Advance(MembershipRequest.Life + Duration.FromSeconds(secondsMore));

        Assert.Equal(lapsed, await Requests.Lapse(Stop));

        Assert.Equal(1 - lapsed, await TestHub.Read(db => db.MembershipRequests.CountAsync(Stop)));
        Assert.Equal(lapsed == 1 ? $"lapsed {Cast.Institute.Id}" : null, await NoteTo(Cast.Ada));
    }

    [Fact]
    public async Task Letting_in_and_declining_at_once_have_one_winner()
    {
        await Proven();
        for (var round = 0; round < 6; round++)
        {
            var request = (await Ask.Run(Cast.Ada.Id, Stop)).Value;

            var accepting = Task.Run(() => Requests.Accept(request.Id, Cast.Grace.Id, Stop), Stop);
            var declining = Task.Run(() => Requests.Decline(request.Id, Cast.Alan.Id, Stop), Stop);
            var (accepted, declined) = ((await accepting).IsDone, (await declining).IsDone);

            Assert.True(accepted != declined);
            var belongs = await TestHub.Read(db => db.Memberships.Standing()
                .AnyAsync(one => one.MemberId == Cast.Ada.Id && one.OrganisationId == Cast.Institute.Id, Stop));
            Assert.Equal(accepted, belongs);
            if (belongs)
                await TestHub.Get<EndMembership>().Run(new(Institute, Cast.Ada.Id, null, Cast.Alan.Id), Stop);
            TestHub.Clock.AdvanceDays(1);
        }
    }

    [Fact]
    public async Task A_retired_organisation_has_neither_domains_nor_requests()
    {
        await Proven();
        await Ask.Run(Cast.Ada.Id, Stop);

        Assert.True((await TestHub.Get<RetireOrganisation>().Run(new(Institute, BookingsAheadWish.Keep, Cast.Alan.Id), Stop)).IsDone);

        Assert.Null(await Ask.For(Cast.Ada.Id, Stop));
        Assert.Equal(0, await TestHub.Read(db => db.OrganisationDomains.CountAsync(Stop)));
        Assert.Equal("organisation_retired", (await Add("new.example", actor: Cast.Alan)).Refusal?.Code);
    }

    private string Institute => Cast.Institute.Slug;

    private AskOrganisation Ask => TestHub.Get<AskOrganisation>();

    private MembershipRequests Requests => TestHub.Get<MembershipRequests>();

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await using var db = TestHub.OpenDb();
        await db.Memberships.Where(one => one.MemberId == Cast.Grace.Id)
            .ExecuteUpdateAsync(row => row.SetProperty(one => one.Role, MembershipRole.Administrator), Stop);
    }

    private Task<Outcome<OrganisationDomain>> Add(string? typed, string? slug = null, Member? actor = null) =>
        TestHub.Get<OrganisationDomains>().Add(slug ?? Institute, typed, (actor ?? Cast.Grace).Id, Stop);

    private async Task Proven()
    {
        await Add("example.org");
        await Prove();
    }

    /// <summary>As if the record had been found; the web's tests ask a name server.</summary>
    private async Task Prove()
    {
        await using var db = TestHub.OpenDb();
        await db.OrganisationDomains.ExecuteUpdateAsync(row => row.SetProperty(one => one.VerifiedAt, TestHub.Opening), Stop);
    }

    private async Task Change(Member member, Action<Member> change)
    {
        await using var db = TestHub.OpenDb();
        change(await db.Members.SingleAsync(one => one.Id == member.Id, Stop));
        await db.SaveChangesAsync(Stop);
    }

    private async Task<IReadOnlyList<(Guid, string)>> Planned() => await TestHub.Read(async db =>
        (await db.Notifications.AsNoTracking().Where(one => one.State == NotificationState.Planned).ToListAsync(Stop))
            .ConvertAll(one => (one.MemberId!.Value, one.Type.Name)));

    private Task<string?> NoteTo(Member member) => TestHub.Read(db => db.Notifications
        .Where(one => one.MemberId == member.Id && one.Type == DomainNotifications.Closed).Select(one => one.Note)
        .SingleOrDefaultAsync(Stop));

    public sealed class OnSqlite(SqliteDatabase database) : OrganisationDomainTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : OrganisationDomainTests(database), IClassFixture<PostgresDatabase>;
}
