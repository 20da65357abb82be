using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Bookings.Approvals;
using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Bookings.Series;

/// <summary>A date to be looked at.</summary>
/// <param name="Booking">The booking that is to be moved there; null: a new one.</param>
/// <param name="Local">Its own times; null: <paramref name="Times"/> on its date.</param>
internal sealed record WantedDate(
    LocalDate Date, Space Space, SeriesTimes Times, Booking? Booking = null, LocalSpan? Local = null, bool IsSkipped = false);

/// <summary>
/// Looks at all dates of a series at once, by the rules of <see cref="BookingRules"/> and by what is taken: the same for a preview and,
/// under the locks, for saving. However many dates there are, the database is asked at most three questions.
/// </summary>
internal static class SeriesCheck
{
    private sealed record Taken(int UnitId, Span Span, Instant At, Subject Holder);

    /// <param name="except">Bookings whose space and times do not count: they are about to go.</param>
    public static async Task<List<SeriesDay>> Run(
        HubDb db, HubDirectory map, IReadOnlyList<WantedDate> wanted, IReadOnlySet<Guid> except, Guid memberId, Viewer viewer, int? people,
        bool skipsClosedDays, Instant now, CancellationToken stop)
    {
        var days = wanted.Select(one => ByTheRules(map, one, people, skipsClosedDays, now)).ToList();
        await RefuseTooLate(db, map, wanted, days, viewer, now, stop);
        var candidates = days.Where(day => day.State == SeriesDayState.Free).ToList();
        if (candidates.Count == 0)
            return days;

        var taken = await LoadTaken(db, candidates, except, stop);
        var desks = await LoadDesks(db, candidates, memberId, except, stop);
        List<(int Index, List<Taken> InTheWay)> conflicts = [];
        for (var index = 0; index < days.Count; index++)
        {
            if (days[index] is not { State: SeriesDayState.Free } day)
                continue;
            var blocked = ClaimSpace.Blocked(day.Space, day.Span);
            var inTheWay = day.Space.Units
                .SelectMany(unit => taken.GetValueOrDefault(unit.UnitId) ?? []).Where(one => one.Span.Overlaps(blocked)).ToList();
            if (inTheWay.Count > 0)
                conflicts.Add((index, inTheWay));
            else if (day.Space.Kind == SpaceKind.Desk && desks.Exists(day.Span.Overlaps))
                days[index] = day with { State = SeriesDayState.Refused, WhyNot = BookingRules.AlreadyBooked };
            else
                Take(day, blocked); // two dates of one series may meet, too, where times were chosen for them
        }

        foreach (var ((index, inTheWay), by) in conflicts.Zip(await Holders(db, [.. conflicts.Select(one => one.InTheWay)], viewer, stop)))
        {
            days[index] = days[index] with
            {
                State = SeriesDayState.Taken,
                WhyNot = ClaimSpace.Taken(inTheWay.Max(one => one.At), now),
                TakenBy = by,
            };
        }

        return days;

        void Take(SeriesDay day, Span blocked)
        {
            foreach (var unit in day.Space.Units)
            {
                if (!taken.TryGetValue(unit.UnitId, out var ofUnit))
                    taken[unit.UnitId] = ofUnit = [];
                ofUnit.Add(new Taken(unit.UnitId, blocked, now, BookingSeries.Subject.Of(Guid.Empty)));
            }

            if (day.Space.Kind == SpaceKind.Desk)
                desks.Add(day.Span);
        }
    }

    /// <summary>What would have to be approved, and so soon that nobody could any more.</summary>
    private static async Task RefuseTooLate(
        HubDb db, HubDirectory map, IReadOnlyList<WantedDate> wanted, List<SeriesDay> days, Viewer viewer, Instant now,
        CancellationToken stop)
    {
        var needing = await AskApproval.Needing(
            db, days.Where(day => day.State == SeriesDayState.Free).Select(day => day.Space), viewer, stop);
        for (var index = 0; needing.Count > 0 && index < days.Count; index++)
        {
            var (day, booking) = (days[index], wanted[index].Booking);
            if (day.State == SeriesDayState.Free && needing.Contains(day.Space.Id)
                && (booking is null || AskApproval.IsOtherThing(booking, day.Space, day.Span, people: default))
                && AskApproval.WhyNot(day.Space, map.PlaceOf(day.Space), day.Span.Start, now) is { } tooLate)
                days[index] = day with { State = SeriesDayState.Refused, WhyNot = tooLate };
        }
    }

