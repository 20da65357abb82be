using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Notifications;
using DigiHub.Registrations;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Reminders;

/// <summary>
/// Schedules the reminders of an event's attendees: one for each rule whose time is still to come. A reminder is scheduled for
/// one start; when the event moves the old ones are withdrawn and others scheduled. The waiting list is not reminded, but told the
/// day before that they are still waiting. People who want no reminders get neither: both carry the link that stops them.
/// </summary>
internal static class ScheduleReminders
{
    /// <summary>Skips a reminder when the person was e-mailed less than this before it.</summary>
    public static readonly Duration TooSoonAfterWriting = Duration.FromHours(2);

    /// <summary>An event that moves by no more than this after a reminder went out is not reminded of again by the same rule.</summary>
    public static readonly Duration SameTime = Duration.FromMinutes(15);

    private static readonly Duration standInFor = Duration.FromHours(24);
    private static readonly Duration standByBefore = Duration.FromHours(24);

    /// <summary>For somebody who has never had a notification of this event.</summary>
    public static void ForNewcomer(HubDb db, Event evt, SiteContext place, Registration registration, Instant now)
    {
        foreach (var notification in Wanted(evt, place, registration, now))
            db.Write(notification);
    }

    /// <summary>
    /// For people who may have had notifications before: what is planned or sent already for this start is left alone, what was
    /// withdrawn is scheduled again for the registration's current person. A fixed number of queries, however many people.
    /// </summary>
    public static async Task ForAll(
        HubDb db, Event evt, SiteContext place, IReadOnlyCollection<Registration> people, Instant now, CancellationToken stop)
    {
        var wanted = people.SelectMany(person => Wanted(evt, place, person, now)).ToList();
        if (wanted.Count == 0)
            return;

        var before = await Before(db, evt.Id, people.Count == 1 ? people.First().Id : null, stop);
        var plan = Plan(wanted, before);
        foreach (var notification in plan.New)
            db.Write(notification);
        await Revive(db, plan.Again, stop);
    }

    /// <summary>
    /// What moving an event to another start would leave planned, and nothing is written: its rules and people as they stand, what was
    /// sent already looked at, what is planned for the old start taken for withdrawn.
    /// </summary>
    /// <param name=NotificationReason.Moved>The event as it would be; not tracked.</param>
    public static async Task<IReadOnlyList<Notification>> IfMoved(
        HubDb db, Event moved, SiteContext place, IReadOnlyCollection<Registration> people, Instant now, CancellationToken stop)
    {
        var before = await Before(db, moved.Id, onlyOne: null, stop);
        var left = before.Select(notification => notification.State
            is NotificationState.Planned or NotificationState.Retry or NotificationState.Leased or NotificationState.Carried
            ? notification with { State = NotificationState.Cancelled }
            : notification).ToList();
        var wanted = people.SelectMany(person => Wanted(moved, place, person, now)).ToList();
        var (fresh, again) = Plan(wanted, left);
        var revived = left.Where(notification => again.Contains(notification.Id)).Select(notification => notification.Purpose).ToHashSet();
        return [.. fresh, .. wanted.Where(notification => revived.Contains(notification.Purpose))];
    }

    private static Task<List<Earlier>> Before(HubDb db, Guid eventId, Guid? onlyOne, CancellationToken stop) =>
        Scheduled(onlyOne is { } registrationId
            ? db.Notifications.About(Registration.Subject.Of(registrationId))
            : db.Notifications.AboutEvent(db, eventId)).AsNoTracking()
        .Select(notification => new Earlier(notification.Id, notification.Purpose, notification.SubjectId,
            notification.RuleId, notification.State, notification.Reason, notification.ScheduledForStart))
        .ToListAsync(stop);

    /// <summary>Of what is wanted, what is not there yet, and what was withdrawn, though not by hand, and is to be planned again.</summary>
    private static (List<Notification> New, List<Guid> Again) Plan(IEnumerable<Notification> wanted, IReadOnlyCollection<Earlier> before)
    {
        var byPurpose = before.ToDictionary(notification => notification.Purpose);
        var reminded = before.Where(notification => notification.State is not (NotificationState.Cancelled or NotificationState.Skipped)
            && notification.RuleId is not null)
            .ToLookup(notification => (notification.SubjectId, notification.RuleId));
        var (fresh, again) = (new List<Notification>(), new List<Guid>());
        foreach (var notification in wanted)
        {
            if (byPurpose.TryGetValue(notification.Purpose, out var same))
            {
                if (same.MayComeBack)
                    again.Add(same.Id);
            }
            else if (!reminded[(notification.SubjectId, notification.RuleId)].Any(earlier => StandsFor(earlier, notification)))
            {
                fresh.Add(notification);
            }
        }

        return (fresh, again);
    }

