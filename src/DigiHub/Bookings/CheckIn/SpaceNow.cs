using DigiHub.Access;
using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Bookings.CheckIn;

/// <summary>A desk or room as somebody finds it who stands before it.</summary>
/// <param name="Now">At the site.</param>
/// <param name="Mine">Theirs now, or soon enough to check in; or theirs until it was released a moment ago.</param>
/// <param name="Ends">Until when they can use it from now on, soonest first; empty where it is taken, or the rules say no.</param>
/// <param name="FreeUntil">The next use of it, or closing; null: it is not free now.</param>
/// <param name="FreeAgain">When it is free again today; null: it is free now, or not again today.</param>
/// <param name="TakenBy">Whose booking it is now, where the viewer may see that.</param>
/// <param name="Longer">Until when Mine could be extended, soonest first.</param>
public sealed record SpaceNowView(
    Space Space, SiteContext Place, LocalDateTime Now, Booking? Mine, IReadOnlyList<LocalDateTime> Ends, LocalDateTime? FreeUntil,
    LocalDateTime? FreeAgain, PersonName? TakenBy, IReadOnlyList<LocalDateTime> Longer)
{
    /// <summary>When check-in of Mine opens.</summary>
    public LocalDateTime? OpensAt => Mine is null ? null : Place.Time.Local(CheckInRules.OpensAt(Mine, Space));

    /// <summary>Open today, and not yet closed.</summary>
    public required bool IsOpen { get; init; }

    /// <summary>Free beside it for a while, nearest first; only where it is taken.</summary>
    public IReadOnlyList<Alternative> Beside { get; init; } = [];
}

/// <summary>What the page behind the code at a desk or room shows, and how much longer a booking could be.</summary>
public sealed class SpaceNow(HubDbFactory databases, Catalogue catalogue, Alternatives alternatives, IClock clock)
{
    /// <summary>A member's booking that begins later than this is not shown yet.</summary>
    private static readonly Duration soon = Duration.FromHours(2);

    private static readonly int[] minutesOffered = [15, 30, 60];

    /// <returns>Null: no such desk or room, or it is not on offer.</returns>
    public async Task<SpaceNowView?> Run(int spaceId, Viewer viewer, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        if (map.Space(spaceId) is not { IsOffered: true } space)
            return null;
        var (place, now) = (map.PlaceOf(space), clock.GetCurrentInstant());
        var local = place.Time.Local(now);
        var today = place.Time.DayOf(local.Date);
        await using var db = databases.Open();
        var claims = await Claims(db, space, today, stop);
        var mine = viewer.MemberId is { } memberId ? await Mine(db, space, memberId, today, now, stop) : null;
        var open = place.Hours.On(local.Date)?.On(local.Date);
        var isOpen = open is { } hours && local >= hours.Start && local < hours.End;
        var fromNow = new Span(now, now + Duration.FromMinutes(1));
        var isFree = claims.TrueForAll(claim => !ClaimSpace.Blocked(space, fromNow).Overlaps(claim.Span));
        var closes = isOpen ? open!.Value.End : local;

        var view = new SpaceNowView(
            space, place, local, mine,
            isOpen && isFree && mine is null ? [.. Ends(space, place, local, closes, claims, now)] : [],
            isOpen && isFree ? FreeUntil(space, place, closes, claims, now) : null,
            isOpen && !isFree ? FreeAgain(space, place, closes, claims, now) : null,
            isFree ? null : await TakenBy(db, claims, now, viewer.Sees(space.SiteId), stop),
            mine?.StageAt(now) == BookingStage.Running ? [.. Longer(mine, space, place, claims, now)] : [])
        { IsOpen = isOpen };
        return isOpen && !isFree && mine is null && Wish(space, place, local) is { } wish
            ? view with { Beside = await alternatives.Of(space, wish, people: null, stop) }
            : view;
    }

    /// <summary>Until when this booking could be extended, soonest first; empty where it is over or does not stand.</summary>
    public async Task<IReadOnlyList<LocalDateTime>> LongerOf(Booking booking, CancellationToken stop)
    {
        var (map, now) = (await catalogue.Map(stop), clock.GetCurrentInstant());
        if (map.Space(booking.SpaceId) is not { } space || booking.StageAt(now) != BookingStage.Running)
            return [];
        var place = map.PlaceOf(space);
        await using var db = databases.Open();
        return [.. Longer(booking, space, place, await Claims(db, space, place.Time.DayOf(booking.EndLocal.Date), stop), now)];
    }

    private sealed record Taken(Span Span, string HolderKind, Guid HolderId);

    private static async Task<List<Taken>> Claims(HubDb db, Space space, Span day, CancellationToken stop)
    {
        int[] units = [.. space.Units.Select(unit => unit.UnitId)];
        var rows = await db.Claims.AsNoTracking().Overlapping(units, ClaimSpace.Blocked(space, day))
            .Select(claim => new { claim.Start, claim.End, claim.HolderKind, claim.HolderId }).ToListAsync(stop);
        return [.. rows.Select(row => new Taken(new(row.Start, row.End), row.HolderKind, row.HolderId)).OrderBy(one => one.Span.Start)];
    }

