using DigiHub.Activity;
using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Spaces;
using DigiHub.Time;
using Microsoft.Extensions.Logging;

namespace DigiHub.Bookings.Waiting;

/// <summary>
/// Each minute, and as soon as claims have gone (<see cref="ClaimSpace.Release(HubDb, Subject, CancellationToken)"/> signals it): lets
/// offers lapse, ends entries whose time has passed or that are needed no longer, and offers what is free to the first who waits for it. It
/// looks at what is free now, not at what has just become free, so no way of freeing space can be forgotten. Safe to run anywhere at once.
/// </summary>
public sealed class OfferFreeSpace(
    UnitOfWork unitOfWork, HubDbFactory databases, Catalogue catalogue, IClock clock, ILogger<OfferFreeSpace> log)
{
    private const int RowsMax = 500;

    /// <summary>Of one entry in one run: others may have been faster.</summary>
    private const int TriesMax = 5;

    private enum Try { Made, NotFree, NotNow }

    /// <summary>How many offers were made, bookings of entries that accept by themselves included.</summary>
    public async Task<int> Run(CancellationToken stop)
    {
        await EachOf(await Due(stop), Lapse, "could not lapse", stop);
        await EachOf(await Past(stop), Expire, "could not end", stop);
        await EachOf(await Covered(stop), Cover, "could not end", stop);
        return await OfferAll(stop);
    }

    /// <summary>Whether anybody waits: who has nothing to do does nothing.</summary>
    public static Task<bool> IsNeeded(HubDb db, CancellationToken stop) =>
        db.WaitingEntries.AnyAsync(one => one.Status == WaitingStatus.Waiting, stop);

    private async Task EachOf(
        List<Guid> ids, Func<HubDb, Guid, CancellationToken, Task<Outcome<bool>>> act, string what, CancellationToken stop)
    {
        foreach (var id in ids)
        {
            try
            {
                var outcome = await unitOfWork.Run(db => act(db, id, stop), stop);
                if (!outcome.IsDone)
                    log.LogWarning("{Id} of the waiting list {What}: {Code}", id, what, outcome.Refusal.Code);
            }
            catch (Exception exception) when (exception is not OperationCanceledException) // one must not keep the others
            {
                log.LogError(exception, "{Id} of the waiting list {What}", id, what);
            }
        }
    }

    private async Task<List<Guid>> Due(CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        await using var db = databases.Open();
        return await db.WaitingOffers.Where(one => one.Status == OfferStatus.Open && one.Until <= now)
            .OrderBy(one => one.Until).Select(one => one.Id).Take(RowsMax).ToListAsync(stop);
    }

    private async Task<Outcome<bool>> Lapse(HubDb db, Guid offerId, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        var seen = await db.WaitingOffers.Where(one => one.Id == offerId).Select(one => new { one.MemberId, one.SpaceId })
            .SingleAsync(stop);
        await db.AcquireLocks([.. ClaimSpace.Locks(map.Space(seen.SpaceId)!), LockKey.OfSubject(seen.MemberId)], stop);
        var now = clock.GetCurrentInstant();
        var offer = await db.WaitingOffers.SingleOrDefaultAsync(one => one.Id == offerId, stop);
        if (offer is not { Status: OfferStatus.Open } || now < offer.Until)
            return false; // they were faster
        await ClaimSpace.Release(db, WaitingOffer.Subject.Of(offerId), stop);
        offer.Close(OfferStatus.Lapsed, now);
        var entry = await db.WaitingEntries.SingleAsync(one => one.Id == offer.EntryId, stop);
        db.Record(now, actorId: null, WaitingActs.Lapsed, entry.Id);
        if (entry.Lapse(now))
        {
            await Tell(db, entry, now, stop);
            db.Record(now, actorId: null, WaitingActs.Ended, entry.Id, $"{WaitingStatus.Dropped}");
        }

        return true;
    }

    private async Task<List<Guid>> Past(CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        await using var db = databases.Open();
        return await db.WaitingEntries.Where(one => one.Status == WaitingStatus.Waiting && one.EndsAt <= now)
            .OrderBy(one => one.EndsAt).Select(one => one.Id).Take(RowsMax).ToListAsync(stop);
    }

    private async Task<Outcome<bool>> Expire(HubDb db, Guid entryId, CancellationToken stop)
    {
        if (await Locked(db, entryId, stop) is not { } entry)
            return false;
        var now = clock.GetCurrentInstant();
        if (await db.WaitingOffers.AnyAsync(one => one.EntryId == entryId && one.Status == OfferStatus.Open && one.Until > now, stop))
            return false; // the last offer may be answered still
        await EndEntry.Run(db, entry, WaitingStatus.Expired, actorId: null, now, stop);
        await Tell(db, entry, now, stop);
        return true;
    }

    private async Task<List<Guid>> Covered(CancellationToken stop)
    {
        await using var db = databases.Open();
        var bookings = db.Bookings;
        // A first look; what counts is decided under the lock.
        return await db.WaitingEntries.Where(entry => entry.Status == WaitingStatus.Waiting && bookings.Any(own =>
                own.MemberId == entry.MemberId && own.CreatedAt > entry.JoinedAt && own.Status == BookingStatus.Confirmed
                && own.StartLocal < entry.UntilLocal && own.EndLocal > entry.FromLocal))
            .OrderBy(entry => entry.JoinedAt).Select(entry => entry.Id).Take(RowsMax).ToListAsync(stop);
    }

    private async Task<Outcome<bool>> Cover(HubDb db, Guid entryId, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        if (await Locked(db, entryId, stop) is not { } entry || !await HasInstead(db, map, entry, stop))
            return false;
        await EndEntry.Run(db, entry, WaitingStatus.Covered, actorId: null, clock.GetCurrentInstant(), stop);
        return true;
    }

    /// <summary>
    /// The member has booked something of the kind since: at that time, or in the window so long as they wished. What they had before
    /// counts for nothing, nor does a desk for who waits for a room.
    /// </summary>
    private static async Task<bool> HasInstead(HubDb db, HubDirectory map, WaitingEntry entry, CancellationToken stop)
    {
        var (from, until) = (entry.FromLocal, entry.UntilLocal);
        var since = await db.Bookings.AsNoTracking().Where(own => own.MemberId == entry.MemberId && own.CreatedAt > entry.JoinedAt
            && own.Status == BookingStatus.Confirmed && own.StartLocal < until && own.EndLocal > from).ToListAsync(stop);
        return since.Exists(own => map.Space(own.SpaceId)?.Kind == entry.Kind
            && (entry.Minutes is not { } minutes || Period.Between(
                LocalDateTime.Max(own.StartLocal, from), LocalDateTime.Min(own.EndLocal, until), PeriodUnits.Minutes).Minutes >= minutes));
    }

    private static async Task<WaitingEntry?> Locked(HubDb db, Guid entryId, CancellationToken stop)
    {
        var memberId = await db.WaitingEntries.Where(one => one.Id == entryId).Select(one => one.MemberId).SingleOrDefaultAsync(stop);
        await db.AcquireLocks([LockKey.OfSubject(memberId)], stop);
        return await db.WaitingEntries.SingleOrDefaultAsync(one => one.Id == entryId && one.Status == WaitingStatus.Waiting, stop);
    }

    private static async Task Tell(HubDb db, WaitingEntry entry, Instant now, CancellationToken stop)
    {
        var member = await db.Members.SingleAsync(one => one.Id == entry.MemberId, stop);
        if (member.DisabledAt is null)
            db.Write(Notification.To(
                Recipient.Of(member), WaitingNotifications.Ended, WaitingEntry.Subject.Of(entry.Id), now, note: $"{entry.Status}"));
    }

    private sealed record Refused(Guid OfferId, Guid EntryId, int SpaceId, Span Span);

    private async Task<int> OfferAll(CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        await using var db = databases.Open();
        var offers = db.WaitingOffers;
        var waiting = await db.WaitingEntries.AsNoTracking().InTurn()
            .Where(entry => entry.EndsAt > now && !offers.Any(one => one.EntryId == entry.Id && one.Status == OfferStatus.Open))
            .Take(WaitingEntry.HubMax).ToListAsync(stop);
        if (waiting.Count == 0)
            return 0;
        var map = await catalogue.Map(stop);
        var wanted = waiting.Select(entry => (Entry: entry, Slots: WaitingSlots.Of(map, entry, now)))
            .Where(one => one.Slots.Count > 0).ToList();
        if (wanted.Count == 0)
            return 0;

        List<Space> spaces = [.. wanted.SelectMany(one => one.Slots).Select(slot => slot.Space).Distinct()];
        var window = ClaimSpace.Widest(spaces,
            new Span(wanted.Min(one => one.Slots[0].Span.Start), wanted.Max(one => one.Slots.Max(slot => slot.Span.End))));
        var free = await FreeTimes.Load(db, spaces, window, new HashSet<Guid>(), stop);
        var refused = await StillRefused(db, map, [.. waiting.Select(entry => entry.Id)], spaces, window, stop);
        var made = 0;
        foreach (var (entry, slots) in wanted)
            made += await OfferFirst(entry, slots, free, refused[entry.Id], stop) ? 1 : 0;
        return made;
    }

    /// <summary>
    /// What they were offered and did not take is not offered to them again as long as it stays free; once somebody else has had it, it is.
    /// </summary>
    private async Task<ILookup<Guid, Refused>> StillRefused(
        HubDb db, HubDirectory map, Guid[] entryIds, List<Space> spaces, Span window, CancellationToken stop)
    {
        var rows = await db.WaitingOffers.AsNoTracking()
            .Where(one => entryIds.Contains(one.EntryId) && !one.WasTakenSince
                && (one.Status == OfferStatus.Declined || one.Status == OfferStatus.Lapsed)).ToListAsync(stop);
        if (rows.Count == 0)
            return Array.Empty<Refused>().ToLookup(one => one.EntryId);
        var open = await db.WaitingOffers.Where(one => one.Status == OfferStatus.Open).Select(one => one.Id).ToListAsync(stop);
        var butForOffers = await FreeTimes.Load(db, spaces, window, open.ToHashSet(), stop);
        var taken = rows.FindAll(one => map.Space(one.SpaceId) is { } space
            && !butForOffers.IsFree(space, ClaimSpace.Blocked(space, one.Span)));
        if (taken.Count > 0)
        {
            Guid[] ids = [.. taken.Select(one => one.Id)];
            await unitOfWork.Run<int>(async write => await write.WaitingOffers.Where(one => EF.Parameter(ids).Contains(one.Id))
                .ExecuteUpdateAsync(set => set.SetProperty(one => one.WasTakenSince, true), stop), stop);
        }

        return rows.Except(taken).Select(one => new Refused(one.Id, one.EntryId, one.SpaceId, one.Span)).ToLookup(one => one.EntryId);
    }

    private async Task<bool> OfferFirst(
        WaitingEntry entry, List<WaitingSlot> slots, FreeTimes free, IEnumerable<Refused> refused, CancellationToken stop)
    {
        var tries = 0;
        foreach (var slot in slots.Where(slot => free.IsFree(slot.Space, slot.Blocked)
            && !refused.Any(one => one.SpaceId == slot.Space.Id && one.Span.Overlaps(slot.Span))))
        {
            var result = Try.NotFree;
            try
            {
                var outcome = await unitOfWork.Run(db => Offer(db, entry.Id, slot, stop), stop);
                result = outcome.IsDone ? outcome.Value : Try.NotFree;
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                log.LogError(exception, "Nothing could be offered to {Entry}", entry.Id);
                return false;
            }

            if (result == Try.NotNow)
                return false;
            free.Take(slot.Space, slot.Blocked);
            if (result == Try.Made)
                return true;
            if (++tries == TriesMax)
                return false;
        }

        return false;
    }

    /// <summary>Under the locks of the space and the member; by the same rules as a booking, now and until the offer ends.</summary>
    private async Task<Outcome<Try>> Offer(HubDb db, Guid entryId, WaitingSlot slot, CancellationToken stop)
    {
        var map = await catalogue.InForce(db, stop);
        var memberId = await db.WaitingEntries.Where(one => one.Id == entryId).Select(one => one.MemberId).SingleOrDefaultAsync(stop);
        if (map.Space(slot.Space.Id) is not { } space)
            return Try.NotFree;
        await db.AcquireLocks([.. ClaimSpace.Locks(space), LockKey.OfSubject(memberId)], stop);
        var now = clock.GetCurrentInstant();
        var (place, local) = (map.PlaceOf(space), slot.Local);
        var open = db.WaitingEntries.Where(one => one.Id == entryId && one.Status == WaitingStatus.Waiting);
        if (await open.SingleOrDefaultAsync(stop) is not { } entry
            || await db.WaitingOffers.AnyAsync(one => one.EntryId == entryId && one.Status == OfferStatus.Open, stop)
            || await HasInstead(db, map, entry, stop))
            return Try.NotNow;
        var span = BookingRules.Check(space, place, local, now);
        if (!span.IsDone || BookingRules.CheckPeople(space, entry.People) is not null)
            return Try.NotFree;
        var blocked = ClaimSpace.Blocked(space, span.Value);
        if (await BookingFacts.Of(db, memberId, space, span.Value, blocked, now, stop) is not { } facts)
            return Try.NotNow;
        if (facts.TakenAt is not null)
            return Try.NotFree;
        if (facts.WhyNot(now) is not null)
            return Try.NotNow; // they keep their place until they may book again
        return entry.AutoAccept
            ? await Book(db, entry, space, local, map, now, stop)
            : await Hold(db, entry, space, place, local, span.Value, facts.Member, now, stop);
    }

    private static async Task<Outcome<Try>> Book(
        HubDb db, WaitingEntry entry, Space space, LocalSpan local, HubDirectory map, Instant now, CancellationToken stop)
    {
        var request = new BookSpaceRequest
        {
            ActorId = entry.MemberId,
            SpaceId = space.Id,
            When = When.Between(local.Start, local.End),
            People = entry.People,
        };
        var booked = await BookSpace.WhatWasWaitedFor(db, request, map, entry.PoolId, now, stop);
        if (!booked.IsDone)
            return Try.NotFree;
        entry.Book(booked.Value.Id, now);
        db.Record(now, actorId: null, WaitingActs.Booked, entry.Id);
        return Try.Made;
    }

    private static async Task<Outcome<Try>> Hold(
        HubDb db, WaitingEntry entry, Space space, SiteContext place, LocalSpan local, Span span, Member member, Instant now,
        CancellationToken stop)
    {
        var until = OfferTime.Until(place, span.Start - Duration.FromMinutes(space.Rules.NoticeMinutes), now);
        if (BookingRules.Check(space, place, local, until - Duration.FromSeconds(1)) is { IsDone: false })
            return Try.NotFree; // too close to its start for anybody to answer

        var offer = new WaitingOffer
        {
            Id = Guid.CreateVersion7(now.ToDateTimeOffset()),
            EntryId = entry.Id,
            MemberId = entry.MemberId,
            SpaceId = space.Id,
            PoolId = entry.PoolId,
            StartLocal = local.Start,
            EndLocal = local.End,
            Start = span.Start,
            End = span.End,
            OfferedAt = now,
            Until = until,
        };
        var holder = WaitingOffer.Subject.Of(offer.Id);
        if (await ClaimSpace.Take(db, space, ClaimSpace.Blocked(space, span), holder, now, stop, heldUntil: until) is not null)
            return Try.NotFree;
        db.WaitingOffers.Add(offer);
        db.Write(Notification.To(Recipient.Of(member), WaitingNotifications.Offered, holder, now, notAfter: until));
        db.Record(now, actorId: null, WaitingActs.Offered, entry.Id);
        return Try.Made;
    }
}
