using DigiHub.Access;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Spaces;

namespace DigiHub.Bookings.Waiting;

/// <summary>An entry as its page shows it.</summary>
/// <param name="Place">1 for who gets the next offer, counted among those who wait for something of the same.</param>
/// <param name="Offer">What is held for it just now, or null.</param>
public sealed record WaitingView(WaitingEntry Entry, PersonName MemberName, int Place, WaitingOffer? Offer)
{
    /// <summary>Null: others will do.</summary>
    public Space? Space { get; init; }

    public Pool? Pool { get; init; }

    /// <summary>Null: any.</summary>
    public SiteContext? Site { get; init; }

    public Space? OfferedSpace { get; init; }

    /// <summary>Where the offer is.</summary>
    public SiteContext? OfferedAt { get; init; }
}

/// <summary>The waiting list as a member, or the front desk of a site, sees it.</summary>
public sealed class MyWaitingList(HubDbFactory databases, Catalogue catalogue, IClock clock)
{
    private const int SiteMax = 200;

    /// <summary>Open entries of a member, in turn.</summary>
    public Task<IReadOnlyList<WaitingView>> Of(Guid memberId, CancellationToken stop) =>
        Views(entry => entry.MemberId == memberId, int.MaxValue, stop);

    /// <summary>Who waits for something at the site, in turn; of those to whom any site will do, too.</summary>
    public async Task<IReadOnlyList<WaitingView>> At(int siteId, Viewer viewer, CancellationToken stop) =>
        viewer.Sees(siteId) ? await Views(entry => entry.SiteId is null || entry.SiteId == siteId, SiteMax, stop) : [];

    /// <summary>One that has ended included. Null: not there, or not theirs to see.</summary>
    public async Task<WaitingView?> Find(Guid entryId, Viewer viewer, CancellationToken stop)
    {
        await using var db = databases.Open();
        var entry = await db.WaitingEntries.AsNoTracking().SingleOrDefaultAsync(one => one.Id == entryId, stop);
        if (entry is null || !LeaveWaitingList.MayEnd(viewer, entry))
            return null;
        if (entry.IsOpen)
            return (await Views(one => one.Id == entryId, 1, stop)).SingleOrDefault();
        var map = await catalogue.Map(stop);
        var person = await db.Members.Where(one => one.Id == entry.MemberId).Select(one => one.Name).SingleAsync(stop);
        return Shown(map, entry, person, place: 0, offer: null);
    }

    /// <summary>The last that was offered for an entry, whatever became of it. Null: nothing was, or the entry is not theirs.</summary>
    public async Task<Guid?> LastOffer(Guid entryId, Viewer viewer, CancellationToken stop)
    {
        await using var db = databases.Open();
        var entry = await db.WaitingEntries.AsNoTracking().SingleOrDefaultAsync(one => one.Id == entryId, stop);
        if (entry is null || !LeaveWaitingList.MayEnd(viewer, entry))
            return null;
        return await db.WaitingOffers.Where(one => one.EntryId == entryId).OrderByDescending(one => one.OfferedAt)
            .Select(one => (Guid?)one.Id).FirstOrDefaultAsync(stop);
    }

    /// <summary>What is held for this member of a space at some time of a span, such as what they have just tried to book.</summary>
    public async Task<WaitingOffer?> OfferFor(Guid memberId, int spaceId, Time.Span span, CancellationToken stop)
    {
        var (now, start, end) = (clock.GetCurrentInstant(), span.Start, span.End);
        await using var db = databases.Open();
        return await db.WaitingOffers.AsNoTracking().FirstOrDefaultAsync(one => one.MemberId == memberId && one.SpaceId == spaceId
            && one.Status == OfferStatus.Open && one.Until > now && one.Start < end && one.End > start, stop);
    }

    private async Task<IReadOnlyList<WaitingView>> Views(Func<WaitingEntry, bool> which, int max, CancellationToken stop)
    {
        var (map, now) = (await catalogue.Map(stop), clock.GetCurrentInstant());
        await using var db = databases.Open();
        var all = await db.WaitingEntries.AsNoTracking().InTurn().Take(WaitingEntry.HubMax).ToListAsync(stop);
        var shown = all.Where(which).Take(max).ToList();
        if (shown.Count == 0)
            return [];
        Guid[] ids = [.. shown.Select(entry => entry.Id)], people = [.. shown.Select(entry => entry.MemberId).Distinct()];
        var offers = await db.WaitingOffers.AsNoTracking()
            .Where(one => ids.Contains(one.EntryId) && one.Status == OfferStatus.Open && one.Until > now)
            .ToDictionaryAsync(one => one.EntryId, stop);
        var names = await db.Members.Where(one => people.Contains(one.Id)).ToDictionaryAsync(one => one.Id, one => one.Name, stop);
        var spaces = all.ToDictionary(entry => entry.Id, entry => WaitingSlots.Spaces(map, entry).Select(space => space.Id).ToHashSet());
        return [.. shown.Select(entry => Shown(map, entry, names[entry.MemberId],
            1 + all.TakeWhile(before => before.Id != entry.Id).Count(before => Compete(before, entry)),
            offers.GetValueOrDefault(entry.Id)))];

        bool Compete(WaitingEntry one, WaitingEntry other) =>
            one.FromLocal < other.UntilLocal && other.FromLocal < one.UntilLocal && spaces[one.Id].Overlaps(spaces[other.Id]);
    }

    private static WaitingView Shown(HubDirectory map, WaitingEntry entry, PersonName person, int place, WaitingOffer? offer)
    {
        var offered = offer is null ? null : map.Space(offer.SpaceId);
        return new(entry, person, place, offer)
        {
            Space = entry.SpaceId is { } spaceId ? map.Space(spaceId) : null,
            Pool = map.Pool(entry.PoolId),
            Site = entry.SiteId is { } siteId ? map.Place(siteId) : null,
            OfferedSpace = offered,
            OfferedAt = offered is null ? null : map.PlaceOf(offered),
        };
    }
}
