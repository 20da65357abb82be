using DigiHub.Activity;
using DigiHub.Bookings.Meetings;
using DigiHub.Bookings.Series;
using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Bookings;

/// <param name="To">Where it goes at the same time; null: it is cancelled.</param>
public sealed record SettledBooking(Booking Booking, Space? To);

/// <summary>
/// Moves and cancels many bookings in the transaction of one act, since what they are of is no longer there: a retired desk, a closed day.
/// A member with one of them gets the usual e-mail about it; who has several gets one about all of them (<see cref="SettledNote"/>).
/// </summary>
internal static class SettleBookings
{
    /// <summary>
    /// The caller holds the lock of the catalogue and those of all units that the bookings have or get, and loaded the bookings, tracked,
    /// under these. Refuses with slot_taken, naming what is taken, and as <see cref="BookingRules.CheckSameStart"/>; nothing may be saved
    /// then.
    /// </summary>
    /// <param name="reason">What members read; empty: none is told.</param>
    /// <param name="type">Of the notification about several; null: that others changed them.</param>
    public static async Task<Outcome<int>> Run(
        HubDb db, HubDirectory map, IReadOnlyList<SettledBooking> plan, LocalisedText reason, Guid? actorId, Instant now,
        CancellationToken stop, NotificationType? type = null)
    {
        if (plan.Count == 0)
            return 0;
        await db.AcquireLocks(plan.Select(one => LockKey.OfSubject(one.Booking.MemberId)), stop);
        Guid[] ids = [.. plan.Select(one => one.Booking.Id)], people = [.. plan.Select(one => one.Booking.MemberId).Distinct()];
        var members = await db.Members.Where(member => people.Contains(member.Id)).ToDictionaryAsync(member => member.Id, stop);
        await ClaimSpace.Release(db, Booking.Subject, ids, stop);
        if (await Move(db, map, plan, now, stop) is { } refusal)
            return refusal;

        await SeriesDates.Changed(db, [.. plan.Where(one => one.To is not null).Select(one => one.Booking)], now, stop);
        await SeriesDates.Cancelled(db, [.. plan.Where(one => one.To is null).Select(one => one.Booking)], now, stop);
        foreach (var theirs in plan.GroupBy(one => one.Booking.MemberId))
        {
            var (member, all) = (members[theirs.Key], theirs.OrderBy(one => one.Booking.Start).ToList());
            var before = all.Select(one => (one.Booking.SpaceId, one.Booking.LocalSpan)).ToList();
            foreach (var (booking, to) in all)
            {
                if (to is null)
                    booking.Cancel(now);
                else
                    booking.MoveTo(to, booking.LocalSpan, booking.Span, now);
            }

            await Tell(db, map, all, before, member, reason, type ?? BookingNotifications.Settled, now, stop);
            await MeetingParts.RemindOfTheOther(db, map, [.. all.Select(one => one.Booking)], member, now, stop);
            foreach (var (booking, to) in all)
            {
                if (to is null)
                    db.Record(now, actorId, BookingActs.Cancelled, booking.Id, onBehalfOf: member.Id);
                else
                    db.Record(now, actorId, BookingActs.Moved, booking.Id, changes: BookingChanges.Of(db, booking), onBehalfOf: member.Id);
            }
        }

        return people.Length;
    }

    private static async Task<Refusal?> Move(
        HubDb db, HubDirectory map, IReadOnlyList<SettledBooking> plan, Instant now, CancellationToken stop)
    {
        var moved = plan.Where(one => one.To is not null).OrderBy(one => one.Booking.Start).ToList();
        if (moved.Count == 0)
            return null;
        List<(Booking Booking, Space To, Span Blocked)> wishes = [];
        foreach (var (booking, to) in moved)
        {
            var span = BookingRules.CheckSameStart(to!, map.PlaceOf(to!), booking.LocalSpan, now);
            if (!span.IsDone)
                return span.Refusal;
            wishes.Add((booking, to!, ClaimSpace.Blocked(to!, booking.Span)));
        }

        var window = new Span(wishes.Min(one => one.Blocked.Start), wishes.Max(one => one.Blocked.End));
        var free = await FreeTimes.Load(db, [.. wishes.Select(one => one.To).Distinct()], window, new HashSet<Guid>(), stop);
        foreach (var (booking, to, blocked) in wishes)
        {
            if (!free.IsFree(to, blocked))
                return IsTaken(to, booking);
            free.Take(to, blocked);
            ClaimSpace.Add(db, to, blocked, Booking.Subject.Of(booking.Id), now);
        }

        return null;
    }

    private static async Task Tell(
        HubDb db, HubDirectory map, List<SettledBooking> all, List<(int SpaceId, LocalSpan Local)> before, Member member,
        LocalisedText reason, NotificationType type, Instant now, CancellationToken stop)
    {
        if (all is [var (only, goesTo)])
        {
            if (goesTo is null)
                await BookingEmails.Cancel(db, only, member, now, stop);
            else
                await BookingEmails.Move(db, only, map.PlaceOf(goesTo), member, before[0].Local, now, stop);
            return;
        }

        foreach (var (booking, to) in all)
            await BookingEmails.Settle(db, booking, to is null ? null : map.PlaceOf(to), member, now, stop);
        var note = new SettledNote(reason,
            [.. all.Select((one, i) => new SettledLine(one.Booking.Id, before[i].SpaceId, one.To is not null))]);
        // Their own act may be taken back, and then nothing leaves; what others did to them is told at once.
        var due = type == BookingNotifications.CancelledTogether ? now + BookingEmails.UndoWindow : now;
        if (member.DisabledAt is null)
            db.Write(Notification.To(Recipient.Of(member), type, Member.Subject.Of(member.Id), now, due,
                revision: $"{Guid.NewGuid():N}", note: note.Written));
    }

    private static Refusal IsTaken(Space to, Booking booking)
    {
        var when = TimeWords.Span(booking.LocalSpan);
        return new(UnitOfWork.SlotTaken.Code, new(
            $"{to.Name} is taken: {when.English}. Choose another desk or room for this booking.",
            $"{to.Name} ist belegt: {when.German}. Wählen Sie für diese Buchung einen anderen Platz oder Raum.",
            $"{to.Name} ist belegt: {when.Familiar}. Wähle für diese Buchung einen anderen Platz oder Raum."))
        { Field = $"fate_{booking.Id}" };
    }
}
