using DigiHub.Data;

namespace DigiHub.Notifications;

/// <summary>What the calendar part of one notification tells its reader's calendar.</summary>
/// <param name="Sequence">SEQUENCE (RFC 5545 3.8.7.4).</param>
/// <param name="Facts">What an invitation says of time and place, for comparing; null for a withdrawal.</param>
public sealed record CalendarTold(int Sequence, string? Facts)
{
    public const int FactsMax = 2_000;

    public bool IsWithdrawal => Facts is null;
}

/// <summary>
/// Decides just before sending what a notification tells its reader's calendar: from the current state, and from what that calendar may
/// hold. So whatever happened since the notification was written, and in whatever order notifications leave, no calendar becomes wrong.
/// </summary>
public interface INotificationCalendar
{
    bool Concerns(NotificationType type);

    /// <summary>
    /// Takes, in the caller's transaction, the lock of what the notification is about, so that nothing
    /// changes what <see cref="Part"/> says.
    /// </summary>
    Task AcquireLock(HubDb db, Notification notification, CancellationToken stop);

    /// <summary>Null: this notification needs no calendar part.</summary>
    Task<CalendarTold?> Part(HubDb db, Notification notification, CancellationToken stop);
}

/// <summary>What one calendar may hold of one thing, by the notifications that have left or may have.</summary>
/// <param name="told">Of all notifications about that thing to that reader.</param>
public sealed class CalendarKnown(IEnumerable<(CalendarTold Told, bool HasArrived)> told)
{
    private readonly List<(CalendarTold Told, bool HasArrived)> told = [.. told];

    /// <summary>An invitation may stand in it that no withdrawal has taken away for certain.</summary>
    public bool MayHoldEntry => told.Any(one => !one.Told.IsWithdrawal
        && !told.Any(later => later is { HasArrived: true, Told.IsWithdrawal: true } && later.Told.Sequence > one.Told.Sequence));

    /// <summary>The latest it may have been told was an invitation; null if that was a withdrawal, or if there was nothing.</summary>
    public string? LatestFacts => told.Count == 0 ? null : told.MaxBy(one => one.Told.Sequence).Told.Facts;

    public bool WasTold => told.Count > 0;

    /// <summary>It shows an invitation with these facts, for certain: nothing that may have come later says otherwise.</summary>
    public bool Shows(string facts)
    {
        var arrived = told.Where(one => one.HasArrived).Select(one => one.Told).ToList();
        if (arrived.Count == 0 || arrived.MaxBy(one => one.Sequence)!.Facts != facts)
            return false;
        var latest = arrived.Max(one => one.Sequence);
        return told.TrueForAll(one => one.Told.Sequence < latest || one.Told.Facts == facts);
    }
}

public static class CalendarKnownSet
{
    extension(IQueryable<Notification> notifications)
    {
        /// <summary>Of notifications about one thing to one reader.</summary>
        public async Task<CalendarKnown> KnownToCalendar(CancellationToken stop) => Known(await notifications.Told().ToListAsync(stop));

        /// <summary>By the id of what they are about: of one event, by registration. Who was told nothing is not in it.</summary>
        public async Task<IReadOnlyDictionary<Guid, CalendarKnown>> KnownToCalendars(CancellationToken stop) =>
            (await notifications.Told().ToListAsync(stop)).GroupBy(row => row.SubjectId).ToDictionary(rows => rows.Key, Known);

        private IQueryable<Row> Told() => notifications.AsNoTracking().Where(notification => notification.ToldSequence != null)
            .Select(notification => new Row(notification.SubjectId, notification.ToldSequence!.Value,
                notification.ToldFacts, notification.State == NotificationState.Sent));
    }

    private static CalendarKnown Known(IEnumerable<Row> rows) =>
        new(rows.Select(row => (new CalendarTold(row.Sequence, row.Facts), row.HasArrived)));

    private sealed record Row(Guid SubjectId, int Sequence, string? Facts, bool HasArrived);
}
