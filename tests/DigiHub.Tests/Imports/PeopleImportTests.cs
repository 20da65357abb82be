using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Imports;
using DigiHub.Members;
using DigiHub.Memberships;
using DigiHub.Notifications;
using DigiHub.Organisations;

namespace DigiHub.Tests.Imports;

/// <summary>Rules 22 to 28 of running a hub, with organisations and people.</summary>
public abstract class PeopleImportTests(TestDatabase database) : ImportTests(database)
{
    private const string Two = "Vorname;Nachname;Mail;Firma\nLise;Meitner;lise@example.org;Kieztakt\nEmmy;Noether;emmy@example.org;\n";

    [Fact]
    public async Task Organisations_are_added_changed_and_found_however_they_are_spelled()
    {
        var import = (await Read(ImportKind.Organisations, "Firma;Art\nkieztakt;Unternehmen\nSensorkiez;Start-up\nNeues;\n")).Value;
        Assert.Equal("2 Change, 3 New, 4 Refused value_missing", await Rows(import));

        await Done(ImportKind.Organisations, "Firma;Art\nkieztakt;Unternehmen\nSensorkiez;Start-up\n");

        Assert.Equal([("Kieztakt", OrganisationKind.Company), ("Sensorkiez", OrganisationKind.StartUp)],
            (await TestHub.Read(db => db.Organisations.Where(one => one.Name != Cast.Institute.Name).OrderBy(one => one.Name)
                .ToListAsync(Stop))).Select(one => (one.Name, one.Kind)));
        foreach (var language in Enum.GetValues<Language>())
        {
            var again = (await Read(ImportKind.Organisations, await Export(ImportKind.Organisations, language: language))).Value;
            Assert.Equal("2 Same, 3 Same, 4 Same", await Rows(again));
        }
    }

    [Fact]
    public async Task Organisations_that_have_people_by_then_are_left_when_it_is_undone()
    {
        var import = await Done(ImportKind.Organisations, "Name;Art\nKieztakt;Unternehmen\nSensorkiez;Start-up\nFunkspatz;Start-up\n");
        var slug = await TestHub.Read(db =>
            db.Organisations.Where(one => one.Name == "Sensorkiez").Select(one => one.Slug).SingleAsync(Stop));
        await TestHub.Get<AddToOrganisation>().Run(Cast.Frieda.Id, slug, MembershipRole.Member, Cast.Alan.Id, Stop);

        var undone = (await Undo(import)).Value;

        Assert.Equal((2, 1), (undone.Undone, undone.Left));
        Assert.Equal(["Institut für Messwesen", "Kieztakt", "Sensorkiez"],
            await TestHub.Read(db => db.Organisations.OrderBy(one => one.Name).Select(one => one.Name).ToListAsync(Stop)));
        Assert.Equal(OrganisationKind.StartUp,
            await TestHub.Read(db => db.Organisations.Where(one => one.Slug == "kieztakt").Select(one => one.Kind).SingleAsync(Stop)));
    }

    [Fact]
    public async Task People_are_added_with_their_organisation_and_get_no_email_unless_it_is_wished()
    {
        await Done(ImportKind.Members, Two);

        var lise = await TestHub.Read(db => db.Members.SingleAsync(one => one.NormalizedEmail == "LISE@EXAMPLE.ORG", Stop));
        Assert.Equal(("Lise Meitner", Language.German, null), (lise.Name.Text, lise.Language, lise.PasswordHash));
        Assert.Equal([Cast.Startup.Id], await HomesOf(lise));
        Assert.Empty(await TestHub.Read(db => db.Notifications.ToListAsync(Stop)));

        var more = (await Read(
            ImportKind.Members, "Name;E-Mail;Sprache\nMarie Curie;marie@example.org;Englisch\nAda;ada@example.org;en\n")).Value;
        Assert.Equal("2 New, 3 Change", await Rows(more));
        Assert.True((await Apply(more, sends: true)).IsDone);
        var told = Assert.Single(await TestHub.Read(db => db.Notifications.ToListAsync(Stop)));
        Assert.Equal((MemberNotifications.Added, "marie@example.org", Language.English),
            (told.Type, told.RecipientEmail?.Shown, told.Language));
    }

    [Fact]
    public async Task Exported_and_imported_again_nothing_changes()
    {
        await Done(ImportKind.Members, Two);

        var import = (await Read(ImportKind.Members, await Export(ImportKind.Members))).Value;

        Assert.Equal([RowOutcome.Same], (await View(import)).Counts.Keys);
        Assert.Equal(7, (await View(import)).Of(RowOutcome.Same));
    }

    [Fact]
    public async Task Another_organisation_becomes_home_and_undoing_brings_the_first_back()
    {
        var import = (await Read(ImportKind.Members, "E-Mail;Organisation\nada@example.org;Institut für Messwesen\n")).Value;
        Assert.Equal("2 Change", await Rows(import));
        Assert.True((await Apply(import)).IsDone);
        Assert.Equal([Cast.Institute.Id], await HomesOf(Cast.Ada));

        Assert.Equal(1, (await Undo(import)).Value.Undone);

        Assert.Equal([Cast.Startup.Id], await HomesOf(Cast.Ada));
    }

