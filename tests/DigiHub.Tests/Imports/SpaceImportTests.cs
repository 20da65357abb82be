using System.Globalization;
using System.Text;
using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Data;
using DigiHub.Imports;
using DigiHub.Setup;
using DigiHub.Spaces;
using DigiHub.Tests.Bookings;

namespace DigiHub.Tests.Imports;

/// <summary>Rules 22 to 28 of running a hub, with desks and rooms. It is Monday, 09:00.</summary>
public abstract class SpaceImportTests(TestDatabase database) : ImportTests(database)
{
    private const string Three = "Name;Art;Etage;Plätze\nSpree;Raum;1;9\nIlse;Raum;3;6\nN3-01;Arbeitsplatz;3;\n";

    [Fact]
    public async Task A_dry_run_says_what_each_row_would_do_and_writes_nothing()
    {
        var import = (await Read(ImportKind.Spaces, Three)).Value;

        Assert.Equal("2 Change, 3 New, 4 New", await Rows(import));
        var change = Assert.Single((await View(import)).Rows[0].Changes);
        Assert.Equal(("Plätze", "8", "9"), (change.Column.German, change.Before.German, change.After.German));
        Assert.Equal(8, await TestHub.Read(db => db.Spaces.CountAsync(Stop)));
        Assert.Equal(8, (await Map()).Space(Cast.Spree.Id)!.Capacity);
    }

    [Fact]
    public async Task Applied_they_can_be_booked_and_importing_twice_changes_nothing()
    {
        await Done(ImportKind.Spaces, Three);

        var map = await Map();
        var (ilse, desk) = (Named(map, "Ilse"), Named(map, "N3-01"));
        Assert.Equal((6, SpaceKind.Room, Granularity.Minutes), (ilse.Capacity, ilse.Kind, ilse.Rules.Granularity));
        Assert.Equal((1, Granularity.HalfDay, ilse.FloorId), (desk.Capacity, desk.Rules.Granularity, desk.FloorId));
        Assert.Equal(9, map.Space(Cast.Spree.Id)!.Capacity);
        await TestHub.Book(Cast.Ada, desk, When.On(new(2026, 11, 24)));
        var again = (await Read(ImportKind.Spaces, Three)).Value;
        Assert.Equal("2 Same, 3 Same, 4 Same", await Rows(again));
        Assert.True((await Apply(again)).IsDone);
        Assert.Equal(2, await TestHub.Read(db => db.Activity.CountAsync(one => one.Act == "space.created", Stop)));
        Assert.Equal(1, await TestHub.Read(db => db.Activity.CountAsync(one => one.Act == "space.edited", Stop)));
    }

    [Fact]
    public async Task A_column_puts_desks_into_pools_and_takes_them_out_and_the_export_comes_back_without_a_change()
    {
        var pool = await TestHub.Pool("Fenster", Cast.Desk);
        var named = $"{Cast.NextDesk.Name};Fenster\n{Cast.Desk.Name};-\n";
        await Done(ImportKind.Spaces, "Name;Pool\n" + named);

        var map = await Map();
        Assert.Equal([Cast.NextDesk.Id], map.MembersOf(map.Pool(pool.Id)!).Select(space => space.Id));
        var exported = await Export(ImportKind.Spaces);
        Assert.Contains("Fenster", exported, StringComparison.Ordinal);
        Assert.Equal([RowOutcome.Same], (await View((await Read(ImportKind.Spaces, exported)).Value)).Counts.Keys);
        Assert.Equal("2 Refused not_of_pool, 3 Refused value_unknown", await Rows((await Read(
            ImportKind.Spaces, $"Name;Pool\nSpree;Fenster\n{Cast.Desk.Name};Hof\n")).Value));
    }

