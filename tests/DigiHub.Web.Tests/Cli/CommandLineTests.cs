using System.Diagnostics;
using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Keys;
using DigiHub.Members;
using DigiHub.Memberships;
using DigiHub.Sites;
using DigiHub.Spaces;
using DigiHub.Tests;

namespace DigiHub.Web.Tests.Cli;

/// <summary>The commands as an operator runs them, on a real database.</summary>
public abstract class CommandLineTests(TestDatabase database) : IDisposable
{
    private string Folder { get; } = Directory.CreateTempSubdirectory("digihub-commands-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Adds_the_first_administrator()
    {
        await using var testHub = await TestHub.Open(database);

        var (code, text) = await Run(input: "vier kleine Kähne am Kanal\n",
            "member", "add", "--email", "olga@example.org", "--name", "Olga Olsen",
            "--role", "administrator", "--language", "en", "--password-stdin");

        Assert.True(code == 0, text);
        var olga = await testHub.Read(db => db.Members.SingleAsync(member => member.NormalizedEmail == "OLGA@EXAMPLE.ORG", Stop));
        Assert.Equal(Language.English, olga.Language);
        Assert.Equal(new HeldRole(Role.Administrator, null),
            (await testHub.Read(db => db.RoleGrants.SingleAsync(grant => grant.MemberId == olga.Id, Stop))).Held);
        Assert.StartsWith("AQAAAAI", olga.PasswordHash, StringComparison.Ordinal); // version 3 of Identity, HMAC-SHA512
    }

    [Fact]
    public async Task Sets_and_takes_back_what_may_be_set_while_the_hub_runs()
    {
        await using var testHub = await TestHub.Open(database);

        var (set, text) = await Run(null, "settings", "set", "mail:keepdays", "90");
        Assert.True(set == 0, text);
        var (listed, all) = await Run(null, "settings", "list");
        Assert.True(listed == 0, all);
        Assert.Contains("DigiHub:Mail:KeepDays = 90  [browser]", all, StringComparison.Ordinal);
        var (wrong, why) = await Run(null, "settings", "set", "Mail:KeepDays", "0");
        Assert.Equal(1, wrong);
        Assert.Contains("from 1 to 3650", why, StringComparison.Ordinal);
        var (unknown, which) = await Run(null, "settings", "set", "Database:Postgres", "Host=x");
        Assert.Equal(64, unknown);
        Assert.Contains("Mail:KeepDays", which, StringComparison.Ordinal);

        await Run(null, "settings", "unset", "Mail:KeepDays");

        Assert.Contains("DigiHub:Mail:KeepDays = 30  [default]", (await Run(null, "settings", "list")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Adds_a_site_and_what_can_be_booked_there()
    {
        await using var testHub = await TestHub.Open(database);

        var (added, text) = await Run(null, "site", "add", "--name", "Hub Nord", "--street", "Hafenstraße 1", "--postcode", "13347",
            "--city", "Berlin", "--holidays", "BE");
        Assert.True(added == 0, text);
        var (spaces, said) = await Run(null, "site", "spaces", "hub-nord", "--floor", "1", "--desks", "3", "--first-desk", "N1-01",
            "--room", "Ilse, 8", "--room", "Oder, 1");
        Assert.True(spaces == 0, said);

        Assert.Contains("Added 5", said, StringComparison.Ordinal);
        var site = await testHub.Read(db => db.Sites.SingleAsync(one => one.Slug == "hub-nord", Stop));
        Assert.Equal(["Ilse", "N1-01", "N1-02", "N1-03", "Oder"], await testHub.Read(db => db.Spaces
            .Where(space => space.SiteId == site.Id).Select(space => space.Name).OrderBy(name => name).ToListAsync(Stop)));
        var (again, why) = await Run(null, "site", "spaces", "hub-nord", "--floor", "1", "--room", "ilse, 4");
        Assert.Equal(1, again);
        Assert.Contains("already", why, StringComparison.Ordinal);
        var (nowhere, which) = await Run(null, "site", "spaces", "south", "--floor", "1", "--room", "Spree, 4");
        Assert.Equal(64, nowhere);
        Assert.Contains("hub-nord", which, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Adds_an_organisation_once()
    {
        await using var testHub = await TestHub.Open(database);

        var (added, text) = await Run(null, "organisation", "add", "--name", "Büro Blau", "--kind", "start_up");
        var (again, why) = await Run(null, "organisation", "add", "--name", "büro blau");
        var (unknown, which) = await Run(null, "organisation", "add", "--name", "Club", "--kind", "club");

        Assert.True(added == 0, text);
        Assert.Contains("'buero-blau'", text, StringComparison.Ordinal);
        Assert.Equal((1, 1), (again, unknown));
        Assert.Contains("already", why, StringComparison.Ordinal);
        Assert.Contains("kind", which, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invites_people_to_the_hub_and_to_an_organisation()
    {
        await using var testHub = await TestHub.Open(database);

        var (invited, text) = await Run(null, "invite", "lise@example.org", "ada@example.org", "--organisation", "kieztakt",
            "--administrator", "--language", "en");
        var (again, renewed) = await Run(null, "invite", "lise@example.org", "--organisation", "kieztakt");
        var (toHub, said) = await Run(null, "invite", "otto@example.org");
        var (wrong, why) = await Run(null, "invite", "nobody");
        var (nowhere, _) = await Run(null, "invite", "emmy@example.org", "--organisation", "nowhere");
        var (unclear, needs) = await Run(null, "invite", "emmy@example.org", "--administrator");

        Assert.True((invited, again, toHub) == (0, 0, 0), text + renewed + said);
        Assert.Contains("lise@example.org is invited", text, StringComparison.Ordinal);
        Assert.Contains("ada@example.org belongs there already", text, StringComparison.Ordinal);
        Assert.Contains("renewed", renewed, StringComparison.Ordinal);
        Assert.Equal((1, 1, 64), (wrong, nowhere, unclear));
        Assert.Contains("Not an e-mail address: nobody", why, StringComparison.Ordinal);
        Assert.Contains("--organisation", needs, StringComparison.Ordinal);
        Assert.Equal(2, await testHub.Read(db => db.Invitations.CountAsync(one => one.InvitedById == null, Stop)));
    }

    [Fact]
    public async Task Exports_a_table_and_imports_it_again()
    {
        await using var testHub = await TestHub.Open(database);
        var file = Path.Combine(Folder, "spaces.csv");

        var (exported, why) = await Run(null, "export", "spaces", file, "--site", "east", "--language", "de");
        Assert.True(exported == 0, why);
        var table = await File.ReadAllTextAsync(file, Stop);
        Assert.StartsWith("Name;Art;Etage", table, StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, table + "Ilse;Raum;3;;;6\r\n", Stop);

        var (dry, said) = await Run(null, "import", "csv", "spaces", file, "--site", "east", "--dry-run");
        Assert.True(dry == 0, said);
        Assert.Contains("1 new, 0 changed, 6 the same, 0 refused", said, StringComparison.Ordinal);
        Assert.Equal(8, await testHub.Read(db => db.Spaces.CountAsync(Stop)));
        var (written, done) = await Run(null, "import", "csv", "spaces", file, "--site", "east");
        Assert.True(written == 0, done);
        Assert.Equal(9, await testHub.Read(db => db.Spaces.CountAsync(Stop)));
    }

    [Fact]
    public async Task Imports_bookings_of_a_folder_of_files_and_knows_them_again()
    {
        await using var testHub = await TestHub.Open(database);
        var folder = Directory.CreateDirectory(Path.Combine(Folder, "mrbs")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "mrbs_entry.csv"),
            "id,start_time,end_time,room_id,create_by,name,status\n1,1761202800,1761206400,7,ada,Damals,0\n2,1,2,7,eve,Wer,0\n", Stop);
        await File.WriteAllTextAsync(Path.Combine(folder, "mrbs_room.csv"), "id,area_id,room_name\n7,1,Spree\n", Stop);
        await File.WriteAllTextAsync(Path.Combine(folder, "mrbs_users.csv"), "id,name,email\n1,ada,ada@example.org\n", Stop);

        var (dry, plan) = await Run(null, "import", "mrbs", folder, "--site", "east", "--dry-run");
        Assert.Equal(1, dry);
        Assert.Contains("“eve”", plan, StringComparison.Ordinal);
        Assert.Equal(0, await testHub.Read(db => db.Bookings.CountAsync(Stop)));
        var (written, text) = await Run(null, "import", "mrbs", folder, "--site", "east");
        Assert.Equal(1, written);
        Assert.Contains("Wrote 1 changes", text, StringComparison.Ordinal);
        var (_, again) = await Run(null, "import", "mrbs", folder, "--site", "east");
        Assert.Contains("0 new, 0 changed, 1 the same", again, StringComparison.Ordinal);
        Assert.Equal(1, await testHub.Read(db => db.Bookings.CountAsync(Stop)));

        var (nothing, said) = await Run(null, "import", "continue");
        Assert.True(nothing == 0, said);
        var book = Path.Combine(Folder, "bookings.xlsx");
        var (exported, why) = await Run(null, "export", "bookings", book, "--site", "east");
        Assert.True(exported == 0, why);
        Assert.Equal("PK"u8.ToArray(), (await File.ReadAllBytesAsync(book, Stop))[..2]);
    }

    [Fact]
    public async Task Imports_nothing_that_the_rules_refuse_unless_it_is_left_out()
    {
        await using var testHub = await TestHub.Open(database);
        var file = Path.Combine(Folder, "people.csv");
        await File.WriteAllTextAsync(file, "Name;Mail;Verein\nLise;lise@example.org;Kieztakt\nEmmy;emmy@@example.org;Kieztakt\n", Stop);

        var (unknown, which) = await Run(null, "import", "csv", "members", file);
        var (refused, why) = await Run(null, "import", "csv", "members", file, "--column", "Verein=organisation");
        var (missing, what) = await Run(null, "import", "csv", "members", Path.Combine(Folder, "nothing.csv"));
        var (nowhere, where) = await Run(null, "import", "csv", "spaces", file);

        Assert.Equal((1, 1, 64, 64), (unknown, refused, missing, nowhere));
        Assert.Contains("Verein", which, StringComparison.Ordinal);
        Assert.Contains("Row 3, Emmy", why, StringComparison.Ordinal);
        Assert.Contains("no such file", what, StringComparison.Ordinal);
        Assert.Contains("east, west", where, StringComparison.Ordinal);
        var (left, text) = await Run(null, "import", "csv", "members", file, "--column", "Verein=organisation", "--leave-out-refused");
        Assert.True(left == 0, text);
        Assert.Equal(6, await testHub.Read(db => db.Members.CountAsync(Stop)));
    }

    [Theory]
    [InlineData("short", "olga@example.org", "at least 15", 1)]
    [InlineData("vier kleine Kähne am Kanal", "ada@example.org", "already", 1)]
    [InlineData("vier kleine Kähne am Kanal", "no address", "to this address", 64)] // misread
    public async Task Adds_nobody_whom_the_rules_refuse(string password, string email, string says, int exitCode)
    {
        await using var testHub = await TestHub.Open(database);
        var before = await testHub.Read(db => db.Members.CountAsync(Stop));

        var (code, text) = await Run(password + "\n", "member", "add", "--email", email, "--name", "Olga", "--password-stdin");

        Assert.Equal(exitCode, code);
        Assert.Contains(says, text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        Assert.Equal(before, await testHub.Read(db => db.Members.CountAsync(Stop)));
    }

    [Fact]
    public async Task Exports_a_person_into_a_file_and_forgets_them()
    {
        await using var testHub = await TestHub.Open(database);
        var file = Path.Combine(Directory.CreateTempSubdirectory("digihub-person-").FullName, "ada.zip");

        var (exported, text) = await Run(null, "export-person", "ada@example.org", file);
        var (there, _) = await Run(null, "export-person", "ada@example.org", file);
        var (unknown, why) = await Run(null, "erase-person", "nobody@example.org");
        var (erased, said) = await Run(null, "erase-person", "ada@example.org", "--now");
        var (again, _) = await Run(null, "erase-person", "ada@example.org");

        Assert.True(exported == 0, text);
        Assert.True(new FileInfo(file).Length > 0);
        Assert.Equal((1, 1, 1), (there, unknown, again));
        Assert.Contains("Nothing is stored", why, StringComparison.Ordinal);
        Assert.True(erased == 0, said);
        Assert.False(await testHub.Read(db => db.Members.AnyAsync(one => one.Id == testHub.Cast.Ada.Id, Stop)));
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    [Fact]
    public async Task Makes_a_token_and_revokes_it()
    {
        await using var testHub = await TestHub.Open(database);

        var (code, text) = await Run(null, "token", "add", "--email", "ada@example.org", "--name", "door display");
        Assert.True(code == 0, text);
        var secret = text.Split('\n')[0].Trim();
        var token = await testHub.Read(db => db.AccessTokens.SingleAsync(Stop));
        Assert.True(token.Hash.AsSpan().SequenceEqual(RandomToken.Hash(secret)));

        (code, text) = await Run(null, "token", "revoke", "--email", "ada@example.org", token.Id.ToString());
        Assert.True(code == 0, text);
        Assert.NotNull((await testHub.Read(db => db.AccessTokens.SingleAsync(Stop))).RevokedAt);
    }

    [Fact]
    public async Task Puts_the_demo_only_into_an_empty_hub()
    {
        await using var testHub = await TestHub.Open(database);

        var (code, text) = await Run(null, "seed", "demo");

        Assert.Equal(1, code);
        Assert.Contains("already has data", text, StringComparison.Ordinal);
    }

    /// <summary>Rule 37 of running a hub.</summary>
    [Fact]
    public async Task A_demo_does_not_become_a_real_hub_until_it_is_removed()
    {
        await using (var testHub = await TestHub.Open(database))
        {
            await using var db = testHub.OpenDb();
            await TestDatabase.Empty(db);
        }

        Assert.Equal(1, (await Run(null, "demo", "remove")).Code);
        Assert.Equal(0, (await Run(null, "seed", "demo")).Code);
        var (refused, why) = await HubCommand.RunAlone(null, Settings, "serve", "--urls", "http://127.0.0.1:0");
        Assert.Equal(78, refused);
        Assert.Contains("'demo remove'", why, StringComparison.Ordinal);
        var (removed, text) = await Run(null, "demo", "remove", "--keep-sites");
        Assert.True(removed == 0, text);
        Assert.Contains("Removed 200 members", text, StringComparison.Ordinal);

        await using var hub = await HubProcess.Start(database.Options, ("Demo", "false"), ("DataFolder",
            database.Options.IsPostgres ? Folder : Path.GetDirectoryName(database.Options.SqliteFile)!));
        // Its people are gone, so somebody becomes the first administrator, of sites that are there.
        Assert.Contains("/setup", await hub.Client.GetStringAsync(new Uri("/setup", UriKind.Relative), Stop), StringComparison.Ordinal);
        Assert.Contains("data-site=\"east\"", await hub.Client.GetStringAsync(new Uri("/sites.css", UriKind.Relative), Stop),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tells_that_nothing_is_left_to_migrate()
    {
        await using var testHub = await TestHub.Open(database);

        var (code, text) = await Run(null, "migrate");

        Assert.True(code == 0, text);
        Assert.Contains("up to date", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Finds_a_healthy_hub_healthy()
    {
        await using var testHub = await TestHub.Open(database);

        var (code, text) = await Run(null, "doctor");

        Assert.True(code == 0, text);
        Assert.Contains("No problems found", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lets_a_new_member_in_by_a_link_that_is_printed()
    {
        await using var testHub = await TestHub.Open(database);

        var (code, text) =
            await Run(null, "member", "add", "--email", "olga@example.org", "--name", "Olga Olsen", "--role", "administrator");

        Assert.True(code == 0, text);
        var olga = await testHub.Read(db => db.Members.SingleAsync(member => member.NormalizedEmail == "OLGA@EXAMPLE.ORG", Stop));
        var link = await testHub.Read(db => db.SignInLinks.SingleAsync(one => one.MemberId == olga.Id, Stop));
        var token = await testHub.Get<HubTokenSigner>().Get(Stop);
        Assert.Contains($"http://localhost:5000/sign-in/link/{token.Close(TokenPurpose.SignIn, link.Id)}\n",
            text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changes_who_may_come_in_and_writes_it_down()
    {
        await using var testHub = await TestHub.Open(database);
        (string[] Words, string Says, string Act)[] steps =
        [
            (["member", "grant", "ada@example.org", "--role", "organiser"], "is now Organiser", "member.roles_granted"),
            (["member", "sessions", "end", "--email", "ada@example.org"], "Sessions ended for ada@example.org: 0", "member.sessions_ended"),
            (["member", "revoke", "ada@example.org", "--role", "organiser"], "is now Member", "member.roles_revoked"),
            (["member", "disable", "ada@example.org"], "is disabled", "member.disabled"),
            (["member", "enable", "ada@example.org"], "is enabled", "member.enabled"),
        ];

        foreach (var (words, says, act) in steps)
        {
            var (code, text) = await Run(null, words);
            Assert.True(code == 0, text);
            Assert.Contains(says, text, StringComparison.Ordinal);
            Assert.Equal(1, await testHub.Read(db => db.Activity.CountAsync(
                entry => entry.Act == act && entry.ActorId == null && entry.SubjectId == testHub.Cast.Ada.Id, Stop)));
        }

        var (last, why) = await Run(null, "member", "disable", "alan@example.org");
        Assert.Equal(1, last);
        Assert.Contains("last administrator", why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_count_wherever_they_stand()
    {
        await using var testHub = await TestHub.Open(database);
        var options = database.Options;
        var setting = options.IsPostgres
            ? $"DigiHub:Database:Postgres={options.Postgres}"
            : $"DigiHub:DataFolder={Path.GetDirectoryName(options.SqliteFile)}";
        (string, string)[] elsewhere = [("DataFolder", Path.Combine(Path.GetTempPath(), $"no-hub-{Guid.NewGuid():N}"))];

        var (before, beforeText) =
            await HubCommand.RunAlone(null, elsewhere, setting, "member", "grant", "ada@example.org", "--role", "organiser");
        var (after, afterText) = await HubCommand.RunAlone(null, elsewhere, "member", "add",
            "--email", "olga@example.org", "--name", "DigiHub:Name=x", "--" + setting);

        Assert.True(before == 0, beforeText);
        Assert.True(after == 0, afterText);
        Assert.Equal(Role.Organiser, await testHub.Read(db => db.RoleGrants
            .Where(grant => grant.MemberId == testHub.Cast.Ada.Id).Select(grant => grant.Role).SingleAsync(Stop)));
        Assert.Equal(1,
            await testHub.Read(db => db.Members.CountAsync(member => member.Name.Equals(PersonName.Of("DigiHub:Name=x")), Stop)));
        Assert.False(Directory.Exists(elsewhere[0].Item2));
    }

    private Task<(int Code, string Text)> Run(string? input, params string[] arguments) => HubCommand.Run(input, Settings, arguments);

    private (string, string)[] Settings => database.Options is { IsPostgres: true, Postgres: { } postgres }
        ? [("Database:Postgres", postgres), ("DataFolder", Folder)]
        : [("DataFolder", Path.GetDirectoryName(database.Options.SqliteFile)!)];

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    public sealed class OnSqlite(SqliteDatabase database) : CommandLineTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : CommandLineTests(database), IClassFixture<PostgresDatabase>;
}

/// <summary>Commands where there is no hub, or not one for this version.</summary>
public sealed class CommandsWithoutHubTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("digihub-nowhere-");

    [Theory]
    [InlineData("member add --email olga@example.org --name Olga")]
    [InlineData("member disable ada@example.org")]
    [InlineData("token add --email ada@example.org --name door")]
    [InlineData("seed demo")]
    [InlineData("mail requeue --failed")]
    public async Task Says_that_no_hub_is_there_and_makes_none(string words)
    {
        var (code, text) = await HubCommand.Run(null, [("DataFolder", Path.Combine(folder.FullName, "typo"))], words.Split(' '));

        Assert.Equal(78, code);
        Assert.Contains("No database found at", text, StringComparison.Ordinal);
        Assert.Contains("DigiHub:DataFolder", text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        Assert.Empty(folder.GetFileSystemInfos());
    }

    [Theory]
    [InlineData("", "migrate")]
    [InlineData("no database at all, only a text of some length", "is not a DigiHub database")]
    public async Task Says_what_is_wrong_with_the_file(string content, string says)
    {
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "digihub.db"), content, TestContext.Current.CancellationToken);

        var (code, text) =
            await HubCommand.Run(null, [("DataFolder", folder.FullName)], "token", "add", "--email", "ada@example.org", "--name", "door");

        Assert.Equal(78, code);
        Assert.Contains(says, text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_doctor_makes_nothing_and_names_what_a_public_hub_lacks()
    {
        var typo = Path.Combine(folder.FullName, "typo");

        var (code, text) = await HubCommand.Run(null, [("DataFolder", typo), ("PublicUrl", "https://hub.example.org")], "doctor");

        Assert.Equal(1, code);
        foreach (var name in new[] { "public address", "imprint", "mail", "data folder", "database" })
            Assert.Contains($"BAD  {name}:", text, StringComparison.Ordinal);
        Assert.Contains("DigiHub:Server:KnownProxies", text, StringComparison.Ordinal);
        Assert.False(Directory.Exists(typo));
    }

    public void Dispose() => folder.Delete(recursive: true);
}
