using System.Globalization;
using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Bookings.Approvals;
using DigiHub.Bookings.Series;
using DigiHub.Bookings.Waiting;
using DigiHub.Claims;
using DigiHub.Closures;
using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Members;
using DigiHub.Registrations;
using NodaTime.Text;

namespace DigiHub.Operations;

/// <summary>
/// Looks whether a database keeps what DigiHub promises, whatever its constraints say: for a backup, which must hold it when restored.
/// What keys and constraints guarantee by themselves (one e-mail for a purpose, one registration for an address) the engine checks.
/// </summary>
public static class CheckInvariants
{
    private const int ToldMax = 10;

    /// <summary>At most ten violations, for the operator.</summary>
    public static async Task<IReadOnlyList<string>> Run(HubDb db, CancellationToken stop) =>
    [
        .. await Overlaps(db, stop),
        .. await ClaimsOfNothing(db, stop),
        .. await ReleasedWrongly(db, stop),
        .. await WaitingForNothing(db, stop),
        .. await SeriesOfOthers(db, stop),
        .. await ExceptionsThatStand(db, stop),
        .. await HalfMeetings(db, stop),
        .. await Overfull(db, stop),
        .. await TwiceNumbered(db, stop),
        .. await ActsOfHalfASubject(db, stop),
    ];

    // In the order of the index: two that overlap are neighbours, since none before them did.
    private static async Task<IReadOnlyList<string>> Overlaps(HubDb db, CancellationToken stop)
    {
        List<string> found = [];
        (int UnitId, Instant End)? before = null;
        await foreach (var claim in db.Claims.OrderBy(one => one.UnitId).ThenBy(one => one.Start)
            .Select(one => new { one.UnitId, one.Start, one.End }).AsAsyncEnumerable().WithCancellation(stop))
        {
            if (before is { } last && last.UnitId == claim.UnitId && last.End > claim.Start)
                found.Add($"unit {claim.UnitId} is taken twice at {InstantPattern.General.Format(claim.Start)}");
            if (found.Count == ToldMax)
                break;
            before = (claim.UnitId, claim.End);
        }

        return found;
    }

    private static async Task<IReadOnlyList<string>> ClaimsOfNothing(HubDb db, CancellationToken stop)
    {
        var (bookings, events, closures, offers) = (db.Bookings, db.Events, db.Set<SpaceClosure>(), db.WaitingOffers);
        var (booking, evt, closure) = (Booking.Subject.Name, Event.Subject.Name, SpaceClosure.Subject.Name);
        var offer = WaitingOffer.Subject.Name;
        var found = await db.Claims
            .Where(claim => claim.HolderKind == booking
                ? !bookings.Any(one => one.Id == claim.HolderId && one.Status == BookingStatus.Confirmed)
                : claim.HolderKind == evt
                ? !events.Any(one => one.Id == claim.HolderId && one.Status == EventStatus.Published)
                : claim.HolderKind == offer
                ? !offers.Any(one => one.Id == claim.HolderId && one.Status == OfferStatus.Open && one.Until == claim.HeldUntil)
                : claim.HolderKind != closure || !closures.Any(one => one.Id == claim.HolderId && one.End > one.Start))
            .OrderBy(claim => claim.Id).Take(ToldMax).Select(claim => new { claim.HolderKind, claim.HolderId }).ToListAsync(stop);
        return [.. found.Select(claim => $"space is held by a {claim.HolderKind} that does not stand: {claim.HolderId}")];
    }

    private static async Task<IReadOnlyList<string>> ReleasedWrongly(HubDb db, CancellationToken stop)
    {
        var found = await db.Bookings
            .Where(one => (one.Status == BookingStatus.Released && (one.CheckInBy == null || one.CheckedInAt != null))
                || (one.Status == BookingStatus.Released && one.CancelledAt == null)
                || (one.CheckedInAt == null) != (one.CheckedInHow == null))
            .OrderBy(one => one.Id).Take(ToldMax).Select(one => one.Id).ToListAsync(stop);
        return [.. found.Select(id => $"the booking {id} was released although nobody was asked to check in, or somebody did")];
    }

    private static async Task<IReadOnlyList<string>> WaitingForNothing(HubDb db, CancellationToken stop)
    {
        var approvals = db.Approvals;
        var found = await db.Bookings
            .Where(booking => booking.Status == BookingStatus.Confirmed && booking.ApproveBy != null
                && !approvals.Any(one => one.Id == booking.ApprovalId && one.State == ApprovalState.Waiting))
            .OrderBy(booking => booking.Id).Take(ToldMax).Select(booking => booking.Id).ToListAsync(stop);
        return [.. found.Select(id => $"the booking {id} waits for an approval that nobody is asked for")];
    }