    [Fact]
    public async Task Desks_that_leave_together_send_their_pools_bookings_to_what_stays()
    {
        var pool = await TestHub.Pool("Fenster", Cast.Desk, Cast.NextDesk);
        var booking = await TestHub.Book(Cast.Ada, pool, When.On(new(2026, 11, 24)));
        var import = await Done(ImportKind.Spaces, $"Name;Pool\n{Cast.Desk.Name};-\n");

        var moved = await TestHub.Reread(booking);
        Assert.Equal((Cast.NextDesk.Id, (int?)pool.Id), (moved.SpaceId, moved.PoolId));
        await Undo(import);
        Assert.Equal(pool.Id, (await Map()).Space(Cast.Desk.Id)!.PoolId);
    }

    [Theory]
    [InlineData(Language.German)]
    [InlineData(Language.English)]
    public async Task What_was_exported_is_imported_without_a_change(Language language)
    {
        await TestHub.Get<EditSpaces>().Run(Cast.Alan.Id, [Cast.Spree.Id], new()
        {
            Equipment = [Equipment.Screen, Equipment.StepFree],
            Zone = new(German: null, English: "-"),
            IsOffered = false,
        }, Stop);

        var import = (await Read(ImportKind.Spaces, await Export(ImportKind.Spaces, language: language))).Value;

        Assert.Equal([RowOutcome.Same], (await View(import)).Counts.Keys);
        Assert.Equal(6, (await View(import)).Of(RowOutcome.Same));
    }

