using System.Globalization;
using System.Text;
using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Imports;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Setup;
using DigiHub.Tests.Bookings;

namespace DigiHub.Tests.Imports;

/// <summary>Rules 22 to 28 of running a hub, with bookings. It is Monday 23 November 2026, 09:00.</summary>
public abstract class BookingImportTests(TestDatabase database) : ImportTests(database)
{
    private const string Head = "Raum;Von;Bis;E-Mail\n";

    private const string Two =
        Head + "Spree;2026-11-24 09:00;2026-11-24 10:00;ada@example.org\nspree;25.11.2026 9:00;25.11.2026 10:00;BOB@example.org\n";

    [Fact]
    public async Task A_dry_run_says_what_each_row_would_do_and_writes_nothing()
    {
        var import = (await Read(Two)).Value;

        Assert.Equal("2 New, 3 New", await Rows(import));
        var shown = (await View(import)).Rows[0];
        Assert.Equal("Spree, 2026-11-24 09:00", shown.Row.Label);
        Assert.Empty(await Bookings());
    }

    [Fact]
    public async Task Applied_they_are_bookings_like_any_and_nobody_gets_an_email()
    {
        var import = await Done(Two);

        Assert.Equal(ImportState.Done, import.State);
        var (first, second) = (await Bookings()) switch { [var one, var two] => (one, two), _ => throw new InvalidOperationException() };
        Assert.Equal((Cast.Ada.Id, Cast.Alan.Id, Cast.Spree.Id, new(2026, 11, 24, 9, 0), null),
            (first.MemberId, first.BookedById, first.SpaceId, first.StartLocal, first.ReminderMinutesBefore));
        Assert.Equal(Cast.Bob.Id, second.MemberId);
        Assert.Equal(first.Start - Duration.FromMinutes(15), (await ClaimsOf(first)).Single().Start); // the set-up
        Assert.Empty(await TestHub.Read(db => db.Notifications.ToListAsync(Stop)));
        var refused = await TestHub.Get<BookSpace>().Run(new()
        {
            ActorId = Cast.Grace.Id,
            SpaceId = Cast.Hall.Id,
            When = When.Between(first.StartLocal, first.EndLocal),
        }, Stop);
        Assert.Equal("slot_taken", refused.Refusal?.Code);
        Assert.Equal(["booking.created", "booking.created", "import.applied", "import.read"],
            (await TestHub.Read(db => db.Activity.Select(act => act.Act).ToListAsync(Stop))).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Imported_twice_they_are_there_once_with_and_without_a_number()
    {
        await Done(Two);
        Assert.Equal("2 Same, 3 Same", await Rows((await Read(Two)).Value));
        Assert.Equal("nothing_new", (await Apply((await Read(Two)).Value)).Refusal?.Code);

        const string numbered = "Nummer;Raum;Von;Bis;E-Mail\nA-1;Panke;2026-11-26 09:00;2026-11-26 10:00;ada@example.org\n";
        await Done(numbered);
        var again = (await Read(numbered)).Value;
        Assert.Equal("2 Same", await Rows(again));

        var moved = await TestHub.Get<MoveBooking>().Run(new()
        {
            BookingId = (await Bookings())[^1].Id,
            ActorId = Cast.Ada.Id,
            When = When.Between(new(2026, 11, 26, 11, 0), new(2026, 11, 26, 12, 0)),
        }, Stop);
        Assert.True(moved.IsDone);
        Assert.Equal("2 Refused booking_differs", await Rows((await Read(numbered)).Value)); // never there twice, never moved back
        Assert.Equal(3, (await Bookings()).Count);
    }

    [Theory]
    [InlineData(Language.German)]
    [InlineData(Language.English)]
    public async Task What_was_exported_is_imported_without_a_change(Language language)
    {
        await Done(Two);
        await TestHub.Get<CancelBooking>().Run((await Bookings())[1].Id, Cast.Bob.Id, ifRevision: null, Stop);
        await TestHub.Book(Cast.Ada, Cast.Desk, When.On(new(2026, 11, 27)));

        var import = (await Read(await Export(ImportKind.Bookings, Cast.East.Id, language))).Value;

        Assert.Equal("2 Same, 3 Same, 4 Same", await Rows(import));
        Assert.Equal(3, (await Bookings()).Count);
    }

    [Fact]
    public async Task What_has_begun_is_history_without_rules_but_never_overlaps()
    {
        // A Sunday in the night; beside each other without the set-up; one that is running.
        var import = await Done(Head
            + "Spree;2026-11-15 22:10;2026-11-15 23:20;ada@example.org\nSpree;2026-11-15 23:20;2026-11-16 01:00;bob@example.org\n"
            + "Spree;2026-11-15 23:00;2026-11-15 23:30;grace@example.org\nPanke;2026-11-23 08:00;2026-11-23 12:00;ada@example.org\n");

        Assert.Equal("2 New, 3 New, 4 Refused slot_taken, 5 New", await Rows(import));
        Assert.Equal(3, (await Bookings()).Count);
        Assert.Equal(3, await TestHub.Read(db => db.Activity.CountAsync(act => act.Act == "booking.entered", Stop)));
    }

    [Fact]
    public async Task What_is_ahead_obeys_every_rule()
    {
        await TestHub.Get<EditSpaces>().Run(Cast.Alan.Id, [Cast.Booth.Id], new() { IsOffered = false }, Stop);
        var import = (await Read(Head + string.Join('\n',
            "Spree;2026-11-24 09:05;2026-11-24 10:00;ada@example.org", // off the steps
            "Spree;2026-11-28 09:00;2026-11-28 10:00;ada@example.org", // a Saturday
            "Spree;2026-11-24 19:00;2026-11-24 21:00;ada@example.org",
            "Spree;2027-11-24 09:00;2027-11-24 10:00;ada@example.org",
            "Booth 1;2026-11-24 09:00;2026-11-24 10:00;ada@example.org",
            "E1-01;2026-11-24 08:00;2026-11-24 20:00;ada@example.org",
            "E1-02;2026-11-24 08:00;2026-11-24 20:00;ada@example.org", // a second desk
            "Spree;2026-11-24 10:00;2026-11-24 09:00;ada@example.org",
            "Spree;gestern;2026-11-24 09:00;ada@example.org",
            "Sprea;2026-11-24 09:00;2026-11-24 10:00;ada@example.org",
            "Spree;2026-11-24 09:00;2026-11-24 10:00;lise@example.org",
            "Spree;2026-11-24 09:00;2026-11-24 10:00;",
            "Spree;2026-11-24 09:00;2026-11-24 10:00;ada@example.org",
            "Spree + Panke;2026-11-24 09:30;2026-11-24 10:30;bob@example.org") + "\n")).Value;

        Assert.Equal("2 Refused off_the_grid, 3 Refused closed_that_day, 4 Refused outside_opening_hours, 5 Refused beyond_horizon, "
            + "6 Refused space_not_offered, 7 New, 8 Refused already_booked, 9 Refused ends_before_it_starts, 10 Refused value_unreadable, "
            + "11 Refused value_unknown, 12 Refused member_unknown, 13 Refused value_missing, 14 New, 15 Refused slot_taken",
            await Rows(import));

        var done = await ApplyAll(import); // those that are refused hold up nobody
        Assert.Equal(ImportState.Done, done.State);
        Assert.Equal(2, (await Bookings()).Count);
    }

    [Fact]
    public async Task A_collision_since_the_dry_run_is_a_refused_row_and_the_others_go_on()
    {
        var import = (await Read(Two)).Value;
        await TestHub.Book(Cast.Grace, Cast.Spree, When.Between(new(2026, 11, 24, 9, 0), new(2026, 11, 24, 9, 30)));

        await ApplyAll(import);

        Assert.Equal("2 Refused slot_taken, 3 New", await Rows(import));
        Assert.Equal(2, (await Bookings()).Count);
    }

    [Fact]
    public async Task More_than_fifty_ahead_of_one_person_are_refused()
    {
        var rows = Enumerable.Range(0, 55).Select(i =>
        {
            var start = new LocalDate(2026, 11, 24).PlusDays(i / 24) + new LocalTime(8, 0).PlusMinutes(30 * (i % 24));
            return string.Create(CultureInfo.InvariantCulture,
                $"Booth 1;{start:uuuu-MM-dd HH:mm};{start.PlusMinutes(30):uuuu-MM-dd HH:mm};ada@example.org\n");
        });

        var import = (await Read(Head + string.Concat(rows))).Value;

        Assert.Equal((50, 5), ((await View(import)).Of(RowOutcome.New), (await View(import)).Of(RowOutcome.Refused)));
        await ApplyAll(import);
        Assert.Equal(50, (await Bookings()).Count);
    }

    [Fact]
    public async Task If_it_is_ticked_each_person_gets_one_email_and_reminders_as_usual()
    {
        var import = (await Read(Two + "Panke;2026-11-24 09:00;2026-11-24 10:00;ada@example.org\n"
            + "Panke;2026-11-16 09:00;2026-11-16 10:00;grace@example.org\n")).Value;

        await ApplyAll(import, sends: true);

        var told = await TestHub.Read(db => db.Notifications.Where(one => one.Type == BookingNotifications.Brought)
            .OrderBy(one => one.NormalizedEmail).ToListAsync(Stop));
        Assert.Equal([("ada@example.org", "2"), ("bob@example.org", "1")], told.Select(one => (one.RecipientEmail?.Shown, one.Note)));
        Assert.DoesNotContain(BookingNotifications.Confirmed,
            await TestHub.Read(db => db.Notifications.Select(one => one.Type).ToListAsync(Stop)));
        Assert.All((await Bookings()).Where(one => one.Start > TestHub.Opening), one => Assert.True(one.RemindsAsUsual));
    }

    [Fact]
    public async Task Undone_what_is_still_as_it_came_goes_and_the_others_are_listed()
    {
        var import = await Done(Two + "Panke;2026-11-16 09:00;2026-11-16 10:00;grace@example.org\n");
        var second = (await Bookings())[^1];
        await TestHub.Get<MoveBooking>().Run(new()
        {
            BookingId = second.Id,
            ActorId = Cast.Bob.Id,
            When = When.Between(new(2026, 11, 25, 11, 0), new(2026, 11, 25, 12, 0)),
        }, Stop);

        Assert.True((await Undo(import)).IsDone);
        Assert.True(await Continue(import));

        var view = await View(import);
        Assert.Equal((ImportState.Undone, 1), (view.Import.State, view.Left));
        Assert.Equal("Spree, 25.11.2026 9:00".ToUpperInvariant(), view.Rows[0].Row.Label.ToUpperInvariant());
        var left = await Bookings();
        Assert.Equal([false, true], left.Select(one => one.IsStanding)); // Ada's is cancelled, Grace's history is gone
        Assert.Single(await TestHub.Read(db => db.Claims.ToListAsync(Stop)));
        Assert.Equal("2 New, 3 New", await Rows((await Read(Two)).Value));
    }

    [Fact]
    public async Task It_goes_on_where_it_was_stopped()
    {
        var import = (await Read(Many(30))).Value;
        Assert.True((await Apply(import)).IsDone);

        Assert.False(await TestHub.Get<ContinueImports>().Run(import.Id, 7, Stop));
        Assert.Equal(7, (await Bookings()).Count);
        Assert.Equal((ImportState.Applying, 23), ((await View(import)).Import.State, (await View(import)).Waiting));
        Assert.Equal("import_done", (await Apply(import)).Refusal?.Code);

        await using var other = TestHub.AnotherProcess();
        Assert.Equal(1, await other.Get<ContinueImports>().Run(Stop));
        Assert.Equal(30, (await Bookings()).Count);
        Assert.Equal(0, await TestHub.Get<ContinueImports>().Run(Stop));
    }

    [Fact]
    public async Task Several_who_go_on_at_once_write_each_row_once()
    {
        var import = (await Read(Many(40))).Value;
        Assert.True((await Apply(import)).IsDone);
        await using var other = TestHub.AnotherProcess();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(i =>
            (i % 2 == 0 ? TestHub : other).Get<ContinueImports>().Run(import.Id, int.MaxValue, Stop)));

        Assert.Equal(ImportState.Done, (await View(import)).Import.State);
        Assert.Equal((40, 40), ((await Bookings()).Count, (await View(import)).Of(RowOutcome.New)));
    }

    [Fact]
    public async Task Two_imports_of_one_file_at_once_bring_everything_once()
    {
        var text = Many(20).Replace("Raum;", "Nummer;Raum;", StringComparison.Ordinal);
        text = string.Join('\n', text.Split('\n').Select((row, i) => i == 0 || row.Length == 0 ? row : $"N{i};{row}"));
        var (one, two) = ((await Read(text)).Value, (await Read(text)).Value);
        Assert.True((await Apply(one)).IsDone);
        Assert.True((await Apply(two)).IsDone);

        await Task.WhenAll(Continue(one), Continue(two));

        Assert.Equal(20, (await Bookings()).Count);
        Assert.Equal(20, await TestHub.Read(db => db.ForeignRows.CountAsync(Stop)));
        Assert.Equal(40, (await View(one)).Changes + (await View(one)).Of(RowOutcome.Same)
            + (await View(two)).Changes + (await View(two)).Of(RowOutcome.Same));
    }

    [Fact]
    public async Task Numbers_of_other_systems_go_with_the_person()
    {
        await Done("Nummer;Raum;Von;Bis;E-Mail\nA-1;Panke;2025-10-20 09:00;2025-10-20 10:00;ada@example.org\n"
            + "A-2;Panke;2026-11-20 09:00;2026-11-20 10:00;ada@example.org\n");
        Assert.Equal(2, await TestHub.Read(db => db.ForeignRows.CountAsync(Stop)));

        await TestHub.Get<DigiHub.Privacy.ForgetPast>().Run(Stop);

        Assert.Equal(["A-2"], await TestHub.Read(db => db.ForeignRows.Select(one => one.ForeignId).ToListAsync(Stop)));
    }

    [Fact]
    public async Task Who_does_not_run_the_site_imports_nothing()
    {
        foreach (var member in new[] { Cast.Ada, Cast.Frieda, Cast.Grace })
            Assert.Equal("not_found", (await Read(ImportKind.Bookings, Two, by: member, siteId: Cast.East.Id)).Refusal?.Code);
        var import = (await Read(Two)).Value;
        Assert.Equal("not_found", (await Apply(import, by: Cast.Frieda)).Refusal?.Code);
    }

    [Fact]
    public async Task Times_with_an_offset_and_dates_in_a_column_of_their_own_are_read()
    {
        await Done("Raum;Datum;Von;Bis;E-Mail;Titel\nSpree;24.11.2026;9:00;10:00;ada@example.org;Jour fixe\n"
            + "Panke;;2026-11-24T08:00:00Z;2026-11-24T10:00:00+01:00;bob@example.org;\n");

        var bookings = await Bookings();
        Assert.All(bookings, one => Assert.Equal(new(2026, 11, 24, 9, 0), one.StartLocal));
        Assert.Equal([null, "Jour fixe"], bookings.Select(one => one.Title).Order(StringComparer.Ordinal));
    }

    private static string Many(int count)
    {
        var text = new StringBuilder(Head);
        for (var i = 0; i < count; i++)
        {
            var (day, hour) = (new LocalDate(2026, 11, 24).PlusDays(i / 20 % 3), 8 + i % 10);
            text.Append(CultureInfo.InvariantCulture,
                $"{(i % 20 < 10 ? "Booth 1" : "Panke")};{day:uuuu-MM-dd} {hour:00}:00;{day:uuuu-MM-dd} {hour:00}:30;")
                .Append(i % 2 == 0 ? "ada@example.org\n" : "bob@example.org\n");
        }

        return text.ToString();
    }

    private Task<Outcome<Import>> Read(string csv) => Read(ImportKind.Bookings, csv, siteId: Cast.East.Id);

    private async Task<Import> Done(string csv) => await ApplyAll((await Read(csv)).Value);

    private async Task<Import> ApplyAll(Import import, bool sends = false)
    {
        var begun = await Apply(import, sends: sends);
        Assert.True(begun.IsDone, begun.Refusal?.Code);
        Assert.True(await Continue(import));
        return (await View(import)).Import;
    }

    private Task<bool> Continue(Import import) => TestHub.Get<ContinueImports>().Run(import.Id, int.MaxValue, Stop);

    private Task<List<Booking>> Bookings() =>
        TestHub.Read(db => db.Bookings.AsNoTracking().OrderBy(one => one.Start).ThenBy(one => one.Id).ToListAsync(Stop));

    private Task<List<Claim>> ClaimsOf(Booking booking) =>
        TestHub.Read(db => db.Claims.Where(one => one.HolderId == booking.Id).ToListAsync(Stop));

    public sealed class OnSqlite(SqliteDatabase database) : BookingImportTests(database), IClassFixture<SqliteDatabase>;
    public sealed class OnPostgres(PostgresDatabase database) : BookingImportTests(database), IClassFixture<PostgresDatabase>;
}
