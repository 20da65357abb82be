using DigiHub.Access;
using DigiHub.Bookings.Guests;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Organisations;
using DigiHub.Spaces;

namespace DigiHub.Bookings.Approvals;

/// <summary>A question as who decides sees it.</summary>
/// <param name="Bookings">Those that wait, by start; of one that is decided, those that belonged to it. May be empty.</param>
/// <param name="MemberName">Whose they are; null: not known any more.</param>
/// <param name="Organisation">Null for a member without one.</param>
/// <param name="People">How many come to the first of them.</param>
/// <param name="Decider">Who has decided; null: nobody, or it is not known any more.</param>
/// <param name="MayDecide">The viewer, and it can be decided still.</param>
public sealed record ApprovalView(
    Approval Approval, IReadOnlyList<Booking> Bookings, Space Space, SiteContext Place, PersonName? MemberName, string? Organisation,
    int People, PersonName? Decider, bool MayDecide)
{
    /// <summary>How it stands at this moment, whether or not the job has come by.</summary>
    public ApprovalState StateAt(Instant now) => Approval.State != ApprovalState.Waiting ? Approval.State
        : Approval.LapsesAt <= now ? ApprovalState.Lapsed
        : Bookings.Count == 0 ? ApprovalState.Withdrawn
        : ApprovalState.Waiting;

    public bool IsOverCapacity => People > Space.Capacity;
}

/// <summary>What waits for approval, for those who decide, and for those who see the bookings of a site.</summary>
public sealed class WaitingApprovals(HubDbFactory databases, Catalogue catalogue, IClock clock)
{
    public const int Max = 200;

    /// <summary>
    /// By when it lapses, the soonest first; at most <see cref="Max"/>. Null for who neither decides on anything nor sees what others book.
    /// </summary>
    public async Task<IReadOnlyList<ApprovalView>?> Run(Viewer viewer, CancellationToken stop)
    {
        var (map, now) = (await catalogue.Map(stop), clock.GetCurrentInstant());
        await using var db = databases.Open();
        var decides = await Deciding(db, map, viewer, stop);
        var sees = viewer.SitesSeen;
        if (decides.Count == 0 && sees.IsEmpty && !viewer.MayAnywhere(Permission.ApproveBookings))
            return null;
        int[] spaceIds = [.. map.Spaces.Where(space => decides.Contains(space.Id) || sees.Contains(space.SiteId))
            .Select(space => space.Id)];
        var bookings = db.Bookings;
        var waiting = await db.Approvals.AsNoTracking()
            .Where(one => one.State == ApprovalState.Waiting && one.LapsesAt > now && EF.Parameter(spaceIds).Contains(one.SpaceId)
                && bookings.Any(booking => booking.ApprovalId == one.Id && booking.ApproveBy != null
                    && booking.Status == BookingStatus.Confirmed))
            .OrderBy(one => one.LapsesAt).ThenBy(one => one.Id).Take(Max).ToListAsync(stop);
        return await Views(db, map, waiting, decides, now, stop);
    }

    /// <summary>Null: there is none, or it is not theirs to see.</summary>
    public async Task<ApprovalView?> Find(Guid approvalId, Viewer viewer, CancellationToken stop)
    {
        var (map, now) = (await catalogue.Map(stop), clock.GetCurrentInstant());
        await using var db = databases.Open();
        if (await db.Approvals.AsNoTracking().SingleOrDefaultAsync(one => one.Id == approvalId, stop) is not { } approval
            || map.Space(approval.SpaceId) is not { } space)
            return null;
        var decides = await Deciding(db, map, viewer, stop);
        return decides.Contains(space.Id) || viewer.Sees(space.SiteId)
            ? (await Views(db, map, [approval], decides, now, stop)).Single()
            : null;
    }

    /// <summary>These, for an e-mail to somebody who decides on them.</summary>
    public async Task<IReadOnlyList<ApprovalView>> Of(HubDb db, Guid[] ids, Instant now, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        var waiting = await db.Approvals.AsNoTracking()
            .Where(one => EF.Parameter(ids).Contains(one.Id) && one.State == ApprovalState.Waiting && one.LapsesAt > now)
            .OrderBy(one => one.LapsesAt).ThenBy(one => one.Id).Take(Max).ToListAsync(stop);
        return await Views(db, map, [.. waiting.Where(one => map.Space(one.SpaceId) is not null)],
            [.. waiting.Select(one => one.SpaceId)], now, stop);
    }