    /// <summary>Proof of rule 23.</summary>
    [Fact]
    public async Task Any_spaces_of_one_site_become_the_same_at_another()
    {
        const string signs = "aäÖ =+-@'\";,0";
        var dice = new Random(Environment.GetEnvironmentVariable("DIGIHUB_TEST_FUZZ_SEED") is { } seed
            ? int.Parse(seed, CultureInfo.InvariantCulture) : 20261129);
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { Cast.Havel.Name, Cast.WestDesk.Name };
        var keys = await TestHub.Read(db => db.Equipment.OrderBy(thing => thing.Position).Select(thing => thing.Key).ToListAsync(Stop));
        var sets = await TestHub.Read(db => db.RuleSets.Select(rules => rules.Name).ToListAsync(Stop));
        List<string?[]> rows = [["name", "kind", "level", "zoneGerman", "zoneEnglish", "capacity", "equipment", "rules", "parts"]];
        for (var i = 0; i < 60; i++)
        {
            if (TypedText.Line(Rolled()) is not { } line || !names.Add(line))
                continue;
            rows.Add([line, ((SpaceKind)dice.Next(4)).ToString(), Number(-5, 50), Rolled(), Rolled(), Number(1, 10_000),
                string.Join(',', keys.Where(_ => dice.Next(3) == 0)), sets[dice.Next(sets.Count)].German,
                rows.Count > 3 && dice.Next(5) == 0 ? $"{rows[1][0]}|{rows[2][0]}" : null]);
        }

        var first = (await Read(ImportKind.Spaces, CsvText.Write(rows), siteId: Cast.West.Id)).Value;
        Assert.True((await Apply(first)).IsDone, await Rows(first));
        var exported = await Export(ImportKind.Spaces, Cast.West.Id);
        var second = (await Read(ImportKind.Spaces, exported, siteId: Cast.East.Id)).Value;
        Assert.True((await Apply(second)).IsDone, await Rows(second));

        Assert.Subset((await Export(ImportKind.Spaces, Cast.East.Id)).Split("\r\n").ToHashSet(StringComparer.Ordinal),
            exported.Split("\r\n").ToHashSet(StringComparer.Ordinal));
        Assert.Equal([RowOutcome.Same], (await View((await Read(ImportKind.Spaces, exported, siteId: Cast.West.Id)).Value)).Counts.Keys);

        string Rolled() => string.Concat(Enumerable.Range(0, dice.Next(1, 13)).Select(_ => signs[dice.Next(signs.Length)]));
        string Number(int min, int max) => dice.Next(min, max + 1).ToString(CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task A_hall_made_of_parts_is_booked_with_them()
    {
        await Done(ImportKind.Spaces, "Name;Art;Etage;Plätze;Besteht aus\nA;Raum;1;4;\nB;Raum;1;4;\nA + B;Raum;1;8;A | B\n");

        var (map, day) = (await Map(), new LocalDate(2026, 11, 24));
        await TestHub.Book(Cast.Ada, Named(map, "A + B"), When.Between(day + new LocalTime(9, 0), day + new LocalTime(10, 0)));
        Assert.Equal("slot_taken", (await TestHub.TryBook(
            Cast.Bob, Named(map, "A"), When.Between(day + new LocalTime(9, 0), day + new LocalTime(10, 0)))).Refusal?.Code);
        var other = (await Read(ImportKind.Spaces, "Name;Besteht aus\nA + B;A\n")).Value;
        Assert.Equal("2 Refused value_fixed", await Rows(other));
    }

    [Theory]
    [InlineData("Name;Art\n;Raum", "2 Refused value_missing")]
    [InlineData("Name;Art\nIlse;Raum", "2 Refused value_missing")]
    [InlineData("Name;Art;Etage;Plätze\nIlse;Schloss;1;4", "2 Refused value_unknown")]
    [InlineData("Name;Art;Etage;Plätze\nIlse;Raum;1;vier", "2 Refused value_unreadable")]
    [InlineData("Name;Art;Etage;Plätze\nIlse;Raum;99;4", "2 Refused level_out_of_range")]
    [InlineData("Name;Art;Etage;Plätze\nIlse;Raum;1;0", "2 Refused number_out_of_range")]
    [InlineData("Name;Art;Etage;Plätze\nIlse;Raum;1;4\nILSE;Raum;1;4", "2 New, 3 Refused row_twice")]
    [InlineData("Name;Buchungsregeln\nSpree;Nachtschicht", "2 Refused value_unknown")]
    [InlineData("Name;Ausstattung\nSpree;Jacuzzi", "2 Refused value_unknown")]
    [InlineData("Name;Art\nSpree;Arbeitsplatz", "2 Refused value_fixed")]
    [InlineData("Name;Plätze\nSpree;-", "2 Refused cannot_be_cleared")]
    [InlineData("Name;Besteht aus\nSpree;Pank", "2 Refused value_unknown")]
    public async Task What_is_wrong_with_a_row_is_named_and_nothing_is_written(string csv, string rows)
    {
        var import = (await Read(ImportKind.Spaces, csv)).Value;

        Assert.Equal(rows, await Rows(import));
        Assert.Equal("rows_refused", (await Apply(import)).Refusal?.Code);
        Assert.Equal(8, await TestHub.Read(db => db.Spaces.CountAsync(Stop)));
    }

    [Fact]
    public async Task Rows_that_are_refused_can_be_left_out()
    {
        var import = (await Read(ImportKind.Spaces, Three + "Oder;Schloss;1;4\n")).Value;

        var left = (await TestHub.Get<ChangeImport>().LeaveOutRefused(import.Id, Cast.Alan.Id, Stop)).Value;

        Assert.Equal("2 Change, 3 New, 4 New, 5 Skipped value_unknown", await Rows(import));
        Assert.Equal("stale", (await Apply(import, revision: import.Revision)).Refusal?.Code);
        Assert.True((await Apply(left, revision: left.Revision)).IsDone);
        Assert.Equal(10, await TestHub.Read(db => db.Spaces.CountAsync(Stop)));
    }

    /// <summary>Rule 24.</summary>
    [Fact]
    public async Task A_missing_column_and_an_empty_cell_leave_what_is_there_and_a_dash_clears_it()
    {
        await TestHub.Get<EditSpaces>().Run(
            Cast.Alan.Id, [Cast.Spree.Id, Cast.Panke.Id], new() { Equipment = [Equipment.Screen], Zone = new("Süd", "South") }, Stop);

        await Done(ImportKind.Spaces, "name,equipment,Bereich (englisch)\nSpree,,\nPanke,-,-\n");

        var map = await Map();
        Assert.Equal([Equipment.Screen], map.Space(Cast.Spree.Id)!.Things.Select(thing => thing.Key));
        Assert.Empty(map.Space(Cast.Panke.Id)!.Things);
        Assert.Equal((new("Süd", "South"), new("Süd")), (map.Space(Cast.Spree.Id)!.Zone, map.Space(Cast.Panke.Id)!.Zone));
        Assert.Equal(12, map.Space(Cast.Panke.Id)!.Capacity);
    }

    [Fact]
    public async Task An_unknown_column_is_refused_with_the_nearest_name_or_asked_about_and_remembered()
    {
        const string csv = "Name;Platze;Schlüssel\nSpree;9;4711\n";

        var refusal = (await Read(ImportKind.Spaces, "Name;Sitze\nSpree;9\n")).Refusal!;
        Assert.Equal("unknown_column", refusal.Code);
        Assert.Contains("Sitze", refusal.Message.German, StringComparison.Ordinal);
        Assert.Equal("column_missing", (await Read(ImportKind.Spaces, "Plätze\n9\n")).Refusal?.Code);
        Assert.Equal("column_twice", (await Read(ImportKind.Spaces, "Name;Plätze;Seats\nSpree;9;9\n")).Refusal?.Code);

        var asked = (await Read(ImportKind.Spaces, csv, asks: true)).Value;
        Assert.Equal((ImportState.Read, "unknown_column"), (asked.State, (await View(asked)).WhyNotRead?.Code));
        Assert.Equal("columns_unknown", (await Apply(asked)).Refusal?.Code);
        var told = await TestHub.Get<ChangeImport>().Columns(asked.Id, Cast.Alan.Id,
            new Dictionary<string, string>(StringComparer.Ordinal) { ["Platze"] = "capacity", ["Schlüssel"] = ColumnMap.LeaveOut }, Stop);
        Assert.Equal(ImportState.Checked, told.Value.State);
        Assert.Equal("2 Change", await Rows(asked));

        Assert.Equal(ImportState.Checked, (await Read(ImportKind.Spaces, csv)).Value.State);
    }

    /// <summary>Rule 22.</summary>
    [Fact]
    public async Task What_changed_since_the_dry_run_stops_it_and_is_shown()
    {
        var import = (await Read(ImportKind.Spaces, Three)).Value;
        await TestHub.Get<EditSpaces>().Run(Cast.Alan.Id, [Cast.Spree.Id], new() { Capacity = 9 }, Stop);

        Assert.Equal("import_differs", (await Apply(import)).Refusal?.Code);

        Assert.Equal(8, await TestHub.Read(db => db.Spaces.CountAsync(Stop)));
        Assert.Equal("2 Same, 3 New, 4 New", await Rows(import));
        Assert.True((await Apply(import)).IsDone);
    }

    [Fact]
    public async Task Of_many_who_apply_at_once_one_does()
    {
        var import = (await Read(ImportKind.Spaces, Three)).Value;

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Apply(import))));

