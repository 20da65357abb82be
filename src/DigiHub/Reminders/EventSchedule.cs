using DigiHub.Access;
using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Mail;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Registrations;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Reminders;

/// <summary>Notifications about one event that will leave at the same time for the same reason.</summary>
/// <param name="Rule">For reminders: the rule that asks for them.</param>
/// <param name="MovedFrom">When they would leave but for the quiet hours; null where those moved nothing.</param>
/// <param name="People">How many get one; 0 for a rule nobody waits for yet.</param>
/// <param name="Shared">How many of them find it in one mail with other reminders of that hour.</param>
/// <param name="ByDigest">How many are told by the overview of their day instead; not counted in <paramref name="People"/>.</param>
/// <param name="Suspended">
/// How many get nothing because notifications to their address are suspended; not counted in <paramref name="People"/> either.
/// </param>
/// <param name="Off">How many get nothing because they have reminders switched off, or have left the hub; likewise.</param>
/// <param name="HasPassed">Its time is over: who registers now gets none.</param>
public sealed record ScheduledNotifications(
    NotificationType Type, ReminderTime? Rule, Instant Leaves, Instant? MovedFrom,
    int People, int Shared, int ByDigest, int Suspended, int Off, bool HasPassed);

/// <param name="Notifications">By the time they leave, at most <see cref="EventSchedule.RowsMax"/>.</param>
/// <param name="OtherStart">The start that was asked about; null: as the event stands.</param>
/// <param name="WhyNot">Why the event could not start then; the notifications are then as they stand.</param>
public sealed record ScheduleShown(
    Event Event, SiteContext Place, IReadOnlyList<ScheduledNotifications> Notifications, LocalDateTime? OtherStart, Refusal? WhyNot);

/// <summary>
/// The notifications that will go out, and when: for an event as it is, or as if it were moved to another start. Read-only; uses the same
/// code that schedules the notifications, so it shows what the change would do.
/// </summary>
public sealed class EventSchedule(HubDbFactory databases, Catalogue catalogue, IClock clock)
{
    public const int RowsMax = 100;

    /// <returns>Null: not there, or not theirs to edit.</returns>
    public async Task<ScheduleShown?> Run(Guid eventId, Guid actorId, LocalDateTime? otherStart, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        var now = clock.GetCurrentInstant();
        await using var db = databases.Open();
        var evt = await db.Events.AsNoTracking().Include(one => one.ReminderRules).SingleOrDefaultAsync(one => one.Id == eventId, stop);
        if (evt is null || !evt.MayBeEditedBy(await db.Viewer(actorId, now, stop)))
            return null;

        var place = map.Place(evt.SiteId)!;
        var before = (evt.Start, evt.StartLocal);
        var whyNot = otherStart is { } start && start != evt.StartLocal ? MoveTo(evt, start, place) : null;
        var moved = evt.StartLocal != before.StartLocal;
        var notifications = moved
            ? await IfMoved(db, evt, place, before.Start, now, stop)
            : await db.Notifications.AsNoTracking().AboutEvent(db, eventId).NotYetLeaving().ToListAsync(stop);
        var rows = Rows(notifications, await Context.Of(db, eventId, notifications, stop));
        return new ScheduleShown(evt, place,
            [.. rows.Concat(Empty(evt, place, rows, now)).OrderBy(row => row.Leaves).Take(RowsMax)], otherStart, whyNot);
    }

    private static Refusal? MoveTo(Event evt, LocalDateTime start, SiteContext place)
    {
        var real = place.Time.Typed(start, start + Period.Between(evt.StartLocal, evt.EndLocal, PeriodUnits.AllUnits));
        if (!real.IsDone)
            return real.Refusal;
        (evt.EndLocal, evt.StartLocal) = (start + Period.Between(evt.StartLocal, evt.EndLocal, PeriodUnits.AllUnits), start);
        (evt.Start, evt.End) = (real.Value.Start, real.Value.End);
        return null;
    }

    /// <summary>The change notice, and the reminders as they would be rescheduled.</summary>
    private static async Task<List<Notification>> IfMoved(
        HubDb db, Event moved, SiteContext place, Instant startBefore, Instant now, CancellationToken stop)
    {
        if (moved.Status != EventStatus.Published || moved.Start <= now)
            return [];
        var id = moved.Id;
        var people = await db.Registrations.AsNoTracking()
            .Where(one => one.EventId == id && one.Status != RegistrationStatus.Cancelled).ToListAsync(stop);
        var leaves = ChangeNotice.Leaves(Instant.Min(startBefore, moved.Start), place, now);
        var notices = people.Select(person => RegistrationEmails.Of(person, EventNotifications.Changed, moved, now, leaves, moved.End));
        return [.. notices, .. await ScheduleReminders.IfMoved(db, moved, place, people, now, stop)];
    }