    /// <summary>The reason that who booked reads; null: there is none.</summary>
    public async Task<string?> WhyDeclined(Booking booking, CancellationToken stop)
    {
        var approvalId = booking.ApprovalId;
        await using var db = databases.Open();
        return await db.Approvals.Where(one => one.Id == approvalId).Select(one => one.Reason).SingleOrDefaultAsync(stop);
    }

    /// <summary>How many wait for this viewer's decision.</summary>
    public async Task<int> Count(Viewer viewer, CancellationToken stop) =>
        (await Run(viewer, stop))?.Count(one => one.MayDecide) ?? 0;

    /// <summary>The spaces on whose bookings they decide.</summary>
    private static async Task<HashSet<int>> Deciding(HubDb db, HubDirectory map, Viewer viewer, CancellationToken stop)
    {
        var memberId = viewer.MemberId;
        var named = await db.SpaceApprovers.Where(one => one.MemberId == memberId).Select(one => one.RulesId).ToListAsync(stop);
        return [.. map.Spaces.Where(space => named.Contains(space.RulesId) || viewer.May(Permission.ApproveBookings, space.SiteId))
            .Select(space => space.Id)];
    }

    private static async Task<List<ApprovalView>> Views(
        HubDb db, HubDirectory map, List<Approval> approvals, HashSet<int> decides, Instant now, CancellationToken stop)
    {
        Guid[] ids = [.. approvals.Select(one => one.Id)];
        var all = (await db.Bookings.AsNoTracking().Where(one => EF.Parameter(ids).Contains(one.ApprovalId!.Value)).ToListAsync(stop))
            .ToLookup(one => one.ApprovalId!.Value);
        Guid[] people = [.. all.SelectMany(one => one).Select(one => one.MemberId)
            .Concat(approvals.Select(one => one.DecidedById).OfType<Guid>()).Distinct()];
        var names = await db.Members.Where(one => EF.Parameter(people).Contains(one.Id))
            .Select(one => new { one.Id, one.Name }).ToDictionaryAsync(one => one.Id, one => one.Name, stop);
        var (memberships, organisations) = (db.Memberships.Home(), db.Organisations);
        var homes = await memberships.Where(one => EF.Parameter(people).Contains(one.MemberId))
            .Join(organisations, one => one.OrganisationId, of => of.Id, (one, of) => new { one.MemberId, of.Name })
            .ToDictionaryAsync(one => one.MemberId, one => one.Name, stop);
        Guid[] bookingIds = [.. all.SelectMany(one => one).Select(one => one.Id)];
        var guests = await db.BookingGuests.Where(one => one.RemovedAt == null && EF.Parameter(bookingIds).Contains(one.BookingId))
            .GroupBy(one => one.BookingId).Select(one => new { one.Key, Count = one.Count() })
            .ToDictionaryAsync(one => one.Key, one => one.Count, stop);
        List<ApprovalView> views = [];
        foreach (var approval in approvals)
        {
            var space = map.Space(approval.SpaceId)!;
            List<Booking> bookings = [.. all[approval.Id].Where(one => !approval.IsWaiting || one.IsPending).OrderBy(one => one.Start)];
            var first = bookings.FirstOrDefault();
            views.Add(new ApprovalView(
                approval, bookings, space, map.PlaceOf(space), first is null ? null : names.GetValueOrDefault(first.MemberId),
                first is null ? null : homes.GetValueOrDefault(first.MemberId),
                first is null ? 0 : HeadCount.Of(first.People, guests.GetValueOrDefault(first.Id)),
                approval.DecidedById is { } byId ? names.GetValueOrDefault(byId) : null,
                decides.Contains(space.Id) && approval.IsWaiting && approval.LapsesAt > now && bookings.Count > 0));
        }

        return views;
    }
}