    private static async Task<Booking?> Mine(HubDb db, Space space, Guid memberId, Span today, Instant now, CancellationToken stop)
    {
        var until = now + soon;
        var found = await db.Bookings.AsNoTracking()
            .Where(one => one.MemberId == memberId && one.SpaceId == space.Id && one.Status != BookingStatus.Cancelled
                && one.Start < until && one.Start < today.End && one.End > now)
            .OrderBy(one => one.Start).ToListAsync(stop);
        return found.Find(one => one.IsStanding) ?? found.FindLast(one => UndoRelease.IsOpen(one, now));
    }

    /// <summary>Whose it is: of a divisible room that of any part.</summary>
    private static async Task<PersonName?> TakenBy(HubDb db, List<Taken> claims, Instant now, bool sees, CancellationToken stop)
    {
        if (!sees || claims.Find(claim => claim.Span.Start <= now && claim.Span.End > now) is not { } claim
            || claim.HolderKind != Booking.Subject.Name)
            return null;
        var members = db.Members;
        return await db.Bookings.Where(one => one.Id == claim.HolderId && !one.IsWalkUp)
            .Join(members, one => one.MemberId, member => member.Id, (_, member) => member.Name).SingleOrDefaultAsync(stop);
    }

    private static IEnumerable<LocalDateTime> Ends(
        Space space, SiteContext place, LocalDateTime now, LocalDateTime closes, List<Taken> claims, Instant at)
    {
        var start = now.Date + new LocalTime(now.Hour, now.Minute);
        var freeUntil = FreeUntil(space, place, closes, claims, at);
        foreach (var end in Candidates(space, place, start, freeUntil))
        {
            if (BookingRules.CheckFromNow(space, place, new(start, end), at) is { IsDone: true, Value: var span }
                && IsFree(space, span, claims))
                yield return end;
        }
    }

    private static IEnumerable<LocalDateTime> Longer(Booking booking, Space space, SiteContext place, List<Taken> claims, Instant now)
    {
        if (place.Hours.On(booking.EndLocal.Date)?.On(booking.EndLocal.Date).End is not { } closes || booking.EndLocal >= closes)
            yield break;
        List<Taken> others = [.. claims.Where(claim => claim.HolderId != booking.Id)];
        foreach (var end in Candidates(space, place, booking.EndLocal, closes))
        {
            if (BookingRules.CheckEnd(space, place, new(booking.StartLocal, end), now) is { IsDone: true, Value: var span }
                && IsFree(space, new(booking.Start, span.End), others))
                yield return end;
        }
    }

    /// <summary>A quarter, half and a whole hour on, up to the next step; or the ends of the parts of the day.</summary>
    private static IEnumerable<LocalDateTime> Candidates(Space space, SiteContext place, LocalDateTime from, LocalDateTime last)
    {
        if (place.Hours.On(from.Date) is not { } hours)
            return [];
        if (space.Rules.Granularity != Granularity.Minutes)
            return new[] { hours.Morning(from.Date).End, hours.On(from.Date).End }.Where(end => end > from).Distinct();
        var step = space.Rules.StepMinutes;
        var midnight = from.Date.AtMidnight();
        var minute = from.Hour * 60 + from.Minute;
        var lastMinute = (int)Period.Between(midnight, last, PeriodUnits.Minutes).Minutes;
        return minutesOffered.Select(more => (minute + more + step - 1) / step * step).Append(lastMinute / step * step)
            .Where(end => end > minute).Distinct().Order().Select(end => midnight.PlusMinutes(end));
    }

    private static bool IsFree(Space space, Span span, List<Taken> claims)
    {
        var blocked = ClaimSpace.Blocked(space, span);
        return claims.TrueForAll(claim => !blocked.Overlaps(claim.Span));
    }

    private static LocalDateTime FreeUntil(Space space, SiteContext place, LocalDateTime closes, List<Taken> claims, Instant now)
    {
        var next = claims.Where(claim => claim.Span.Start > now).Select(claim => claim.Span.Start).DefaultIfEmpty(Instant.MaxValue).Min();
        return next == Instant.MaxValue
            ? closes
            : LocalDateTime.Min(closes, place.Time.Local(next - Duration.FromMinutes(space.Rules.TearDownMinutes)));
    }

    private static LocalDateTime? FreeAgain(Space space, SiteContext place, LocalDateTime closes, List<Taken> claims, Instant now)
    {
        var setUp = Duration.FromMinutes(space.Rules.SetUpMinutes);
        var free = now;
        foreach (var claim in claims.Where(claim => claim.Span.End > now))
        {
            if (claim.Span.Start > free)
                break;
            free = Instant.Max(free, claim.Span.End + setUp);
        }

        var local = place.Time.Local(free);
        return local < closes ? local : null;
    }

    /// <summary>What somebody who stands there would have wanted, on the grid of the rules.</summary>
    private static LocalSpan? Wish(Space space, SiteContext place, LocalDateTime now)
    {
        if (place.Hours.On(now.Date) is not { } hours)
            return null;
        if (space.Rules.Granularity != Granularity.Minutes)
            return now < hours.Morning(now.Date).End ? hours.On(now.Date) : hours.Afternoon(now.Date);
        var (step, minute) = (space.Rules.StepMinutes, now.Hour * 60 + now.Minute);
        var start = now.Date.AtMidnight().PlusMinutes(minute / step * step);
        var end = start.PlusMinutes(Math.Max(space.Rules.MinMinutes, Math.Max(step, 60 / step * step)));
        return new(start, end);
    }
}