    // Past dates become nobody's one by one, before their series does.
    private static async Task<IReadOnlyList<string>> SeriesOfOthers(HubDb db, CancellationToken stop)
    {
        var series = db.BookingSeries;
        var found = await db.Bookings
            .Where(booking => booking.SeriesId != null && booking.MemberId != Nobody.Id
                && !series.Any(one => one.Id == booking.SeriesId && one.MemberId == booking.MemberId))
            .OrderBy(booking => booking.Id).Take(ToldMax).Select(booking => booking.Id).ToListAsync(stop);
        return [.. found.Select(id => $"the booking {id} is of a series of another member")];
    }

    private static async Task<IReadOnlyList<string>> ExceptionsThatStand(HubDb db, CancellationToken stop)
    {
        var bookings = db.Bookings;
        var found = await db.SeriesExceptions
            .Where(exception => bookings.Any(one => one.SeriesId == exception.SeriesId && one.SeriesDate == exception.Date
                && one.Status == BookingStatus.Confirmed))
            .OrderBy(exception => exception.SeriesId).ThenBy(exception => exception.Date).Take(ToldMax).ToListAsync(stop);
        return [.. found.Select(exception => $"the series {exception.SeriesId} has a date that it leaves out: "
            + LocalDatePattern.Iso.Format(exception.Date))];
    }

    // Both parts or none. What became of a part by itself (nobody came, its site closed) leaves it linked, so two are always found.
    private static async Task<IReadOnlyList<string>> HalfMeetings(HubDb db, CancellationToken stop)
    {
        var bookings = db.Bookings;
        var found = await bookings
            .Where(one => one.MeetingId != null
                && (bookings.Count(part => part.MeetingId == one.MeetingId) != 2
                    || !bookings.Any(first => first.Id == one.MeetingId && first.MeetingId == one.MeetingId)
                    || bookings.Any(part => part.MeetingId == one.MeetingId && part.Id != one.Id
                        && ((part.MemberId != one.MemberId && part.MemberId != Nobody.Id && one.MemberId != Nobody.Id)
                            || (part.Start != one.Start && part.Status == BookingStatus.Confirmed
                                && one.Status == BookingStatus.Confirmed)))))
            .OrderBy(one => one.Id).Take(ToldMax).Select(one => one.Id).ToListAsync(stop);
        return [.. found.Select(id => $"the booking {id} is not one of the two parts of a meeting of one member that begin together")];
    }

    private static async Task<IReadOnlyList<string>> Overfull(HubDb db, CancellationToken stop)
    {
        var registrations = db.Registrations;
        var found = await db.Events
            .Select(one => new
            {
                one.Slug,
                one.Capacity,
                Taken = registrations.Count(seat => seat.EventId == one.Id && seat.Status == RegistrationStatus.Confirmed),
            })
            .Where(one => one.Taken > one.Capacity).OrderBy(one => one.Slug).Take(ToldMax).ToListAsync(stop);
        return [.. found.Select(one => string.Create(CultureInfo.InvariantCulture,
            $"the event {one.Slug} has {one.Taken} attendees for {one.Capacity} seats"))];
    }

    private static async Task<IReadOnlyList<string>> TwiceNumbered(HubDb db, CancellationToken stop)
    {
        var found = await db.Registrations.GroupBy(one => new { one.EventId, one.Number }).Where(same => same.Count() > 1)
            .OrderBy(same => same.Key.EventId).Take(ToldMax).Select(same => new { same.Key.EventId, same.Key.Number }).ToListAsync(stop);
        return [.. found.Select(same => string.Create(CultureInfo.InvariantCulture,
            $"the event {same.EventId} has the number {same.Number} twice"))];
    }

    // An act names its subject, or is about the hub: one half of a subject is none.
    private static async Task<IReadOnlyList<string>> ActsOfHalfASubject(HubDb db, CancellationToken stop)
    {
        var found = await db.Activity.Where(entry => (entry.SubjectKind == null) != (entry.SubjectId == null))
            .OrderBy(entry => entry.Id).Take(ToldMax).Select(entry => entry.Id).ToListAsync(stop);
        return [.. found.Select(id => $"the act {id} names half a subject")];
    }
}
