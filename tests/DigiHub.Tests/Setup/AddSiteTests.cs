using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Members;
using DigiHub.Setup;
using DigiHub.Sites;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Tests.Setup;

public abstract class AddSiteTests(TestDatabase database) : HubTests(database)
{
    private static SiteDraft North => new()
    {
        Name = "Hub Nord",
        Street = "Hafenstraße 1",
        PostCode = "13347",
        City = "Berlin",
        ZoneId = "Europe/Berlin",
        Holidays = Land.BE,
        Week = SiteDraft.UsualWeek,
    };

    [Fact]
    public async Task A_new_site_has_an_address_a_sign_and_a_colour_that_no_other_has_and_its_hours_count_at_once()
    {
        var added = (await Add(North)).Value;

        Assert.Equal(("hub-nord", "H"), (added.Slug, added.Sign));
        Assert.DoesNotContain(added.Colour, new[] { Cast.East.Colour, Cast.West.Colour });
        var place = (await TestHub.Get<Catalogue>().Map(Stop)).Place("hub-nord")!;
        Assert.Equal(new LocalTime(8, 0), place.Hours.On(new(2026, 11, 24))?.Opens);
        Assert.Null(place.Hours.On(new(2026, 11, 28))); // a Saturday
        Assert.Null(place.Hours.On(new(2026, 12, 25)));
        Assert.Equal(1,
            await TestHub.Read(db => db.Activity.CountAsync(one => one.Act == "site.created" && one.ActorId == Cast.Alan.Id, Stop)));
    }

    [Fact]
    public async Task All_that_is_wrong_is_said_at_once_and_nothing_is_added()
    {
        var refusal = (await Add(new SiteDraft
        {
            Name = " ",
            Street = new string('x', Site.NameMax + 1),
            City = "Berlin",
            ZoneId = "Mars/Olympus",
            Week = [new(IsoDayOfWeek.Tuesday, new(20, 0), new(8, 0))],
        })).Refusal!;

        Assert.Equal(["name", "street", "postCode", "zone", "closes2"], new[] { refusal }.Concat(refusal.Also).Select(one => one.Field));
        Assert.Equal(2, await TestHub.Read(db => db.Sites.CountAsync(Stop)));
    }

    [Fact]
    public async Task Hours_may_last_to_the_end_of_the_day()
    {
        var added = (await Add(North with { Week = [new(IsoDayOfWeek.Tuesday, new(8, 0), LocalTime.Midnight)] })).Value;

        Assert.Equal(LocalTime.Midnight, Assert.Single(added.Week).Closes);
    }

    [Fact]
    public async Task A_name_is_given_once_however_it_is_spelled()
    {
        await Add(North);

        Assert.Equal("site_name_taken", (await Add(North with { Name = " HUB  nord" })).Refusal?.Code);
    }

    [Theory]
    [InlineData("New", "new-2")]
    [InlineData("Größe & Höhe am Wasser", "groesse-hoehe-am")]
    [InlineData("東京", "site")]
    public async Task Its_name_in_addresses_is_plain_and_leads_to_no_other_page(string name, string slug) =>
        Assert.Equal(slug, (await Add(North with { Name = name })).Value.Slug);

    [Fact]
    public async Task Only_administrators_of_the_hub_add_sites()
    {
        await TestHub.Lay(new RoleGrant
        {
            Id = Guid.NewGuid(),
            MemberId = Cast.Bob.Id,
            Role = Role.Administrator,
            SiteId = Cast.East.Id,
            GrantedAt = TestHub.Clock.GetCurrentInstant(),
        });

        Assert.Equal(Refusal.NotFound, (await Add(North, Cast.Ada)).Refusal);
        Assert.Equal(Refusal.NotFound, (await Add(North, Cast.Bob)).Refusal);
    }

    [Fact]
    public async Task Ten_who_add_the_same_site_at_once_make_one()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => Add(North))));

        Assert.Single(outcomes, outcome => outcome.IsDone);
        Assert.All(outcomes.Where(outcome => !outcome.IsDone), outcome => Assert.Equal("site_name_taken", outcome.Refusal!.Code));
        Assert.Equal(3, await TestHub.Read(db => db.Sites.CountAsync(Stop)));
    }

    private Task<Outcome<Site>> Add(SiteDraft draft, Member? by = null) =>
        TestHub.Get<AddSite>().Run((by ?? Cast.Alan).Id, draft, Stop);

    public sealed class OnSqlite(SqliteDatabase database) : AddSiteTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : AddSiteTests(database), IClassFixture<PostgresDatabase>;
}
