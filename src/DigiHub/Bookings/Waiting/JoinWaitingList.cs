using System.Collections.Frozen;
using System.Globalization;
using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Bookings.Waiting;

/// <summary>What somebody would like to have as soon as it is free.</summary>
public sealed record JoinWaitingListRequest
{
    /// <summary>Who asks.</summary>
    public required Guid ActorId { get; init; }

    /// <summary>Who waits; null for the actor. The front desk does it for others.</summary>
    public Guid? MemberId { get; init; }

    /// <summary>This very space.</summary>
    public int? SpaceId { get; init; }

    /// <summary>Any of this pool.</summary>
    public int? PoolId { get; init; }

    /// <summary>Any of this kind; ignored where a space or a pool is named.</summary>
    public SpaceKind Kind { get; init; } = SpaceKind.Room;

    /// <summary>Null: at any site.</summary>
    public int? SiteId { get; init; }

    /// <summary>The time, or the window in which it may lie.</summary>
    public required When When { get; init; }

    /// <summary>So long, at any time of the window; null: all of it.</summary>
    public int? Minutes { get; init; }

    public int? People { get; init; }

    /// <summary>Keys of what has to stand in it.</summary>
    public IReadOnlySet<string> Equipment { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Books what becomes free at once.</summary>
    public bool AutoAccept { get; init; }

    /// <summary>Before the others; the front desk only.</summary>
    public bool IsFirst { get; init; }

    /// <summary>What else is written in the same commit.</summary>
    public Alongside<WaitingEntry>? Along { get; init; }
}

/// <summary>
/// Puts a member on the waiting list for what is taken. The same wish again is the same entry, and keeps its place.
/// </summary>
public sealed class JoinWaitingList(UnitOfWork unitOfWork, HubDbFactory databases, Catalogue catalogue, IClock clock)
{
    /// <summary>
    /// Refuses with not_found, only_for_yourself, only_front_desk, member_disabled, too_many_waiting, waiting_list_full, nothing_fits,
    /// minutes_out_of_range, window_too_short, too_long, already_yours, busy; as <see cref="BookingRules.Check"/> does where the rules
    /// allow none of it; and with free_now and what is free.
    /// </summary>
    public async Task<Outcome<WaitingEntry>> Run(JoinWaitingListRequest request, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        var now = clock.GetCurrentInstant();
        var wish = Wish(request, map, now);
        if (!wish.IsDone)
            return wish;
        var entry = wish.Value;
        var slots = WaitingSlots.Of(map, entry, now);
        if (slots.Count == 0)
            return WaitingSlots.WhyNone(map, entry, now) ?? (entry.SpaceId is { } spaceId && map.Space(spaceId) is { } space
                ? BookingRules.CheckPeople(space, entry.People) : null) ?? WaitingRefusals.NothingFits;
        if (await Free(slots, stop) is { Count: > 0 } free)
            return WaitingRefusals.IsFree with { Alternatives = free };
        return await unitOfWork.Run(db => Join(db, entry, map, stop), stop, request.Along);
    }

    private static Outcome<WaitingEntry> Wish(JoinWaitingListRequest request, HubDirectory map, Instant now)
    {
        var (space, pool) = (request.SpaceId is { } spaceId ? map.Space(spaceId) : null, map.Pool(request.PoolId));
        if ((request.SpaceId is not null && space is null) || (request.PoolId is not null && pool is null))
            return Refusal.NotFound;
        var siteId = space?.SiteId ?? pool?.SiteId ?? request.SiteId;
        var places = map.Places.Where(place => siteId is null || place.Site.Id == siteId).ToList();
        if (places.Count == 0)
            return Refusal.NotFound;
        if (request.People < 1)
            return BookingRules.NobodyComes;
        var asked = WindowOf(request.When, places);
        if (!asked.IsDone)
            return asked.Refusal;
        var (window, minutes) = (asked.Value, request.Minutes);
        if (WhyNot(window, minutes) is { } refusal)
            return refusal;

        var known = map.Equipment.Select(one => one.Key).Where(request.Equipment.Contains);
        var equipment = string.Join(',', known.Order(StringComparer.Ordinal));
        var kind = space?.Kind ?? pool?.Kind ?? request.Kind;
        return new WaitingEntry
        {
            Id = Guid.CreateVersion7(now.ToDateTimeOffset()),
            MemberId = request.MemberId ?? request.ActorId,
            CreatedById = request.ActorId,
            SpaceId = space?.Id,
            PoolId = space is null ? pool?.Id : null,
            SiteId = siteId,
            Kind = kind,
            People = request.People,
            Equipment = equipment.Length > WaitingEntry.EquipmentMax ? "" : equipment,
            FromLocal = window.Start,
            UntilLocal = window.End,
            Minutes = minutes,
            AutoAccept = request.AutoAccept,
            IsFirst = request.IsFirst,
            JoinedAt = now,
            EndsAt = EndsAt(space, places, window, minutes),
            WishKey = string.Create(CultureInfo.InvariantCulture,
                $"{space?.Id}|{pool?.Id}|{kind}|{siteId}|{window}|{minutes}|{request.People}|{equipment}"),
        };
    }

