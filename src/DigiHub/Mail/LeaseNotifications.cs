using DigiHub.Data;
using DigiHub.Notifications;
using DigiHub.Settings;
using DigiHub.Sites;
using DigiHub.Time;

namespace DigiHub.Mail;

/// <summary>
/// Leases the notifications that a worker may deliver next: those longest due first, as many as the pace of the relay and of each recipient
/// domain allows. The same commit uses up the pace, so the limits hold over all processes.
/// </summary>
public sealed class LeaseNotifications(UnitOfWork unitOfWork, DeliveryPace pace, IClock clock)
{
    /// <summary>Where one domain's share is used up, so many notifications are looked through for others.</summary>
    private const int LookedAtMax = 500;

    // The CTE is materialised so that LIMIT applies once: a plan that repeated the subquery would lease more.
    private const string AnySql = """
        WITH due AS MATERIALIZED (
            SELECT id FROM notifications WHERE state IN ('Planned', 'Retry') AND next_attempt_at <= {0} ORDER BY next_attempt_at LIMIT {1} /*skipping*/)
        UPDATE notifications SET state = 'Leased', leased_at = {0} WHERE id IN (SELECT id FROM due) RETURNING *
        """;

    /// <summary>
    /// Committed before anything is done with them. None when nothing is due, the pace is used up, the relay is paused, or all rests after
    /// a restore (<see cref="HubState.RestingSince"/>).
    /// </summary>
    /// <param name="onTrial">The caller tries the relay after a pause, so the pause does not apply.</param>
    public async Task<List<Notification>> Run(int countMax, bool onTrial, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant().InWholeMicroseconds();
        var leased = await unitOfWork.Run<List<Notification>>(async db =>
        {
            // One worker leases at a time, so that two do not take notifications to the same address, which leave together.
            await db.AcquireLocks([LockKey.OfRelay], stop);
            var relay = await db.RelayNow(stop);
            if ((relay.PausedSince is not null && !onTrial) || await db.IsResting(stop))
                return new List<Notification>();
            var notifications = pace.IsBoundAt(relay, now)
                ? await ClaimAtPace(db, countMax, now, stop)
                : await ClaimAny(db, countMax, now, stop);
            return await BatchReminders.Among(db, notifications, now, stop);
        }, stop);
        return leased.IsDone ? [.. leased.Value.OrderBy(notification => notification.NextAttemptAt)] : [];
    }

    private static Task<List<Notification>> ClaimAny(HubDb db, int count, Instant now, CancellationToken stop) => db.Notifications
        .FromSqlRaw(AnySql.Replace("/*skipping*/", db.SkippingTakenRows, StringComparison.Ordinal), db.InSql(now), count)
        .AsNoTracking().ToListAsync(stop);

    private async Task<List<Notification>> ClaimAtPace(HubDb db, int countMax, Instant now, CancellationToken stop)
    {
        var relay = await db.RelayInTurn(stop);
        var between = pace.Between(relay.SlowLevelAt(now));
        var free = between is { } each ? Math.Min(countMax, RateLimiter.Free(relay.GivenUntil, each, now)) : countMax;
        if (free == 0)
            return [];

        var leased = pace.BetweenOfDomain is { } eachOfDomain
            ? await ClaimAtPaceOfDomains(db, free, eachOfDomain, now, stop)
            : await ClaimAny(db, free, now, stop);
        if (between is { } taken)
            relay.GivenUntil = RateLimiter.Take(relay.GivenUntil, taken, leased.Count, now);
        return leased;
    }

    private static async Task<List<Notification>> ClaimAtPaceOfDomains(
        HubDb db, int count, Duration between, Instant now, CancellationToken stop)
    {
        var paces = await db.DomainPaces.ToDictionaryAsync(known => known.Domain, StringComparer.Ordinal, stop);
        Sweep(db, paces, between, now);
        var shares = new Dictionary<string, int>(StringComparer.Ordinal);
        var chosen = new List<Guid>();
        foreach (var (id, email) in await Due(db,
            [.. paces.Values.Where(known => RateLimiter.Free(known.GivenUntil, between, now) == 0)], now, stop))
        {
            if (chosen.Count == count)
                break;
            var domain = DomainOf(email);
            var known = paces.GetValueOrDefault(domain);
            var share = shares.TryGetValue(domain, out var left)
                ? left
                : RateLimiter.Free(known?.GivenUntil ?? Instant.MinValue, between, now);
            if (share == 0)
                continue;
            known ??= paces[domain] = db.DomainPaces.Add(new DomainPace { Domain = domain, GivenUntil = Instant.MinValue }).Entity;
            known.GivenUntil = RateLimiter.Take(known.GivenUntil, between, 1, now);
            shares[domain] = share - 1;
            chosen.Add(id);
        }

        var stillDue = db.Notifications.Where(notification => chosen.Contains(notification.Id)
            && (notification.State == NotificationState.Planned || notification.State == NotificationState.Retry));
        await stillDue.ExecuteUpdateAsync(set => set.SetProperty(notification => notification.State, NotificationState.Leased)
            .SetProperty(notification => notification.LeasedAt, now), stop);
        return await db.Notifications.AsNoTracking()
            .Where(notification => chosen.Contains(notification.Id)
                && notification.State == NotificationState.Leased && notification.LeasedAt == now).ToListAsync(stop);
    }

    /// <summary>
    /// Those to domains whose share is used up are left out, so that a thousand readers of one provider keep nobody else waiting.
    /// </summary>
    private static async Task<List<(Guid Id, string Email)>> Due(
        HubDb db, IReadOnlyList<DomainPace> usedUp, Instant now, CancellationToken stop)
    {
        var due = db.Notifications.Where(notification => (notification.State == NotificationState.Planned
            || notification.State == NotificationState.Retry) && notification.NextAttemptAt <= now);
        foreach (var ending in usedUp.Select(pace => "@" + pace.Domain.ToUpperInvariant()))
            due = due.Where(notification => !notification.NormalizedEmail.EndsWith(ending));
        var found = await due.OrderBy(notification => notification.NextAttemptAt).Take(LookedAtMax)
            .Select(notification => new { notification.Id, notification.NormalizedEmail }).ToListAsync(stop);
        return [.. found.Select(notification => (notification.Id, notification.NormalizedEmail))];
    }

    /// <summary>So there are never more rows than domains written to within a few minutes.</summary>
    private static void Sweep(HubDb db, Dictionary<string, DomainPace> paces, Duration between, Instant now)
    {
        var old = now - Duration.Max(Duration.FromMinutes(1), between);
        foreach (var known in paces.Values.Where(known => known.GivenUntil < old).ToList())
        {
            db.DomainPaces.Remove(known);
            paces.Remove(known.Domain);
        }
    }

    private static string DomainOf(string email)
    {
        var domain = email[(email.LastIndexOf('@') + 1)..].ToLowerInvariant();
        return domain.Length > DomainPace.DomainMax ? domain[..DomainPace.DomainMax] : domain;
    }
}
