using DigiHub.Access;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Bookings;

/// <summary>
/// What the member is told about a booking. Each notification waits for the undo window, so that an act taken back within it
/// sends nothing; and the next notification depends on the last one sent.
/// </summary>
internal static class BookingEmails
{
    /// <summary>How long the pages offer Undo; no notification of the act leaves before.</summary>
    public static readonly Duration UndoWindow = Duration.FromSeconds(10);

    private static readonly NotificationType[] reminding = [BookingNotifications.Reminder, BookingNotifications.CheckInAsked];

    public static void Confirm(HubDb db, Booking booking, SiteContext place, Member member, Instant now)
    {
        db.Write(About(booking, member, booking.IsPending ? BookingNotifications.Requested : BookingNotifications.Confirmed, now));
        Remind(db, booking, place, member, now);
    }

    public static async Task Move(
        HubDb db, Booking booking, SiteContext place, Member member, LocalSpan before, Instant now, CancellationToken stop)
    {
        if (booking.IsWalkUp)
            return;
        var withdrawn = await Withdraw(db, booking, NotificationReason.Moved, stop);
        var calendar = await KnownToCalendar(db, booking, member.Id, stop);
        // One of a series was confirmed with the others, in the e-mail about these, and may have been moved with them since.
        var isOne = booking.SeriesId is null;
        if (isOne && calendar.LatestFacts is null)
        {
            Confirm(db, booking, place, member, now);
            return;
        }

        if (isOne && calendar.Shows(await BookingCalendar.FactsOf(db, booking, stop)))
        {
            Remind(db, booking, place, member, now); // moved back before any notification was sent
            return;
        }

        // Moved twice within the undo window: the old time is the one the member knows.
        var known = withdrawn.Find(notification => notification.Type == BookingNotifications.Moved)?.Note ?? before.ToString();
        db.Write(About(booking, member, BookingNotifications.Moved, now, known));
        Remind(db, booking, place, member, now);
    }

    /// <summary>It waited for approval, and has it.</summary>
    public static async Task Approve(HubDb db, Booking booking, SiteContext place, Member member, Instant now, CancellationToken stop)
    {
        await Withdraw(db, booking, NotificationReason.Superseded, stop);
        db.Write(About(booking, member, BookingNotifications.Approved, now));
        Remind(db, booking, place, member, now);
    }

    public static async Task Cancel(HubDb db, Booking booking, Member member, Instant now, CancellationToken stop)
    {
        if (booking.IsWalkUp)
            return;
        await Withdraw(db, booking, NotificationReason.Cancelled, stop);
        if (booking.Status == BookingStatus.Declined || booking.Status == BookingStatus.Lapsed)
        {
            // Who asked is told the answer, also where nothing of the question has left yet.
            db.Write(About(booking, member,
                booking.Status == BookingStatus.Declined ? BookingNotifications.Declined : BookingNotifications.Lapsed, now));
            return;
        }

        if (booking.SeriesId is not null || (await KnownToCalendar(db, booking, member.Id, stop)).MayHoldEntry)
            db.Write(About(booking, member, BookingNotifications.Cancelled, now));
    }

    /// <summary>
    /// Where a delegate made it, they are told how it stands, too; once for several acts within the undo window.
    /// </summary>
    public static async Task TellDelegate(HubDb db, Booking booking, Instant now, CancellationToken stop)
    {
        var (memberId, delegateId) = (booking.MemberId, booking.BookedById);
        if (memberId == delegateId)
            return;
        var theirs = db.Delegations.InForce(now).Where(one => one.MemberId == memberId && one.DelegateId == delegateId);
        if (await db.Members.SingleOrDefaultAsync(one => one.DisabledAt == null && theirs.Any(own => own.DelegateId == one.Id), stop)
            is not { } to)
            return;
        var (about, type) = (Booking.Subject.Of(booking.Id), BookingNotifications.DelegateTold);
        await db.Notifications.About(about).Where(one => one.Type == type).Withdraw(NotificationReason.Superseded, stop);
        db.Write(Notification.To(
            Recipient.Of(to), type, about, now, now + UndoWindow, revision: $"{booking.CalendarSequence}",
            calendarSequence: booking.CalendarSequence));
    }

    /// <summary>Nobody checked in: told at once, because it can be undone for minutes only.</summary>
    public static async Task Release(HubDb db, Booking booking, Member member, Instant now, CancellationToken stop)
    {
        if (booking.IsWalkUp)
            return;
        await Withdraw(db, booking, NotificationReason.Cancelled, stop);
        db.Write(Notification.To(
            Recipient.Of(member), BookingNotifications.Released, Booking.Subject.Of(booking.Id), now,
            revision: $"{booking.CalendarSequence}", calendarSequence: booking.CalendarSequence,
            reminder: new ReminderOf(booking.Start, MovedFrom: null, DaysBefore: null)));
    }