    private List<ScheduledNotifications> Rows(IEnumerable<Notification> notifications, Context context) =>
    [
        .. notifications.GroupBy(
            notification => (notification.Type, notification.RuleId, notification.NextAttemptAt, notification.MovedFrom)).Select(alike =>
            {
                var fates = alike.ToLookup(context.FateOf);
                var rest = fates[Fate.Leaves].ToList();
                return new ScheduledNotifications(alike.Key.Type,
                    context.Rules.GetValueOrDefault(alike.Key.RuleId ?? Guid.Empty), alike.Key.NextAttemptAt,
                    alike.Key.MovedFrom, rest.Count, rest.Count(context.IsShared),
                    fates[Fate.ToldByDigest].Count(), fates[Fate.Suspended].Count(), fates[Fate.Off].Count(), HasPassed: false);
            }),
    ];

    /// <summary>Rules that have no notification yet: nobody has registered, or their time has passed.</summary>
    private static IEnumerable<ScheduledNotifications> Empty(
        Event evt, SiteContext place, List<ScheduledNotifications> rows, Instant now) =>
        from rule in evt.ReminderRules
        where evt.Status != EventStatus.Cancelled && rows.TrueForAll(row => row.Rule != rule.Time)
        let leaves = ScheduleReminders.Leaves(rule, evt, place)
        select new ScheduledNotifications(ReminderNotifications.OfEvent, rule.Time, leaves.Due,
            leaves.Asked == leaves.Due ? null : leaves.Asked, 0, 0, 0, 0, 0, leaves.Due <= now);

    private enum Fate { Leaves, ToldByDigest, Suspended, Off }

    /// <summary>
    /// What must be known of the readers: who has a digest, who wants no reminders, whose address gets none, what else they get in that
    /// hour. Four questions to the database, however many readers.
    /// </summary>
    private sealed record Context(
        Dictionary<Guid, ReminderTime> Rules, Dictionary<Guid, Member> Members, ILookup<string, Instant> Elsewhere,
        IReadOnlySet<string> GetNothing, IReadOnlySet<string> GetNoReminders)
    {
        public static async Task<Context> Of(HubDb db, Guid eventId, List<Notification> notifications, CancellationToken stop)
        {
            Guid[] members = [.. notifications.Select(notification => notification.MemberId).OfType<Guid>().Distinct()];
            Guid[] rules = [.. notifications.Select(notification => notification.RuleId).OfType<Guid>().Distinct()];
            string[] readers = [.. notifications.Where(notification => notification.Class == NotificationClass.Reminder)
                .Select(notification => notification.NormalizedEmail).Distinct()];
            var registrations = db.Registrations;
            var known = await db.Members.AsNoTracking().Where(member => EF.Parameter(members).Contains(member.Id))
                .ToDictionaryAsync(member => member.Id, stop);
            var times = await db.Set<ReminderRule>().AsNoTracking().Where(rule => EF.Parameter(rules).Contains(rule.Id))
                .ToDictionaryAsync(rule => rule.Id, rule => rule.Time, stop);
            var others = await db.Notifications.AsNoTracking().NotYetLeaving().OfReminderClass()
                .Where(notification => EF.Parameter(readers).Contains(notification.NormalizedEmail)
                    && !registrations.Any(one => one.Id == notification.SubjectId && one.EventId == eventId))
                .Select(notification => new { notification.NormalizedEmail, notification.NextAttemptAt }).ToListAsync(stop);
            var (everything, reminders) = await db.SuppressedOf(notifications.Select(notification => notification.NormalizedEmail), stop);
            return new Context(times, known,
                others.ToLookup(other => other.NormalizedEmail, other => other.NextAttemptAt), everything, reminders);
        }

        /// <summary>As the checks will find it when it leaves.</summary>
        public Fate FateOf(Notification notification) =>
            !notification.Type.ReachesSuppressed && GetNothing.Contains(notification.NormalizedEmail) ? Fate.Suspended
            : IsOff(notification) ? Fate.Off
            : IsToldByDigest(notification) ? Fate.ToldByDigest
            : Fate.Leaves;

        private bool IsToldByDigest(Notification notification) => notification.Type == ReminderNotifications.OfEvent
            && notification.DaysBefore == 1 && Reader(notification) is { WantsDigest: true };

        private bool IsOff(Notification notification) =>
            notification.Class == NotificationClass.Reminder && (GetNoReminders.Contains(notification.NormalizedEmail)
                || Reader(notification) is { DisabledAt: not null } or { WantsReminders: false } or { WantsEventReminders: false });

        public bool IsShared(Notification notification) => notification.Class == NotificationClass.Reminder
            && Elsewhere[notification.NormalizedEmail].Any(other =>
                Duration.Max(other - notification.NextAttemptAt, notification.NextAttemptAt - other) <= BatchReminders.Between);

        private Member? Reader(Notification notification) => notification.MemberId is { } id ? Members.GetValueOrDefault(id) : null;
    }
}
