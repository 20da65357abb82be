using System.Net;
using DigiHub.Access;
using DigiHub.Bookings;
using DigiHub.Members;
using DigiHub.Spaces;
using DigiHub.Tests;

namespace DigiHub.Web.Tests.Sites;

/// <summary>From a hub without a site to the first booking, by the pages alone; and who may.</summary>
public sealed class SetUpSiteTests(SqliteDatabase database, Browser browser) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    [Theory]
    [InlineData(Language.English, "Add a site", "E1-01")]
    [InlineData(Language.German, "Standort hinzufügen", "E1-01")]
    public async Task An_administrator_adds_the_first_site_and_its_desks_and_books_one(Language language, string add, string desk)
    {
        await using (var db = TestHub.OpenDb())
            await TestDatabase.Empty(db);
        TestHub.Clock.AdvanceSeconds(1); // past the moment in which the catalogue is not looked at again
        var first = new Member
        {
            Id = Guid.CreateVersion7(),
            Name = PersonName.Of("Ada"),
            Email = EmailAddress.Of("ada@example.org"),
            Language = language,
            SecurityStamp = "-",
            CreatedAt = TestHub.Clock.GetCurrentInstant(),
        };
        await TestHub.Lay(first);
        await using (var db = TestHub.OpenDb())
            await Cast.GiveRoles(db, first, [Role.Administrator]);
        using var ada = await TestHub.SignIn(first, language);

        await ada.Open("/");
        Assert.Equal(add, ada.Page.QuerySelector("main a.btn.pri")?.TextContent.Trim());
        await ada.Open(ada.Page.QuerySelector("main a.btn.pri")!.GetAttribute("href")!);
        await ada.Send("form:has([name=postCode])", ("name", "Hub Ost"), ("street", "Werft 12"), ("postCode", "10245"));
        Assert.Equal("/admin/sites/hub-ost", ada.Address.AbsolutePath);
        await ada.Send("form:has([name=rooms])", ("level", "1"), ("desks", "12"), ("firstDesk", desk), ("rooms", "Spree, 8"));
        Assert.Equal("/admin/sites/hub-ost", ada.Address.AbsolutePath);
        Assert.Contains("Spree", ada.Text, StringComparison.Ordinal);

        await ada.Open("/desks?site=hub-ost&day=2026-11-24");
        Assert.Contains("E1-12", ada.Text, StringComparison.Ordinal);
        var last = await TestHub.Read(db => db.Spaces.SingleAsync(space => space.Name == "E1-12", Stop));
        await ada.Open($"/book?space={last.Id}&day=2026-11-24&part=day");
        await ada.Send("main form.card");

        var booking = await TestHub.Read(db => db.Bookings.SingleAsync(Stop));
        Assert.Equal((last.Id, first.Id), (booking.SpaceId, booking.MemberId));
    }

    [Fact]
    public async Task What_is_wrong_is_named_at_its_field_and_what_was_typed_stays()
    {
        using var alan = await TestHub.SignIn(Cast.Alan, Language.English);
        await alan.Open("/admin/sites/new");

        await alan.Send("form:has([name=postCode])",
            ("name", "Hub North"), ("street", ""), ("postCode", "13347"), ("closes1", "07:00"));

        Assert.Equal(HttpStatusCode.Conflict, alan.Status);
        Assert.Equal(["#f-street", "#f-closes1"], alan.Page.QuerySelectorAll("#errors a").Select(link => link.GetAttribute("href")!));
        Assert.Equal("Hub North", alan.Page.QuerySelector("[name=name]")!.GetAttribute("value"));
        Assert.Equal("07:00", alan.Page.QuerySelector("[name=closes1]")!.GetAttribute("value"));
    }

    [Theory]
    [InlineData(null, HttpStatusCode.NotFound, HttpStatusCode.NotFound)]
    [InlineData(Role.Organiser, HttpStatusCode.NotFound, HttpStatusCode.NotFound)]
    [InlineData(Role.FrontDesk, HttpStatusCode.NotFound, HttpStatusCode.NotFound)]
    [InlineData(Role.Auditor, HttpStatusCode.NotFound, HttpStatusCode.NotFound)]
    [InlineData(Role.Administrator, HttpStatusCode.NotFound, HttpStatusCode.OK)]
    public async Task Who_looks_after_one_site_sets_up_that_one_alone(Role? role, HttpStatusCode adding, HttpStatusCode own)
    {
        if (role is { } held)
            await TestHub.Lay(new RoleGrant
            {
                Id = Guid.NewGuid(),
                MemberId = Cast.Bob.Id,
                Role = held,
                SiteId = Cast.East.Id,
                GrantedAt = TestHub.Clock.GetCurrentInstant(),
            });
        using var bob = await TestHub.SignIn(Cast.Bob, Language.English);

        await bob.Open("/admin/sites/new");
        Assert.Equal(adding, bob.Status);
        await bob.Open("/admin/sites/east");
        Assert.Equal(own, bob.Status);
        await bob.Open("/admin/sites/west");
        Assert.Equal(HttpStatusCode.NotFound, bob.Status);
    }

    [Theory]
    [InlineData(390, Language.German)]
    [InlineData(1280, Language.English)]
    public async Task The_pages_are_accessible_and_as_wide_as_the_screen(int width, Language language)
    {
        await using var alan = await browser.Visit(TestHub, new Viewing { Width = width, Language = language });
        await TestHub.SignIn(alan, Cast.Alan);
        foreach (var path in new[] { "/admin/sites/new", "/admin/sites/east" })
        {
            await alan.Open(path);
            await alan.CheckPage();
        }
    }
}
