using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Bookings;

/// <summary>
/// What the member is told about a booking. Each notification waits for the undo window, so that an act taken back within it
/// sends nothing; and what is told next depends on what they have been told last.
/// </summary>
internal static class BookingEmails
{
    /// <summary>How long the pages offer Undo; no notification of the act leaves before.</summary>
    public static readonly Duration UndoWindow = Duration.FromSeconds(10);

    public static void Confirm(HubDb db, Booking booking, SiteContext place, Member member, Instant now)
    {
        db.Write(About(booking, member, NotificationType.BookingConfirmed, "booking-confirmed", now));
        Remind(db, booking, place, member, now);
    }

    public static async Task Move(HubDb db, Booking booking, SiteContext place, Member member, LocalSpan before, Instant now, CancellationToken stop)
    {
        var withdrawn = await Withdraw(db, booking, "moved", stop);
        var calendar = await KnownToCalendar(db, booking, stop);
        if (calendar.LatestFacts is null)
        {
            Confirm(db, booking, place, member, now);
            return;
        }

        if (calendar.Shows(BookingCalendar.FactsOf(booking)))
        {
            Remind(db, booking, place, member, now); // back where it was before anybody was told
            return;
        }

        // Moved twice in ten seconds: the old time is the one they know, not the one in between.
        var known = withdrawn.Find(notification => notification.Kind == NotificationType.BookingMoved)?.Note ?? before.ToString();
        db.Write(About(booking, member, NotificationType.BookingMoved, "booking-moved", now, known));
        Remind(db, booking, place, member, now);
    }

    public static async Task Cancel(HubDb db, Booking booking, Member member, Instant now, CancellationToken stop)
    {
        await Withdraw(db, booking, "cancelled", stop);
        if ((await KnownToCalendar(db, booking, stop)).MayHoldEntry)
            db.Write(About(booking, member, NotificationType.BookingCancelled, "booking-cancelled", now));
    }

    public static async Task Reinstate(HubDb db, Booking booking, SiteContext place, Member member, Instant now, CancellationToken stop)
    {
        await Withdraw(db, booking, "reinstated", stop);
        if ((await KnownToCalendar(db, booking, stop)).Shows(BookingCalendar.FactsOf(booking)))
            Remind(db, booking, place, member, now);
        else
            Confirm(db, booking, place, member, now);
    }

    /// <summary>The reminder was changed and nothing else: nobody is written to about that.</summary>
    public static async Task RemindAnew(HubDb db, Booking booking, SiteContext place, Member member, Instant now, CancellationToken stop)
    {
        await Withdraw(db, booking, "changed", stop, NotificationType.BookingReminder);
        var stopped = await db.Notifications.Where(notification => notification.BookingId == booking.Id && notification.Kind == NotificationType.BookingReminder
            && notification.State == NotificationState.Cancelled && notification.Reason == CancelNotification.Reason).Select(notification => notification.DueAt).ToListAsync(stop);
        Remind(db, booking, place, member, now, stopped.ToHashSet());
    }

    /// <summary>The member usually wants other reminders from now on: those of upcoming bookings that follow it change.</summary>
    public static async Task RemindAnewAsUsual(HubDb db, Member member, HubDirectory map, Instant now, CancellationToken stop)
    {
        // A member has a bounded number of bookings ahead: BookingRules.OpenBookingsMax.
        var ahead = await db.Bookings.Where(own => own.MemberId == member.Id && own.Status == BookingStatus.Confirmed && own.Start > now).ToListAsync(stop);
        foreach (var booking in ahead)
        {
            booking.Note(booking.Title, ReminderChoice.Of(booking), member, now);
            await RemindAnew(db, booking, map.Place(booking.SiteId)!, member, now, stop);
        }
    }

    /// <summary>None that would be due in the past: whoever books an hour ahead needs no reminder of the day before.</summary>
    /// <param name="notAt">What a hand has stopped at these times stays stopped.</param>
    private static void Remind(HubDb db, Booking booking, SiteContext place, Member member, Instant now, HashSet<Instant>? notAt = null)
    {
        if (!member.WantsReminders)
            return;
        foreach (var time in booking.ReminderWish.Times)
        {
            var asked = time.Due(booking.StartLocal, place.Time);
            var notAfter = Offsets.NotAfter(asked, booking.Start, time.Grace);
            var due = place.OutsideQuietHours(asked, notAfter);
            if (due > now && notAt?.Contains(due) != true)
                db.Write(Reminder(booking, member, time, now, due, notAfter, movedFrom: asked == due ? null : asked));
        }
    }

    private static Notification Reminder(Booking booking, Member member, ReminderTime time, Instant now, Instant due, Instant notAfter, Instant? movedFrom) => new()
    {
        Id = Guid.CreateVersion7(now.ToDateTimeOffset()),
        Kind = NotificationType.BookingReminder,
        Purpose = $"booking-reminder:{booking.Id}:{booking.Revision}{(time.DaysBefore is null ? "" : ":day-before")}",
        RecipientName = member.Name,
        RecipientEmail = member.Email,
        Language = member.Language,
        MemberId = member.Id,
        BookingId = booking.Id,
        SiteId = booking.SiteId,
        DaysBefore = time.DaysBefore,
        ScheduledForStart = booking.Start,
        WrittenAt = now,
        DueAt = due,
        MovedFrom = movedFrom,
        NotAfter = notAfter,
        NextAttemptAt = due,
    };

    private static Notification About(Booking booking, Member member, NotificationType kind, string purpose, Instant now, string? note = null) => new()
    {
        Id = Guid.CreateVersion7(now.ToDateTimeOffset()),
        Kind = kind,
        Purpose = $"{purpose}:{booking.Id}:{booking.CalendarSequence}",
        RecipientName = member.Name,
        RecipientEmail = member.Email,
        Language = member.Language,
        MemberId = member.Id,
        BookingId = booking.Id,
        CalendarSequence = booking.CalendarSequence,
        Note = note,
        WrittenAt = now,
        DueAt = now + UndoWindow,
        NextAttemptAt = now + UndoWindow,
    };

    /// <summary>The notifications that had not gone out and now will not; one that a worker has in hand among them, unless it is just leaving.</summary>
    private static async Task<List<Notification>> Withdraw(
        HubDb db, Booking booking, string reason, CancellationToken stop, NotificationType? only = null)
    {
        var waiting = db.Notifications.AsNoTracking().Where(notification => notification.BookingId == booking.Id && (only == null || notification.Kind == only))
            .NotYetLeaving();
        var found = await waiting.ToListAsync(stop);
        if (found.Count == 0)
            return found;

        var withdrawn = await waiting.ExecuteUpdateAsync(
            set => set.SetProperty(notification => notification.State, NotificationState.Cancelled).SetProperty(notification => notification.Reason, reason), stop);
        if (withdrawn == found.Count)
            return found;

        Guid[] ids = [.. found.Select(notification => notification.Id)];
        return await db.Notifications.AsNoTracking()
            .Where(notification => EF.Parameter(ids).Contains(notification.Id) && notification.State == NotificationState.Cancelled).ToListAsync(stop);
    }

    private static Task<CalendarKnown> KnownToCalendar(HubDb db, Booking booking, CancellationToken stop) =>
        db.Notifications.Where(notification => notification.BookingId == booking.Id).KnownToCalendar(stop);
}
