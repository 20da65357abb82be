using System.Globalization;
using System.Text;
using DigiHub.Bookings;
using DigiHub.Data;
using DigiHub.Imports;

namespace DigiHub.Tests.Imports;

/// <summary>Files as other systems write them become bookings here. It is Monday 23 November 2026, 09:00 in Berlin.</summary>
public abstract class ForeignFilesTests(TestDatabase database) : ImportTests(database)
{
    private const string Rooms = "id,disabled,area_id,room_name,capacity\n7,0,3,Spree,8\n8,0,4,Panke,0\n9,1,3,Dahme,6\n";

    private const string Areas = "id,area_name,timezone,enable_periods\n3,2. OG,Europe/Berlin,0\n4,Keller,Europe/Berlin,1\n";

    private const string Users = "id,level,name,display_name,email\n1,1,ada,Ada,ada@example.org\n2,1,jdoe,Jane Doe,NULL\n";

    [Fact]
    public async Task Tables_of_mrbs_become_bookings_by_the_names_of_rooms_and_people()
    {
        // 2026-11-24 08:00Z is 09:00 in Berlin; the last of the summer time is 07:00Z.
        const string entries = "id,start_time,end_time,entry_type,repeat_id,room_id,create_by,name,status,ical_uid,ical_recur_id\n"
            + "11,1795507200,1795510800,0,NULL,7,ada,\"Jour fixe, kurz\",0,MRBS-1@x,NULL\n"
            + "12,1795593600,1795597200,1,5,7,ADA,Serie,0,MRBS-2@x,20261125T080000Z\n"
            + "13,1795593600,1795597200,0,NULL,7,jdoe,Doe,0,MRBS-3@x,NULL\n"
            + "14,1795593600,1795597200,0,NULL,8,ada,Perioden,0,MRBS-4@x,NULL\n"
            + "15,1795600800,1795604400,0,NULL,7,bob@example.org,Anfrage,2,MRBS-5@x,NULL\n"
            + "16,1761202800,1761206400,0,NULL,7,ada,Vergangen,0,,NULL\n"
            + "17,1795600800,1795604400,0,NULL,99,ada,Wo,0,MRBS-7@x,NULL\n";

        var import = await Bring(ImportFormat.Mrbs, ("entry.csv", entries), ("room.csv", Rooms), ("area.csv", Areas), ("users.csv", Users));

        Assert.Equal("2 New, 3 New, 4 Refused address_missing, 5 Refused periods_only, 6 Refused not_approved, 7 New, "
            + "8 Refused value_missing", await Rows(import));
        var bookings = await Bookings();
        Assert.Equal([new(2025, 10, 23, 9, 0), new(2026, 11, 24, 9, 0), new LocalDateTime(2026, 11, 25, 9, 0)],
            bookings.Select(one => one.StartLocal));
        Assert.Equal("Jour fixe, kurz", bookings[1].Title);
        Assert.Equal(["MRBS-1@x", "MRBS-2@x/20261125T080000Z", "entry 16"], await Numbers());
    }

    [Fact]
    public async Task What_came_from_the_tables_of_mrbs_is_known_in_its_calendar()
    {
        const string entries = "id,start_time,end_time,room_id,create_by,name,status,ical_uid,ical_recur_id\n"
            + "12,1795593600,1795597200,7,ada,Serie,0,MRBS-2@x,20261125T080000Z\n";
        await Bring(ImportFormat.Mrbs, ("entry.csv", entries), ("room.csv", Rooms), ("users.csv", Users));

        var import = await Bring(ImportFormat.Mrbs, ("mrbs.ics", Calendar("""
            BEGIN:VEVENT
            UID:MRBS-2@x
            DTSTAMP:20261101T080000Z
            RECURRENCE-ID:20261125T080000Z
            DTSTART;TZID=Europe/Berlin:20261125T090000
            DTEND;TZID=Europe/Berlin:20261125T100000
            SUMMARY:Serie
            LOCATION:2. OG/Spree
            ORGANIZER;CN=Ada;X-MRBS-USERNAME=ada:mailto:ada@example.org
            X-MRBS-TYPE:Internal
            STATUS:CONFIRMED
            END:VEVENT
            """)));

        Assert.Equal("2 Same", await Rows(import));
        Assert.Single(await Bookings());
    }

    [Fact]
    public async Task Rooms_and_people_of_mrbs_become_tables_of_ours()
    {
        var rooms = (await Read(ImportKind.Spaces, ImportFormat.Mrbs, Cast.East.Id, ("room.csv", Rooms), ("area.csv", Areas))).Value;
        Assert.Equal("2 Change, 3 Change, 4 New", await Rows(rooms));
        var people = (await Read(ImportKind.Members, ImportFormat.Mrbs, siteId: null, ("users.csv", Users))).Value;
        Assert.Equal("2 Same, 3 Refused value_missing", await Rows(people));
        Assert.Equal("format_without_kind", (await Read(ImportKind.Organisations, ImportFormat.Mrbs, siteId: null, ("users.csv", Users)))
            .Refusal?.Code);
    }

