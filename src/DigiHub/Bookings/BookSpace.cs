using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Bookings.Approvals;
using DigiHub.Bookings.Demand;
using DigiHub.Bookings.Series;
using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Bookings;

/// <summary>What somebody asks to have, and when.</summary>
public sealed record BookSpaceRequest
{
    /// <summary>Who asks.</summary>
    public required Guid ActorId { get; init; }

    /// <summary>
    /// Whose booking it will be; null for the actor's own. Delegates of the member book for them, and the front desk and administrators of
    /// the space's site for everybody.
    /// </summary>
    public Guid? MemberId { get; init; }

    /// <summary>This very space; null where any of a pool will do.</summary>
    public int? SpaceId { get; init; }

    /// <summary>Any of this pool, then no space is asked for.</summary>
    public int? PoolId { get; init; }

    /// <summary>
    /// For a form, which may be sent twice: the same of one pool within a minute is one booking, which the second request gets, too. Of a
    /// space nobody can have two at a time anyway.
    /// </summary>
    public bool IsOnce { get; init; }

    public required When When { get; init; }

    public string? Title { get; init; }

    /// <summary>How many come; null where that was not said.</summary>
    public int? People { get; init; }

    /// <summary>Null: as the member usually wants it.</summary>
    public ReminderChoice? Reminder { get; init; }

    /// <summary>What else is written in the same commit.</summary>
    public Alongside<Booking>? Along { get; init; }
}