    /// <summary>
    /// Of whole days and parts of days by the hours of the site; where any site will do, from the earliest to the latest.
    /// </summary>
    private static Outcome<LocalSpan> WindowOf(When when, List<SiteContext> places)
    {
        List<LocalSpan> found = [];
        Refusal? first = null;
        foreach (var place in places)
        {
            var span = when.At(place);
            if (span.IsDone)
                found.Add(span.Value);
            first ??= span.Refusal;
        }

        return found.Count == 0 ? first! : new LocalSpan(found.Min(one => one.Start), found.Max(one => one.End));
    }

    private static Refusal? WhyNot(LocalSpan window, int? minutes)
    {
        if (window.DatesTouched > (minutes is null ? LocalSpan.DatesMax : WaitingEntry.WindowDaysMax))
            return WaitingRefusals.WindowTooLong;
        return minutes switch
        {
            null => null,
            < 1 or > WaitingRefusals.WishMinutesMax => WaitingRefusals.MinutesOutOfRange,
            _ when window.Start.PlusMinutes(minutes.Value) > window.End => WaitingRefusals.WindowTooShort,
            _ => null,
        };
    }

    /// <summary>When it can last begin; of what is booked by the day or half day it may be had while it runs.</summary>
    private static Instant EndsAt(Space? space, List<SiteContext> places, LocalSpan window, int? minutes) => places.Max(place =>
        minutes is { } length ? place.Time.Shifted(window.End.PlusMinutes(-length))
        : place.Time.Shifted(space is { Rules.Granularity: Granularity.Minutes } ? window.Start : window.End));

    /// <summary>What is free of it, best first.</summary>
    private async Task<IReadOnlyList<Alternative>> Free(List<WaitingSlot> slots, CancellationToken stop)
    {
        await using var db = databases.Open();
        var window = new Span(slots.Min(slot => slot.Span.Start), slots.Max(slot => slot.Span.End));
        var busy = await BusyTimes.Load(db, [.. slots.Select(slot => slot.Space).Distinct()], window, stop);
        return [.. slots.Where(slot => busy.IsFree(slot.Space, slot.Span)).DistinctBy(slot => slot.Space.Id)
            .Take(Refusal.AlternativesMax).Select(slot => new Alternative(
                slot.Space.Id, slot.Space.Name, slot.Place.Site.Slug, slot.Place.Site.Short, slot.Local.Start, slot.Local.End,
                AlternativeKind.OtherSpace))];
    }

    private async Task<Outcome<WaitingEntry>> Join(HubDb db, WaitingEntry entry, HubDirectory map, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        if (await db.Viewer(entry.CreatedById, now, stop) is not { } actor)
            return BookingRules.MemberDisabled;
        if (entry.MemberId != entry.CreatedById && !MayForOthers(actor, entry))
            return BookingRules.OnlyForYourself;
        if (entry.IsFirst && !MayForOthers(actor, entry))
            return WaitingRefusals.OnlyTheFrontDesk;

        await db.AcquireLocks([LockKey.OfSubject(entry.MemberId), LockKey.OfWaitingList], stop);
        if (await db.Members.SingleOrDefaultAsync(one => one.Id == entry.MemberId, stop) is not { } member)
            return Refusal.NotFound;
        if (member.DisabledAt is not null)
            return BookingRules.MemberDisabled;
        var theirs = await db.WaitingEntries.Where(one => one.MemberId == entry.MemberId && one.Status == WaitingStatus.Waiting)
            .ToListAsync(stop);
        if (theirs.Find(one => one.WishKey == entry.WishKey) is { } same)
            return same;
        if (theirs.Count >= WaitingEntry.PerMemberMax)
            return WaitingRefusals.TooManyOfYours;
        if (await db.WaitingEntries.CountAsync(one => one.Status == WaitingStatus.Waiting, stop) >= WaitingEntry.HubMax)
            return WaitingRefusals.ListFull;
        if (await HasItself(db, entry, map, stop))
            return WaitingRefusals.IsYours;

        db.WaitingEntries.Add(entry);
        db.LeavesWork = true; // it may have become free a moment ago
        db.Record(now, entry.CreatedById, WaitingActs.Joined, entry.Id, onBehalfOf: entry.MemberId);
        return entry;
    }

    private static bool MayForOthers(Viewer actor, WaitingEntry entry) =>
        entry.SiteId is { } siteId ? actor.May(Permission.BookForOthers, siteId) : actor.May(Permission.BookForOthers);

    private static async Task<bool> HasItself(HubDb db, WaitingEntry entry, HubDirectory map, CancellationToken stop)
    {
        if (entry is not { SpaceId: { } spaceId, Minutes: null } || map.Space(spaceId) is not { } space)
            return false;
        var time = map.PlaceOf(space).Time;
        var (start, end) = (time.Shifted(entry.FromLocal), time.Shifted(entry.UntilLocal));
        return await db.Bookings.AnyAsync(own => own.MemberId == entry.MemberId && own.SpaceId == spaceId
            && own.Status == BookingStatus.Confirmed && own.Start < end && own.End > start, stop);
    }
}
