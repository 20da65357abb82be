using System.Globalization;
using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Imports;

/// <summary>
/// Bookings of one site, written row by row through the rules of bookings. One that came before is found by its number, which may be
/// another system's, or because the same person has the same space at the same time; it is never changed.
/// </summary>
internal sealed class BookingImport(Catalogue catalogue, IClock clock) : IImportKind
{
    public ImportKind Kind => ImportKind.Bookings;

    public IReadOnlyList<ImportColumn> Columns => BookingColumns.All;

    public IReadOnlyList<string[]> Needed { get; } =
        [[BookingColumns.Space, BookingColumns.Start, BookingColumns.End, BookingColumns.Email]];

    public Permission Permission => Permission.ManageSites;

    public bool IsOfSite => true;

    public bool IsRowByRow => true;

    public int RowsMax => CsvTable.RowsMax;

    public LockKey Lock => LockKey.OfBookingImports;

    public async Task<ImportRun> Open(HubDb db, int? siteId, CancellationToken stop) =>
        new BookingImportRun(Columns, catalogue, await catalogue.Map(stop), siteId!.Value, clock.GetCurrentInstant());
}

internal sealed class BookingImportRun : RowByRowImportRun
{
    private const string OwnSource = "digihub", TableSource = "csv";

    private readonly Catalogue catalogue;
    private readonly HubDirectory map;
    private readonly SiteContext place;
    private readonly Instant now;
    private readonly Dictionary<string, Space> spaces;
    private readonly Dictionary<int, Asked> asked = [];
    private readonly Dictionary<string, int> lines = new(StringComparer.Ordinal);
    private BookingsThen then = null!;

    public BookingImportRun(
        IReadOnlyList<ImportColumn> columns, Catalogue catalogue, HubDirectory map, int siteId, Instant now)
        : base(columns)
    {
        (this.catalogue, this.map, this.now) = (catalogue, map, now);
        place = map.Place(siteId)!;
        spaces = SpacesOf(map, siteId);
    }

    public override Words Show(string column, string value) =>
        column == BookingColumns.Status ? ShowChoice(value, BookingColumns.Statuses) : new(value, value);

    public override async Task Load(HubDb db, IReadOnlyList<GivenRow> rows, CancellationToken stop)
    {
        foreach (var row in rows)
            asked[row.Line] = Read(row);
        then = await BookingsThen.Load(db, map, place, asked.Values, now, stop);
    }

    public override PlannedRow Plan(GivenRow row)
    {
        var one = asked[row.Line];
        if (one.Wrong is { } wrong)
            return Is(RowOutcome.Refused, wrong);
        if (one.Id is { } id && !lines.TryAdd($"{one.Source} {id}", row.Line))
            return Is(RowOutcome.Refused, ImportRefusals.Twice(Column(BookingColumns.Id), lines[$"{one.Source} {id}"]));
        if (then.Of(one) is { } known)
        {
            return known.Is(one, then.Members.GetValueOrDefault(one.EmailKey ?? "")?.Id)
                ? Is(RowOutcome.Same, why: null, known.Id)
                : Is(RowOutcome.Refused, ImportRefusals.BookingDiffers, known.Id);
        }

        if (one.IsCancelled)
            return Is(RowOutcome.Skipped, ImportRefusals.IsCancelled);
        if (WhyNotNew(one) is { } missing)
            return Is(RowOutcome.Refused, missing);
        var member = then.Members[one.EmailKey!];
        if (then.Standing(one, member.Id) is { } there)
            return Is(RowOutcome.Same, why: null, there);
        if (one.Id is null && !lines.TryAdd($"{one.Space!.Id} {one.When} {member.Id}", row.Line))
        {
            return Is(RowOutcome.Refused,
                ImportRefusals.Twice(Column(BookingColumns.Space), lines[$"{one.Space!.Id} {one.When} {member.Id}"]));
        }

        return then.Take(one, member, place) is { } refusal
            ? Is(RowOutcome.Refused, refusal) : Is(RowOutcome.New, why: null, ourId: null, one);

        PlannedRow Is(RowOutcome outcome, Refusal? why, Guid? ourId = null, Asked? made = null) =>
            new(row.Line, outcome, LabelOf(row), why, [], made is null ? [] : CellsOf(made), ourId);
    }

    private Refusal? WhyNotNew(Asked one)
    {
        List<Refusal> missing = [];
        if (one.Email is null)
            missing.Add(one.Who is { } name ? ImportRefusals.NoAddress(Column(BookingColumns.Email), name)
                : ImportRefusals.Missing(Column(BookingColumns.Email)));
        else if (!then.Members.ContainsKey(one.EmailKey!))
            missing.Add(ImportRefusals.NoSuchMember(Column(BookingColumns.Email), one.Email.Shown));
        if (BookingRules.CheckTitle(one.Title) is { } tooLong)
            missing.Add(tooLong with { Field = BookingColumns.Title });
        return Refusal.AllOf(missing);
    }

