using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Keys;
using DigiHub.Notifications;
using DigiHub.Spaces;

namespace DigiHub.Bookings.Waiting;

/// <summary>An offer as its page shows it.</summary>
/// <param name="IsOpen">It can be accepted still.</param>
public sealed record OfferView(WaitingOffer Offer, WaitingEntry Entry, Space Space, SiteContext Place, bool IsOpen);

/// <summary>
/// The answers to an offer: accepting books what was held, by the same rules as any booking; declining keeps the place. On a page, by a
/// program, or by the signed link of the e-mail, which needs no signing in.
/// </summary>
public sealed class AnswerOffer(
    UnitOfWork unitOfWork, HubDbFactory databases, Catalogue catalogue, HubTokenSigner tokenSigner, IClock clock)
{
    /// <summary>
    /// A second time it is the same booking. Refuses as <see cref="BookSpace"/> does, and with not_found, member_disabled and offer_over.
    /// </summary>
    public Task<Outcome<Booking>> Accept(Guid offerId, Guid actorId, CancellationToken stop, Alongside<Booking>? along = null) =>
        unitOfWork.Run(
            async db =>
            {
                var map = await catalogue.InForce(db, stop);
                var taken = await Take(db, map, offerId, actorId, stop);
                if (!taken.IsDone)
                    return taken.Refusal;
                var (offer, entry) = taken.Value;
                var now = clock.GetCurrentInstant(); // read under the locks: it may have been a long wait
                if (offer is { Status: OfferStatus.Accepted, BookingId: { } bookedId })
                    return await db.Bookings.SingleAsync(one => one.Id == bookedId, stop);
                if (!offer.IsOpenAt(now))
                    return WaitingRefusals.OfferOver;

                await ClaimSpace.Release(db, WaitingOffer.Subject.Of(offer.Id), stop);
                var booked = await BookSpace.WhatWasWaitedFor(db, RequestOf(offer, entry, actorId), map, offer.PoolId, now, stop);
                if (!booked.IsDone)
                    return booked.Refusal;
                offer.Accept(booked.Value.Id, now);
                entry.Book(booked.Value.Id, now);
                db.Record(now, actorId, WaitingActs.Booked, entry.Id, onBehalfOf: entry.MemberId);
                return booked;
            },
            stop, along);

    /// <summary>Refuses with not_found, member_disabled, offer_over and busy.</summary>
    public Task<Outcome<WaitingEntry>> Decline(Guid offerId, Guid actorId, CancellationToken stop, Alongside<WaitingEntry>? along = null) =>
        unitOfWork.Run(
            async db =>
            {
                var taken = await Take(db, await catalogue.Map(stop), offerId, actorId, stop);
                if (!taken.IsDone)
                    return taken.Refusal;
                var (offer, entry) = taken.Value;
                var now = clock.GetCurrentInstant();
                if (!offer.IsOpenAt(now))
                    return WaitingRefusals.OfferOver;
                await ClaimSpace.Release(db, WaitingOffer.Subject.Of(offer.Id), stop);
                offer.Close(OfferStatus.Declined, now);
                db.Record(now, actorId, WaitingActs.Declined, entry.Id, onBehalfOf: entry.MemberId);
                return (Outcome<WaitingEntry>)entry;
            },
            stop, along);

    /// <summary>By the link of the e-mail. Null for a wrong token. Looking changes nothing.</summary>
    public async Task<OfferView?> Look(string token, CancellationToken stop)
    {
        if ((await tokenSigner.Get(stop)).Open(TokenPurpose.WaitingOffer, token) is not { } notificationId)
            return null;
        await using var db = databases.Open();
        var notification = await db.Notifications.AsNoTracking().SingleOrDefaultAsync(one => one.Id == notificationId, stop);
        if (notification?.IdOf(WaitingOffer.Subject) is not { } offerId
            || await db.WaitingOffers.AsNoTracking().SingleOrDefaultAsync(one => one.Id == offerId, stop) is not { } offer
            || (await catalogue.Map(stop)) is not { } map || map.Space(offer.SpaceId) is not { } space)
            return null;
        var entry = await db.WaitingEntries.AsNoTracking().SingleAsync(one => one.Id == offer.EntryId, stop);
        return new(offer, entry, space, map.PlaceOf(space), offer.IsOpenAt(clock.GetCurrentInstant()));
    }

    /// <summary>By the link. Refuses with not_found, and as <see cref="Accept"/> does.</summary>
    public async Task<Outcome<Booking>> AcceptByLink(string token, CancellationToken stop) =>
        await Look(token, stop) is { } seen ? await Accept(seen.Offer.Id, seen.Offer.MemberId, stop) : Refusal.NotFound;

    /// <summary>By the link. Refuses with not_found, and as <see cref="Decline"/> does.</summary>
    public async Task<Outcome<WaitingEntry>> DeclineByLink(string token, CancellationToken stop) =>
        await Look(token, stop) is { } seen ? await Decline(seen.Offer.Id, seen.Offer.MemberId, stop) : Refusal.NotFound;

    internal static BookSpaceRequest RequestOf(WaitingOffer offer, WaitingEntry entry, Guid actorId) => new()
    {
        ActorId = actorId,
        MemberId = offer.MemberId,
        SpaceId = offer.SpaceId,
        When = When.Between(offer.StartLocal, offer.EndLocal),
        People = entry.People,
    };

    /// <summary>
    /// Under the locks of its space and its member, which every answer, lapse and withdrawal takes, so that there is one of them.
    /// </summary>
    private async Task<Outcome<(WaitingOffer Offer, WaitingEntry Entry)>> Take(
        HubDb db, HubDirectory map, Guid offerId, Guid actorId, CancellationToken stop)
    {
        if (await db.Viewer(actorId, clock.GetCurrentInstant(), stop) is not { } actor)
            return BookingRules.MemberDisabled;
        var seen = await db.WaitingOffers.Where(one => one.Id == offerId).Select(one => new { one.MemberId, one.SpaceId })
            .SingleOrDefaultAsync(stop);
        if (seen is null || map.Space(seen.SpaceId) is not { } space
            || (seen.MemberId != actorId && !actor.May(Permission.BookForOthers, space.SiteId)))
            return Refusal.NotFound;
        await db.AcquireLocks([.. ClaimSpace.Locks(space), LockKey.OfSubject(seen.MemberId)], stop);
        var offer = await db.WaitingOffers.SingleOrDefaultAsync(one => one.Id == offerId, stop);
        if (offer is null)
            return Refusal.NotFound;
        return (offer, await db.WaitingEntries.SingleAsync(one => one.Id == offer.EntryId, stop));
    }
}
