using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Data;
using DigiHub.Sites;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Imports;

public enum ImportKind { Spaces, Organisations, Members, Bookings }

/// <summary>What wrote the file; all but a table are turned into one first.</summary>
public enum ImportFormat { Csv, Ics, Mrbs, LibreBooking, Seatsurfing }

public enum ImportState
{
    /// <summary>Some columns are not known yet: nothing could be compared.</summary>
    Read,

    /// <summary>Compared with what the hub has: the rows say what applying would do.</summary>
    Checked,

    /// <summary>Being written row by row: <see cref="ContinueImports"/>.</summary>
    Applying,

    Done,

    /// <summary>Being taken back row by row.</summary>
    Undoing,

    Undone,
}

/// <summary>What a row of the file does, or did.</summary>
public enum RowOutcome
{
    New,

    Change,

    Same,

    Refused,

    /// <summary>Refused, and left out at the wish of who imports.</summary>
    Skipped,
}

/// <summary>
/// A file that somebody brings into the hub: read, compared, applied, and undone if need be. Nothing of it is written before it was
/// compared. File and rows are forgotten after <see cref="Kept"/>; that it took place stays.
/// </summary>
public sealed class Import
{
    public static readonly SubjectKind<Guid> Subject = new("import");

    public const int FileNameMax = 120;
    public const int RowsMax = 5_000;

    /// <summary>Of one series of a calendar file.</summary>
    public const int SeriesMax = 200;

    /// <summary>So long after it was applied it can be undone.</summary>
    public static readonly Duration UndoFor = Duration.FromHours(24);

    public static readonly Duration Kept = Duration.FromDays(30);

    public required Guid Id { get; init; }

    public required ImportKind Kind { get; init; }

    public ImportFormat Format { get; init; }

    /// <summary>Where its spaces are; null for what belongs to the whole hub.</summary>
    public int? SiteId { get; init; }

    public required string FileName { get; init; }

    /// <summary>The table: as it came, or as it was made of another system's files; null once it is forgotten.</summary>
    public byte[]? File { get; set; }

    /// <summary>Of what came, to recognise it by.</summary>
    public required byte[] Sha256 { get; init; }

    /// <summary>What its columns are taken for: <see cref="ColumnMap"/>.</summary>
    public required string Columns { get; set; }

    public required bool IsWindows1252 { get; init; }

    public ImportState State { get; set; }

    /// <summary>Rows that are refused do not hold up the others.</summary>
    public bool LeavesOutRefused { get; set; }

    /// <summary>Null: the operator, by a command.</summary>
    public Guid? ReadById { get; init; }

    public required Instant ReadAt { get; init; }

    /// <summary>Who has what goes row by row written or taken back; null: nobody yet, or the operator.</summary>
    public Guid? StartedById { get; set; }

    /// <summary>Each of the people gets one e-mail when it is done.</summary>
    public bool SendsEmails { get; set; }

    /// <summary>Until then somebody works on its rows. Only so that others look for something else: each row is safe by itself.</summary>
    public Instant? LeasedUntil { get; set; }

    public Instant? DoneAt { get; set; }

    public Instant? UndoneAt { get; set; }

    /// <summary>Raised whenever it is compared again: who applies says which they have seen.</summary>
    public int Revision { get; set; } = 1;

    public bool MayBeUndoneAt(Instant now) => State == ImportState.Done && now < DoneAt + UndoFor;

    /// <summary>Rows are being written or taken back.</summary>
    public bool IsUnderWay => State is ImportState.Applying or ImportState.Undoing;
}

/// <summary>One row of the file: what it does, and what stood there before.</summary>
public sealed class ImportRow
{
    public required Guid ImportId { get; init; }

    /// <summary>As a spreadsheet counts; headings are row 1.</summary>
    public required int Line { get; init; }

    public required RowOutcome Outcome { get; set; }

    /// <summary>What the row is about, as people call it.</summary>
    public required string Label { get; init; }

    /// <summary>Of the refusal; null where there is none.</summary>
    public string? Code { get; set; }

    /// <summary>The key of the column that is at fault.</summary>
    public string? Field { get; set; }

    public LocalisedText? Why { get; set; }

    /// <summary>Cells that change, as they stood: <see cref="ImportCells"/>.</summary>
    public required string Before { get; init; }

    /// <summary>The same as they are to stand; of something new all that are given.</summary>
    public required string After { get; set; }

    /// <summary>The thing it is about; a number as in <see cref="Activity.Subject.Numbered"/>. Null: not there yet.</summary>
    public Guid? OurId { get; set; }

    /// <summary>Where rows are written one by one: set in the commit that writes this one.</summary>
    public Instant? DoneAt { get; set; }

    public Instant? UndoneAt { get; set; }

    /// <summary>Why it was left as it is when the import was undone.</summary>
    public LocalisedText? WhyLeft { get; set; }

    internal ImportCells CellsBefore => ImportCells.Kept(Before);

    internal ImportCells CellsAfter => ImportCells.Kept(After);
}

internal sealed class ImportTable : IEntityTypeConfiguration<Import>
{
    public void Configure(EntityTypeBuilder<Import> builder)
    {
        builder.ToTable("imports");
        builder.Property(import => import.FileName).HasMaxLength(Import.FileNameMax);
        builder.Ignore(import => import.IsUnderWay);
        builder.HasIndex(import => import.ReadAt);
        builder.HasIndex(import => import.State); // looked at every few seconds, and files are large
        builder.HasOne<Site>().WithMany().HasForeignKey(import => import.SiteId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ImportRowTable : IEntityTypeConfiguration<ImportRow>
{
    public void Configure(EntityTypeBuilder<ImportRow> builder)
    {
        builder.ToTable("import_rows");
        builder.IsPersonal();
        builder.HasKey(row => new { row.ImportId, row.Line });
        builder.Ignore(row => row.CellsBefore);
        builder.Ignore(row => row.CellsAfter);
        builder.HasOne<Import>().WithMany().HasForeignKey(row => row.ImportId).OnDelete(DeleteBehavior.Cascade);
    }
}

public static class ImportSet
{
    extension(HubDb db)
    {
        public DbSet<Import> Imports => db.Set<Import>();

        /// <summary>What other systems call these bookings.</summary>
        public IQueryable<ForeignRow> ForeignRowsOf(IQueryable<Booking> bookings)
        {
            var kind = Booking.Subject.Name;
            return db.ForeignRows.Where(row => row.Kind == kind && bookings.Any(booking => booking.Id == row.OurId));
        }

        /// <summary>Rows of them are being written or taken back.</summary>
        public IQueryable<Import> ImportsUnderWay =>
            db.Imports.Where(import => import.State == ImportState.Applying || import.State == ImportState.Undoing);

        public DbSet<ImportRow> ImportRows => db.Set<ImportRow>();

        public DbSet<ForeignRow> ForeignRows => db.Set<ForeignRow>();
    }
}