    public override async Task<Outcome<ImportRow>> Write(Guid importId, int line, WritingContext context)
    {
        var (db, stop) = (context.Db, context.Stop);
        var inForce = await catalogue.InForce(db, stop);
        var seen = await db.ImportRows.AsNoTracking().SingleOrDefaultAsync(one => one.ImportId == importId && one.Line == line, stop);
        if (seen is null)
            return Refusal.NotFound;
        var cells = seen.CellsAfter;
        var space = SpacesOf(inForce, place.Site.Id).GetValueOrDefault(KeyOf(cells.Of(BookingColumns.Space)));
        var key = EmailAddress.Kept(cells.Of(BookingColumns.Email)).Key;
        var memberId = await db.Members.Where(one => one.NormalizedEmail == key).Select(one => (Guid?)one.Id).SingleOrDefaultAsync(stop);
        if (space is not null && memberId is { } locked)
            await BringBooking.Lock(db, space, locked, stop);

        // Under the locks that all who write this row take: it may have been done meanwhile.
        var row = await db.ImportRows.SingleOrDefaultAsync(one => one.ImportId == importId && one.Line == line, stop);
        if (row is null)
            return Refusal.NotFound;
        if (row.DoneAt is not null)
            return row;
        row.DoneAt = context.Now;
        if (space is null)
            return Refuse(row, ImportRefusals.Gone with { Field = BookingColumns.Space });
        if (memberId is not { } id)
            return Refuse(row, ImportRefusals.NoSuchMember(Column(BookingColumns.Email), cells.Of(BookingColumns.Email)));

        var when = new LocalSpan(
            ImportTimes.Kept(cells.Of(BookingColumns.Start)), ImportTimes.Kept(cells.Of(BookingColumns.End)));
        if (await Known(db, cells, space, when, id, stop) is { } known)
        {
            if (!known.Is(space.Id, when, id, isCancelled: false))
                return Refuse(row, ImportRefusals.BookingDiffers, known.MemberId == id ? known.Id : null);
            (row.Outcome, row.OurId) = (RowOutcome.Same, known.Id);
            return row;
        }

        var brought = await BringBooking.Run(db, new(
            context.ActorId, id, space, when, cells.Of(BookingColumns.Title) is { Length: > 0 } title ? title : null, context.SendsEmails),
            inForce, context.Now, stop);
        if (!brought.IsDone)
            return brought.Refusal.IsTransient ? brought.Refusal : Refuse(row, brought.Refusal);
        row.OurId = brought.Value.Id;
        await Remember(db, cells, brought.Value.Id, stop);
        return row;
    }

    public override async Task<Outcome<ImportRow>> TakeBack(Guid importId, int line, WritingContext context)
    {
        var (db, stop) = (context.Db, context.Stop);
        var rows = db.ImportRows.Where(one => one.ImportId == importId && one.Line == line);
        var bookings = db.Bookings;
        var memberId = await rows.Select(one => bookings.Where(known => known.Id == one.OurId).Select(known => (Guid?)known.MemberId)
            .FirstOrDefault()).SingleOrDefaultAsync(stop);
        if (memberId is { } locked)
            await db.AcquireLocks([LockKey.OfSubject(locked)], stop);
        var row = await rows.SingleOrDefaultAsync(stop);
        if (row is null)
            return Refusal.NotFound;
        if (row.UndoneAt is not null || row.WhyLeft is not null)
            return row;
        var booking = await db.Bookings.SingleOrDefaultAsync(one => one.Id == row.OurId, stop);
        if (booking is null || booking.MemberId != memberId)
            return Leave(row, ImportRefusals.Gone);
        if (!booking.IsStanding || booking.Revision != 1 || booking.MemberId == Nobody.Id)
            return Leave(row, ImportRefusals.ChangedSince);

        var member = await db.Members.SingleAsync(one => one.Id == booking.MemberId, stop);
        var ourId = booking.Id;
        await db.ForeignRows.Where(one => one.OurId == ourId).ExecuteDeleteAsync(stop);
        await BringBooking.TakeBack(db, booking, member, context.ActorId, context.Now, stop);
        row.UndoneAt = context.Now;
        return row;
    }