        Assert.Single(outcomes, outcome => outcome.IsDone);
        Assert.All(outcomes.Where(outcome => !outcome.IsDone), outcome => Assert.Equal("import_done", outcome.Refusal!.Code));
        Assert.Equal(10, await TestHub.Read(db => db.Spaces.CountAsync(Stop)));
    }

    [Fact]
    public async Task Imports_that_race_with_changes_by_hand_write_all_or_nothing()
    {
        var import = (await Read(ImportKind.Spaces, Three)).Value;

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(async () => i % 2 == 0
            ? (await Apply(import)).Refusal?.Code
            : (await TestHub.Get<EditSpaces>().Run(Cast.Alan.Id, [Cast.Spree.Id], new() { Capacity = 20 + i }, Stop)).Refusal?.Code)));

        var isDone = await TestHub.Read(db => db.Imports.AnyAsync(one => one.State == ImportState.Done, Stop));
        Assert.Equal(isDone ? 10 : 8, await TestHub.Read(db => db.Spaces.CountAsync(Stop)));
        Assert.All(outcomes, code => Assert.True(code is null or "import_done" or "import_differs", code));
    }

    /// <summary>Rule 28.</summary>
    [Fact]
    public async Task Within_a_day_it_is_undone_for_rows_still_as_it_left_them()
    {
        var import = await Done(ImportKind.Spaces, Three + "Panke;Raum;0;5\nOder;Raum;3;2\n");
        var map = await Map();
        await TestHub.Book(Cast.Ada, Named(map, "N3-01"), When.On(new(2026, 11, 24)));
        await TestHub.Get<EditSpaces>().Run(Cast.Alan.Id, [Cast.Panke.Id], new() { Capacity = 6 }, Stop);
        TestHub.Clock.Advance(Duration.FromHours(23));

        var undone = (await Undo(import)).Value;

        Assert.Equal((3, 2), (undone.Undone, undone.Left));
        map = await Map();
        Assert.Equal((8, 6), (map.Space(Cast.Spree.Id)!.Capacity, map.Space(Cast.Panke.Id)!.Capacity));
        Assert.Equal(["N3-01"], map.Spaces.Select(space => space.Name).Except(Cast.Spaces.Select(space => space.Name)));
        var left = (await View(import)).Rows.Where(row => row.Row.WhyLeft is not null).ToList();
        Assert.Equal([(4, "inzwischen in Gebrauch"), (5, "seitdem geändert")],
            left.Select(row => (row.Row.Line, row.Row.WhyLeft!.Value.Words.German)));
        Assert.Equal("import_not_done", (await Undo(import)).Refusal?.Code);
    }

    [Fact]
    public async Task After_a_day_it_stays_and_after_a_month_its_rows_and_file_are_forgotten()
    {
        var import = await Done(ImportKind.Spaces, Three);
        TestHub.Clock.Advance(Import.UndoFor);
        Assert.Equal("undo_too_late", (await Undo(import)).Refusal?.Code);
        Assert.Equal(0, await TestHub.Get<ForgetImports>().Run(Stop));

        TestHub.Clock.Advance(Import.Kept);
        Assert.Equal(1, await TestHub.Get<ForgetImports>().Run(Stop));

        var kept = await TestHub.Read(db => db.Imports.AsNoTracking().SingleAsync(Stop));
        Assert.Equal((null, ImportState.Done), (kept.File, kept.State));
        Assert.Equal(0, await TestHub.Read(db => db.ImportRows.CountAsync(Stop)));
        Assert.Empty((await View(import)).Rows);
    }

    [Fact]
    public async Task Bookings_are_exported_for_who_runs_the_site_without_what_they_are_for()
    {
        var day = new LocalDate(2026, 11, 24);
        var kept = await TestHub.Book(Cast.Ada, Cast.Spree, When.Between(day + new LocalTime(9, 0), day + new LocalTime(10, 0)));
        var gone = await TestHub.Book(Cast.Bob, Cast.Spree, When.Between(day + new LocalTime(11, 0), day + new LocalTime(12, 0)));
        await TestHub.Get<CancelBooking>().Run(gone.Id, Cast.Bob.Id, ifRevision: null, Stop);

        var table = (await Export(ImportKind.Bookings, Cast.East.Id, Language.English)).Split("\r\n");

        Assert.Equal($"Spree;2026-11-24 11:00;2026-11-24 12:00;Bob;bob@example.org;Institut für Messwesen;cancelled;{gone.Id}", table[1]);
        Assert.Equal($"Spree;2026-11-24 09:00;2026-11-24 10:00;Ada;ada@example.org;Kieztakt;booked;{kept.Id}", table[2]);
        Assert.Null(await TestHub.Get<ExportTable>().Run(
            ImportKind.Bookings, Cast.East.Id, Language.English, Cast.As(Cast.Frieda), Stop));
    }

    [Fact]
    public async Task Bytes_that_are_no_utf8_need_to_be_confirmed()
    {
        var import = (await Read(ImportKind.Spaces, Encoding.Latin1.GetBytes("Name;Plätze\nSpree;9\n"))).Value;

        Assert.Equal("encoding_unconfirmed", (await Apply(import)).Refusal?.Code);
        Assert.True((await TestHub.Get<ApplyImport>().Run(new(import.Id, Cast.Alan.Id, AcceptsEncoding: true), Stop)).IsDone);
    }

    [Fact]
    public async Task Only_administrators_of_the_site_export_and_import_there()
    {
        var import = (await Read(ImportKind.Spaces, Three)).Value;
        foreach (var member in new[] { Cast.Ada, Cast.Grace, Cast.Frieda })
        {
            Assert.Equal(Refusal.NotFound, (await Read(ImportKind.Spaces, Three, member)).Refusal);
            Assert.Equal(Refusal.NotFound, (await Apply(import, member)).Refusal);
            Assert.Null(await TestHub.Get<ImportView>().Run(new(import.Id), Cast.As(member), Stop));
            Assert.Null(await TestHub.Get<ExportTable>().Run(
                ImportKind.Spaces, Cast.East.Id, Language.German, Cast.As(member), Stop));
        }

        await TestHub.Get<GrantRoles>().Run(new(Cast.Bob.Id, [Role.Administrator], Cast.Alan.Id, Cast.West.Id), Stop);
        Assert.Equal(Refusal.NotFound, (await Read(ImportKind.Spaces, Three, Cast.Bob, Cast.East.Id)).Refusal);
        Assert.True((await Read(ImportKind.Spaces, Three, Cast.Bob, Cast.West.Id)).IsDone);
        Assert.Equal(Refusal.NotFound, (await Read(ImportKind.Members, "E-Mail\nada@example.org\n", Cast.Bob)).Refusal);
        Assert.Equal("site_unknown", (await TestHub.Get<ReadImport>().Run(
            new(Cast.Alan.Id, ImportKind.Spaces, SiteId: null, "x", Encoding.UTF8.GetBytes(Three)), Stop)).Refusal?.Code);
        Assert.Equal(Refusal.NotFound, (await Read(ImportKind.Spaces, Three, siteId: 4711)).Refusal);
    }

    /// <summary>Proof of rules 24 and 25: whatever a file says, each of its rows is new, a change, the same or refused.</summary>
    [Fact]
    public async Task No_file_breaks_an_import()
    {
        var good = Encoding.UTF8.GetBytes(await Export(ImportKind.Spaces));
        var dice = new Random(20261129);
        for (var i = 0; i < 60; i++)
        {
            var bytes = good.ToList();
            for (var change = dice.Next(1, 6); change > 0; change--)
            {
                var at = dice.Next(3, bytes.Count);
                if (dice.Next(3) == 0)
                    bytes.RemoveAt(at);
                else if (dice.Next(2) == 0)
                    bytes.Insert(at, (byte)";\"\n-=9x "[dice.Next(8)]);
                else
                    bytes[at] = (byte)dice.Next(256);
            }

            var read = await Read(ImportKind.Spaces, [.. bytes], asks: true);
            if (read.IsDone && read.Value.State == ImportState.Checked)
                await Apply(read.Value);
        }

        Assert.Equal(0, await TestHub.OverlappingClaims());
    }

    private async Task<HubDirectory> Map() => await TestHub.Get<Catalogue>().Map(Stop);

    private static Space Named(HubDirectory map, string name) => map.Spaces.Single(space => space.Name == name);

    public sealed class OnSqlite(SqliteDatabase database) : SpaceImportTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : SpaceImportTests(database), IClassFixture<PostgresDatabase>;
}