    [Theory]
    [InlineData("Benutzer,Ressource,Titel,Beschreibung,Beginn,Ende,Dauer,Erzeugt,Zuletzt geändert,Referenznummer",
        "24.11.2026 09:00", "24.11.2026 10:00", "01.11.2026 10:00:00")]
    [InlineData("User,Resource,Title,Description,Begin,End,Duration,Created,Last Modified,Reference Number",
        "Tue, 11/24 9:00 AM", "Tue, 11/24 10:00 AM", "11/01/2026 10:00:00 AM")]
    [InlineData("Utilisateur,Ressource,Titre,Description,Début,Fin,Durée,Créé,Modifié,Numéro de référence",
        "24/11/2026 09:00", "24/11/2026 10:00", "01/11/2026 10:00:00")]
    [InlineData("Usuario,Recurso,X,Y,Z,A,B,C,D,E", "2026-11-24 09:00", "2026-11-24 10:00", "2026-11-01 10:00")]
    public async Task Reservations_of_librebooking_are_read_in_every_language(string headings, string begin, string end, string created)
    {
        var table = $"{headings}\n\n\"Ada\",\"Spree\",\"R&amp;D &quot;kurz&quot; &amp;amp;\",\"\",{begin},{end},\"1 hour\","
            + $"{created},{created},5f1c\n\n"
            + $"\"Unbekannt\",\"Spree\",\"\",\"\",{begin},{end},\"1 hour\",{created},{created},5f1d\n";

        var import = await Bring(ImportFormat.LibreBooking, ("reservations.csv", table), ("users.csv",
            "\"Name\",\"Benutzername\",\"E-Mail\",\"Telefon\",\n\"Ada\",\"ada\",\"ada@example.org\",\"\",\n"));

        Assert.Equal("2 New, 3 Refused address_missing", await Rows(import));
        var booking = Assert.Single(await Bookings());
        Assert.Equal((new(2026, 11, 24, 9, 0), "R&D \"kurz\" &amp;"), (booking.StartLocal, booking.Title)); // decoded once
        Assert.Equal(["5f1c Spree"], await Numbers());
    }

    [Fact]
    public async Task Dates_that_could_be_either_month_are_refused()
    {
        const string table = "User,Resource,Title,Description,Begin,End,Duration,Created,Last Modified,Reference Number\n"
            + "Ada,Spree,,,12/11/2026 9:00 AM,12/11/2026 10:00 AM,,11/01/2026 10:00:00 AM,,1\n";

        Assert.Equal("2 Refused time_unreadable", await Rows((await Read(
            ImportKind.Bookings, ImportFormat.LibreBooking, Cast.East.Id, ("r.csv", table))).Value));
    }

    [Fact]
    public async Task Times_of_seatsurfing_end_in_z_but_are_the_wall_clock()
    {
        const string bookings = """
            [{"id":"b1","userEmail":"ada@example.org","userFirstname":"Ada","approved":true,"subject":"",
              "enter":"2026-11-24T08:00:00Z","leave":"2026-11-24T20:00:00Z",
              "space":{"id":"s1","locationId":"l1","name":"E1-01","location":{"id":"l1","name":"1. OG"}}},
             {"id":"b2","userEmail":"bob@example.org","approved":true,
              "enter":"2026-11-24T08:00:00+01:00","leave":"2026-11-24T20:00:00+01:00",
              "space":{"id":"s2","locationId":"l1","name":"E1-02"}},
             {"id":"b3","userEmail":"bob@example.org","approved":false,"enter":"2026-11-25T08:00:00Z","leave":"2026-11-25T14:00:00Z",
              "space":{"id":"s2","locationId":"l1","name":"E1-02"}}]
            """;
        const string locations = """[{"id":"l1","organizationId":"o","name":"1. OG","timezone":"Europe/Berlin","mapWidth":10}]""";
        const string spaces = """
            [{"id":"s1","locationId":"l1","name":"E1-01","x":1,"enabled":true},{"id":"s3","locationId":"l1","name":"E1-09"}]
            """;
        const string map = """{"width":100,"height":50,"mimeType":"png","data":""}""";

        var import = await Bring(ImportFormat.Seatsurfing, ("bookings.json", bookings), ("locations.json", locations), ("map.json", map));

        Assert.Equal("2 New, 3 New, 4 Refused not_approved", await Rows(import));
        Assert.All(await Bookings(), one => Assert.Equal(new(2026, 11, 24, 8, 0), one.StartLocal));
        Assert.Equal("2 Same, 3 New", await Rows((await Read(
            ImportKind.Spaces, ImportFormat.Seatsurfing, Cast.East.Id, ("s.json", spaces), ("l.json", locations))).Value));
    }

