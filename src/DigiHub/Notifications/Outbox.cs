using System.Globalization;
using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Keys;
using DigiHub.Time;

namespace DigiHub.Notifications;

/// <summary>Which notifications are looked for; what is null does not narrow the search.</summary>
public sealed record OutboxQuery
{
    public IReadOnlyList<NotificationState> States { get; init; } = [];

    public NotificationType? Type { get; init; }

    public NotificationReason? Reason { get; init; }

    /// <summary>
    /// Part of a recipient's name or address, whatever its case. A whole address is found at once, also where it is forgotten; a part of
    /// one is looked for in every notification.
    /// </summary>
    public string? Recipient { get; init; }

    /// <summary>The notifications looked among: those about one event, say.</summary>
    public Func<HubDb, IQueryable<Notification>> Among { get; init; } = All;

    /// <summary>Due at this instant or later.</summary>
    public Instant? DueFrom { get; init; }

    /// <summary>Due before this instant.</summary>
    public Instant? DueUntil { get; init; }

    /// <summary>OutboxList.Next of the page before.</summary>
    public Cursor? After { get; init; }

    /// <summary>For <see cref="Among"/>: every notification.</summary>
    public static Func<HubDb, IQueryable<Notification>> All { get; } = db => db.Notifications;

    /// <summary>1 to <see cref="Outbox.SizeMax"/>; others are brought into these bounds.</summary>
    public int Size { get; init; } = 50;
}

/// <param name="Notifications">
/// Of one state that waits: by when they go, the soonest first. Of one other state: by when they were tried, the latest
/// first. Else the latest written first.
/// </param>
/// <param name="Next">Ask with it, and the same states, for the part that follows; null at the end.</param>
public sealed record OutboxList(IReadOnlyList<Notification> Notifications, Cursor? Next);

/// <summary>
/// A notification, the attempts that did not end well (in order), and what the hub and people did to it (the latest act first); of each
/// at most <see cref="Outbox.ActsMax"/>.
/// </summary>
public sealed record OutboxNotification(
    Notification Notification, IReadOnlyList<NotificationAttempt> Attempts, IReadOnlyList<ActivityEntry> Acts);

/// <summary>The notifications as rows: what waits, what left, what did not and why. Looking changes nothing.</summary>
public sealed class Outbox(HubDbFactory databases, HubTokenSigner signers)
{
    public const int SizeMax = 200;

    /// <summary>Counts stop here and are shown as "so many or more".</summary>
    public const int CountMax = 10_000;
    public const int ActsMax = 50;

    public async Task<OutboxList> Run(OutboxQuery query, CancellationToken stop)
    {
        await using var db = databases.Open();
        return await Page(db, query, EmailAddress.TryParse(query.Recipient, out _) ? await signers.Get(stop) : null, stop);
    }

    /// <summary>How many there are in each state, up to <see cref="CountMax"/>; a state that none is in is left out.</summary>
    public async Task<IReadOnlyDictionary<NotificationState, int>> Counts(CancellationToken stop)
    {
        Dictionary<NotificationState, int> counts = [];
        await using var db = databases.Open();
        foreach (var state in Enum.GetValues<NotificationState>())
        {
            if (await db.Notifications.Where(notification => notification.State == state).Take(CountMax).CountAsync(stop)
                is > 0 and var count)
                counts[state] = count;
        }

        return counts;
    }

    /// <summary>Null if there is none.</summary>
    public async Task<OutboxNotification?> Find(Guid notificationId, CancellationToken stop)
    {
        await using var db = databases.Open();
        if (await db.Notifications.AsNoTracking().SingleOrDefaultAsync(notification => notification.Id == notificationId,
            stop) is not { } found)
            return null;
        var acts = await db.ActivityOf(Notification.Subject.Of(notificationId), ActsMax).ToListAsync(stop);
        var attempts = await db.NotificationAttempts.AsNoTracking().Where(attempt => attempt.NotificationId == notificationId)
            .OrderByDescending(attempt => attempt.At).Take(ActsMax).ToListAsync(stop);
        attempts.Reverse();
        return new OutboxNotification(found, attempts, acts);
    }

