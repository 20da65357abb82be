using DigiHub.Activity;
using DigiHub.Bookings.Series;
using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Bookings.Proposals;

/// <summary>
/// Exchanges time and space of two bookings: both lose their claims, both take those of the other, in one transaction. Each booking stays
/// its member's, with its id, title and reminder.
/// </summary>
internal static class Swapping
{
    /// <summary>
    /// Whether both may, by the rules of any booking: neither has begun, both spaces are on offer and open then, and within the horizon.
    /// How close the start has come does not matter, since both are in use anyway. Refuses also with already_booked of the first, with
    /// not_possible_for_them of the other, and with swap_needs_approval and swap_of_meeting.
    /// </summary>
    public static async Task<Refusal?> WhyNot(
        HubDb db, HubDirectory map, Booking one, Booking other, Instant now, CancellationToken stop) =>
        Closed(one, now) ?? Closed(other, now) ?? Meets(one) ?? Meets(other) ?? Decided(map, one) ?? Decided(map, other)
        ?? CheckTimes(map, one, other.LocalSpan, other.SpaceId, now)
        ?? CheckTimes(map, other, one.LocalSpan, one.SpaceId, now)
        ?? (await HasOtherDesk.Has(db, one.MemberId, map.Space(other.SpaceId)!, other.Span, one.Id, stop)
            ? BookingRules.AlreadyBooked : null)
        ?? (await HasOtherDesk.Has(db, other.MemberId, map.Space(one.SpaceId)!, one.Span, other.Id, stop)
            ? ProposalRefusals.NotPossibleForThem : null);

    /// <summary>
    /// Under the locks of both spaces and both members, after <see cref="WhyNot"/>. Refuses with slot_taken where set-up or tear-down of
    /// the two do not fit beside what is around them.
    /// </summary>
    public static async Task<Refusal?> Run(
        HubDb db, HubDirectory map, Booking one, Booking other, IReadOnlyDictionary<Guid, Member> members, Guid? actorId, Instant now,
        CancellationToken stop)
    {
        var (oneWas, otherWas) = (Seat.Of(one), Seat.Of(other));
        await ClaimSpace.Release(db, Booking.Subject, [one.Id, other.Id], stop);
        if (await Take(db, map, one, otherWas, now, stop) is { } taken)
            return taken;
        await db.SaveChangesAsync(stop); // so that the second sees what the first has taken
        if (await Take(db, map, other, oneWas, now, stop) is { } alsoTaken)
            return alsoTaken;
        await SeriesDates.Changed(db, [one, other], now, stop);
        await Tell(db, map, one, oneWas, members[one.MemberId], actorId, now, stop);
        await Tell(db, map, other, otherWas, members[other.MemberId], actorId, now, stop);
        return null;
    }

    private sealed record Seat(int SpaceId, LocalSpan Local, Span Span)
    {
        public static Seat Of(Booking booking) => new(booking.SpaceId, booking.LocalSpan, booking.Span);
    }

    private static Refusal? Closed(Booking booking, Instant now) => booking.StageAt(now) switch
    {
        BookingStage.Upcoming => null,
        BookingStage.Running => BookingRules.AlreadyStarted,
        BookingStage.Cancelled => BookingRules.AlreadyCancelled,
        BookingStage.Released => BookingRules.AlreadyReleased,
        _ => BookingRules.AlreadyOver,
    };

    /// <summary>Who decides on a room has decided on a person and a time; a swap would go past them.</summary>
    private static Refusal? Decided(HubDirectory map, Booking booking) =>
        booking.IsPending || map.Space(booking.SpaceId)?.Rules.NeedsApproval == true ? ProposalRefusals.NeedsApproval : null;

    /// <summary>Its other part would stay behind.</summary>
    private static Refusal? Meets(Booking booking) => booking.MeetingId is null ? null : ProposalRefusals.IsMeeting;

    private static Refusal? CheckTimes(HubDirectory map, Booking booking, LocalSpan local, int spaceId, Instant now) =>
        map.Space(spaceId) is { } space && map.Space(booking.SpaceId) is not null
            ? BookingRules.CheckSameStart(space, map.PlaceOf(space), local, now).Refusal
            : Refusal.NotFound;

    private static async Task<Refusal?> Take(HubDb db, HubDirectory map, Booking booking, Seat to, Instant now, CancellationToken stop)
    {
        var space = map.Space(to.SpaceId)!;
        if (await ClaimSpace.Take(db, space, ClaimSpace.Blocked(space, to.Span), Booking.Subject.Of(booking.Id), now, stop) is { } taken)
            return taken;
        booking.MoveTo(space, to.Local, to.Span, now);
        return null;
    }

    private static async Task Tell(
        HubDb db, HubDirectory map, Booking booking, Seat was, Member member, Guid? actorId, Instant now, CancellationToken stop)
    {
        var changes = BookingChanges.Of(db, booking);
        await BookingEmails.Move(db, booking, map.Place(booking.SiteId)!, member, was.Local, now, stop);
        db.Record(now, actorId, BookingActs.Moved, booking.Id, changes: changes, onBehalfOf: member.Id);
    }
}
