using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DigiHub.Activity;
using DigiHub.Members;
using DigiHub.Memberships;
using DigiHub.Notifications;
using DigiHub.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests.Memberships;

/// <summary>Organisations prove their domains by a record that a real name server tells, and their people ask to join.</summary>
public abstract class DomainPagesTests(TestDatabase database) : WebHubTests(database)
{
    private readonly DnsServer dns = new();

    protected override WebTestHubOptions Options => new()
    {
        Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Dns:Server"] = dns.Address },
    };

    [Theory]
    [InlineData("")]
    [InlineData("_digihub.")]
    public async Task An_administrator_sets_the_record_and_has_it_looked_for(string host)
    {
        await MakeAdministrator(Cast.Grace);
        using var grace = await TestHub.SignIn(Cast.Grace, Language.German);
        await grace.Open("/organisation");
        await grace.Send("form:has(input[value=domain-add])", ("domain", "Example.org"));
        Assert.Contains("Setzen Sie nun den Eintrag", grace.Text, StringComparison.Ordinal);
        var record = grace.Page.QuerySelectorAll("#domains code").ToList()[^1].TextContent;

        dns.Texts["example.org"] = ["v=spf1 -all", "digihub-verification=somebody-elses"];
        await Press(grace);
        Assert.Contains("Der Eintrag ist noch nicht da", grace.Text, StringComparison.Ordinal);
        dns.Texts[host + "example.org"] = ["v=spf1 -all", record];
        await Press(grace);
        Assert.Equal(HttpStatusCode.Conflict, grace.Status); // just looked
        TestHub.Clock.AdvanceSeconds(31);
        await Press(grace);

        Assert.Contains("die Domain ist nachgewiesen", grace.Text, StringComparison.Ordinal);
        Assert.Contains("nachgewiesen", grace.Page.QuerySelector("#domains li")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(await TestHub.Read(db => db.OrganisationDomains.Select(one => one.VerifiedAt).SingleAsync(Stop)));
    }

    [Fact]
    public async Task A_free_mail_host_is_refused_beside_its_field_and_what_was_typed_stays()
    {
        using var alan = await TestHub.SignIn(Cast.Alan, Language.German);
        await alan.Open($"/admin/organisations/{Cast.Institute.Slug}");

        await alan.Send("form:has(input[value=domain-add])", ("domain", "gmail.com"));

        Assert.Equal(HttpStatusCode.Conflict, alan.Status);
        Assert.Contains("jeder eine Adresse", alan.Page.QuerySelector("#f-domain-error")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("gmail.com", alan.Page.QuerySelector("#f-domain")!.GetAttribute("value"));
        Assert.Equal(0, dns.Asked);
    }

    [Fact]
    public async Task Name_servers_that_are_silent_are_waited_for_five_seconds_and_hold_up_nobody()
    {
        await Named("example.org");
        dns.IsSilent = true;

        var watch = System.Diagnostics.Stopwatch.StartNew();
        var looking = Check();
        while (dns.Asked == 0)
            await Task.Delay(20, Stop);
        Assert.True((await TestHub.Services.GetRequiredService<ChangeMembershipRole>().Run(
            Cast.Institute.Slug, Cast.Bob.Id, MembershipRole.Administrator, Cast.Alan.Id, Stop)).IsDone); // the same lock
        Assert.False(looking.IsCompleted);
        var (finding, took) = ((await looking).Value.Finding, watch.Elapsed);

        Assert.Equal(DomainFinding.NoAnswer, finding);
        Assert.InRange(took, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(9));
    }

    [Fact]
    public async Task Of_two_organisations_that_look_at_once_one_proves_the_domain()
    {
        var (ours, theirs) = (await Named("example.org"), await Named("example.org", Cast.Startup.Slug));
        dns.Texts["example.org"] = [ours.Record, theirs.Record];

        var outcomes = await Task.WhenAll(Check(), Check(Cast.Startup.Slug));

        Assert.Single(outcomes, outcome => outcome.IsDone);
        Assert.Equal("domain_taken", outcomes.Single(outcome => !outcome.IsDone).Refusal!.Code);
        Assert.Equal(1, await TestHub.Read(db => db.OrganisationDomains.CountAsync(one => one.VerifiedAt != null, Stop)));
    }

    [Fact]
    public async Task Every_night_it_is_looked_again_and_seven_days_without_the_record_end_it_and_are_told_once()
    {
        await MakeAdministrator(Cast.Grace);
        var domain = await Proven();
        dns.Texts.Clear();
        var nightly = TestHub.Services.GetRequiredService<CheckDomain>();

        for (var night = 0; night < 7; night++)
        {
            Assert.Equal(0, await nightly.RunNightly(Stop));
            TestHub.Clock.AdvanceDays(1);
        }

        dns.IsSilent = true;
        Assert.Equal(0, await nightly.RunNightly(Stop)); // no answer says nothing
        dns.IsSilent = false;
        Assert.Equal(1, await nightly.RunNightly(Stop));
        Assert.Equal(0, await nightly.RunNightly(Stop));
        Assert.Equal([Cast.Grace.Id], await TestHub.Read(async db => (await db.Notifications
            .Where(one => one.Type == DomainNotifications.Lapsed).ToListAsync(Stop)).ConvertAll(one => one.MemberId!.Value)));
        Assert.Equal(1, await TestHub.Read(db => db.Activity.CountAsync(one => one.Act == "organisation_domain.lapsed", Stop)));

        dns.Texts["example.org"] = [domain.Record];
        Assert.Equal(DomainFinding.Found, (await Check()).Value.Finding);
    }

    [Fact]
    public async Task A_record_that_comes_back_in_time_begins_the_seven_days_again()
    {
        var domain = await Proven();
        var nightly = TestHub.Services.GetRequiredService<CheckDomain>();
        foreach (var isThere in new[] { false, true, false })
        {
            dns.Texts["example.org"] = isThere ? [domain.Record] : [];
            Assert.Equal(0, await nightly.RunNightly(Stop));
            TestHub.Clock.AdvanceDays(6);
        }

        Assert.Equal(0, await nightly.RunNightly(Stop));
        TestHub.Clock.AdvanceDays(1);
        Assert.Equal(1, await nightly.RunNightly(Stop));
    }

    [Fact]
    public async Task Who_has_an_address_there_asks_by_one_button_and_an_administrator_lets_them_in()
    {
        await MakeAdministrator(Cast.Grace);
        await Proven();
        using var ada = await TestHub.SignIn(Cast.Ada, Language.German);
        await ada.Open("/join");
        Assert.Contains("Ihre Adresse gehört zu Institut für Messwesen", ada.Text, StringComparison.Ordinal);
        await ada.Open("/account");
        await ada.Send("form:has(input[value=ask-organisation])");
        Assert.Contains("Angefragt", ada.Text, StringComparison.Ordinal);
        Assert.Contains("verfällt die Anfrage", ada.Text, StringComparison.Ordinal);

        using var grace = await TestHub.SignIn(Cast.Grace, Language.German);
        await grace.Open("/organisation");
        Assert.Contains("1 Person möchte beitreten", grace.Text, StringComparison.Ordinal);
        await grace.Send("form:has(input[value=asking])", grace.Page.QuerySelector("button[name=accept]")!.GetAttribute("value") is { } id
            ? ("accept", id) : default);

        Assert.Contains("Aufgenommen", grace.Text, StringComparison.Ordinal);
        Assert.Contains("ada@example.org", grace.Text, StringComparison.Ordinal);
        await ada.Open("/account");
        Assert.DoesNotContain("Ihre Adresse gehört", ada.Text, StringComparison.Ordinal);
    }

    /// <summary>Section 5: a stranger learns of no domain.</summary>
    [Fact]
    public async Task The_answer_to_visitors_is_the_same_for_addresses_of_known_and_unknown_domains()
    {
        await Proven();
        List<string> answers = [];
        foreach (var address in new[] { "new@example.org", "new@unknown.example" })
        {
            using var visitor = TestHub.NewReader();
            await visitor.Open("/join");
            Assert.DoesNotContain("Messwesen", visitor.Text, StringComparison.Ordinal);
            await visitor.Send("main form", ("name", "Lise"), ("email", address));
            answers.Add($"{(int)visitor.Status} {visitor.Address.PathAndQuery} {visitor.Page.QuerySelector("main")!.TextContent}");
        }

        Assert.Equal(answers[0], answers[1]);
    }

    [Fact]
    public async Task Programs_list_add_check_and_remove_domains_and_nobody_else_sees_them()
    {
        using var alan = await TestHub.NewApiClient(Cast.Alan);
        var path = $"/api/v1/organisations/{Cast.Institute.Slug}/domains";
        using var added = await alan.PostAsJsonAsync(path, new { domain = "example.org" }, Stop);
        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        var domain = await Json(added);
        dns.Texts["example.org"] = [domain.GetProperty("record").GetString()!];

        var one = $"{path}/{domain.GetProperty("id").GetString()}";
        using var looked = await alan.PostAsync(new Uri($"{one}/check", UriKind.Relative), null, Stop);
        Assert.Equal("found", (await Json(looked)).GetProperty("finding").GetString());
        using var list = await alan.GetAsync(new Uri(path, UriKind.Relative), Stop);
        Assert.NotEqual(JsonValueKind.Null, (await Json(list)).GetProperty("items")[0].GetProperty("verifiedAt").ValueKind);
        using var bob = await TestHub.NewApiClient(Cast.Bob);
        using var hidden = await bob.GetAsync(new Uri(path, UriKind.Relative), Stop);
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        using var removed = await alan.DeleteAsync(new Uri(one, UriKind.Relative), Stop);

        Assert.Equal(HttpStatusCode.OK, removed.StatusCode);
        Assert.Equal(0, await TestHub.Read(db => db.OrganisationDomains.CountAsync(Stop)));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        dns.Dispose();
        GC.SuppressFinalize(this);
    }

    private static async Task Press(Reader reader) => await reader.Send("form:has(button[name=check])",
        ("check", reader.Page.QuerySelector("button[name=check]")!.GetAttribute("value")!));

    private async Task<OrganisationDomain> Named(string domain, string? slug = null) =>
        (await TestHub.Services.GetRequiredService<OrganisationDomains>().Add(slug ?? Cast.Institute.Slug, domain, Cast.Alan.Id, Stop))
            .Value;

    private async Task<OrganisationDomain> Proven()
    {
        var domain = await Named("example.org");
        dns.Texts["example.org"] = [domain.Record];
        Assert.Equal(DomainFinding.Found, (await Check()).Value.Finding);
        TestHub.Clock.AdvanceMinutes(1);
        return domain;
    }

    private async Task<Outcome<DomainChecked>> Check(string? slug = null)
    {
        slug ??= Cast.Institute.Slug;
        var domain = (await TestHub.Services.GetRequiredService<OrganisationDomains>().Of(slug, Cast.Alan.Id, Stop))!.Single();
        return await TestHub.Services.GetRequiredService<CheckDomain>().Run(slug, domain.Id, Cast.Alan.Id, Stop);
    }

    private async Task MakeAdministrator(Member member)
    {
        await using var db = TestHub.OpenDb();
        await db.Memberships.Standing().Where(one => one.MemberId == member.Id)
            .ExecuteUpdateAsync(row => row.SetProperty(one => one.Role, MembershipRole.Administrator), Stop);
    }

    private static async Task<JsonElement> Json(HttpResponseMessage answer) => await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);

    public sealed class OnSqlite(SqliteDatabase database) : DomainPagesTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : DomainPagesTests(database), IClassFixture<PostgresDatabase>;
}
