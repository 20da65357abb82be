using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Bookings.Waiting;
using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Closures;

/// <param name="From">On the site's clock.</param>
/// <param name="Reason">What members read; a blank half falls back to the other language.</param>
public sealed record CloseSpaceRequest(Guid ActorId, int SpaceId, LocalDateTime From, LocalDateTime Until, Words Reason);

/// <summary>
/// Takes a desk or room out of service for a time, and puts it back. What is booked then has to be moved or cancelled first, but what was
/// booked as any of a pool moves within it by this act, where all of it finds something free. After the commit nobody books into it. The
/// front desk closes for a day at most, who manages the site's closures for longer.
/// </summary>
public sealed class CloseSpace(UnitOfWork unitOfWork, Catalogue catalogue, IClock clock)
{
    public const int DaysMax = 92, FrontDeskDaysMax = 1;

    /// <summary>
    /// Refuses with not_found (also for who may not), ends_before_it_starts, time_does_not_exist, too_long, already_over, reason_missing,
    /// reason_too_long, and space_occupied, which says how much stands in the way.
    /// </summary>
    public async Task<Outcome<SpaceClosure>> Run(
        CloseSpaceRequest request, CancellationToken stop, Alongside<SpaceClosure>? along = null)
    {
        var reason = ClosureRules.Complete(request.Reason);
        var map = await catalogue.Map(stop);
        if (map.Space(request.SpaceId) is not { } seen)
            return Refusal.NotFound;
        if (Refusal.AllOf([.. Wrong(request, reason)]) is { } refusal)
            return refusal;
        var typed = map.PlaceOf(seen).Time.Typed(new LocalSpan(request.From, request.Until));
        if (!typed.IsDone)
            return typed.Refusal;

        return await unitOfWork.Run(async db =>
        {
            var inForce = await catalogue.InForce(db, stop);
            if (inForce.Space(request.SpaceId) is not { IsGone: false } space)
                return Refusal.NotFound; // its parts do not change meanwhile
            await db.AcquireLocks([.. ClaimSpace.Locks([space, .. MoveWithinPools.Members(inForce, space)])], stop);
            var now = clock.GetCurrentInstant();
            var actor = await db.Viewer(request.ActorId, now, stop);
            if (actor?.May(Permission.ManageClosures, space.SiteId) != true && actor?.May(Permission.RunFrontDesk, space.SiteId) != true)
                return Refusal.NotFound;
            if (!actor.May(Permission.ManageClosures, space.SiteId)
                && typed.Value.End - typed.Value.Start > Duration.FromDays(FrontDeskDaysMax))
                return TooLong(FrontDeskDaysMax);
            if (typed.Value.End <= now)
                return IsOver;

            var closure = new SpaceClosure
            {
                Id = Guid.CreateVersion7(now.ToDateTimeOffset()),
                SpaceId = space.Id,
                LocalStart = request.From,
                LocalEnd = request.Until,
                Start = typed.Value.Start,
                End = typed.Value.End,
                Reason = LocalisedText.Of(reason),
            };
            var blocked = new Span(closure.Start, closure.End);
            await WithdrawOffers.Run(db, space, blocked, now, stop);
            if (await MakeRoom(db, inForce, space, blocked, request.ActorId, now, stop) is { } stuck)
                return stuck;
            if (await ClaimSpace.Take(db, space, blocked, SpaceClosure.Subject.Of(closure.Id), now, stop) is not null)
                return await Occupied(db, space, blocked, stop);
            db.Add(closure);
            db.Record(now, request.ActorId, ClosureActs.SpaceClosed, closure.Id,
                $"space {space.Id}: {closure.LocalStart:uuuu-MM-dd'T'HH:mm}/{closure.LocalEnd:uuuu-MM-dd'T'HH:mm}");
            return (Outcome<SpaceClosure>)closure;
        }, stop, along);
    }

    /// <summary>Moves within their pools what stands in the way, all of it or nothing.</summary>
    private static async Task<Refusal?> MakeRoom(
        HubDb db, HubDirectory map, Space space, Span blocked, Guid actorId, Instant now, CancellationToken stop)
    {
        if (map.Pool(space.PoolId) is null)
            return null;
        int[] units = [.. space.Units.Select(unit => unit.UnitId)];
        var holders = await db.Claims.Overlapping(units, blocked).Select(claim => claim.HolderId).Distinct().ToListAsync(stop);
        var bookings = await db.Bookings.Where(booking => holders.Contains(booking.Id) && booking.PoolId != null).ToListAsync(stop);
        if (bookings.Count == 0 || bookings.Count < holders.Count)
            return null;
        var plan = await MoveWithinPools.Plan(db, map, bookings, [space.Id], [], now, stop);
        return plan.Count < bookings.Count
            ? null
            : (await SettleBookings.Run(db, map, [.. bookings.Select(booking => new SettledBooking(booking, plan[booking.Id]))],
                reason: default, actorId, now, stop)).Refusal;
    }