    public override async Task Tell(Guid importId, WritingContext context)
    {
        if (!context.SendsEmails)
            return;
        var (db, at, stop) = (context.Db, context.Now, context.Stop);
        var written = db.ImportRows.Where(row => row.ImportId == importId && row.Outcome == RowOutcome.New);
        var ahead = await db.Bookings.Where(one => one.Start > at && one.Status == BookingStatus.Confirmed
            && written.Any(row => row.OurId == one.Id))
            .GroupBy(one => one.MemberId).Select(own => new { MemberId = own.Key, Count = own.Count() })
            .ToDictionaryAsync(own => own.MemberId, own => own.Count, stop);
        Guid[] ids = [.. ahead.Keys];
        foreach (var member in await db.Members.Where(one => EF.Parameter(ids).Contains(one.Id)).ToListAsync(stop))
        {
            db.Write(Notification.To(
                Recipient.Of(member), BookingNotifications.Brought, Member.Subject.Of(member.Id), at, revision: $"{importId:N}",
                note: ahead[member.Id].ToString(CultureInfo.InvariantCulture)));
        }
    }

    private Asked Read(GivenRow row)
    {
        List<Refusal> wrong = [];
        if (row.Cells.GetValueOrDefault(BookingColumns.Problem) is { } code && ImportRefusals.Problem(code) is { } problem)
            return new() { Wrong = problem };
        var space = Needed(BookingColumns.Space) is { } name ? SpaceOf(name) : null;
        var (start, end) = (TimeOf(BookingColumns.Start), TimeOf(BookingColumns.End));
        var when = start is { } from && end is { } until ? LocalSpan.Typed(from, until) : (Outcome<LocalSpan>?)null;
        if (when is { IsDone: false } backwards)
            wrong.Add(backwards.Refusal!);
        EmailAddress? email = null;
        if (row.Cells.GetValueOrDefault(BookingColumns.Email) is { } typedEmail)
        {
            var address = EmailAddress.Parse(typedEmail);
            email = address.IsDone ? address.Value : null;
            if (!address.IsDone)
                wrong.Add(address.Refusal with { Field = BookingColumns.Email });
        }

        var status = row.Cells.GetValueOrDefault(BookingColumns.Status) is { } typedStatus
            ? ReadChoice(Column(BookingColumns.Status), typedStatus, BookingColumns.Statuses) : BookingColumns.Booked;
        if (!status.IsDone)
            wrong.Add(status.Refusal);
        if (Refusal.AllOf(wrong) is { } all)
            return new() { Wrong = all };
        var id = row.Cells.GetValueOrDefault(BookingColumns.Id);
        if (id?.Length > ForeignRow.IdMax)
            return new() { Wrong = ImportRefusals.Missing(Column(BookingColumns.Id)) };
        return new()
        {
            Space = space,
            When = when!.Value.Value,
            Who = row.Cells.GetValueOrDefault(BookingColumns.Name),
            Email = email,
            EmailKey = email?.Key,
            IsCancelled = status.Value == BookingColumns.Cancelled,
            Title = row.Cells.GetValueOrDefault(BookingColumns.Title),
            Id = id,
            Source = id is null ? "" : SourceOf(row.Cells.GetValueOrDefault(BookingColumns.Source), id, place.Site.Id),
        };

        string? Needed(string column)
        {
            if (row.Cells.GetValueOrDefault(column) is { } typed)
                return typed;
            wrong.Add(ImportRefusals.Missing(Column(column)));
            return null;
        }

        LocalDateTime? TimeOf(string column)
        {
            if (Needed(column) is not { } typed)
                return null;
            if (ImportTimes.Read(typed, row.Cells.GetValueOrDefault(BookingColumns.Date), place.Time) is { } time)
                return time;
            wrong.Add(ImportRefusals.NoTime(Column(column), typed));
            return null;
        }

        Space? SpaceOf(string typed)
        {
            if (spaces.TryGetValue(KeyOf(typed), out var found))
                return found;
            wrong.Add(ImportRefusals.NoSuch(Column(BookingColumns.Space), typed, NearestSpace(typed)));
            return null;
        }
    }

    private string? NearestSpace(string typed)
    {
        var key = KeyOf(typed);
        return spaces.Values.Select(space => (space.Name, Distance: SearchText.Distance(KeyOf(space.Name), key)))
            .Where(one => one.Distance <= 1 + one.Name.Length / 4).OrderBy(one => one.Distance).Select(one => one.Name).FirstOrDefault();
    }

    /// <summary>Which system the number is of; each site may have its own.</summary>
    private static string SourceOf(string? typed, string id, int siteId)
    {
        var system = TypedText.Line(typed, ForeignRow.SourceMax - 12)?.ToLowerInvariant()
            ?? (Guid.TryParse(id, out _) ? OwnSource : TableSource);
        return string.Create(CultureInfo.InvariantCulture, $"{system}@{siteId}");
    }

    private static ImportCells CellsOf(Asked one)
    {
        ImportCells cells = new()
        {
            [BookingColumns.Space] = one.Space!.Name,
            [BookingColumns.Start] = ImportTimes.Write(one.When.Start),
            [BookingColumns.End] = ImportTimes.Write(one.When.End),
            [BookingColumns.Email] = one.Email!.Shown,
        };
        if (one.Title is { } title)
            cells[BookingColumns.Title] = title;
        if (one.Id is { } id)
            (cells[BookingColumns.Id], cells[BookingColumns.Source]) = (id, one.Source);
        return cells;
    }