    /// <summary>Nobody needs to be asked any more.</summary>
    public static Task CheckIn(HubDb db, Booking booking, CancellationToken stop) =>
        Withdraw(db, booking, NotificationReason.CheckedIn, stop, BookingNotifications.CheckInAsked);

    /// <summary>
    /// It has become one date of a series, of which another notification tells. Where a calendar may have it by itself, it is taken out.
    /// </summary>
    public static async Task Join(HubDb db, Booking booking, SiteContext place, Member member, Instant now, CancellationToken stop)
    {
        await Withdraw(db, booking, NotificationReason.Changed, stop);
        if ((await KnownToCalendar(db, booking, member.Id, stop)).MayHoldEntry)
            db.Write(About(booking, member, BookingNotifications.Joined, now));
        Remind(db, booking, place, member, now);
    }

    /// <summary>
    /// Moved or cancelled together with others of its member, who are told of all of them in one notification (<see cref="SettledNote"/>).
    /// </summary>
    /// <param name="place">Where it goes; null: it was cancelled.</param>
    public static async Task Settle(HubDb db, Booking booking, SiteContext? place, Member member, Instant now, CancellationToken stop)
    {
        await Withdraw(db, booking, place is null ? NotificationReason.Cancelled : NotificationReason.Moved, stop);
        if (place is not null)
            Remind(db, booking, place, member, now);
    }

    /// <summary>
    /// It has become another member's. The former is told where their calendar may have it, so that it is taken out.
    /// </summary>
    /// <param name="together">With others, of all of which the new member is told in one notification (<see cref="ReceivedNote"/>).</param>
    public static async Task HandOver(
        HubDb db, Booking booking, SiteContext place, Member from, Member to, bool together, Instant now, CancellationToken stop)
    {
        var facts = await BookingCalendar.FactsOf(db, booking, stop);
        await Withdraw(db, booking, from.Id, NotificationReason.HandedOver, stop);
        if ((await KnownToCalendar(db, booking, from.Id, stop)).MayHoldEntry)
            db.Write(About(booking, from, BookingNotifications.HandedOver, now, facts));

        await Withdraw(db, booking, to.Id, NotificationReason.HandedOver, stop); // that it went away, when they had it before
        if (!together && !(await KnownToCalendar(db, booking, to.Id, stop)).Shows(facts))
            db.Write(About(booking, to, BookingNotifications.Received, now, $"{from.Id:N}"));
        Remind(db, booking, place, to, now);
    }

    /// <summary>The second part of a meeting, of which the first tells.</summary>
    public static async Task HandOverWithFirst(
        HubDb db, Booking booking, SiteContext place, Member from, Member to, Instant now, CancellationToken stop)
    {
        await Withdraw(db, booking, from.Id, NotificationReason.HandedOver, stop);
        await Withdraw(db, booking, to.Id, NotificationReason.HandedOver, stop);
        Remind(db, booking, place, to, now);
    }

    public static async Task Reinstate(HubDb db, Booking booking, SiteContext place, Member member, Instant now, CancellationToken stop)
    {
        if (booking.IsWalkUp)
            return;
        var withdrawn = await Withdraw(db, booking, NotificationReason.Reinstated, stop);
        // That one of a series was cancelled may have been told in an e-mail about several, unless its own had not left yet.
        if (booking.SeriesId is not null
            ? withdrawn.Exists(one => one.Type.IsOneOf(BookingNotifications.Cancelled, BookingNotifications.Released))
                || await IsToBeTold(db, booking, member, stop)
            : (await KnownToCalendar(db, booking, member.Id, stop)).Shows(await BookingCalendar.FactsOf(db, booking, stop)))
            Remind(db, booking, place, member, now);
        else
            Confirm(db, booking, place, member, now);
    }

    /// <summary>That it was cancelled with others still waits for the undo window, and will not leave now.</summary>
    private static async Task<bool> IsToBeTold(HubDb db, Booking booking, Member member, CancellationToken stop)
    {
        var together = BookingNotifications.CancelledTogether;
        var notes = await db.Notifications.AsNoTracking().About(Member.Subject.Of(member.Id))
            .Where(one => one.Type == together).NotYetLeaving().Select(one => one.Note).ToListAsync(stop);
        return notes.Exists(note => SettledNote.Parse(note)?.Lines.Any(line => line.BookingId == booking.Id) == true);
    }