    [Fact]
    public async Task Another_zone_of_a_location_is_reckoned_with()
    {
        var import = await Bring(ImportFormat.Seatsurfing, ("b.json", """
            [{"id":"b1","userEmail":"ada@example.org","enter":"2026-11-24T09:00:00Z","leave":"2026-11-24T10:00:00Z",
              "space":{"id":"s1","locationId":"l1","name":"Spree"}}]
            """), ("l.json", """[{"id":"l1","name":"London","timezone":"Europe/London"}]"""));

        Assert.Equal("2 New", await Rows(import));
        Assert.Equal(new(2026, 11, 24, 10, 0), (await Bookings()).Single().StartLocal);
    }

    [Fact]
    public async Task A_series_of_a_calendar_becomes_its_dates_with_all_exceptions()
    {
        var import = await Bring(ImportFormat.Ics, ("Spree.ics", Calendar("""
            BEGIN:VEVENT
            UID:series@x
            DTSTAMP:20261101T080000Z
            DTSTART;TZID=Europe/Berlin:20261124T090000
            DTEND;TZID=Europe/Berlin:20261124T100000
            RRULE:FREQ=DAILY;COUNT=4
            EXDATE;TZID=Europe/Berlin:20261125T090000
            SUMMARY:Stand-up
            ORGANIZER;CN=Ada:mailto:ada@example.org
            END:VEVENT
            BEGIN:VEVENT
            UID:series@x
            DTSTAMP:20261101T080000Z
            RECURRENCE-ID;TZID=Europe/Berlin:20261126T090000
            DTSTART;TZID=Europe/Berlin:20261126T140000
            DTEND;TZID=Europe/Berlin:20261126T150000
            SUMMARY:Stand-up
            ORGANIZER:mailto:ada@example.org
            END:VEVENT
            BEGIN:VEVENT
            UID:series@x
            DTSTAMP:20261101T080000Z
            RECURRENCE-ID;TZID=Europe/Berlin:20261127T090000
            DTSTART;TZID=Europe/Berlin:20261127T090000
            DTEND;TZID=Europe/Berlin:20261127T100000
            STATUS:CANCELLED
            ORGANIZER:mailto:ada@example.org
            END:VEVENT
            """)));

        Assert.Equal("2 New, 3 New, 4 Skipped booking_cancelled", await Rows(import));
        Assert.Equal([new(2026, 11, 24, 9, 0), new LocalDateTime(2026, 11, 26, 14, 0)], (await Bookings()).Select(one => one.StartLocal));
        Assert.Equal("2 Same, 3 Same, 4 Skipped booking_cancelled", await Rows((await Again(import))));
    }

    [Fact]
    public async Task A_series_over_the_change_of_the_clocks_keeps_its_local_time()
    {
        var import = await Bring(ImportFormat.Ics, ("Spree.ics", Calendar("""
            BEGIN:VEVENT
            UID:autumn@x
            DTSTAMP:20261001T080000Z
            DTSTART;TZID=Europe/Berlin:20261022T090000
            DURATION:PT1H
            RRULE:FREQ=WEEKLY;COUNT=2
            ORGANIZER:mailto:ada@example.org
            END:VEVENT
            """)));

        Assert.Equal("2 New, 3 New", await Rows(import));
        Assert.Equal([new(2026, 10, 22, 9, 0), new LocalDateTime(2026, 10, 29, 9, 0)], (await Bookings()).Select(one => one.StartLocal));
        Assert.Equal([7, 8], (await Bookings()).Select(one => one.Start.InUtc().Hour));
    }

    [Theory]
    [InlineData("RRULE:FREQ=DAILY", "series_too_long")]
    [InlineData("RRULE:FREQ=SECONDLY", "series_unreadable")]
    [InlineData("RRULE:FREQ=MINUTELY;INTERVAL=5", "series_unreadable")]
    public async Task A_series_without_bounds_is_one_refused_row(string rule, string code)
    {
        var import = (await Read(ImportKind.Bookings, ImportFormat.Ics, Cast.East.Id, ("Spree.ics", Calendar($"""
            BEGIN:VEVENT
            UID:endless@x
            DTSTAMP:20261001T080000Z
            DTSTART;TZID=Europe/Berlin:20160104T090000
            DTEND;TZID=Europe/Berlin:20160104T100000
            {rule}
            ORGANIZER:mailto:ada@example.org
            END:VEVENT
            """)))).Value;

        Assert.Equal($"2 Refused {code}", await Rows(import));
    }

