using System.Text;
using DigiHub.Imports;
using DigiHub.Members;

namespace DigiHub.Tests.Imports;

/// <summary>What all tests of imports do: read a file as Alan, and see what its rows would do.</summary>
public abstract class ImportTests(TestDatabase database) : HubTests(database)
{
    protected Task<Outcome<Import>> Read(ImportKind kind, string csv, Member? by = null, int? siteId = null, bool asks = false) =>
        Read(kind, Encoding.UTF8.GetBytes(csv), by, siteId, asks);

    protected Task<Outcome<Import>> Read(ImportKind kind, byte[] csv, Member? by = null, int? siteId = null, bool asks = false) =>
        TestHub.Get<ReadImport>().Run(new((by ?? Cast.Alan).Id, kind,
            kind == ImportKind.Spaces ? siteId ?? Cast.East.Id : siteId, "table.csv", csv, AsksForColumns: asks), Stop);

    protected Task<Outcome<Import>> Apply(Import import, Member? by = null, bool sends = false, int? revision = null) =>
        TestHub.Get<ApplyImport>().Run(
            new(import.Id, (by ?? Cast.Alan).Id, revision, AcceptsEncoding: false, SendsEmails: sends), Stop);

    protected Task<Outcome<ImportUndone>> Undo(Import import, Member? by = null) =>
        TestHub.Get<UndoImport>().Run(import.Id, (by ?? Cast.Alan).Id, Stop);

    protected async Task<ShownImport> View(Import import) =>
        (await TestHub.Get<ImportView>().Run(new(import.Id), Cast.As(Cast.Alan), Stop))!;

    /// <summary>"2 New, 3 Refused value_missing": each row of the dry run, in the order of the file.</summary>
    protected async Task<string> Rows(Import import) => string.Join(", ", (await TestHub.Read(db => db.ImportRows.AsNoTracking()
        .Where(row => row.ImportId == import.Id).OrderBy(row => row.Line).ToListAsync(Stop)))
        .Select(row => $"{row.Line} {row.Outcome}{(row.Code is { } code ? " " + code : "")}"));

    protected async Task<string> Export(ImportKind kind, int? siteId = null, Language language = Language.German) =>
        Encoding.UTF8.GetString((await TestHub.Get<ExportTable>().Run(
            kind, kind == ImportKind.Spaces ? siteId ?? Cast.East.Id : siteId, language, Cast.As(Cast.Alan), Stop))!);

    /// <summary>Reads and applies what is expected to go through.</summary>
    protected async Task<Import> Done(ImportKind kind, string csv)
    {
        var read = await Read(kind, csv);
        return (await Apply(read.Value)).Value;
    }
}