    private static string LabelOf(GivenRow row) => string.Join(", ",
        new[] { BookingColumns.Space, BookingColumns.Date, BookingColumns.Start }
        .Select(column => row.Cells.GetValueOrDefault(column)).OfType<string>());

    /// <summary>The first of a name; names are unique among the spaces of a site that are on offer.</summary>
    private static Dictionary<string, Space> SpacesOf(HubDirectory map, int siteId) => map.Spaces.Where(space => space.SiteId == siteId)
        .OrderByDescending(space => space.IsOffered).DistinctBy(space => KeyOf(space.Name))
        .ToDictionary(space => KeyOf(space.Name), StringComparer.Ordinal);

    private static string KeyOf(string name) => SearchText.Fold(name);

    /// <summary>A booking of this number, or else the same one without.</summary>
    private static async Task<KnownBooking?> Known(
        HubDb db, ImportCells cells, Space space, LocalSpan when, Guid memberId, CancellationToken stop)
    {
        if (cells.TryGetValue(BookingColumns.Id, out var id))
        {
            var (source, kind) = (cells.Of(BookingColumns.Source), Booking.Subject.Name);
            var own = Guid.TryParse(id, out var parsed) ? parsed : default;
            var foreign = db.ForeignRows;
            var known = await KnownBooking.Of(db.Bookings.Where(one => one.Id == own
                || foreign.Any(row => row.OurId == one.Id && row.Source == source && row.Kind == kind && row.ForeignId == id)))
                .FirstOrDefaultAsync(stop);
            if (known is not null)
                return known;
        }

        var (spaceId, start, end) = (space.Id, when.Start, when.End);
        return await KnownBooking.Of(db.Bookings.Where(one => one.SpaceId == spaceId && one.StartLocal == start && one.EndLocal == end
            && one.MemberId == memberId && one.Status == BookingStatus.Confirmed)).FirstOrDefaultAsync(stop);
    }

    private static async Task Remember(HubDb db, ImportCells cells, Guid ourId, CancellationToken stop)
    {
        if (!cells.TryGetValue(BookingColumns.Id, out var id))
            return;
        var (source, kind) = (cells.Of(BookingColumns.Source), Booking.Subject.Name);
        // It may be left from a booking that is gone.
        await db.ForeignRows.Where(one => one.Source == source && one.Kind == kind && one.ForeignId == id).ExecuteDeleteAsync(stop);
        db.ForeignRows.Add(new() { Source = source, Kind = kind, ForeignId = id, OurId = ourId });
    }

    private static ImportRow Refuse(ImportRow row, Refusal why, Guid? ourId = null)
    {
        (row.Outcome, row.Code, row.Field, row.Why) = (RowOutcome.Refused, why.Code, why.Field, DryRun.WordsOf(why));
        row.OurId = ourId;
        return row;
    }

    private static ImportRow Leave(ImportRow row, Refusal why)
    {
        row.WhyLeft = LocalisedText.Of(why.Message);
        return row;
    }
}

/// <summary>A row as it was read.</summary>
internal sealed class Asked
{
    /// <summary>All else is empty then.</summary>
    public Refusal? Wrong { get; init; }

    public Space? Space { get; init; }

    public LocalSpan When { get; init; }

    /// <summary>What the file calls the person; only to be told.</summary>
    public string? Who { get; init; }

    public EmailAddress? Email { get; init; }

    public string? EmailKey { get; init; }

    public bool IsCancelled { get; init; }

    public string? Title { get; init; }

    /// <summary>Its number in <see cref="Source"/>.</summary>
    public string? Id { get; init; }

    public string Source { get; init; } = "";
}

/// <summary>A booking that is here.</summary>
internal sealed record KnownBooking(
    Guid Id, int SpaceId, Guid MemberId, LocalDateTime StartLocal, LocalDateTime EndLocal, BookingStatus Status)
{
    public static IQueryable<KnownBooking> Of(IQueryable<Booking> bookings) => bookings.Select(one =>
        new KnownBooking(one.Id, one.SpaceId, one.MemberId, one.StartLocal, one.EndLocal, one.Status));

    /// <summary>Whose it was may be forgotten by now.</summary>
    public bool Is(int spaceId, LocalSpan when, Guid? memberId, bool isCancelled) =>
        SpaceId == spaceId && StartLocal == when.Start && EndLocal == when.End && (MemberId == memberId || MemberId == Nobody.Id)
        && (Status != BookingStatus.Confirmed) == isCancelled;

    public bool Is(Asked one, Guid? memberId) => Is(one.Space!.Id, one.When, memberId, one.IsCancelled);
}