    [Theory]
    [InlineData("x.ics", "", "LOCATION:Haus A\\, Spree")]
    [InlineData("x.ics", "X-WR-CALNAME:Spree", "")]
    [InlineData("spree.ics", "", "LOCATION:Videokonferenz")]
    public async Task The_room_is_named_by_the_place_the_calendar_or_the_file(string file, string calendar, string location)
    {
        var text = Calendar($"""
            BEGIN:VEVENT
            UID:one@x
            DTSTAMP:20261101T080000Z
            DTSTART:20261124T080000Z
            DTEND:20261124T090000Z
            {location}
            ORGANIZER:mailto:ada@example.org
            END:VEVENT
            """, calendar);

        Assert.Equal("2 New", await Rows((await Read(ImportKind.Bookings, ImportFormat.Ics, Cast.East.Id, (file, text))).Value));
    }

    [Fact]
    public async Task A_whole_day_of_a_calendar_is_from_opening_to_closing()
    {
        var import = await Bring(ImportFormat.Ics, ("E1-01.ics", Calendar("""
            BEGIN:VEVENT
            UID:day@x
            DTSTAMP:20261101T080000Z
            DTSTART;VALUE=DATE:20261124
            DTEND;VALUE=DATE:20261125
            ORGANIZER:mailto:ada@example.org
            END:VEVENT
            """)));

        Assert.Equal("2 New", await Rows(import));
        Assert.Equal(new LocalDateTime(2026, 11, 24, 20, 0), (await Bookings()).Single().EndLocal);
    }

    [Theory]
    [InlineData(ImportFormat.Ics, "Name;Art\nx;y\n")]
    [InlineData(ImportFormat.Mrbs, "Name;Art\nx;y\n")]
    [InlineData(ImportFormat.LibreBooking, "Name;Art\nx;y\n")]
    [InlineData(ImportFormat.Seatsurfing, "Name;Art\nx;y\n")]
    [InlineData(ImportFormat.Seatsurfing, "[1,2]")]
    [InlineData(ImportFormat.Seatsurfing, "[]")]
    [InlineData(ImportFormat.Ics, "BEGIN:VCALENDAR\nBEGIN:VEVENT\n")]
    public async Task What_is_no_file_of_that_system_is_refused(ImportFormat format, string text) =>
        Assert.Equal("file_not_csv", (await Read(ImportKind.Bookings, format, Cast.East.Id, ("x", text))).Refusal?.Code);

    private static string Calendar(string events, string property = "") =>
        string.Join("\r\n", $"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//x//EN\n{property}\n{events}\nEND:VCALENDAR\n".Split('\n')
            .Select(line => line.Trim()).Where(line => line.Length > 0)) + "\r\n";

    private (string Name, string Text)[] brought = [];

    private async Task<Import> Bring(ImportFormat format, params (string Name, string Text)[] files)
    {
        brought = files;
        var import = (await Read(ImportKind.Bookings, format, Cast.East.Id, files)).Value;
        if ((await View(import)).Changes > 0)
        {
            Assert.True((await Apply(import)).IsDone);
            Assert.True(await TestHub.Get<ContinueImports>().Run(import.Id, int.MaxValue, Stop));
        }

        return import;
    }

    private async Task<Import> Again(Import import) => (await Read(ImportKind.Bookings, import.Format, Cast.East.Id, brought)).Value;

    private Task<Outcome<Import>> Read(ImportKind kind, ImportFormat format, int? siteId, params (string Name, string Text)[] files)
    {
        var all = files.Select(file => new ForeignFile(file.Name, Encoding.UTF8.GetBytes(file.Text))).ToList();
        return TestHub.Get<ReadImport>().Run(
            new(Cast.Alan.Id, kind, siteId, all[0].Name, all[0].Content, Format: format, More: all[1..]), Stop);
    }

    private Task<List<Booking>> Bookings() => TestHub.Read(db => db.Bookings.AsNoTracking().OrderBy(one => one.Start).ToListAsync(Stop));

    private async Task<IEnumerable<string>> Numbers() =>
        (await TestHub.Read(db => db.ForeignRows.Select(one => one.ForeignId).ToListAsync(Stop))).Order(StringComparer.Ordinal);

    public sealed class OnSqlite(SqliteDatabase database) : ForeignFilesTests(database), IClassFixture<SqliteDatabase>;
    public sealed class OnPostgres(PostgresDatabase database) : ForeignFilesTests(database), IClassFixture<PostgresDatabase>;
}
