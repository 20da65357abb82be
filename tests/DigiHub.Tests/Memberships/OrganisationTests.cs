using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Members;
using DigiHub.Memberships;
using DigiHub.Notifications;
using DigiHub.Organisations;
using DigiHub.Tests.Bookings;

namespace DigiHub.Tests.Memberships;

public abstract class OrganisationTests(TestDatabase database) : HubTests(database)
{
    [Fact]
    public async Task An_added_organisation_is_found_by_any_spelling_and_has_a_name_in_addresses()
    {
        var added = (await Add("Größe & Söhne")).Value;

        Assert.Equal("groesse-soehne", added.Slug);
        var found = await TestHub.Get<OrganisationList>().Run(new("GROSSE"), Cast.As(Cast.Alan), Stop);
        Assert.Equal((added.Id, 0), (Assert.Single(found.Organisations).Organisation.Id, found.Organisations[0].People));
        Assert.Equal(1, await Acts("organisation.created"));
    }

    [Theory]
    [InlineData(null, "company", "name_missing")]
    [InlineData("  ", "company", "name_missing")]
    [InlineData("KIEZTAKT", "company", "organisation_name_taken")]
    [InlineData("New", "club", "kind_unknown")]
    [InlineData("New", null, "kind_unknown")]
    public async Task A_wrong_name_or_kind_is_refused(string? name, string? kind, string code) =>
        Assert.Equal(code, (await Add(name, kind)).Refusal?.Code);

    [Fact]
    public async Task All_that_is_wrong_is_said_at_once() => Assert.Equal(["name", "kind"],
        (await Add(new string('x', Organisation.NameMax + 1), "")).Refusal is { } refusal
            ? refusal.Also.Prepend(refusal).Select(one => one.Field) : []);

    [Fact]
    public async Task Names_in_addresses_are_given_once_and_never_that_of_the_page_that_adds()
    {
        Assert.Equal("new-2", (await Add("New")).Value.Slug);
        Assert.Equal("new-3", (await Add("Néw!")).Value.Slug);
    }

    [Fact]
    public async Task Another_name_leaves_the_address_as_it_is_and_who_looks_sees_what_changed()
    {
        var edited = await TestHub.Get<EditOrganisation>().Run("kieztakt", Cast.Alan.Id, "Kieztakt GmbH", OrganisationKind.Company, Stop);

        Assert.Equal(("kieztakt", "Kieztakt GmbH"), (edited.Value.Slug, edited.Value.Name));
        Assert.Equal("{\"kind\":[\"start_up\",\"company\"],\"name\":[\"Kieztakt\",\"Kieztakt GmbH\"]}",
            await TestHub.Read(db => db.Activity.Where(one => one.Act == "organisation.edited")
                .Select(one => one.Changes).SingleAsync(Stop)));
    }

    [Fact]
    public async Task Only_who_keeps_organisations_may()
    {
        Assert.Equal("not_found", (await TestHub.Get<AddOrganisation>().Run(Cast.Grace.Id, "Mine", "company", Stop)).Refusal?.Code);
        Assert.Equal("not_found",
            (await TestHub.Get<EditOrganisation>().Run("kieztakt", Cast.Ada.Id, "Mine", "company", Stop)).Refusal?.Code);
        Assert.Equal("not_found",
            (await TestHub.Get<RetireOrganisation>().Run(new("kieztakt", BookingsAheadWish.Keep, Cast.Ada.Id), Stop)).Refusal?.Code);
        Assert.Empty((await TestHub.Get<OrganisationList>().Run(new(), Cast.As(Cast.Frieda), Stop)).Organisations);
    }

