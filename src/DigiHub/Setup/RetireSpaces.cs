using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Setup;

/// <summary>What is to become of a booking or event.</summary>
/// <param name="SpaceId">Where it goes at the same time; null: a booking is cancelled, its member gets an e-mail.</param>
public sealed record Fate(int? SpaceId)
{
    public static Fate Cancelled { get; } = new((int?)null);
}

public sealed record RetireSpacesRequest
{
    /// <summary>Null: the operator, by a command.</summary>
    public required Guid? ActorId { get; init; }

    /// <summary>Of one site.</summary>
    public required IReadOnlyCollection<int> SpaceIds { get; init; }

    /// <summary>The first day on which nobody can book them any more, on the site's calendar; today or later.</summary>
    public required LocalDate From { get; init; }

    /// <summary>By the id of the booking or event.</summary>
    public IReadOnlyDictionary<Guid, Fate> Fates { get; init; } = new Dictionary<Guid, Fate>();

    /// <summary>
    /// Bookings without a fate are cancelled; false: they stop the act. Those of a pool move within it first, where something is free.
    /// </summary>
    public bool CancelsTheRest { get; init; }

    /// <summary>What members read in the e-mail about several bookings; empty: none is told.</summary>
    public LocalisedText Reason { get; init; }
}

/// <param name="PeopleTold">How many members had bookings there and get an e-mail.</param>
public sealed record SpacesRetired(IReadOnlyList<Space> Spaces, int Moved, int Cancelled, int PeopleTold);

/// <summary>
/// Retires desks and rooms of a site from a day on, with everything that stands in them: moved at the same time to spaces that somebody
/// named, or cancelled, in one transaction, or nothing. An event is never moved without naming its room and never cancelled here. What they
/// were used for can be read as before, and their names are free again.
/// </summary>
public sealed class RetireSpaces(UnitOfWork unitOfWork, Catalogue catalogue, IClock clock)
{
    /// <summary>Bookings and events that one act settles.</summary>
    public const int StandingMax = 500;

    /// <summary>
    /// Refuses with not_found (also for who may not), too_many_spaces, date_out_of_range, from_past, reason_too_long, space_retired,
    /// space_in_use (somebody sits there beyond that day), too_many_standing, booking_undecided, event_undecided, space_unsuitable,
    /// slot_taken, room_too_small and as <see cref="BookingRules.CheckSameStart"/>; those about one booking or event have its field.
    /// </summary>
    /// <param name="along">What else is written in the same commit.</param>
    public async Task<Outcome<SpacesRetired>> Run(
        RetireSpacesRequest request, CancellationToken stop, Alongside<SpacesRetired>? along = null)
    {
        int[] ids = [.. request.SpaceIds.Distinct()];
        if (ids.Length is 0 or > EditSpaces.SpacesMax)
            return SpaceChangeRules.TooMany;
        var reason = request.Reason.Each(TypedText.Line);
        if (Refusal.AllOf([.. DateRules.Wrong(request.From, "from"), .. RetirementRefusals.WrongReason(reason)]) is { } refusal)
            return refusal;

        return await unitOfWork.Run(async db =>
        {
            // Exclusive: bookings in progress are committed and seen here, later ones find the spaces retired.
            await db.AcquireLocks([LockKey.OfCatalogue], stop);
            var map = await catalogue.InForce(db, stop);
            var now = clock.GetCurrentInstant();
            var spaces = await db.Spaces.Where(space => ids.Contains(space.Id)).OrderBy(space => space.Id).ToListAsync(stop);
            if (spaces.Count != ids.Length || spaces.Select(space => space.SiteId).Distinct().Count() != 1
                || map.Place(spaces[0].SiteId) is not { } place
                || request.ActorId is not null
                    && (await db.Viewer(request.ActorId, now, stop))?.May(Permission.ManageSites, spaces[0].SiteId) != true)
                return Refusal.NotFound;
            if (spaces.Find(space => space.IsGone) is { } gone)
                return SpaceChangeRules.IsRetired(gone);
            if (request.From < place.Time.DateOf(now))
                return DateRules.Past("from");

            var settled = await Settle(db, map, place, ids, request, reason, now, stop);
            return settled.IsDone ? Retire(db, spaces, request, place, settled.Value, now) : settled.Refusal;
        }, stop, along);
    }

