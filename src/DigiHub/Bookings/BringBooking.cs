using DigiHub.Activity;
using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Bookings;

/// <param name="ActorId">Null: the operator, by a command; then it counts as made by its member.</param>
/// <param name="SendsEmails">The member is reminded as usual; else of this booking not at all. It is confirmed to nobody.</param>
internal sealed record BringBookingRequest(
    Guid? ActorId, Guid MemberId, Space Space, LocalSpan When, string? Title, bool SendsEmails);

/// <summary>
/// Books what a table or another system has already. What is ahead obeys every rule of <see cref="BookSpace"/>; what has begun is history,
/// without rules, and blocks its own time alone, but never overlaps another use of the space.
/// </summary>
internal static class BringBooking
{
    /// <summary>The caller has the catalogue in force, and decides under these locks.</summary>
    public static Task Lock(HubDb db, Space space, Guid memberId, CancellationToken stop) =>
        db.AcquireLocks([.. ClaimSpace.Locks(space), LockKey.OfSubject(memberId)], stop);

    /// <summary>What a booking blocks: set-up and tear-down only where they are still to come.</summary>
    public static Span Blocked(Space space, Span span, Instant now) => span.Start <= now ? span : ClaimSpace.Blocked(space, span);

    /// <summary>
    /// Whether and when it can be, as far as it does not depend on other bookings. Refuses as <see cref="BookingRules.Check"/> does; what
    /// has begun only with time_does_not_exist, date_out_of_range and too_many_days.
    /// </summary>
    public static Outcome<Span> Check(Space space, SiteContext place, LocalSpan when, Instant now)
    {
        var span = place.Time.Typed(when);
        if (!span.IsDone)
            return span;
        if (when.DatesTouched > LocalSpan.DatesMax)
            return TooManyDays;
        return span.Value.Start <= now ? span : BookingRules.Check(space, place, when, now);
    }

    /// <summary>
    /// In the caller's transaction, under <see cref="Lock"/>. Refuses as <see cref="Check"/> does and with not_found, slot_taken,
    /// member_disabled, already_booked, too_many_bookings and title_too_long, and has added nothing then.
    /// </summary>
    public static async Task<Outcome<Booking>> Run(
        HubDb db, BringBookingRequest request, HubDirectory map, Instant now, CancellationToken stop)
    {
        var (space, place) = (request.Space, map.PlaceOf(request.Space));
        var checkedSpan = Check(space, place, request.When, now);
        if (!checkedSpan.IsDone)
            return checkedSpan.Refusal;
        if (BookingRules.CheckTitle(request.Title) is { } untitled)
            return untitled;

        var span = checkedSpan.Value;
        var isAhead = span.Start > now;
        var blocked = Blocked(space, span, now);
        var facts = await BookingFacts.Of(db, request.MemberId, space, span, blocked, now, stop);
        if (facts is null)
            return Refusal.NotFound;
        if ((isAhead ? facts.WhyNot(now) : facts.WhyNotThen(now)) is { } refusal)
            return refusal;

        var reminder = isAhead && request.SendsEmails ? ReminderChoice.AsUsual : ReminderChoice.None;
        var booking = BookSpace.Add(
            db, new(space, request.When, span, request.Title), blocked, facts.Member, request.ActorId ?? request.MemberId, reminder, now);
        if (isAhead && request.SendsEmails)
            BookingEmails.Remind(db, booking, place, facts.Member, now);
        // Programs of others are told of what is ahead, as of any booking, and not of history.
        db.Record(now, request.ActorId, isAhead ? BookingActs.Created : BookingActs.Entered, booking.Id, onBehalfOf: request.MemberId);
        return booking;
    }

    /// <summary>
    /// Takes back what was brought: what is over was only ever history, and goes; all else is cancelled. The caller holds the lock of the
    /// member.
    /// </summary>
    public static async Task TakeBack(
        HubDb db, Booking booking, Member member, Guid? actorId, Instant now, CancellationToken stop)
    {
        if (booking.End > now)
        {
            await CancelBooking.Cancel(db, booking, member, actorId, now, stop);
            return;
        }

        await ClaimSpace.Release(db, Booking.Subject.Of(booking.Id), stop);
        db.Bookings.Remove(booking);
        db.Record(now, actorId, BookingActs.Deleted, booking.Id, onBehalfOf: member.Id);
    }

    private static Refusal TooManyDays { get; } = new("too_long", new(
        $"A booking touches at most {LocalSpan.DatesMax} days.", $"Eine Buchung berührt höchstens {LocalSpan.DatesMax} Tage."))
    { Field = "end" };
}
