using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Spaces;

namespace DigiHub.Operations;

/// <summary>What to look for among all that was done; null asks for nothing in particular.</summary>
/// <param name="Who">Part of the name or address of who acted, or for whom; or an id, which still finds those who are forgotten.</param>
/// <param name="Kind">The name of a kind of subject; "hub" for acts on the hub itself.</param>
/// <param name="From">From this instant on.</param>
/// <param name="Until">Before this instant.</param>
/// <param name="Before">The entries that come after this one, the newest first.</param>
/// <param name="SiteId">Done to things of this site.</param>
public sealed record ActivityQuery(
    string? Who = null, string? Kind = null, Instant? From = null, Instant? Until = null, Guid? Before = null, int? SiteId = null);

/// <param name="Actor">Null for the hub itself, a guest by link, or somebody who is forgotten.</param>
/// <param name="OnBehalfOf">Null where there is none, or who is forgotten.</param>
/// <param name="Member">Whom it was done to, where that is a member.</param>
public sealed record ActivityRow(ActivityEntry Entry, PersonName? Actor, PersonName? OnBehalfOf, PersonName? Member);

/// <param name="Next">From where the following page goes on; null on the last.</param>
public sealed record ActivityFound(IReadOnlyList<ActivityRow> Rows, Guid? Next);

/// <summary>
/// All that was done, the newest first, for those who have to answer for it: for the hub, or for some sites, who then see what was done to
/// things of these. That somebody looked is itself an act, once an hour a reader.
/// </summary>
public sealed class AllActivity(HubDbFactory databases, UnitOfWork unitOfWork, Catalogue catalogue, IClock clock)
{
    public const int PageSize = 50;

    /// <summary>Of one file.</summary>
    public const int RowsMax = 10_000;

    /// <summary>The kind that stands for acts without a subject.</summary>
    public const string HubKind = "hub";

    /// <summary>More people than one looks for at once.</summary>
    private const int PeopleMax = 200;

    private static readonly Duration readOnceIn = Duration.FromHours(1);

    /// <summary>Null for viewers who may not see it.</summary>
    /// <param name="size">At most <see cref="RowsMax"/>.</param>
    public async Task<ActivityFound?> Run(ActivityQuery query, Viewer viewer, CancellationToken stop, int size = PageSize)
    {
        if (viewer.MemberId is not { } readerId || !viewer.MayAnywhere(Permission.SeeActivity))
            return null;
        await NoteRead(readerId, stop);
        var map = await catalogue.Map(stop);
        var sites = viewer.Where(Permission.SeeActivity);
        await using var db = databases.Open();
        var all = await Found(db, query, stop);
        if (Asked(sites, query.SiteId) is { } siteIds)
            all = await all.At(db, siteIds, map, stop);
        var found = await all.OrderByDescending(entry => entry.Id).Take(Math.Min(size, RowsMax) + 1)
            .ToListAsync(stop);
        var shown = found.Take(size).ToList();
        var names = await Names(db, shown, stop);
        return new ActivityFound(
            [.. shown.Select(entry => new ActivityRow(entry, Of(entry.ActorId), Of(entry.OnBehalfOfId),
                entry.SubjectKind == Member.Subject.Name ? Of(entry.SubjectId) : null))],
            found.Count > size ? shown[^1].Id : null);

        PersonName? Of(Guid? id) => id is { } known ? names.GetValueOrDefault(known) : null;
    }

    /// <summary>Null: all that was done; none: another site than theirs was asked for.</summary>
    private static int[]? Asked(SiteSet sites, int? siteId) => siteId is { } id ? sites.Contains(id) ? [id] : [] : sites.Ids;

    private static async Task<IQueryable<ActivityEntry>> Found(HubDb db, ActivityQuery query, CancellationToken stop)
    {
        var found = db.Activity.AsNoTracking();
        if (query.Kind == HubKind)
            found = found.Where(entry => entry.SubjectKind == null);
        else if (query.Kind is { } kind)
            found = found.Where(entry => entry.SubjectKind == kind);
        if (query.From is { } from)
            found = found.Where(entry => entry.At >= from);
        if (query.Until is { } until)
            found = found.Where(entry => entry.At < until);
        if (query.Before is { } before)
            found = found.Where(entry => entry.Id.CompareTo(before) < 0);
        if (Guid.TryParse(query.Who, out var id))
            return found.Where(entry => entry.ActorId == id || entry.OnBehalfOfId == id || entry.SubjectId == id);
        if (SearchText.Typed(query.Who) is not { } folded)
            return found;

        var key = EmailAddress.KeyOfPart(query.Who!);
        var people = await db.Members.Where(member => member.NormalizedEmail.Contains(key) || member.NameKey.Contains(folded))
            .OrderBy(member => member.NameKey).Select(member => (Guid?)member.Id).Take(PeopleMax).ToArrayAsync(stop);
        var kindOfMember = Member.Subject.Name;
        return found.Where(entry => EF.Parameter(people).Contains(entry.ActorId) || EF.Parameter(people).Contains(entry.OnBehalfOfId)
            || (entry.SubjectKind == kindOfMember && EF.Parameter(people).Contains(entry.SubjectId)));
    }

    private static async Task<Dictionary<Guid, PersonName>> Names(HubDb db, List<ActivityEntry> entries, CancellationToken stop)
    {
        Guid[] ids = [.. entries.SelectMany(entry => new[] { entry.ActorId, entry.OnBehalfOfId, entry.SubjectId })
            .OfType<Guid>().Distinct()];
        return await db.Members.Where(member => EF.Parameter(ids).Contains(member.Id))
            .ToDictionaryAsync(member => member.Id, member => member.Name, stop);
    }

    private async Task NoteRead(Guid readerId, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        var (since, act) = (now - readOnceIn, OperationsActs.ActivityRead.Name);
        await using (var db = databases.Open())
        {
            if (await db.Activity.AnyAsync(entry => entry.At > since && entry.ActorId == readerId && entry.Act == act, stop))
                return;
        }

        await unitOfWork.Run<bool>(db =>
        {
            db.Record(now, readerId, OperationsActs.ActivityRead);
            return Task.FromResult<Outcome<bool>>(true);
        }, stop);
    }
}