    /// <summary>Rule 9.</summary>
    [Theory]
    [InlineData(BookingsAheadWish.Keep, 0)]
    [InlineData(BookingsAheadWish.Cancel, 1)]
    public async Task Retiring_ends_all_memberships_and_people_keep_their_accounts(BookingsAheadWish wish, int cancelled)
    {
        await TestHub.Book(Cast.Bob, Cast.Spree, When.Between(new(2026, 11, 24, 10, 0), new(2026, 11, 24, 11, 0)));

        var retired = (await TestHub.Get<RetireOrganisation>().Run(new(Cast.Institute.Slug, wish, Cast.Alan.Id), Stop)).Value;

        Assert.Equal((2, cancelled), (retired.People, retired.BookingsCancelled));
        await using var db = TestHub.OpenDb();
        Assert.Equal(cancelled, await db.Bookings.CountAsync(one => one.Status == BookingStatus.Cancelled, Stop));
        Assert.False(await db.Memberships.Standing().AnyAsync(one => one.OrganisationId == Cast.Institute.Id, Stop));
        Assert.Equal(2, await db.Notifications.CountAsync(one => one.Type == MembershipNotifications.Changed, Stop));
        Assert.Null((await db.Members.SingleAsync(one => one.Id == Cast.Bob.Id, Stop)).DisabledAt);
        Assert.Equal("organisation_retired", (await TestHub.Get<AddToOrganisation>()
            .Run(Cast.Ada.Id, Cast.Institute.Slug, MembershipRole.Member, Cast.Alan.Id, Stop)).Refusal?.Code);
        Assert.DoesNotContain(Cast.Institute.Slug,
            (await TestHub.Get<OrganisationList>().Run(new(), Cast.As(Cast.Alan), Stop)).Organisations.Select(one =>
                one.Organisation.Slug));
        Assert.Contains(Cast.Institute.Slug, (await TestHub.Get<OrganisationList>().Run(new(WithRetired: true), Cast.As(Cast.Alan), Stop))
            .Organisations.Select(one => one.Organisation.Slug));
    }

    [Fact]
    public async Task It_is_retired_once()
    {
        await TestHub.Get<RetireOrganisation>().Run(new(Cast.Institute.Slug, BookingsAheadWish.Keep, Cast.Alan.Id), Stop);

        Assert.Equal("organisation_retired", (await TestHub.Get<RetireOrganisation>()
            .Run(new(Cast.Institute.Slug, BookingsAheadWish.Keep, Cast.Alan.Id), Stop)).Refusal?.Code);
    }

    [Fact]
    public async Task A_member_of_two_organisations_is_shown_with_the_first_until_that_membership_ends()
    {
        var joined = await TestHub.Get<AddToOrganisation>()
            .Run(Cast.Ada.Id, Cast.Institute.Slug, MembershipRole.Member, Cast.Alan.Id, Stop);

        Assert.False(joined.Value.IsHome);
        Assert.Equal("Kieztakt", await ShownWith(Cast.Ada));
        await TestHub.Get<EndMembership>().Run(new("kieztakt", Cast.Ada.Id, BookingsAheadWish.Keep, Cast.Alan.Id), Stop);
        Assert.Equal("Institut für Messwesen", await ShownWith(Cast.Ada));
        await TestHub.Get<EndMembership>().Run(new(Cast.Institute.Slug, Cast.Ada.Id, BookingsAheadWish.Keep, Cast.Alan.Id), Stop);
        Assert.Null(await ShownWith(Cast.Ada));
    }

    [Fact]
    public async Task Who_is_in_already_is_not_told_again()
    {
        var before = await TestHub.Get<AddToOrganisation>().Run(Cast.Ada.Id, "kieztakt", MembershipRole.Member, Cast.Alan.Id, Stop);

        Assert.True(before.IsDone);
        Assert.Equal(0, await TestHub.Read(db => db.Notifications.CountAsync(Stop)));
        Assert.Equal(1, await TestHub.Read(db => db.Memberships.CountAsync(one => one.MemberId == Cast.Ada.Id, Stop)));
    }

    private async Task<string?> ShownWith(Member member) =>
        (await TestHub.Get<MemberList>().Run(new(member.Email), Cast.As(Cast.Alan), Stop)).Members[0].Organisation;

    private Task<int> Acts(string act) =>
        TestHub.Read(db => db.Activity.CountAsync(one => one.Act == act && one.ActorId == Cast.Alan.Id, Stop));

    private Task<Outcome<Organisation>> Add(string? name, string? kind = OrganisationKind.Company) =>
        TestHub.Get<AddOrganisation>().Run(Cast.Alan.Id, name, kind, Stop);

    public sealed class OnSqlite(SqliteDatabase database) : OrganisationTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : OrganisationTests(database), IClassFixture<PostgresDatabase>;
}