    /// <summary>Without the hub's signer, notifications whose recipient is forgotten are not found by address.</summary>
    public static async Task<OutboxList> Page(HubDb db, OutboxQuery query, TokenSigner? signer, CancellationToken stop)
    {
        var size = Math.Clamp(query.Size, 1, SizeMax);
        var found = await InOrder(Matching(db, query, signer), query).Take(size + 1).ToListAsync(stop);
        return new OutboxList([.. found.Take(size)],
            found.Count > size ? new Cursor(found[size - 1].NextAttemptAt, found[size - 1].Id) : null);
    }

    public static async Task<IReadOnlyDictionary<NotificationState, int>> Counts(
        IQueryable<Notification> notifications, CancellationToken stop) =>
        await notifications.GroupBy(notification => notification.State).Select(group => new { State = group.Key, Count = group.Count() })
            .ToDictionaryAsync(one => one.State, one => one.Count, stop);

    // Each order is that of an index, and goes on from where the page before ended. "Not before" is said beside "after" because that is
    // what both engines begin to read at.
    private static IQueryable<Notification> InOrder(IQueryable<Notification> notifications, OutboxQuery query)
    {
        var after = query.After;
        switch (query.States)
        {
            case [NotificationState.Planned or NotificationState.Retry]:
                if (after is not null)
                    notifications = notifications.Where(notification => notification.NextAttemptAt >= after.At
                        && (notification.NextAttemptAt > after.At || notification.Id.CompareTo(after.Id) > 0));
                return notifications.OrderBy(notification => notification.NextAttemptAt).ThenBy(notification => notification.Id);
            case [_]:
                if (after is not null)
                    notifications = notifications.Where(notification => notification.NextAttemptAt <= after.At
                        && (notification.NextAttemptAt < after.At || notification.Id.CompareTo(after.Id) < 0));
                return notifications.OrderByDescending(notification => notification.NextAttemptAt)
                    .ThenByDescending(notification => notification.Id);
            default: // ids are UUIDs of version 7: their order is that of writing
                if (after is not null)
                    notifications = notifications.Where(notification => notification.Id.CompareTo(after.Id) < 0);
                return notifications.OrderByDescending(notification => notification.Id);
        }
    }

    private static IQueryable<Notification> Matching(HubDb db, OutboxQuery query, TokenSigner? signer)
    {
        var notifications = query.Among(db).AsNoTracking();
        if (query.States is [var only])
        {
            notifications = notifications.Where(notification => notification.State == only);
        }
        else if (query.States.Count > 0)
        {
            NotificationState[] states = [.. query.States];
            notifications = notifications.Where(notification => EF.Parameter(states).Contains(notification.State));
        }

        if (query.Type is { } type)
            notifications = notifications.Where(notification => notification.Type == type);
        if (query.Reason is { } reason)
            notifications = notifications.Where(notification => notification.Reason == reason);
        if (query.DueFrom is { } from)
            notifications = notifications.Where(notification => notification.DueAt >= from);
        if (query.DueUntil is { } until)
            notifications = notifications.Where(notification => notification.DueAt < until);
        return To(notifications, query.Recipient, signer);
    }

    private static IQueryable<Notification> To(IQueryable<Notification> notifications, string? recipient, TokenSigner? signer)
    {
        if (TypedText.Line(recipient) is not { } typed)
            return notifications;
        if (!EmailAddress.TryParse(typed, out var email) || signer is null)
            return notifications.ToSomebodyLike(typed);
        var (normalized, pseudonym) = (email.Key, AnonymiseNotifications.PseudonymOf(signer, email));
        return notifications.Where(notification => notification.NormalizedEmail == normalized || notification.NormalizedEmail == pseudonym);
    }
}
