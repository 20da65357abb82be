using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DigiHub.Access;
using DigiHub.Bookings;
using DigiHub.Members;
using DigiHub.Organisations;
using DigiHub.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests.Memberships;

public sealed class OrganisationPagesTests(SqliteDatabase database, Browser browser)
    : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    [Fact]
    public async Task An_organisation_is_added_found_renamed_and_retired()
    {
        using var alan = await TestHub.SignIn(Cast.Alan, Language.German);
        await alan.Open("/admin/organisations/new");
        await alan.Send("main form", ("name", "Büro Blau"), ("kind", "company"));

        Assert.Equal("/admin/organisations/buero-blau", alan.Address.AbsolutePath);
        Assert.Contains("Hinzugefügt", alan.Text, StringComparison.Ordinal);
        Assert.Contains("Noch niemand", alan.Text, StringComparison.Ordinal);
        await alan.Send("form:has(input[value=edit])", ("name", "Büro Grün"), ("kind", "research"));
        Assert.Contains("Büro Grün", alan.Page.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        await alan.Send("form:has(input[value=retire])");
        Assert.Contains("Stillgelegt", alan.Text, StringComparison.Ordinal);

        await alan.Open("/admin/organisations?q=buro");
        Assert.Contains("Keine gefunden", alan.Text, StringComparison.Ordinal);
        await alan.Open("/admin/organisations?q=buro&retired=true");
        Assert.Contains("stillgelegt", Assert.Single(alan.Page.QuerySelectorAll("main .rows li")).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_refused_is_said_beside_its_field_and_what_was_typed_stays()
    {
        using var alan = await TestHub.SignIn(Cast.Alan, Language.German);
        await alan.Open("/admin/organisations/new");

        await alan.Send("main form", ("name", "kieztakt"), ("kind", ""));

        Assert.Equal(HttpStatusCode.Conflict, alan.Status);
        Assert.Equal("kieztakt", alan.Page.QuerySelector("#f-name")!.GetAttribute("value"));
        Assert.Contains("gibt es schon", alan.Page.QuerySelector("#f-name-error")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Art der Organisation", alan.Page.QuerySelector("#f-kind-error")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_member_is_put_into_another_organisation_and_taken_out_of_the_first()
    {
        using var alan = await TestHub.SignIn(Cast.Alan, Language.German);
        await alan.Open($"/admin/people/{Cast.Ada.Id}");
        await alan.Send("form:has(input[value=join])", ("organisation", Cast.Institute.Slug));
        Assert.Contains("In die Organisation aufgenommen", alan.Text, StringComparison.Ordinal);

        await alan.Open($"/organisation/kieztakt/people/{Cast.Ada.Id}");
        await alan.Send("form:has(input[value=end])");

        Assert.Contains("Die Zugehörigkeit ist beendet", alan.Text, StringComparison.Ordinal);
        await alan.Open($"/admin/people/{Cast.Ada.Id}");
        Assert.DoesNotContain("Kieztakt", alan.Page.QuerySelector("section[aria-labelledby=organisations-title] ul")!.TextContent,
            StringComparison.Ordinal);
        Assert.Contains("Institut für Messwesen", alan.Page.QuerySelector(".page-head")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bookings_ahead_are_handed_to_a_colleague_once_it_is_said_what_becomes_of_those_they_cannot_have()
    {
        foreach (var (member, desk) in new[] { (Cast.Bob, Cast.Desk), (Cast.Grace, Cast.WestDesk) })
            await Book(member, desk.Id);
        using var alan = await TestHub.SignIn(Cast.Alan, Language.German);
        await alan.Open($"/organisation/{Cast.Institute.Slug}/people/{Cast.Bob.Id}");
        Assert.Contains("An jemand anderen übergeben", alan.Text, StringComparison.Ordinal);

        await alan.Send("form:has(input[value=end])", ("bookings", "HandOver"), ("handOverTo", ""));
        Assert.Equal(HttpStatusCode.Conflict, alan.Status);
        Assert.Contains("an wen", alan.Page.QuerySelector("#f-handoverto-error")!.TextContent, StringComparison.Ordinal);
        await alan.Send("form:has(input[value=end])", ("bookings", "HandOver"), ("handOverTo", Cast.Grace.Id.ToString()));
        Assert.Equal(HttpStatusCode.Conflict, alan.Status);
        Assert.Contains($"{Cast.Desk.Name}, ", alan.Page.QuerySelector("#f-handoverto-error")!.TextContent, StringComparison.Ordinal);
        Assert.True(alan.Page.QuerySelector("input[value=HandOver]")!.HasAttribute("checked"));
        Assert.Equal(Cast.Grace.Id.ToString(), alan.Page.QuerySelector("#f-handoverto option[selected]")!.GetAttribute("value"));

        await alan.Send("form:has(input[value=end])",
            ("bookings", "HandOver"), ("handOverTo", Cast.Grace.Id.ToString()), ("cancelRest", "true"));
        Assert.Contains("Die Zugehörigkeit ist beendet", alan.Text, StringComparison.Ordinal);
        Assert.Equal(BookingStatus.Cancelled, await TestHub.Read(db => db.Bookings
            .Where(one => one.MemberId == Cast.Bob.Id).Select(one => one.Status).SingleAsync(Stop)));
    }

    [Fact]
    public async Task An_organisation_is_retired_with_its_bookings_in_the_hands_of_one_of_its_people()
    {
        await Book(Cast.Bob, Cast.Desk.Id);
        using var alan = await TestHub.SignIn(Cast.Alan, Language.German);
        await alan.Open($"/admin/organisations/{Cast.Institute.Slug}");
        Assert.Equal("An eines der Mitglieder übergeben",
            alan.Page.QuerySelector("input[value=HandOver]")!.ParentElement!.TextContent.Trim());

        await alan.Send("form:has(input[value=retire])", ("bookings", "HandOver"), ("handOverTo", ""));
        Assert.Equal(HttpStatusCode.Conflict, alan.Status);
        Assert.Contains("an wen", alan.Page.QuerySelector("#f-handoverto-error")!.TextContent, StringComparison.Ordinal);
        await alan.Send("form:has(input[value=retire])", ("bookings", "HandOver"), ("handOverTo", Cast.Grace.Id.ToString()));

        Assert.Contains("Stillgelegt", alan.Text, StringComparison.Ordinal);
        Assert.Equal(Cast.Grace.Id, await TestHub.Read(db => db.Bookings.Select(one => one.MemberId).SingleAsync(Stop)));
    }

    [Fact]
    public async Task Who_leaves_by_themselves_is_not_offered_to_hand_over()
    {
        await Book(Cast.Bob, Cast.Desk.Id);
        using var bob = await TestHub.SignIn(Cast.Bob, Language.English);

        await bob.Open($"/organisation/{Cast.Institute.Slug}/people/{Cast.Bob.Id}");

        Assert.Contains("1 booking ahead", bob.Text, StringComparison.Ordinal);
        Assert.Null(bob.Page.QuerySelector("input[value=HandOver]"));
        Assert.DoesNotContain("Grace", bob.Page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_hands_bookings_over_as_it_ends_a_membership()
    {
        await Book(Cast.Bob, Cast.Desk.Id);
        using var alan = await TestHub.NewApiClient(Cast.Alan);

        using var unknown = await alan.DeleteAsync(Person($"?handOverTo={Cast.Ada.Id}"), Stop);
        Assert.Equal((HttpStatusCode.Conflict, "colleague_unknown"),
            (unknown.StatusCode, (await Json(unknown)).GetProperty("code").GetString()));
        using var ended = await alan.DeleteAsync(Person($"?handOverTo={Cast.Grace.Id}"), Stop);

        var told = await Json(ended);
        Assert.Equal((1, 0), (told.GetProperty("bookingsHandedOver").GetInt32(), told.GetProperty("bookingsCancelled").GetInt32()));
        Assert.Equal(Cast.Grace.Id, await TestHub.Read(db => db.Bookings.Select(one => one.MemberId).SingleAsync(Stop)));

        Uri Person(string query) => new($"/api/v1/organisations/{Cast.Institute.Slug}/people/{Cast.Bob.Id}{query}", UriKind.Relative);
    }

    private async Task Book(Member member, int spaceId) => Assert.True((await TestHub.Services.GetRequiredService<BookSpace>().Run(
        new() { ActorId = member.Id, SpaceId = spaceId, When = When.On(new(2026, 11, 24)) }, Stop)).IsDone);

    [Fact]
    public async Task Others_find_none_of_these_pages()
    {
        using var grace = await TestHub.SignIn(Cast.Grace, Language.German);
        foreach (var path in new[]
        {
            "/admin/organisations", "/admin/organisations/new", "/admin/organisations/kieztakt",
            $"/organisation/kieztakt/people/{Cast.Ada.Id}", $"/organisation/{Cast.Institute.Slug}/people/{Cast.Bob.Id}",
        })
        {
            await grace.Open(path);
            Assert.Equal(HttpStatusCode.NotFound, grace.Status);
        }
    }

    [Fact]
    public async Task Programs_add_change_and_retire_organisations_and_end_memberships()
    {
        using var alan = await TestHub.NewApiClient(Cast.Alan);
        using var added = await alan.PostAsJsonAsync("/api/v1/organisations", new { name = "Büro Blau", kind = "company" }, Stop);
        Assert.Equal((HttpStatusCode.Created, "/api/v1/organisations/buero-blau"),
            (added.StatusCode, added.Headers.Location!.OriginalString));
        using var changed = await alan.PatchAsJsonAsync("/api/v1/organisations/buero-blau", new { kind = "research" }, Stop);
        Assert.Equal("research", (await Json(changed)).GetProperty("kind").GetString());

        using var people = await alan.GetAsync(new Uri("/api/v1/organisations/kieztakt/people", UriKind.Relative), Stop);
        Assert.Equal("Ada", (await Json(people)).GetProperty("items")[0].GetProperty("name").GetString());
        using var role = await alan.PatchAsJsonAsync(
            $"/api/v1/organisations/kieztakt/people/{Cast.Ada.Id}", new { role = "administrator" }, Stop);
        Assert.Equal("administrator", (await Json(role)).GetProperty("role").GetString());
        using var last = await alan.DeleteAsync(new Uri($"/api/v1/organisations/kieztakt/people/{Cast.Ada.Id}", UriKind.Relative), Stop);
        Assert.Equal((HttpStatusCode.Conflict, "last_administrator"),
            (last.StatusCode, (await Json(last)).GetProperty("code").GetString()));

        using var retired = await alan.PostAsJsonAsync("/api/v1/organisations/kieztakt/retire", new { bookings = "cancel" }, Stop);
        Assert.Equal(1, (await Json(retired)).GetProperty("peopleEnded").GetInt32());
        using var list = await alan.GetAsync(new Uri("/api/v1/organisations?search=kiez&retired=true", UriKind.Relative), Stop);
        Assert.NotEqual(JsonValueKind.Null, (await Json(list)).GetProperty("items")[0].GetProperty("retiredAt").ValueKind);
    }

    [Theory]
    [InlineData(390, Language.German)]
    [InlineData(1280, Language.English)]
    public async Task The_pages_are_accessible_and_as_wide_as_the_screen(int width, Language language)
    {
        await using var alan = await browser.Visit(TestHub, new Viewing { Width = width, Language = language });
        await TestHub.SignIn(alan, Cast.Alan);
        foreach (var path in new[]
        {
            "/admin/organisations", "/admin/organisations/new", $"/admin/organisations/{Cast.Institute.Slug}",
            $"/organisation/{Cast.Institute.Slug}/people/{Cast.Bob.Id}",
        })
        {
            await alan.Open(path);
            await alan.CheckPage();
        }
    }

    private static async Task<JsonElement> Json(HttpResponseMessage answer) => await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
}
