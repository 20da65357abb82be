using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Bookings.Meetings;
using DigiHub.Bookings.Series;
using DigiHub.Data;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Bookings.Approvals;

/// <summary>Which bookings need approval, and asking for it, in the transaction of the act that books or changes.</summary>
internal static class AskApproval
{
    /// <summary>Whether this member decides on bookings of the space: by a right at its site, or named for its rules.</summary>
    public static async Task<bool> MayDecide(HubDb db, Viewer viewer, Space space, CancellationToken stop)
    {
        var (rulesId, memberId) = (space.RulesId, viewer.MemberId);
        return viewer.May(Permission.ApproveBookings, space.SiteId)
            || await db.SpaceApprovers.AnyAsync(one => one.RulesId == rulesId && one.MemberId == memberId, stop);
    }

    /// <summary>
    /// What this actor books of the space waits for somebody else. Costs nothing where the rules ask for no approval.
    /// </summary>
    public static async Task<bool> Needs(HubDb db, Space space, Guid actorId, Instant now, CancellationToken stop) =>
        space.Rules.NeedsApproval
            && !(await db.Viewer(actorId, now, stop) is { } actor && await MayDecide(db, actor, space, stop));

    /// <summary>Of several spaces those of which it is so.</summary>
    public static async Task<IReadOnlySet<int>> Needing(HubDb db, IEnumerable<Space> spaces, Viewer actor, CancellationToken stop)
    {
        HashSet<int> needing = [];
        foreach (var space in spaces.Where(one => one.Rules.NeedsApproval).DistinctBy(one => one.Id))
        {
            if (!await MayDecide(db, actor, space, stop))
                needing.Add(space.Id);
        }

        return needing;
    }

    /// <summary>too_late_for_approval where nobody could decide in time any more; else null.</summary>
    public static Refusal? WhyNot(Space space, SiteContext place, Instant start, Instant now) =>
        Approval.LapseOf(start, now) > now ? null : TooLate(space, place, now);

    /// <summary>
    /// One question for all of them, which wait from then on. The caller raises their revisions where they were there before.
    /// </summary>
    public static void Ask(HubDb db, IReadOnlyCollection<Booking> bookings, Guid? actorId, Instant now)
    {
        var first = bookings.MinBy(booking => booking.Start)!;
        var seriesId = bookings.All(one => one.SeriesId == first.SeriesId) && bookings.Count > 1 ? first.SeriesId : null;
        var approval = new Approval
        {
            Id = Guid.CreateVersion7(now.ToDateTimeOffset()),
            SiteId = first.SiteId,
            SpaceId = first.SpaceId,
            SeriesId = seriesId,
            AskedAt = now,
            LapsesAt = Approval.LapseOf(first.Start, now),
        };
        db.Approvals.Add(approval);
        foreach (var booking in bookings)
            booking.Await(approval);
        if (seriesId is { } series)
            db.Record(now, actorId, SeriesActs.ApprovalAsked, series, onBehalfOf: first.MemberId);
        else
            foreach (var booking in bookings)
                db.Record(now, actorId, BookingActs.ApprovalAsked, booking.Id, onBehalfOf: booking.MemberId);
    }

    /// <summary>
    /// One that was cancelled while it waited stands again: its question stays as long as it waits, else it is asked once more. Refuses
    /// with too_late_for_approval.
    /// </summary>
    public static async Task<Refusal?> Again(
        HubDb db, Booking booking, Space space, SiteContext place, Instant now, CancellationToken stop)
    {
        var approvalId = booking.ApprovalId;
        if (booking.ApproveBy > now
            && await db.Approvals.AnyAsync(one => one.Id == approvalId && one.State == ApprovalState.Waiting, stop))
            return null;
        if (WhyNot(space, place, booking.Start, now) is { } late)
            return late;
        Ask(db, [booking], booking.MemberId, now);
        return null;
    }

    /// <summary>
    /// Others come to it than before: where these are more than the space holds, it has to be decided on. Refuses with
    /// too_late_for_approval; and, for a part of a meeting, with meeting_needs_approval.
    /// </summary>
    public static async Task<Refusal?> ForPeople(
        HubDb db, LockedBooking locked, SiteContext place, (int Before, int Now) people, Guid actorId, Instant now, CancellationToken stop)
    {
        var (booking, member, space) = locked;
        if (!IsOtherThing(booking, space, booking.Span, people) || !await Needs(db, space, actorId, now, stop))
            return null;
        if (locked.Other is not null)
            return MeetingRefusals.NeedsApproval(space);
        if (WhyNot(space, place, booking.Start, now) is { } tooLate)
            return tooLate;
        await SeriesDates.Changed(db, [booking], now, stop);
        booking.Reschedule(now);
        Ask(db, [booking], actorId, now);
        await BookingEmails.Move(db, booking, place, member, booking.LocalSpan, now, stop);
        return null;
    }

    /// <summary>
    /// Whether a change has to be decided on: another space, a time beyond the one before, or more people than the space holds. To
    /// shorten, and what a booking is for, is not.
    /// </summary>
    /// <param name="people">How many come, and came.</param>
    public static bool IsOtherThing(Booking booking, Space to, Span span, (int Before, int Now) people) =>
        to.Id != booking.SpaceId || span.Start < booking.Start || span.End > booking.End
            || (people.Now > to.Capacity && people.Now > people.Before);

    private static Refusal TooLate(Space space, SiteContext place, Instant now)
    {
        var earliest = place.Time.Local(now + Approval.BeforeStart);
        var (day, time) = (TimeWords.Day(earliest.Date), TimeWords.Clock(earliest.TimeOfDay));
        return new("too_late_for_approval", new(
            $"{space.Name} needs approval, at least {Approval.BeforeStart.Hours} hours before. "
                + $"Choose a start after {time.English} on {day.English}.",
            $"{space.Name} braucht eine Genehmigung, spätestens {Approval.BeforeStart.Hours} Stunden vorher. "
                + $"Wählen Sie einen Beginn nach {time.German} Uhr am {day.German}.",
            $"{space.Name} braucht eine Genehmigung, spätestens {Approval.BeforeStart.Hours} Stunden vorher. "
                + $"Wähle einen Beginn nach {time.Familiar} Uhr am {day.Familiar}."))
        { Field = "start" };
    }
}
