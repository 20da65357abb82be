using DigiHub.Bookings;
using DigiHub.Bookings.Approvals;
using DigiHub.Bookings.Guests;
using DigiHub.Bookings.Series;
using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Imports;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Registrations;

namespace DigiHub.Privacy;

/// <summary>
/// Makes past bookings and registrations anonymous once their time is over (<see cref="Retention"/>). In short writes, and a bounded number
/// of them; safe to run at any time and anywhere at once.
/// </summary>
public sealed class ForgetPast(UnitOfWork unitOfWork, IClock clock)
{
    private const int BookingsAtOnce = 1_000;
    private const int RegistrationsAtOnce = 200;
    private const int GuestsAtOnce = 200;
    private const int RoundsMax = 200;

    /// <summary>Says how many rows became anonymous.</summary>
    public async Task<int> Run(CancellationToken stop) =>
        await InRounds(ForgetBookings, BookingsAtOnce, stop) + await InRounds(ForgetPresence, BookingsAtOnce, stop)
        + await InRounds(ForgetGuests, GuestsAtOnce, stop) + await InRounds(ForgetRegistrations, RegistrationsAtOnce, stop);

    private async Task<int> InRounds(Func<HubDb, CancellationToken, Task<int>> forget, int atOnce, CancellationToken stop)
    {
        var forgotten = 0;
        for (var round = 0; round < RoundsMax; round++)
        {
            var done = await unitOfWork.Run<int>(async db => await forget(db, stop), stop);
            if (!done.IsDone)
                break;
            forgotten += done.Value;
            if (done.Value < atOnce)
                break;
        }

        return forgotten;
    }

    private async Task<int> ForgetBookings(HubDb db, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        var before = now - Retention.Bookings;
        var old = await db.Bookings.Where(one => one.End < before && one.MemberId != Nobody.Id)
            .OrderBy(one => one.End).Select(one => one.Id).Take(BookingsAtOnce).ToListAsync(stop);
        if (old.Count == 0)
            return 0;
        await db.AcquireLocks([LockKey.OfAccess], stop);
        await db.NeedNobody(now, stop);
        await db.ForeignRowsOf(db.Bookings.Where(one => old.Contains(one.Id))).ExecuteDeleteAsync(stop);
        var forgotten = await db.Bookings.Where(one => old.Contains(one.Id)).ExecuteUpdateAsync(set => set
            .SetProperty(one => one.MemberId, Nobody.Id).SetProperty(one => one.BookedById, Nobody.Id)
            .SetProperty(one => one.Title, (string?)null), stop);
        var bookings = db.Bookings;
        await db.Approvals.Where(one => (one.Reason != null || one.DecidedById != null)
            && bookings.Any(booking => booking.ApprovalId == one.Id && old.Contains(booking.Id))).ExecuteUpdateAsync(set => set
                .SetProperty(one => one.Reason, (string?)null).SetProperty(one => one.DecidedById, (Guid?)null), stop);
        // A series is forgotten with the last of its dates.
        await db.BookingSeries.Where(series => series.MemberId != Nobody.Id
            && bookings.Any(one => one.SeriesId == series.Id && old.Contains(one.Id))
            && !bookings.Any(one => one.SeriesId == series.Id && one.MemberId != Nobody.Id)).ExecuteUpdateAsync(set => set
                .SetProperty(one => one.MemberId, Nobody.Id).SetProperty(one => one.BookedById, Nobody.Id)
                .SetProperty(one => one.Title, (string?)null), stop);
        return forgotten;
    }

    /// <summary>The start stands for the moment: that somebody came stays for counting.</summary>
    private async Task<int> ForgetPresence(HubDb db, CancellationToken stop)
    {
        var before = clock.GetCurrentInstant() - Retention.Presence;
        var old = await db.Bookings.Where(one => one.End < before && one.CheckedInAt != null && one.CheckedInAt != one.Start)
            .OrderBy(one => one.End).Select(one => one.Id).Take(BookingsAtOnce).ToListAsync(stop);
        return await db.Bookings.Where(one => old.Contains(one.Id)).ExecuteUpdateAsync(set => set
            .SetProperty(one => one.CheckedInAt, one => (Instant?)one.Start).SetProperty(one => one.ComesLaterAt, (Instant?)null), stop);
    }

    /// <summary>With what was sent to them: of that stays that something was, and what about.</summary>
    private async Task<int> ForgetGuests(HubDb db, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        var (before, bookings) = (now - Retention.Guests, db.Bookings);
        var old = await db.BookingGuests.AsNoTracking()
            .Where(one => bookings.Any(booking => booking.Id == one.BookingId && booking.End < before))
            .OrderBy(one => one.Id).Take(GuestsAtOnce).Select(one => one.Id).ToListAsync(stop);
        var kind = BookingGuest.Subject.Name;
        var sent = db.Notifications.Where(one => one.SubjectKind == kind && old.Contains(one.SubjectId)
            && one.State != NotificationState.Sending);
        await db.NotificationAttempts.Where(attempt => sent.Any(one => one.Id == attempt.NotificationId)).ExecuteDeleteAsync(stop);
        foreach (var id in await sent.Where(one => one.ForgottenAt == null).Select(one => one.Id).ToListAsync(stop))
            await db.Notifications.Where(one => one.Id == id).Forget(AnonymiseNotifications.RandomPseudonym(), now, stop);
        return await db.BookingGuests.Where(one => old.Contains(one.Id)).ExecuteDeleteAsync(stop);
    }

    private async Task<int> ForgetRegistrations(HubDb db, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        var (before, events) = (now - Retention.Registrations, db.Events);
        var old = await db.Registrations
            .Where(one => one.ForgottenAt == null && events.Any(evt => evt.Id == one.EventId && evt.End < before))
            .OrderBy(one => one.Id).Take(RegistrationsAtOnce).ToListAsync(stop);
        Guid[] ids = [.. old.Select(one => one.Id)];
        await db.AddressChecks.Where(check => ids.Contains(check.RegistrationId)).ExecuteDeleteAsync(stop);
        foreach (var registration in old)
            registration.Forget(now);
        return old.Count;
    }
}
