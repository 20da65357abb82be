using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AngleSharp.Html.Dom;
using DigiHub.Access;
using DigiHub.Bookings;
using DigiHub.Data;
using DigiHub.Imports;
using DigiHub.Members;
using DigiHub.Spaces;
using DigiHub.Tests;
using DigiHub.Web.Tests.Layout;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests.Imports;

/// <summary>Tables taken along and brought back in, without a script; rules 22 to 29 of running a hub.</summary>
public sealed class ImportPagesTests(SqliteDatabase database, Browser browser) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    private const string Table = "Name;Art;Etage;Plätze\nSpree;Raum;1;9\nIlse;Raum;3;6\n";

    [Fact]
    public async Task A_file_is_read_looked_at_applied_and_taken_back()
    {
        using var alan = await TestHub.SignIn(Cast.Alan);
        await Upload(alan, Table);
        Assert.Equal("Plätze und Räume: Probelauf", Heading(alan));
        Assert.Equal(["2 alle", "1 neu", "1 geändert"], alan.Page.QuerySelectorAll(".tally a").Select(chip =>
            string.Join(' ', chip.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))));
        Assert.Contains("Plätze: 8 9", alan.Text, StringComparison.Ordinal);
        Assert.Equal(8, await TestHub.Read(db => db.Spaces.CountAsync(Stop)));

        await alan.Send("#apply");
        Assert.Equal("Plätze und Räume: übernommen", Heading(alan));
        Assert.Contains("2 Änderungen geschrieben", alan.Text, StringComparison.Ordinal);
        Assert.Equal(9, await TestHub.Read(db => db.Spaces.CountAsync(Stop)));

        await alan.Send("#undo");
        Assert.Equal("Plätze und Räume: rückgängig gemacht", Heading(alan));
        Assert.Equal(8, await TestHub.Read(db => db.Spaces.CountAsync(Stop)));
        await alan.Open("/admin/import");
        Assert.Contains("rückgängig gemacht", alan.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_exported_on_the_pages_comes_back_unchanged()
    {
        foreach (var language in Enum.GetValues<Language>())
        {
            using var alan = await TestHub.SignIn(Cast.Alan, language);
            foreach (var (page, kind) in new[]
                { ("/admin/sites/east", "spaces"), ("/admin/organisations", "organisations"), ("/admin/people", "members") })
            {
                await alan.Open(page);
                var export = alan.Page.QuerySelector("a[href^='/admin/export/']")!.GetAttribute("href")!;
                var (headers, table) = await alan.Download(export);
                Assert.Equal("text/csv", headers.ContentType?.MediaType);
                Assert.NotNull(alan.Page.QuerySelector($"a[href^='/admin/import?kind={kind}']"));

                await Upload(alan, table, kind);

                Assert.Equal(2, alan.Page.QuerySelectorAll(".tally a").Length); // all of them, and those that are the same
                Assert.NotNull(alan.Page.QuerySelector("#apply button[disabled]"));
            }
        }
    }

    [Fact]
    public async Task Unknown_columns_are_asked_about()
    {
        using var alan = await TestHub.SignIn(Cast.Alan);
        await Upload(alan, "Name;Pläze;Schlüssel\nSpree;9;4711\n");
        Assert.Equal("Plätze und Räume: Spalten", Heading(alan));
        Assert.Contains("Meinen Sie „Plätze“?", alan.Text, StringComparison.Ordinal);

        await alan.Send("#columns"); // what is likely is chosen already
        Assert.Equal(HttpStatusCode.Conflict, alan.Status);
        Assert.Contains("Schlüssel", alan.Page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("capacity", ((IHtmlSelectElement)alan.Page.QuerySelector("[name=column1]")!).Value);

        await alan.Send("#columns", ("column1", "capacity"), ("column2", "-"));
        Assert.Equal("Plätze und Räume: Probelauf", Heading(alan));
    }

    [Fact]
    public async Task Refused_rows_hold_up_all_until_they_are_left_out()
    {
        using var alan = await TestHub.SignIn(Cast.Alan);
        await Upload(alan, Table + "Oder;Schloss;1;4\n");
        Assert.NotNull(alan.Page.QuerySelector("#apply button[disabled]"));
        Assert.StartsWith("Zeile 4", alan.Page.QuerySelector("tbody tr td")!.TextContent.Trim(), StringComparison.Ordinal);

        await alan.Send(".notice form");
        Assert.Null(alan.Page.QuerySelector("#apply button[disabled]"));
        await alan.Send("#apply");

        Assert.Equal(9, await TestHub.Read(db => db.Spaces.CountAsync(Stop)));
    }

    [Fact]
    public async Task What_changed_meanwhile_is_shown_instead_of_being_written()
    {
        using var alan = await TestHub.SignIn(Cast.Alan);
        await Upload(alan, Table);
        await TestHub.Services.GetRequiredService<DigiHub.Setup.EditSpaces>()
            .Run(Cast.Alan.Id, [Cast.Spree.Id], new() { Capacity = 9 }, Stop);

        await alan.Send("#apply");

        Assert.Equal(HttpStatusCode.Conflict, alan.Status);
        Assert.Contains("neuen Probelauf", alan.Text, StringComparison.Ordinal);
        Assert.Contains("1 unverändert", alan.Text, StringComparison.Ordinal);
        await alan.Send("#apply");
        Assert.Equal("Plätze und Räume: übernommen", Heading(alan));
    }

    [Theory]
    [InlineData("", HttpStatusCode.BadRequest)]
    [InlineData("PK\u0003\u0004", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("Name\n\"Spree", HttpStatusCode.Conflict)]
    public async Task A_file_that_is_none_is_refused_at_its_field(string text, HttpStatusCode status)
    {
        using var alan = await TestHub.SignIn(Cast.Alan);

        await Upload(alan, text);

        Assert.Equal(status, alan.Status);
        Assert.Equal(["#f-file"], alan.Page.QuerySelectorAll("#errors a").Select(link => link.GetAttribute("href")!));
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_refused_in_words()
    {
        using var alan = await TestHub.SignIn(Cast.Alan);

        await Upload(alan, new byte[CsvTable.BytesMax + 1]);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, alan.Status);
        Assert.Contains("5 MB", alan.Text, StringComparison.Ordinal);

        await Upload(alan, new byte[CsvTable.BytesMax - 100_000]); // zeros: no table, but read
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, alan.Status);
    }

    [Fact]
    public async Task A_file_in_windows_1252_needs_a_tick()
    {
        using var alan = await TestHub.SignIn(Cast.Alan);
        await Upload(alan, Encoding.Latin1.GetBytes(Table));
        await alan.Send("#apply");
        Assert.Equal(HttpStatusCode.Conflict, alan.Status);

        await alan.Send("#apply", ("encoding", "true"));

        Assert.Equal("Plätze und Räume: übernommen", Heading(alan));
    }

    [Fact]
    public async Task New_people_get_an_email_if_it_is_ticked()
    {
        using var alan = await TestHub.SignIn(Cast.Alan);
        await Upload(alan, "Name;E-Mail\nLise Meitner;lise@example.org\n", "members");

        await alan.Send("#apply", ("emails", "true"));

        var told = Assert.Single(await TestHub.Read(db => db.Set<DigiHub.Notifications.Notification>()
            .Where(one => one.Type == MemberNotifications.Added).ToListAsync(Stop)));
        Assert.Equal("lise@example.org", told.RecipientEmail?.Shown);
    }

    [Fact]
    public async Task Bookings_are_written_row_by_row_and_those_that_are_refused_hold_up_nobody()
    {
        using var alan = await TestHub.SignIn(Cast.Alan);
        await Upload(alan, "Raum;Von;Bis;E-Mail\nSpree;2026-11-24 09:00;2026-11-24 10:00;ada@example.org\n"
            + "Panke;2026-11-16 09:00;2026-11-16 10:00;bob@example.org\n"
            + "Spree;2026-11-24 09:30;2026-11-24 10:30;bob@example.org\n", "bookings");
        Assert.Equal("Buchungen: Probelauf", Heading(alan));
        Assert.NotNull(alan.Page.QuerySelector("#apply [name=emails]"));

        await alan.Send("#apply");
        Assert.Equal("Buchungen: übernommen", Heading(alan));
        Assert.Contains("2 Änderungen geschrieben", alan.Text, StringComparison.Ordinal);
        Assert.Contains("1 Zeile abgelehnt", alan.Text, StringComparison.Ordinal);
        Assert.Equal(2, await TestHub.Read(db => db.Bookings.CountAsync(Stop)));

        await alan.Send("#undo");
        Assert.Equal("Buchungen: rückgängig gemacht", Heading(alan));
        Assert.Contains("Alles ist wieder wie vorher", alan.Text, StringComparison.Ordinal);
        Assert.Equal([BookingStatus.Cancelled], await TestHub.Read(db => db.Bookings.Select(one => one.Status).ToListAsync(Stop)));
    }

    [Fact]
    public async Task A_large_import_goes_on_without_the_page_which_says_how_far_it_is()
    {
        using var alan = await TestHub.SignIn(Cast.Alan);
        var text = new StringBuilder("Raum;Von;Bis;E-Mail\n");
        for (var i = 0; i < ContinueImports.RowsAtOnce + 5; i++)
        {
            var start = new LocalDate(2026, 10, 1).PlusDays(i / 20) + new LocalTime(8, 0).PlusMinutes(30 * (i % 20));
            text.Append(CultureInfo.InvariantCulture,
                $"Spree;{start:uuuu-MM-dd HH:mm};{start.PlusMinutes(30):uuuu-MM-dd HH:mm};ada@example.org\n");
        }

        await Upload(alan, text.ToString(), "bookings");
        await alan.Send("#apply");

        Assert.Equal("Buchungen: wird geschrieben", Heading(alan));
        Assert.Contains("5 Zeilen noch zu schreiben", alan.Text, StringComparison.Ordinal);
        Assert.Equal(1, await TestHub.Services.GetRequiredService<ContinueImports>().Run(Stop));
        await alan.Open(alan.Address.AbsolutePath);
        Assert.Equal("Buchungen: übernommen", Heading(alan));
    }

    [Fact]
    public async Task Files_of_another_system_are_chosen_together()
    {
        using var alan = await TestHub.SignIn(Cast.Alan);

        await Upload(alan, "bookings", "mrbs",
            "id,start_time,end_time,room_id,create_by,name,status\n1,1795507200,1795510800,7,ada,Jour fixe,0\n",
            "id,area_id,room_name\n7,1,Spree\n", "id,name,email\n1,ada,ada@example.org\n");

        Assert.Equal("Buchungen: Probelauf", Heading(alan));
        Assert.Contains("MRBS", alan.Text, StringComparison.Ordinal);
        await alan.Send("#apply");
        Assert.Equal("Jour fixe", (await TestHub.Read(db => db.Bookings.SingleAsync(Stop))).Title);

        await Upload(alan, "bookings", "ics", "no calendar");
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, alan.Status);
        await Upload(alan, "organisations", "ics", "no calendar");
        Assert.Equal(["#f-format"], alan.Page.QuerySelectorAll("#errors a").Select(link => link.GetAttribute("href")!));
    }

    [Fact]
    public async Task Tables_leave_as_workbooks_too()
    {
        using var alan = await TestHub.SignIn(Cast.Alan);
        await alan.Open("/admin/import");

        var links = alan.Page.QuerySelectorAll("a[href^='/admin/export/'][href*='.xlsx']").Select(one => one.GetAttribute("href")!);
        foreach (var link in links.ToList())
        {
            var (headers, book) = await alan.Download(link);
            Assert.Equal("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", headers.ContentType?.MediaType);
            Assert.Equal("PK"u8.ToArray(), book[..2]);
        }
    }

    [Fact]
    public async Task Programs_begin_an_import_of_bookings_and_ask_how_far_it_is()
    {
        using var alan = await TestHub.NewApiClient(Cast.Alan);
        var read = await alan.PostAsync(At("/api/v1/imports"), Json(
            """
            {"kind":"bookings","site":"east",
             "content":"Raum;Von;Bis;E-Mail\nSpree;2026-11-24 09:00;2026-11-24 10:00;ada@example.org\n"}
            """), Stop);
        var place = read.Headers.Location!.OriginalString;

        var begun = await alan.PostAsync(At($"{place}/apply"), Json("{}"), Stop);
        Assert.Contains("\"state\":\"applying\"", await begun.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        await TestHub.Services.GetRequiredService<ContinueImports>().Run(Stop);

        Assert.Contains("\"state\":\"done\"", await alan.GetStringAsync(At(place), Stop), StringComparison.Ordinal);
        var again = await alan.PostAsync(At("/api/v1/imports"), Json(
            """{"kind":"bookings","site":"east","format":"ics","content":"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"}"""), Stop);
        Assert.Contains("file_not_csv", await again.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_administrator_of_one_site_sees_only_what_is_theirs()
    {
        await TestHub.Services.GetRequiredService<GrantRoles>()
            .Run(new(Cast.Bob.Id, [Role.Administrator], Cast.Alan.Id, Cast.West.Id), Stop);
        using var alan = await TestHub.SignIn(Cast.Alan);
        await Upload(alan, Table);
        var import = alan.Address.AbsolutePath;
        using var bob = await TestHub.SignIn(Cast.Bob);

        await bob.Open("/admin/import");
        Assert.Equal(
            [
                "/admin/export/spaces.csv?site=west", "/admin/export/spaces.xlsx?site=west",
                "/admin/export/bookings.csv?site=west", "/admin/export/bookings.xlsx?site=west",
            ],
            bob.Page.QuerySelectorAll("a[href^='/admin/export/']").Select(link => link.GetAttribute("href")!));
        Assert.Null(bob.Page.QuerySelector($"a[href='{import}']"));
        foreach (var path in new[] { import, "/admin/export/spaces.csv?site=east", "/admin/export/members.csv",
            "/admin/export/bookings.csv?site=east", "/admin/export/bookings.xlsx?site=east",
            "/admin/export/members.xlsx", "/admin/export/bookings.csv", "/admin/export/x.csv" })
        {
            await bob.Open(path);
            Assert.Equal(HttpStatusCode.NotFound, bob.Status);
        }
    }

    [Fact]
    public async Task Programs_read_look_apply_and_undo()
    {
        using var alan = await TestHub.NewApiClient(Cast.Alan);
        var read = await alan.PostAsync(At("/api/v1/imports"), Json(
            """{"kind":"spaces","site":"east","fileName":"spaces.csv","content":"Name;Seats\nSpree;9\nPanke;0\n"}"""), Stop);
        Assert.Equal(HttpStatusCode.Created, read.StatusCode);
        var place = read.Headers.Location!.OriginalString;
        Assert.Contains("\"refused\":1", await alan.GetStringAsync(At(place), Stop), StringComparison.Ordinal);
        Assert.Contains("number_out_of_range",
            await alan.GetStringAsync(At($"{place}/rows?outcome=refused"), Stop), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await alan.PostAsync(At($"{place}/apply"), Json("{}"), Stop)).StatusCode);

        var good = (await alan.PostAsync(At("/api/v1/imports"), Json(
            """{"kind":"spaces","site":"east","content":"Resource;Seats\nSpree;9\n","columns":{"Resource":"name"}}"""), Stop))
            .Headers.Location!.OriginalString;
        Assert.Equal(HttpStatusCode.OK, (await alan.PostAsync(At($"{good}/apply"), Json("{}"), Stop)).StatusCode);
        Assert.Contains("Spree;Raum;1;",
            await alan.GetStringAsync(At("/api/v1/exports/spaces.csv?site=east"), Stop), StringComparison.Ordinal);
        var undone = await alan.PostAsync(At($"{good}/undo"), Json("{}"), Stop);
        Assert.Contains("\"undone\":1", await undone.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);

        var large = await alan.PostAsync(At("/api/v1/imports"), Json(
            $$"""{"kind":"organisations","content":"{{new string('x', CsvTable.BytesMax + 1)}}"}"""), Stop);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        Assert.Contains("file_too_large", await large.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_page_of_an_import_has_a_fault_that_tools_find()
    {
        await using var visitor = await browser.Visit(TestHub, new Viewing());
        await TestHub.SignIn(visitor, Cast.Alan);
        foreach (var text in new[] { Table + "Oder;Schloss;1;4\n", "Name;Pläze\nSpree;9\n" })
        {
            var import = await TestHub.Services.GetRequiredService<ReadImport>().Run(new(
                Cast.Alan.Id, ImportKind.Spaces, Cast.East.Id, "table.csv", Encoding.UTF8.GetBytes(text), AsksForColumns: true), Stop);
            foreach (var path in new[] { "/admin/import", $"/admin/import/{import.Value.Id}" })
            {
                await visitor.Open(path);
                await visitor.CheckPage();
            }
        }
    }

    private static Uri At(string path) => new(path, UriKind.Relative);

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static string Heading(Reader reader) => reader.Page.QuerySelector("h1")!.TextContent.Trim();

    private static Task Upload(Reader reader, string text, string kind = "spaces") => Upload(reader, Encoding.UTF8.GetBytes(text), kind);

    private static Task Upload(Reader reader, byte[] file, string kind = "spaces") => Upload(reader, kind, "csv", [file]);

    private static Task Upload(Reader reader, string kind, string format, params string[] texts) =>
        Upload(reader, kind, format, [.. texts.Select(Encoding.UTF8.GetBytes)]);

    /// <summary>Sends the form with its files, as a browser does.</summary>
    private static async Task Upload(Reader reader, string kind, string format, byte[][] files)
    {
        await reader.Open("/admin/import");
        var form = (IHtmlFormElement)reader.Page.QuerySelector("#read")!;
        using var content = new MultipartFormDataContent();
        foreach (var hidden in form.QuerySelectorAll("input[type=hidden]"))
            content.Add(new StringContent(hidden.GetAttribute("value") ?? ""), hidden.GetAttribute("name")!);
        content.Add(new StringContent(kind), "kind");
        content.Add(new StringContent(format), "format");
        content.Add(new StringContent("east"), "site");
        foreach (var file in files)
        {
            var part = new ByteArrayContent(file);
            part.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
            content.Add(part, "file", string.Create(CultureInfo.InvariantCulture, $"table-{file.Length}.csv"));
        }

        await reader.Post("/admin/import", content);
    }
}