    /// <summary>Only the reminder was changed, which needs no notification.</summary>
    public static async Task RescheduleReminder(
        HubDb db, Booking booking, SiteContext place, Member member, Instant now, CancellationToken stop)
    {
        await Withdraw(db, booking, NotificationReason.Changed, stop, reminding);
        var stopped = await db.Notifications.About(Booking.Subject.Of(booking.Id))
            .Where(notification => EF.Constant(reminding).Contains(notification.Type)
                && notification.State == NotificationState.Cancelled && notification.Reason == NotificationReason.WithdrawnByHand)
                    .Select(notification => notification.DueAt).ToListAsync(stop);
        Remind(db, booking, place, member, now, stopped.ToHashSet());
    }

    /// <summary>The member usually wants other reminders from now on: those of upcoming bookings that follow it change.</summary>
    public static async Task RescheduleUsualReminders(HubDb db, Member member, HubDirectory map, Instant now, CancellationToken stop)
    {
        // Of one member bounded, series included.
        var ahead = await db.Bookings
            .Where(own => own.MemberId == member.Id && own.Status == BookingStatus.Confirmed && own.Start > now).ToListAsync(stop);
        foreach (var booking in ahead)
            booking.Note(booking.Title, ReminderChoice.Of(booking), member, now);
        await RescheduleReminders(db, ahead, map, member, now, stop);
    }

    /// <summary>As <see cref="RescheduleReminder"/> of many bookings of one member, with two questions for all of them.</summary>
    public static async Task RescheduleReminders(
        HubDb db, IReadOnlyCollection<Booking> bookings, HubDirectory map, Member member, Instant now, CancellationToken stop)
    {
        if (bookings.Count == 0)
            return;
        Guid[] ids = [.. bookings.Select(booking => booking.Id)];
        await WithdrawAll(db, ids, NotificationReason.Changed, stop, reminding);
        var stopped = await About(db, ids).Where(notification => EF.Constant(reminding).Contains(notification.Type)
            && notification.State == NotificationState.Cancelled && notification.Reason == NotificationReason.WithdrawnByHand)
                .Select(notification => new { notification.SubjectId, notification.DueAt }).ToListAsync(stop);
        foreach (var booking in bookings)
        {
            Remind(db, booking, map.Place(booking.SiteId)!, member, now,
                stopped.Where(one => one.SubjectId == booking.Id).Select(one => one.DueAt).ToHashSet());
        }
    }

    /// <summary>Skips those that would be due in the past, such as the day-before reminder of a booking an hour ahead.</summary>
    /// <param name="notAt">Reminders at these times were cancelled by hand and stay so.</param>
    /// <param name="alone">The other part of its meeting, which reminds of both, does not stand any more.</param>
    public static void Remind(
        HubDb db, Booking booking, SiteContext place, Member member, Instant now, HashSet<Instant>? notAt = null, bool alone = false)
    {
        if (!member.WantsReminders || booking.IsPending)
            return;
        var isAsked = !booking.IsToCheckIn(now);
        // The first part of a meeting reminds of both; each asks for its own room whether somebody comes.
        foreach (var time in booking.IsSecondPart && !alone ? [] : booking.ReminderWish.Times)
        {
            var asked = time.Due(booking.StartLocal, place.Time);
            var notAfter = Offsets.NotAfter(asked, booking.Start, time.Grace);
            var due = place.OutsideQuietHours(asked, notAfter);
            if (due > now && notAt?.Contains(due) != true)
            {
                var asks = !isAsked && IsAskedAt(due, booking);
                isAsked |= asks;
                db.Write(Reminder(booking, member, time, now, due, notAfter, movedFrom: asked == due ? null : asked,
                    asks ? BookingNotifications.Asks : null));
            }
        }

        if (!isAsked)
            Ask(db, booking, place, member, now, notAt);
    }

    /// <summary>So long before the start somebody is asked whether they come.</summary>
    public static readonly Duration AskedBefore = Duration.FromMinutes(30);

    /// <summary>A reminder that leaves then asks, too: rather one e-mail than two within the hour.</summary>
    private static bool IsAskedAt(Instant due, Booking booking) =>
        due >= booking.Start - AskedBefore - Duration.FromMinutes(45) && due <= booking.Start - AskedBefore + Duration.FromMinutes(15);