    /// <summary>The front desk puts back what it could have taken out, who manages the site's closures all.</summary>
    public static bool MayEnd(Viewer viewer, int siteId, SpaceClosure closure) => viewer.May(Permission.ManageClosures, siteId)
        || (viewer.May(Permission.RunFrontDesk, siteId) && closure.End - closure.Start <= Duration.FromDays(FrontDeskDaysMax));

    /// <summary>Back in service from now on. Refuses with not_found (also for who may not), too_long and already_over.</summary>
    public async Task<Outcome<SpaceClosure>> End(Guid closureId, Guid actorId, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        return await unitOfWork.Run(async db =>
        {
            var now = clock.GetCurrentInstant();
            if (await db.Set<SpaceClosure>().SingleOrDefaultAsync(one => one.Id == closureId, stop) is not { } closure
                || map.Space(closure.SpaceId) is not { } space
                || await db.Viewer(actorId, now, stop) is not { } actor
                || !actor.May(Permission.ManageClosures, space.SiteId) && !actor.May(Permission.RunFrontDesk, space.SiteId))
                return Refusal.NotFound;
            if (!MayEnd(actor, space.SiteId, closure))
                return TooLong(FrontDeskDaysMax);
            if (closure.End <= now)
                return IsOver;

            await ClaimSpace.Release(db, SpaceClosure.Subject.Of(closure.Id), stop);
            db.Record(now, actorId, ClosureActs.SpaceReopened, closure.Id, $"space {space.Id}");
            if (closure.Start >= now)
                (closure.End, closure.LocalEnd) = (closure.Start, closure.LocalStart); // never was: kept, since activity names it
            else
                (closure.End, closure.LocalEnd) = (now, map.PlaceOf(space).Time.Local(now));
            return (Outcome<SpaceClosure>)closure;
        }, stop);
    }

    private static async Task<Refusal> Occupied(HubDb db, Space space, Span blocked, CancellationToken stop)
    {
        int[] units = [.. space.Units.Select(unit => unit.UnitId)];
        var holders = await db.Claims.Overlapping(units, blocked).Select(claim => claim.HolderId).Distinct().CountAsync(stop);
        return new Refusal("space_occupied", holders == 1
            ? new($"{space.Name} is booked in this time. Move or cancel that first.",
                $"{space.Name} ist in dieser Zeit gebucht. Verschieben oder stornieren Sie das zuerst.",
                $"{space.Name} ist in dieser Zeit gebucht. Verschiebe oder storniere das zuerst.")
            : new($"{space.Name} is booked {holders} times in this time. Move or cancel that first.",
                $"{space.Name} ist in dieser Zeit {holders}-mal gebucht. Verschieben oder stornieren Sie das zuerst.",
                $"{space.Name} ist in dieser Zeit {holders}-mal gebucht. Verschiebe oder storniere das zuerst."))
        { Field = "from" };
    }

    private static IEnumerable<Refusal> Wrong(CloseSpaceRequest request, Words reason)
    {
        if (request.Until <= request.From)
            yield return new("ends_before_it_starts", new(
                "The end must be after the start.", "Das Ende muss nach dem Beginn liegen."))
            { Field = "until" };
        else if (Period.DaysBetween(request.From.Date, request.Until.Date) > DaysMax)
            yield return TooLong(DaysMax);
        foreach (var wrong in ClosureRules.WrongReason(reason))
            yield return wrong;
    }

    private static Refusal TooLong(int days) => new("too_long", days == 1
        ? new("The front desk decides on a day at most. Ask an administrator.",
            "Der Empfang entscheidet über höchstens einen Tag. Wenden Sie sich an die Verwaltung.",
            "Der Empfang entscheidet über höchstens einen Tag. Wende dich an die Verwaltung.")
        : new($"Close for at most {days} days at once.", $"Sperren Sie höchstens {days} Tage auf einmal.",
            $"Sperre höchstens {days} Tage auf einmal."))
    { Field = "until" };

    private static Refusal IsOver { get; } = new("already_over", new("This time is over.", "Diese Zeit ist vorbei.")) { Field = "until" };
}

/// <summary>The times a desk or room is out of service.</summary>
public sealed class SpaceClosures(HubDbFactory databases, IClock clock)
{
    private const int RowsMax = 500;

    /// <summary>Those of these spaces that are not over, by start.</summary>
    public async Task<IReadOnlyList<SpaceClosure>> Run(IReadOnlyCollection<int> spaceIds, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        await using var db = databases.Open();
        return await db.Set<SpaceClosure>().AsNoTracking()
            .Where(closure => spaceIds.Contains(closure.SpaceId) && closure.End > now && closure.End > closure.Start)
            .OrderBy(closure => closure.Start).ThenBy(closure => closure.Id).Take(RowsMax).ToListAsync(stop);
    }
}