    private static Outcome<SpacesRetired> Retire(
        HubDb db, List<Space> spaces, RetireSpacesRequest request, SiteContext place, SpacesRetired settled, Instant now)
    {
        foreach (var space in spaces)
        {
            space.RetiredFrom = request.From;
            if (request.From <= place.Time.DateOf(now))
                space.IsOffered = false;
            db.Record(now, request.ActorId, SetupActs.SpaceRetired, space.Id, $"{space.Name}: {request.From:uuuu-MM-dd}");
        }

        return settled with { Spaces = spaces };
    }

    private static async Task<Outcome<SpacesRetired>> Settle(
        HubDb db, HubDirectory map, SiteContext place, int[] ids, RetireSpacesRequest request, LocalisedText reason, Instant now,
        CancellationToken stop)
    {
        int[] named = [.. request.Fates.Values.Select(fate => fate.SpaceId).OfType<int>().Distinct()];
        List<Space> touched = [.. ids.Concat(named).Select(map.Space).OfType<Space>()];
        await db.AcquireLocks(ClaimSpace.Locks([.. touched, .. MoveWithinPools.Members(map, touched)]), stop); // who cancels holds no other
        var begins = place.Time.DayOf(request.From).Start;
        if (await db.Bookings.AsNoTracking().Where(booking => ids.Contains(booking.SpaceId) && booking.Status == BookingStatus.Confirmed
            && booking.Start <= now && booking.End > now && booking.End > begins).OrderBy(booking => booking.End)
            .FirstOrDefaultAsync(stop) is { } running)
            return RetirementRefusals.InUse(map.Space(running.SpaceId)!, running.LocalSpan);

        var bookings = await PlanRetirement.StandingIn(db, ids, begins, now).Take(StandingMax + 1).ToListAsync(stop);
        var events = await PlanRetirement.EventsIn(db, ids, begins, now).Take(StandingMax + 1).ToListAsync(stop);
        if (bookings.Count + events.Count > StandingMax)
            return RetirementRefusals.TooMuch;
        List<SettledBooking> decided = [.. bookings.Where(booking => request.Fates.ContainsKey(booking.Id)).Select(booking =>
            new SettledBooking(booking, request.Fates[booking.Id].SpaceId is { } to ? map.Space(to) : null))];
        var within = await MoveWithinPools.Plan(
            db, map, bookings.Where(booking => !request.Fates.ContainsKey(booking.Id)), ids, decided, now, stop);
        if (Undecided(request, bookings, within, events, map, place, ids) is { } undecided)
            return undecided;

        await db.AcquireLocks(events.Select(evt => LockKey.OfEvent(evt.Id)), stop);
        List<SettledBooking> plan =
        [
            .. decided,
            .. bookings.Where(booking => !request.Fates.ContainsKey(booking.Id))
                .Select(booking => new SettledBooking(booking, within.GetValueOrDefault(booking.Id))),
        ];
        var told = await SettleBookings.Run(db, map, plan, reason, request.ActorId, now, stop);
        if (!told.IsDone)
            return told.Refusal;
        await db.SaveChangesAsync(stop); // events look for free rooms in the database
        foreach (var evt in events)
        {
            if (await ChangeRoom.Run(db, evt, map.Space(request.Fates[evt.Id].SpaceId!.Value)!, map, request.ActorId, now, stop) is { } no)
                return no;
            await db.SaveChangesAsync(stop);
        }

        return new SpacesRetired([], plan.Count(one => one.To is not null) + events.Count, plan.Count(one => one.To is null), told.Value);
    }

    private static Refusal? Undecided(
        RetireSpacesRequest request, List<Booking> bookings, Dictionary<Guid, Space> within, List<Event> events, HubDirectory map,
        SiteContext place, int[] ids)
    {
        List<Refusal> wrong = [];
        foreach (var booking in bookings)
        {
            var fate = request.Fates.GetValueOrDefault(booking.Id);
            if (fate is null && !request.CancelsTheRest && !within.ContainsKey(booking.Id))
                wrong.Add(RetirementRefusals.BookingUndecided(booking));
            else if (fate?.SpaceId is { } to && !Suits(to, space => space.Kind == map.Space(booking.SpaceId)!.Kind))
                wrong.Add(RetirementRefusals.Unsuitable(booking.Id));
        }

        foreach (var evt in events)
        {
            if (request.Fates.GetValueOrDefault(evt.Id)?.SpaceId is not { } to)
                wrong.Add(RetirementRefusals.EventUndecided(evt));
            else if (!Suits(to, space => space.Kind is SpaceKind.Room or SpaceKind.Lab && space.IsOfferedOn(evt.LocalSpan.LastDate)))
                wrong.Add(RetirementRefusals.Unsuitable(evt.Id));
        }

        return Refusal.AllOf(wrong);

        bool Suits(int spaceId, Func<Space, bool> fits) =>
            map.Space(spaceId) is { } space && space.SiteId == place.Site.Id && !ids.Contains(space.Id) && fits(space);
    }