    /// <summary>As far as it does not depend on other bookings.</summary>
    private static SeriesDay ByTheRules(HubDirectory map, WantedDate one, int? people, bool skipsClosedDays, Instant now)
    {
        var (place, bookingId) = (map.PlaceOf(one.Space), one.Booking?.Id);
        if (one.IsSkipped)
            return new(one.Date, SeriesDayState.Skipped, one.Space) { BookingId = bookingId };
        if (skipsClosedDays && place.Hours.WhyClosed(one.Local?.Start.Date ?? one.Date) is { } why)
            return new(one.Date, SeriesDayState.Closed, one.Space, WhyClosed: why) { BookingId = bookingId };
        var local = one.Local is { } own ? own : one.Times.On(one.Date, place);
        if (!local.IsDone)
            return new(one.Date, SeriesDayState.Refused, one.Space, WhyNot: local.Refusal) { BookingId = bookingId };

        var keepsStart = one.Booking is { } booking && booking.SpaceId == one.Space.Id && booking.StartLocal == local.Value.Start;
        var span = keepsStart
            ? BookingRules.CheckSameStart(one.Space, place, local.Value, now)
            : BookingRules.Check(one.Space, place, local.Value, now);
        return (span.Refusal ?? BookingRules.CheckHeadCount(one.Space, people)) is { } refusal
            ? new(one.Date, SeriesDayState.Refused, one.Space, local.Value, refusal) { BookingId = bookingId }
            : new(one.Date, SeriesDayState.Free, one.Space, local.Value) { BookingId = bookingId, Span = span.Value };
    }

    private static async Task<Dictionary<int, List<Taken>>> LoadTaken(
        HubDb db, List<SeriesDay> candidates, IReadOnlySet<Guid> except, CancellationToken stop)
    {
        Space[] spaces = [.. candidates.Select(day => day.Space).Distinct()];
        int[] units = [.. spaces.SelectMany(space => space.Units).Select(unit => unit.UnitId).Distinct()];
        var rows = await db.Claims.AsNoTracking().Overlapping(units, ClaimSpace.Widest(spaces, Window(candidates)))
            .Select(claim => new { claim.UnitId, claim.Start, claim.End, claim.TakenAt, claim.HolderKind, claim.HolderId })
            .ToListAsync(stop);
        return rows.Where(row => !except.Contains(row.HolderId)).GroupBy(row => row.UnitId).ToDictionary(
            unit => unit.Key, unit => unit.Select(row => new Taken(
                row.UnitId, new Span(row.Start, row.End), row.TakenAt, new Subject(row.HolderKind, row.HolderId))).ToList());
    }

    /// <summary>When the member sits at other desks; nothing where the series is not of desks.</summary>
    private static async Task<List<Span>> LoadDesks(
        HubDb db, List<SeriesDay> candidates, Guid memberId, IReadOnlySet<Guid> except, CancellationToken stop)
    {
        if (!candidates.Exists(day => day.Space.Kind == SpaceKind.Desk))
            return [];
        var (start, end) = Window(candidates);
        var desks = db.Spaces.Where(space => space.Kind == SpaceKind.Desk);
        var rows = await db.Bookings.AsNoTracking().Where(own => own.MemberId == memberId && own.Status == BookingStatus.Confirmed
            && own.Start < end && own.End > start && desks.Any(desk => desk.Id == own.SpaceId))
            .Select(own => new { own.Id, own.Start, own.End }).ToListAsync(stop);
        return [.. rows.Where(row => !except.Contains(row.Id)).Select(row => new Span(row.Start, row.End))];
    }

    private static async Task<List<List<SeriesHold>>> Holders(
        HubDb db, List<List<Taken>> conflicts, Viewer viewer, CancellationToken stop)
    {
        Guid[] ids = [.. conflicts.SelectMany(one => one).Where(one => one.Holder.Kind == Booking.Subject.Name)
            .Select(one => one.Holder.Id).Distinct()];
        var members = db.Members;
        var seen = ids.Length == 0 ? [] : await db.Bookings.AsNoTracking().VisibleTo(viewer)
            .Where(booking => EF.Parameter(ids).Contains(booking.Id))
            .Join(members, booking => booking.MemberId, member => member.Id,
                (booking, member) => new { booking.Id, booking.Title, member.Name }).ToDictionaryAsync(one => one.Id, stop);
        return [.. conflicts.Select(inTheWay => inTheWay.DistinctBy(one => one.Holder)
            .OrderBy(one => one.Span.Start).Select(one =>
            {
                var booking = seen.GetValueOrDefault(one.Holder.Id);
                return new SeriesHold(one.Holder.Kind, one.Span, booking?.Id, booking?.Name, booking?.Title);
            }).ToList())];
    }

    private static Span Window(List<SeriesDay> candidates) =>
        new(candidates.Min(day => day.Span.Start), candidates.Max(day => day.Span.End));
}