    private static void Ask(HubDb db, Booking booking, SiteContext place, Member member, Instant now, HashSet<Instant>? notAt)
    {
        var asked = booking.Start - AskedBefore;
        var due = place.OutsideQuietHours(asked, booking.Start);
        if (due > now && due < booking.Start && notAt?.Contains(due) != true)
        {
            db.Write(Notification.To(
                Recipient.Of(member), BookingNotifications.CheckInAsked, Booking.Subject.Of(booking.Id), now, due,
                revision: $"{booking.Revision}", notAfter: booking.Start, siteId: booking.SiteId,
                reminder: new ReminderOf(booking.Start, asked == due ? null : asked, DaysBefore: null)));
        }
    }

    private static Notification Reminder(
        Booking booking, Member member, ReminderTime time, Instant now, Instant due, Instant notAfter, Instant? movedFrom,
        string? note) =>
        Notification.To(
            Recipient.Of(member), BookingNotifications.Reminder, Booking.Subject.Of(booking.Id), now, due,
            revision: time.DaysBefore is null ? $"{booking.Revision}" : $"{booking.Revision}:day-before",
            note: note, notAfter: notAfter, siteId: booking.SiteId,
            reminder: new ReminderOf(booking.Start, movedFrom, time.DaysBefore));

    private static Notification About(Booking booking, Member member, NotificationType type, Instant now, string? note = null) =>
        Notification.To(
            Recipient.Of(member), type, Booking.Subject.Of(booking.Id), now, now + UndoWindow, revision: $"{booking.CalendarSequence}",
            note: note, calendarSequence: booking.CalendarSequence);

    /// <summary>
    /// Withdraws what has not left yet about any of these bookings; the caller writes what takes its place.
    /// </summary>
    public static Task WithdrawAll(
        HubDb db, Guid[] bookingIds, NotificationReason reason, CancellationToken stop, params NotificationType[] only)
    {
        if (bookingIds.Length == 0)
            return Task.CompletedTask;
        var about = About(db, bookingIds);
        return (only is [] ? about : about.Where(one => EF.Parameter(only).Contains(one.Type))).Withdraw(reason, stop);
    }

    private static IQueryable<Notification> About(HubDb db, Guid[] bookingIds)
    {
        var kind = Booking.Subject.Name;
        var joined = BookingNotifications.Joined;
        return db.Notifications
            .Where(one => one.SubjectKind == kind && EF.Parameter(bookingIds).Contains(one.SubjectId) && one.Type != joined);
    }

    private static Task<List<Notification>> Withdraw(
        HubDb db, Booking booking, NotificationReason reason, CancellationToken stop, params NotificationType[] only) =>
        Withdraw(db, booking, booking.MemberId, reason, stop, only);

    /// <summary>
    /// Withdraws a member's unsent notifications, also leased ones, unless they are just being sent. Who had the booking before is still
    /// told that it went to somebody else.
    /// </summary>
    private static async Task<List<Notification>> Withdraw(
        HubDb db, Booking booking, Guid memberId, NotificationReason reason, CancellationToken stop, params NotificationType[] only)
    {
        var joined = BookingNotifications.Joined; // what takes an entry out of a calendar is true whatever happens later
        var waiting = db.Notifications.AsNoTracking().About(Booking.Subject.Of(booking.Id))
            .Where(one => one.MemberId == memberId && one.Type != joined).NotYetLeaving();
        if (only is not [])
            waiting = waiting.Where(notification => EF.Parameter(only).Contains(notification.Type));
        var found = await waiting.ToListAsync(stop);
        if (found.Count == 0)
            return found;

        var withdrawn = await waiting.ExecuteUpdateAsync(
            set => set.SetProperty(notification => notification.State, NotificationState.Cancelled)
                .SetProperty(notification => notification.Reason, (NotificationReason?)reason), stop);
        if (withdrawn == found.Count)
            return found;

        Guid[] ids = [.. found.Select(notification => notification.Id)];
        return await db.Notifications.AsNoTracking()
            .Where(notification => EF.Parameter(ids).Contains(notification.Id) && notification.State == NotificationState.Cancelled)
            .ToListAsync(stop);
    }

    /// <summary>What the calendar of this member may hold of it; before, it may have been somebody else's.</summary>
    private static async Task<CalendarKnown> KnownToCalendar(HubDb db, Booking booking, Guid memberId, CancellationToken stop)
    {
        if (booking.MeetingId is not { } meetingId)
            return await db.Notifications.About(Booking.Subject.Of(booking.Id)).Where(one => one.MemberId == memberId)
                .KnownToCalendar(stop);
        // Whichever part was written about, the entry is that of both.
        var (kind, bookings) = (Booking.Subject.Name, db.Bookings);
        return await db.Notifications.Where(one => one.SubjectKind == kind && one.MemberId == memberId
            && bookings.Any(part => part.MeetingId == meetingId && part.Id == one.SubjectId)).KnownToCalendar(stop);
    }
}