    /// <summary>
    /// Whether a confirmation written now stands in for a reminder: the nearest was due less than a day ago, or is due so
    /// soon that it is left out.
    /// </summary>
    public static bool ConfirmationRemindsToo(Event evt, SiteContext place, Instant now) =>
        evt.ReminderRules.Select(rule => Leaves(rule, evt, place).Due)
            .Any(due => due > now - standInFor && due < now + TooSoonAfterWriting);

    /// <summary>Reminders already on their way stay; the others are withdrawn in this transaction.</summary>
    public static Task<int> Withdraw(HubDb db, Guid eventId, NotificationReason reason, CancellationToken stop) =>
        Scheduled(db.Notifications.AboutEvent(db, eventId)).Withdraw(reason, stop);

    /// <summary>Those of one registration.</summary>
    public static Task<int> WithdrawOf(HubDb db, Guid registrationId, NotificationReason reason, CancellationToken stop) =>
        Scheduled(db.Notifications.About(Registration.Subject.Of(registrationId))).Withdraw(reason, stop);

    private static IQueryable<Notification> Scheduled(IQueryable<Notification> notifications) =>
        notifications.Where(notification => notification.Type == ReminderNotifications.OfEvent
            || notification.Type == RegistrationNotifications.StandBy);

    /// <summary>For rules that an organiser has taken away.</summary>
    public static Task<int> WithdrawRules(HubDb db, Guid eventId, Guid[] ruleIds, CancellationToken stop) =>
        db.Notifications.AboutEvent(db, eventId).Where(notification => notification.Type == ReminderNotifications.OfEvent
            && EF.Parameter(ruleIds).Contains(notification.RuleId!.Value)).Withdraw(NotificationReason.RuleRemoved, stop);

    private static IEnumerable<Notification> Wanted(Event evt, SiteContext place, Registration person, Instant now)
    {
        if (evt.Status != EventStatus.Published || !person.WantsReminders || person.IsHeld)
            yield break;

        var lastWritten = Instant.Max(person.RegisteredAt, person.PromotedAt ?? person.RegisteredAt);
        if (person.Status == RegistrationStatus.Waiting)
        {
            var asked = evt.Start - standByBefore;
            var due = place.OutsideQuietHours(asked, evt.Start);
            if (IsAhead(due))
                yield return RegistrationEmails.Of(
                    person, RegistrationNotifications.StandBy, evt, now, due, notAfter: evt.Start,
                    revision: $"{person.Number}:{evt.Start.ToUnixTimeSeconds()}",
                    reminder: new ReminderOf(evt.Start, asked == due ? null : asked));
        }

        if (person.Status != RegistrationStatus.Confirmed)
            yield break;
        foreach (var rule in evt.ReminderRules)
        {
            var (asked, due, notAfter) = Leaves(rule, evt, place);
            if (IsAhead(due) && due < evt.Start)
                yield return RegistrationEmails.Of(
                    person, ReminderNotifications.OfEvent, evt, now, due, notAfter,
                    revision: $"{rule.Id:N}:{evt.Start.ToUnixTimeSeconds()}",
                    reminder: new ReminderOf(evt.Start, asked == due ? null : asked, rule.Time.DaysBefore, rule.Id));
        }

        bool IsAhead(Instant due) => due > now && due - lastWritten >= TooSoonAfterWriting;
    }

    /// <summary>When a rule asks for its reminder, when that leaves (quiet hours looked at), and when it is too late for it.</summary>
    public static (Instant Asked, Instant Due, Instant NotAfter) Leaves(ReminderRule rule, Event evt, SiteContext place)
    {
        var asked = rule.Time.Due(evt.StartLocal, place.Time);
        var notAfter = Offsets.NotAfter(asked, evt.Start, rule.Time.Grace);
        return (asked, place.OutsideQuietHours(asked, notAfter), notAfter);
    }

    /// <summary>
    /// A rule that has reminded of the old start reminds again only if the event moved later by more than the rule's own
    /// offset, and by more than a moment.
    /// </summary>
    private static bool StandsFor(Earlier earlier, Notification notification)
    {
        if (earlier.ScheduledForStart is not { } before || notification.ScheduledForStart is not { } start)
            return false;
        var offset = start - (notification.MovedFrom ?? notification.DueAt);
        return start - before <= Duration.Max(offset, SameTime);
    }

    private static async Task Revive(HubDb db, List<Guid> ids, CancellationToken stop)
    {
        const int atOnce = 500; // parameters of one statement
        foreach (var some in ids.Chunk(atOnce))
            await db.PlanAgain(db.Notifications.Where(notification => EF.Parameter(some).Contains(notification.Id)), stop);
        db.LeavesWork |= ids.Count > 0;
    }

    private sealed record Earlier(
        Guid Id, string Purpose, Guid SubjectId, Guid? RuleId, NotificationState State,
        NotificationReason? Reason, Instant? ScheduledForStart)
    {
        /// <summary>Withdrawn by the hub; those cancelled by hand stay cancelled.</summary>
        public bool MayComeBack => State == NotificationState.Cancelled && Reason != NotificationReason.WithdrawnByHand;
    }
}