/// <summary>
/// Books a space for a member, or any of a pool. Of two concurrent requests for the same time, one succeeds and the other gets a
/// refusal with the nearest alternatives. Of a pool somebody gets what <see cref="PoolChoice"/> says, decided under the locks of all that
/// it may be.
/// </summary>
public sealed class BookSpace(
    UnitOfWork unitOfWork, Catalogue catalogue, Alternatives alternatives, UnmetWishes unmetWishes, LapseApprovals lapseApprovals,
    IClock clock)
{
    /// <summary>
    /// Refuses with the codes of <see cref="BookingRules.Check"/> and with not_found, slot_taken, already_booked,
    /// too_many_bookings, too_many_people, people_out_of_range, title_too_long, reminder_out_of_range, member_disabled,
    /// only_for_yourself and busy; of a pool with pool_taken and pool_empty.
    /// </summary>
    public async Task<Outcome<Booking>> Run(BookSpaceRequest request, CancellationToken stop)
    {
        var outcome = await Try(request, stop);
        // What it needs may be held by a booking whose time to be approved is over, before the job came by: then it is free.
        return outcome.Refusal is { } refusal && holdable.Contains(refusal.Code) && await lapseApprovals.Run(stop) > 0
            ? await Try(request, stop)
            : outcome;
    }

    /// <summary>Codes of refusals that a booking may cause which has lapsed.</summary>
    private static readonly HashSet<string> holdable =
        [UnitOfWork.SlotTaken.Code, "pool_taken", BookingRules.AlreadyBooked.Code, BookingRules.TooManyBookings.Code];

    private async Task<Outcome<Booking>> Try(BookSpaceRequest request, CancellationToken stop)
    {
        if (request.PoolId is { } poolId)
            return await OfPool(request, poolId, stop);
        var map = await catalogue.Map(stop);
        if (SpaceOf(request, map) is not { } space)
            return Refusal.NotFound;
        var asked = request.When.At(map.PlaceOf(space));
        if (!asked.IsDone)
            return asked.Refusal;

        var now = clock.GetCurrentInstant();
        var wish = Decide(request, map, space, asked.Value, now);
        var outcome = wish.IsDone
            ? await unitOfWork.Run(db => Book(db, request, wish.Value, map, now, stop), stop, request.Along)
            : wish.Refusal;
        if (ReferenceEquals(outcome.Refusal, catalogueChanged))
            outcome = await unitOfWork.Run(db => ByTheCatalogueInForce(db, request, now, stop), stop, request.Along);

        unmetWishes.Note(outcome.Refusal, space.SiteId, space.Kind, asked.Value.Start, request.ActorId);
        // Searched after the transaction, so that the search does not run under the lock.
        return outcome.Refusal is { } refusal
            ? await alternatives.BesideRefusal(refusal, space, asked.Value, request.People, stop)
            : outcome;
    }

    private async Task<Outcome<Booking>> OfPool(BookSpaceRequest request, int poolId, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        (Pool Pool, LocalSpan Local)? wanted = null;
        var outcome = await unitOfWork.Run(
            async db =>
            {
                // In force at once: which of them may be booked changes with each desk that comes or goes.
                var map = await catalogue.InForce(db, stop);
                if (map.Pool(poolId) is not { } pool || map.Place(pool.SiteId) is not { } place)
                    return Refusal.NotFound;
                var asked = request.When.At(place);
                if (!asked.IsDone)
                    return asked.Refusal;
                wanted = (pool, asked.Value);
                return await AnyOf(db, request, map, pool, place, asked.Value, now, stop);
            },
            stop, request.Along);

        if (wanted is var (pool, span))
            unmetWishes.Note(outcome.Refusal, pool.SiteId, pool.Kind, span.Start, request.ActorId);
        return outcome.Refusal is { } refusal && wanted is var (wish, local)
            ? await alternatives.BesideRefusal(refusal, wish, local, request.People, stop)
            : outcome;
    }

    private static async Task<Outcome<Booking>> AnyOf(
        HubDb db, BookSpaceRequest request, HubDirectory map, Pool pool, SiteContext place, LocalSpan asked, Instant now,
        CancellationToken stop)
    {
        var title = TypedText.Line(request.Title);
        var allowed = PoolChoice.Allowed(map, pool, request.People, space => BookingRules.Check(space, place, asked, now));
        var refusal = allowed.Refusal ?? BookingRules.CheckTitle(title) ?? BookingRules.CheckReminder(request.Reminder);
        if (refusal is not null)
            return refusal;
        var memberId = request.MemberId ?? request.ActorId;
        if (memberId != request.ActorId && await WhyNotForOthers(db, request.ActorId, memberId, pool.SiteId, now, stop) is { } notForOthers)
            return notForOthers;

        var candidates = allowed.Value;
        await db.AcquireLocks([.. ClaimSpace.Locks(candidates.Select(one => one.Space)), LockKey.OfSubject(memberId)], stop);
        if (request.IsOnce && await JustBooked.OfPool(db, memberId, pool.Id, asked, now, stop) is { } same)
            return same;
        var chosen = await PoolChoice.LeastUsed(db, candidates, preferredId: null, except: null, now, stop);
        var (space, span) = chosen ?? candidates[0];
        var blocked = ClaimSpace.Blocked(space, span);
        if (await BookingFacts.Of(db, memberId, space, span, blocked, now, stop) is not { } facts)
            return Refusal.NotFound;
        if ((facts with { TakenAt = null }).WhyNot(now) is { } whyNot)
            return whyNot;
        if (chosen is null)
            return BookingRules.PoolTaken(pool);
        return await Record(db, request, new Wish(space, place, asked, span, title), blocked, facts.Member, now, stop, pool.Id);
    }

    private static Space? SpaceOf(BookSpaceRequest request, HubDirectory map) => request.SpaceId is { } id ? map.Space(id) : null;

    private sealed record Wish(Space Space, SiteContext Place, LocalSpan Local, Span Span, string? Title);

    /// <summary>What is held, and when.</summary>
    /// <param name="PoolId">Any of this pool was asked for; null: this very space.</param>
    internal sealed record Held(Space Space, LocalSpan Local, Span Span, string? Title, int? PoolId = null)
    {
        /// <summary>Null: it belongs to no series.</summary>
        public Guid? SeriesId { get; init; }

        /// <summary>The date of its series that it stands for.</summary>
        public LocalDate? SeriesDate { get; init; }

        /// <summary>In what it differs from its series from the beginning.</summary>
        public OwnFields Own { get; init; }
    }

    /// <summary>Ends a try that was decided by a catalogue that is no longer in force; nobody but us ever sees it.</summary>
    private static readonly Refusal catalogueChanged =
        new("catalogue_changed", new("The catalogue has changed.", "Der Katalog hat sich geändert."));

    /// <summary>
    /// Decides again where a site or a space has changed since the first look: nobody books into a day that has just been closed.
    /// </summary>
    private async Task<Outcome<Booking>> ByTheCatalogueInForce(HubDb db, BookSpaceRequest request, Instant now, CancellationToken stop)
    {
        var map = await catalogue.InForce(db, stop);
        if (SpaceOf(request, map) is not { } space)
            return Refusal.NotFound;
        var asked = request.When.At(map.PlaceOf(space));
        var wish = asked.IsDone ? Decide(request, map, space, asked.Value, now) : asked.Refusal;
        return wish.IsDone ? await Book(db, request, wish.Value, map, now, stop) : wish.Refusal;
    }

    private static Outcome<Wish> Decide(BookSpaceRequest request, HubDirectory map, Space space, LocalSpan asked, Instant now)
    {
        var place = map.PlaceOf(space);
        var title = TypedText.Line(request.Title);
        var span = request.When.IsFromNow
            ? BookingRules.CheckFromNow(space, place, asked, now)
            : BookingRules.Check(space, place, asked, now);
        var refusal = span.Refusal ?? BookingRules.CheckHeadCount(space, request.People)
            ?? BookingRules.CheckTitle(title) ?? BookingRules.CheckReminder(request.Reminder);
        return refusal is null ? new Wish(space, place, asked, span.Value, title) : refusal;
    }

    private static async Task<Outcome<Booking>> Book(
        HubDb db, BookSpaceRequest request, Wish wish, HubDirectory map, Instant now, CancellationToken stop)
    {
        var memberId = request.MemberId ?? request.ActorId;
        if (memberId != request.ActorId
            && await WhyNotForOthers(db, request.ActorId, memberId, wish.Space.SiteId, now, stop) is { } notForOthers)
            return notForOthers;

        await db.AcquireLocks([.. ClaimSpace.Locks(wish.Space), LockKey.OfSubject(memberId)], stop, shared: LockKey.OfCatalogue);

        var blocked = ClaimSpace.Blocked(wish.Space, wish.Span);
        var facts = await BookingFacts.Of(db, memberId, wish.Space, wish.Span, blocked, now, stop);
        if (facts is null)
            return Refusal.NotFound;
        if (facts.Stamp != map.Stamp)
            return catalogueChanged;
        if (facts.WhyNot(now) is { } refusal)
            return refusal;

        return await Record(db, request, wish, blocked, facts.Member, now, stop);
    }

    /// <summary>
    /// In the caller's transaction, with the catalogue in force, under the locks of the space and the member: what was held for who waited,
    /// by the rules of any booking. Refuses as <see cref="Run"/> does.
    /// </summary>
    /// <param name="poolId">Any of this pool was waited for.</param>
    internal static async Task<Outcome<Booking>> WhatWasWaitedFor(
        HubDb db, BookSpaceRequest request, HubDirectory map, int? poolId, Instant now, CancellationToken stop)
    {
        if (SpaceOf(request, map) is not { } space)
            return Refusal.NotFound;
        var asked = request.When.At(map.PlaceOf(space));
        if (!asked.IsDone)
            return asked.Refusal;
        var wish = Decide(request, map, space, asked.Value, now);
        if (!wish.IsDone)
            return wish.Refusal;
        var blocked = ClaimSpace.Blocked(space, wish.Value.Span);
        if (await BookingFacts.Of(db, request.MemberId ?? request.ActorId, space, wish.Value.Span, blocked, now, stop) is not { } facts)
            return Refusal.NotFound;
        return facts.WhyNot(now) is { } refusal
            ? refusal
            : await Record(db, request, wish.Value, blocked, facts.Member, now, stop, poolId == space.PoolId ? poolId : null);
    }

    internal static async Task<Refusal?> WhyNotForOthers(
        HubDb db, Guid actorId, Guid memberId, int siteId, Instant now, CancellationToken stop)
    {
        if (await db.Viewer(actorId, now, stop) is not { } actor)
            return BookingRules.MemberDisabled;
        return actor.IsOrActsFor(memberId) || actor.May(Permission.BookForOthers, siteId) ? null : BookingRules.OnlyForYourself;
    }

    private static async Task<Outcome<Booking>> Record(
        HubDb db, BookSpaceRequest request, Wish wish, Span blocked, Member member, Instant now, CancellationToken stop, int? poolId = null)
    {
        var waits = await AskApproval.Needs(db, wish.Space, request.ActorId, now, stop);
        if (waits && AskApproval.WhyNot(wish.Space, wish.Place, wish.Span.Start, now) is { } tooLate)
            return tooLate;
        var booking = Add(db, new(wish.Space, wish.Local, wish.Span, wish.Title, poolId), blocked, member, request.ActorId,
            request.Reminder ?? ReminderChoice.AsUsual, now);
        booking.People = request.People;
        if (waits)
            AskApproval.Ask(db, [booking], request.ActorId, now);
        BookingEmails.Confirm(db, booking, wish.Place, member, now);
        await BookingEmails.TellDelegate(db, booking, now, stop);
        db.Record(now, request.ActorId, BookingActs.Created, booking.Id, onBehalfOf: member.Id);

        if (wish.Space.Kind == SpaceKind.Desk)
            member.HomeSiteId ??= wish.Space.SiteId; // a first guess, which the member may change
        return booking;
    }

    /// <summary>
    /// In the caller's transaction, under the locks of the space: what somebody takes at its door, who is not asked who they are. The
    /// caller has checked the rules, and records the act; nobody is written to. Refuses with slot_taken.
    /// </summary>
    /// <param name="checkInBy">Released then, unless somebody has checked in.</param>
    internal static async Task<Outcome<Booking>> WalkUp(
        HubDb db, Space space, LocalSpan local, Span span, Instant checkInBy, Instant now, CancellationToken stop)
    {
        var booking = new Booking
        {
            Id = Guid.CreateVersion7(now.ToDateTimeOffset()),
            SpaceId = space.Id,
            SiteId = space.SiteId,
            MemberId = Nobody.Id,
            BookedById = Nobody.Id,
            IsWalkUp = true,
            StartLocal = local.Start,
            EndLocal = local.End,
            Start = span.Start,
            End = span.End,
            CreatedAt = now,
        };
        booking.AskToCheckInBy(checkInBy);
        var holder = Booking.Subject.Of(booking.Id);
        if (await ClaimSpace.Take(db, space, ClaimSpace.Blocked(space, span), holder, now, stop) is { } refusal)
            return refusal;
        db.Bookings.Add(booking);
        return booking;
    }

    /// <summary>Adds the booking with its claims; the caller has checked, writes what its member is told, and records the act.</summary>
    internal static Booking Add(
        HubDb db, Held held, Span blocked, Member member, Guid bookedById, ReminderChoice reminder, Instant now)
    {
        var booking = new Booking
        {
            Id = Guid.CreateVersion7(now.ToDateTimeOffset()),
            SpaceId = held.Space.Id,
            SiteId = held.Space.SiteId,
            PoolId = held.PoolId,
            MemberId = member.Id,
            BookedById = bookedById,
            Title = held.Title,
            StartLocal = held.Local.Start,
            EndLocal = held.Local.End,
            Start = held.Span.Start,
            End = held.Span.End,
            SeriesId = held.SeriesId,
            SeriesDate = held.SeriesDate,
            OwnFields = held.Own,
            CreatedAt = now,
        };
        booking.Remind(reminder, member);
        if (booking.End > now) // history comes in by imports
            booking.AskToCheckIn(held.Space, now);
        db.Bookings.Add(booking);
        ClaimSpace.Add(db, held.Space, blocked, Booking.Subject.Of(booking.Id), now);
        return booking;
    }
}
