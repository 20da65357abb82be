using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DigiHub.Privacy;

namespace DigiHub.Web.Privacy;

/// <summary>
/// Somebody's own data as one ZIP: each table as JSON and for spreadsheets, a calendar, and a page that says what is what.
/// </summary>
internal static class OwnDataZip
{
    private static readonly JsonSerializerOptions readable = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // a file of its own, never part of a page
    };

    public static byte[] Write(OwnDataFound found, string hubName, Instant at)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "readme.txt", Encoding.UTF8.GetBytes(ReadMe(found, hubName)), at);
            foreach (var table in found.Tables)
            {
                Add(zip, $"{table.Table}.json", Encoding.UTF8.GetBytes(Json(table)), at);
                Add(zip, $"{table.Table}.csv", CsvText.Write([table.Columns, .. table.Rows.Select(Cells)]), at);
            }

            if (found.Calendar is { } calendar)
                Add(zip, "calendar.ics", Encoding.UTF8.GetBytes(calendar), at);
        }

        return bytes.ToArray();
    }

    private static string Json(OwnTable table) => new JsonArray(
        [.. table.Rows.Select(row => new JsonObject(table.Columns.Zip(row, KeyValuePair.Create)))]).ToJsonString(readable);

    private static string ReadMe(OwnDataFound found, string hubName)
    {
        var stored = new Words("everything that is stored about you", "alles, was über Sie gespeichert ist",
            "alles, was über dich gespeichert ist");
        var text = new StringBuilder()
            .Append(hubName).AppendLine(": everything that is stored about you / " + stored.In(Language.German))
            .AppendLine()
            .AppendLine("Each table of the database stands here as *.json, one object a row, and as *.csv. Times that end in Z are UTC;")
            .AppendLine("others are on the clock of the site. Passwords and secrets are not included: only hashes of them are stored.")
            .AppendLine()
            .AppendLine("Jede Tabelle der Datenbank steht hier als *.json, ein Objekt je Zeile, und als *.csv. Zeiten mit Z am Ende sind")
            .AppendLine("UTC, andere in der Ortszeit des Standorts. Passwörter und Geheimnisse fehlen: Davon gibt es nur Hashwerte.")
            .AppendLine();
        foreach (var table in found.Tables)
            text.AppendLine(CultureInfo.InvariantCulture, $"{table.Table}: {table.Rows.Count}");
        if (found.Calendar is not null)
            text.AppendLine("calendar.ics: bookings and registrations for a calendar / Buchungen und Anmeldungen für einen Kalender");
        return text.ToString();
    }

    private static List<string?> Cells(IReadOnlyList<JsonNode?> row) => [.. row.Select(cell => cell?.ToString())];

    private static void Add(ZipArchive zip, string name, byte[] bytes, Instant at)
    {
        var entry = zip.CreateEntry(name);
        entry.LastWriteTime = at.ToDateTimeOffset();
        using var stream = entry.Open();
        stream.Write(bytes);
    }
}
