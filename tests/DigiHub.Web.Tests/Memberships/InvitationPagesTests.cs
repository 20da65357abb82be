using System.Net;
using DigiHub.Keys;
using DigiHub.Members;
using DigiHub.Memberships;
using DigiHub.Notifications;
using DigiHub.Organisations;
using DigiHub.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests.Memberships;

/// <summary>From the form that invites to the account of who joins, and what an administrator of an organisation has of it.</summary>
public sealed class InvitationPagesTests(SqliteDatabase database, Browser browser)
    : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await using var db = TestHub.OpenDb();
        await db.Memberships.Where(one => one.MemberId == Cast.Grace.Id)
            .ExecuteUpdateAsync(row => row.SetProperty(one => one.Role, MembershipRole.Administrator), Stop);
    }

    [Fact]
    public async Task Who_is_invited_joins_by_the_link_and_is_signed_in()
    {
        using var alan = await TestHub.SignIn(Cast.Alan, Language.German);
        await alan.Open("/admin/people/invite");
        await alan.Send("form.card", ("organisation", Cast.Institute.Slug), ("addresses", "lise@example.org\notto@example.org"));
        Assert.Contains("2 Einladungen sind unterwegs", alan.Text, StringComparison.Ordinal);
        Assert.Equal(2, alan.Page.QuerySelectorAll("#invitations li").Length);

        using var lise = TestHub.NewReader(Language.German);
        await lise.Open(await Link("lise@example.org"));
        Assert.Null(await Account("LISE@EXAMPLE.ORG"));
        await lise.Send("form:has(input[value=join])", ("name", ""));
        Assert.Contains("Geben Sie Ihren Namen ein", lise.Text, StringComparison.Ordinal);
        await lise.Send("form:has(input[value=join])", ("name", "Lise"));

        Assert.Equal("/", lise.Address.AbsolutePath);
        await lise.Open("/account");
        Assert.Contains("Institut für Messwesen", lise.Text, StringComparison.Ordinal);
        await lise.Open(await Link("lise@example.org"));
        Assert.Contains("Schon genutzt", lise.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_signed_in_as_somebody_else_chooses()
    {
        await Invite("lise@example.org");
        using var ada = await TestHub.SignIn(Cast.Ada, Language.German);
        await ada.Open(await Link("lise@example.org"));
        Assert.Contains("als ada@example.org angemeldet", ada.Text, StringComparison.Ordinal);

        await ada.Send("form:has(input[value=ask])");
        Assert.Contains("erhält eine E-Mail und entscheidet", ada.Text, StringComparison.Ordinal);
        Assert.Equal([Cast.Grace.Id], await TestHub.Read(db => db.Notifications
            .Where(one => one.Type == InvitationNotifications.Asked).Select(one => one.MemberId!.Value).ToListAsync(Stop)));

        await ada.Send("form:has(input[value=join])", ("name", "Lise"));
        await ada.Open("/account");
        Assert.Contains("lise@example.org", ada.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_an_account_joins_and_then_signs_in_as_ever()
    {
        await Invite("ada@example.org");
        using var reader = TestHub.NewReader(Language.German);
        await reader.Open(await Link("ada@example.org"));
        Assert.Empty(reader.Page.QuerySelectorAll("[name=name]"));

        await reader.Send("form:has(input[value=join])");

        Assert.Contains("Willkommen, Sie sind beigetreten", reader.Text, StringComparison.Ordinal);
        await reader.Open("/account");
        Assert.Equal("/sign-in", reader.Address.AbsolutePath);
        Assert.Equal(2, await TestHub.Read(db => db.Memberships.CountAsync(one => one.MemberId == Cast.Ada.Id, Stop)));
    }

    [Fact]
    public async Task An_expired_link_asks_for_a_new_one()
    {
        await Invite("lise@example.org");
        TestHub.Clock.AdvanceDays(15);
        using var lise = TestHub.NewReader(Language.German);
        await lise.Open(await Link("lise@example.org"));

        await lise.Send("form:has(input[value=ask])");

        Assert.Contains("Um eine neue ist gebeten", lise.Text, StringComparison.Ordinal);
        using var grace = await TestHub.SignIn(Cast.Grace, Language.German);
        await grace.Open("/organisation");
        Assert.Contains("bittet um eine neue", grace.Text, StringComparison.Ordinal);
        await grace.Send("button[name=again]");
        Assert.Contains("Erneut eingeladen", grace.Text, StringComparison.Ordinal);
        await lise.Open(await Link("lise@example.org"));
        Assert.Single(lise.Page.QuerySelectorAll("input[value=join]"));
    }

    [Fact]
    public async Task A_broken_link_is_not_there()
    {
        using var reader = TestHub.NewReader(Language.German);

        await reader.Open("/invitation/nonsense");

        Assert.Equal(HttpStatusCode.NotFound, reader.Status);
    }

    /// <summary>Rules 1 and 2.</summary>
    [Fact]
    public async Task An_administrator_of_an_organisation_invites_withdraws_gives_a_role_and_ends_a_membership()
    {
        using var grace = await TestHub.SignIn(Cast.Grace, Language.German);
        await grace.Open("/organisation");
        Assert.Contains("2 Personen", grace.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("ada@example.org", grace.Text, StringComparison.Ordinal);
        await grace.Send("form[aria-labelledby=invite-title]", ("addresses", "lise@example.org, nobody"));
        Assert.Equal(HttpStatusCode.Conflict, grace.Status);
        Assert.Contains("Keine E-Mail-Adresse: nobody", grace.Text, StringComparison.Ordinal);
        Assert.Contains("lise@example.org, nobody", grace.Page.QuerySelector("textarea")!.TextContent, StringComparison.Ordinal);
        await grace.Send("form[aria-labelledby=invite-title]", ("addresses", "lise@example.org"), ("role", "Administrator"));
        Assert.Contains("mit Verwaltung", grace.Text, StringComparison.Ordinal);
        await grace.Send("button[name=withdraw]");
        Assert.Contains("Zurückgezogen", grace.Text, StringComparison.Ordinal);

        await grace.Open($"/organisation/{Cast.Institute.Slug}/people/{Cast.Grace.Id}");
        Assert.Contains("letzte Person", grace.Text, StringComparison.Ordinal);
        Assert.Empty(grace.Page.QuerySelectorAll("input[value=end]"));
        await grace.Open($"/organisation/{Cast.Institute.Slug}/people/{Cast.Bob.Id}");
        await grace.Send("form:has(input[value=role])", ("role", "Administrator"));
        Assert.Contains("Die Rolle ist geändert", grace.Text, StringComparison.Ordinal);
        await grace.Send("form:has(input[value=end])");

        Assert.Equal("/organisation", grace.Address.AbsolutePath);
        Assert.Contains("1 Person", grace.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plain_member_has_no_such_page_but_may_leave()
    {
        using var bob = await TestHub.SignIn(Cast.Bob, Language.English);
        await bob.Open("/organisation");
        Assert.Equal(HttpStatusCode.NotFound, bob.Status);

        await bob.Open("/account");
        await bob.Open(bob.Page.QuerySelector("a[href^='/organisation/']")!.GetAttribute("href")!);
        await bob.Send("form:has(input[value=end])");

        Assert.Contains("You no longer belong", bob.Text, StringComparison.Ordinal);
        Assert.Null(bob.Page.QuerySelector("a[href^='/organisation/']"));
    }

    [Fact]
    public async Task The_email_leads_to_the_page()
    {
        await Invite("lise@example.org");

        var mail = await TestHub.Read(db => db.Notifications.SingleAsync(one => one.Type == InvitationNotifications.Invited, Stop));

        Assert.Equal(("lise@example.org", (Guid?)null), (mail.RecipientEmail!.Shown, mail.MemberId));
    }

    [Theory]
    [InlineData(390, Language.German)]
    [InlineData(1280, Language.English)]
    public async Task The_pages_are_accessible_and_as_wide_as_the_screen(int width, Language language)
    {
        await Invite("lise@example.org");
        await using var alan = await browser.Visit(TestHub, new Viewing { Width = width, Language = language });
        await alan.Open(await Link("lise@example.org"));
        await alan.CheckPage();
        await TestHub.SignIn(alan, Cast.Grace);
        foreach (var path in new[] { await Link("lise@example.org"), "/organisation" })
        {
            await alan.Open(path);
            await alan.CheckPage();
        }

        await TestHub.SignIn(alan, Cast.Alan);
        await alan.Open("/admin/people/invite");
        await alan.CheckPage();
    }

    private async Task Invite(string addresses) => Assert.True((await TestHub.Services.GetRequiredService<InvitePeople>()
        .Run(new(Cast.Grace.Id, Cast.Institute.Slug, addresses), Stop)).IsDone);

    private async Task<string> Link(string email)
    {
        var key = EmailAddress.Of(email).Key;
        var id = await TestHub.Read(db => db.Invitations.Where(one => one.NormalizedEmail == key).Select(one => one.Id).SingleAsync(Stop));
        return $"/invitation/{(await TestHub.Services.GetRequiredService<HubTokenSigner>().Get(Stop)).Close(TokenPurpose.Invitation, id)}";
    }

    private Task<Member?> Account(string key) =>
        TestHub.Read(db => db.Members.AsNoTracking().SingleOrDefaultAsync(one => one.NormalizedEmail == key, Stop));
}