    [Fact]
    public async Task The_last_administrator_of_an_organisation_stays()
    {
        await TestHub.Get<ChangeMembershipRole>().Run(Cast.Startup.Slug, Cast.Ada.Id, MembershipRole.Administrator, Cast.Alan.Id, Stop);

        var import = (await Read(ImportKind.Members, "E-Mail;Organisation\nada@example.org;-\n")).Value;

        Assert.Equal("2 Refused last_administrator", await Rows(import));
    }

    [Theory]
    [InlineData("Name;E-Mail\nLise;lise@@example.org", "2 Refused email_invalid")]
    [InlineData("Name;E-Mail\n;lise@example.org", "2 Refused value_missing")]
    [InlineData("Name;E-Mail\n=1+1;lise@example.org", "2 Refused name_letters")]
    [InlineData("Name;E-Mail;Firma\nLise;lise@example.org;Kieztackt", "2 Refused value_unknown")]
    [InlineData("Name;E-Mail\nLise;lise@example.org\nLise;LISE@example.org", "2 New, 3 Refused row_twice")]
    [InlineData("Name;E-Mail;Sprache\nLise;lise@example.org;Latein", "2 Refused value_unknown")]
    public async Task What_is_wrong_with_a_row_is_named(string csv, string rows)
    {
        var import = (await Read(ImportKind.Members, csv)).Value;

        Assert.Equal(rows, await Rows(import));
        Assert.Equal("rows_refused", (await Apply(import)).Refusal?.Code);
    }

    [Fact]
    public async Task A_name_that_is_nearly_right_is_named()
    {
        var import = (await Read(ImportKind.Members, "Name;E-Mail;Firma\nLise;lise@example.org;Kieztackt\n")).Value;

        var row = Assert.Single((await View(import)).Rows).Row;
        Assert.Contains("Meinen Sie Kieztakt?", row.Why!.Value.Words.German, StringComparison.Ordinal);
    }

    /// <summary>Rule 27.</summary>
    [Fact]
    public async Task No_role_can_be_imported()
    {
        Assert.Equal("roles_not_imported",
            (await Read(ImportKind.Members, "Name;E-Mail;Rolle\nLise;lise@example.org;Verwaltung\n")).Refusal?.Code);

        await Done(ImportKind.Members, Two);

        Assert.Equal(Cast.Grants.Count, await TestHub.Read(db => db.RoleGrants.CountAsync(Stop)));
    }

    [Fact]
    public async Task Who_has_signed_in_or_booked_since_is_left_when_it_is_undone()
    {
        var import = await Done(ImportKind.Members, Two);
        var emmy = await TestHub.Read(db => db.Members.SingleAsync(one => one.NormalizedEmail == "EMMY@EXAMPLE.ORG", Stop));
        await TestHub.Get<GrantRoles>().Run(new(emmy.Id, [Role.FrontDesk], Cast.Alan.Id), Stop);

        var undone = (await Undo(import)).Value;

        Assert.Equal((1, 1), (undone.Undone, undone.Left));
        Assert.Equal(1, await TestHub.Read(db => db.Members.CountAsync(one => one.NormalizedEmail == "EMMY@EXAMPLE.ORG", Stop)));
        Assert.Equal(0, await TestHub.Read(db => db.Members.CountAsync(one => one.NormalizedEmail == "LISE@EXAMPLE.ORG", Stop)));
        Assert.Equal(1, await TestHub.Read(db => db.Activity.CountAsync(one => one.Act == "member.removed", Stop)));
    }

    [Fact]
    public async Task People_who_are_added_by_hand_at_the_same_moment_are_there_once()
    {
        var import = (await Read(ImportKind.Members, Two)).Value;

        var (applied, added) = (Task.Run(() => Apply(import)), Task.Run(() => TestHub.Get<AddMember>().Run(
            new(PersonName.Of("Lise"), EmailAddress.Of("lise@example.org"), [], Language.German, PasswordHash: null), Stop)));
        await Task.WhenAll(applied, added);

        var isDone = (await applied).IsDone;
        Assert.NotEqual(isDone, (await added).IsDone);
        Assert.Equal(isDone ? null : "import_differs", (await applied).Refusal?.Code);
        Assert.Equal(1, await TestHub.Read(db => db.Members.CountAsync(one => one.NormalizedEmail == "LISE@EXAMPLE.ORG", Stop)));
    }

    [Fact]
    public async Task Only_administrators_of_the_hub_import_people_and_organisations()
    {
        foreach (var member in new[] { Cast.Ada, Cast.Grace, Cast.Frieda })
            foreach (var (kind, csv) in new[] { (ImportKind.Members, Two), (ImportKind.Organisations, "Name;Art\nNeues;Start-up\n") })
            {
                Assert.Equal(Refusal.NotFound, (await Read(kind, csv, member)).Refusal);
                Assert.Null(await TestHub.Get<ExportTable>().Run(kind, null, Language.German, Cast.As(member), Stop));
            }
    }

    private Task<List<int>> HomesOf(Member member) => TestHub.Read(db =>
        db.Memberships.Home().Where(one => one.MemberId == member.Id).Select(one => one.OrganisationId).ToListAsync(Stop));

    public sealed class OnSqlite(SqliteDatabase database) : PeopleImportTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : PeopleImportTests(database), IClassFixture<PostgresDatabase>;
}