    /// <summary>
    /// On offer again, as before, what was moved or cancelled stays so. False: it was not retired. Refuses with not_found (also for who may
    /// not) and space_name_taken.
    /// </summary>
    public Task<Outcome<bool>> TakeBack(Guid? actorId, int spaceId, CancellationToken stop) => unitOfWork.Run<bool>(async db =>
    {
        await db.AcquireLocks([LockKey.OfCatalogue], stop);
        var now = clock.GetCurrentInstant();
        if (await db.Spaces.SingleOrDefaultAsync(space => space.Id == spaceId, stop) is not { } space
            || actorId is not null && (await db.Viewer(actorId, now, stop))?.May(Permission.ManageSites, space.SiteId) != true)
            return Refusal.NotFound;
        if (await db.Set<Sites.Site>().AnyAsync(site => site.Id == space.SiteId && site.RetiredAt != null, stop))
            return Refusal.NotFound; // with its site
        if (space.RetiredFrom is null)
            return false;
        var others = await db.Spaces.Where(other => other.SiteId == space.SiteId && other.Id != spaceId && other.RetiredFrom == null)
            .Select(other => other.Name).ToListAsync(stop);
        if (others.Contains(space.Name, StringComparer.OrdinalIgnoreCase))
            return SpacesReading.NameTaken(space.Name, space.Kind) with { Field = null };
        (space.RetiredFrom, space.IsOffered) = (null, true);
        db.Record(now, actorId, SetupActs.SpaceBroughtBack, space.Id, space.Name);
        return true;
    }, stop);

    /// <summary>
    /// Takes from the offer what was retired from today or an earlier day of its site on; every hour. Nobody can book it then, since the
    /// act: this frees its name and clears it from lists.
    /// </summary>
    public async Task<int> Finish(CancellationToken stop)
    {
        var outcome = await unitOfWork.Run<int>(async db =>
        {
            await db.AcquireLocks([LockKey.OfCatalogue], stop);
            var now = clock.GetCurrentInstant();
            var due = await db.Spaces.Where(space => space.RetiredFrom != null && space.IsOffered).ToListAsync(stop);
            var sites = await db.Set<Sites.Site>().AsNoTracking().ToDictionaryAsync(site => site.Id, site => site.ZoneId, stop);
            due.RemoveAll(space => space.RetiredFrom > SiteTime.Of(sites[space.SiteId]).DateOf(now));
            foreach (var space in due)
                space.IsOffered = false;
            return due.Count;
        }, stop);
        return outcome.Value;
    }

    /// <summary>
    /// Deletes desks and rooms to which nothing ever referred: no booking, event or plan. Refuses with not_found (also for who may not),
    /// too_many_spaces and space_referred, which names one.
    /// </summary>
    public async Task<Outcome<int>> Delete(Guid? actorId, IReadOnlyCollection<int> spaceIds, CancellationToken stop)
    {
        int[] ids = [.. spaceIds.Distinct()];
        if (ids.Length is 0 or > EditSpaces.SpacesMax)
            return SpaceChangeRules.TooMany;
        return await unitOfWork.Run<int>(async db =>
        {
            await db.AcquireLocks([LockKey.OfCatalogue], stop);
            var now = clock.GetCurrentInstant();
            var spaces = await db.Spaces.Include(space => space.Units).Include(space => space.Equipment).AsSplitQuery()
                .Where(space => ids.Contains(space.Id)).OrderBy(space => space.Id).ToListAsync(stop);
            if (spaces.Count != ids.Length || spaces.Select(space => space.SiteId).Distinct().Count() != 1
                || actorId is not null && (await db.Viewer(actorId, now, stop))?.May(Permission.ManageSites, spaces[0].SiteId) != true)
                return Refusal.NotFound;
            await db.AcquireLocks(ClaimSpace.Locks(spaces), stop);
            var referred = await db.ReferredTo<int>(typeof(Space), [typeof(SpaceUnit), typeof(SpaceEquipment)], stop);
            if (spaces.Find(space => referred.Contains(space.Id)) is { } used)
                return RetirementRefusals.Referred(used);
            foreach (var space in spaces)
            {
                db.Remove(space);
                db.Record(now, actorId, SetupActs.SpaceDeleted, space.Id, space.Name);
            }

            return spaces.Count;
        }, stop);
    }
}
