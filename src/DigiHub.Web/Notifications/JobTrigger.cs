using DigiHub.Bookings.Waiting;
using DigiHub.Data;
using DigiHub.Imports;
using DigiHub.Mail;
using DigiHub.Notifications;
using DigiHub.Webhooks;
using Hangfire;

namespace DigiHub.Web.Notifications;

/// <summary>
/// Has e-mails delivered as soon as they are due instead of at the next full minute. However many commits signal, at most one job a second
/// is written by this process, however many bookings come in.
/// </summary>
public sealed class JobTrigger(
    HubDbFactory databases, IServiceProvider services, DeliveryPace pace, IClock clock, ILogger<JobTrigger> log)
    : BackgroundService, IJobSignal
{
    private static readonly TimeSpan between = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The longest wait before the next check, measured by elapsed time: when the clock is set back by a day, Hangfire's job
    /// of each minute waits for a day, and the e-mails must not.
    /// </summary>
    private static readonly Duration ahead = Duration.FromSeconds(15);

    /// <summary>From one share of the relay's pace to the next.</summary>
    private static readonly TimeSpan pacing = TimeSpan.FromSeconds(3);

    private readonly SemaphoreSlim signalled = new(0, 1);

    // Asked for when the first job is written: commands signal, too, and need no storage of jobs.
    private IBackgroundJobClient Jobs => services.GetRequiredService<IBackgroundJobClient>();

    public void Signal()
    {
        try
        {
            if (signalled.CurrentCount == 0)
                signalled.Release();
        }
        catch (SemaphoreFullException)
        {
            // Another thread signalled at the same moment: once is enough.
        }
    }

    public override void Dispose()
    {
        signalled.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // What was due while the hub was closed need not wait for the full minute.
        var wait = TimeSpan.Zero;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await signalled.WaitAsync(wait, stoppingToken);
                wait = await SignalIfDue(stoppingToken);
                await Task.Delay(between, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) // Hangfire's job of each minute still runs
            {
                log.LogWarning(exception, "Could not signal that notifications wait");
                await Task.Delay(between, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                wait = ahead.ToTimeSpan();
            }
        }
    }

    /// <summary>How long to wait for the next e-mail, unless somebody signals before.</summary>
    private async Task<TimeSpan> SignalIfDue(CancellationToken stop)
    {
        await using var db = databases.Open();
        var now = clock.GetCurrentInstant();
        var webhook =
            await db.WebhookDeliveries.Where(one => one.State == WebhookState.Waiting).MinAsync(one => (Instant?)one.NextAttemptAt, stop);
        if (webhook <= now)
            Jobs.Enqueue<DeliverWebhooks>(deliver => deliver.Run(CancellationToken.None));
        if (await db.ImportsUnderWay.AnyAsync(import => import.LeasedUntil == null || import.LeasedUntil <= now, stop))
            Jobs.Enqueue<ContinueImports>(imports => imports.Run(CancellationToken.None));
        // Whatever has signalled may have freed what somebody waits for.
        if (await OfferFreeSpace.IsNeeded(db, stop))
            Jobs.Enqueue<OfferFreeSpace>(offer => offer.Run(CancellationToken.None));
        var notifications = await SignalDue(db, now, stop);
        return webhook > now && Within(webhook.Value - now) < notifications ? Within(webhook.Value - now) : notifications;
    }

    private async Task<TimeSpan> SignalDue(HubDb db, Instant now, CancellationToken stop)
    {
        // Also covers notifications leased by a dead process: it may have held Hangfire's lock, too, which delays the job of each minute.
        if (await db.Notifications.NextDue(Instant.MinValue, stop) <= now || await db.Notifications.Dropped(pace, now).AnyAsync(stop))
        {
            var relay = await db.RelayNow(stop);
            if (relay.PausedUntil is { } until && until > now)
                return Within(until - now);
            Jobs.Enqueue<DeliverNotifications>(deliver => deliver.Run(CancellationToken.None));
            if (pace.IsBoundAt(relay, now))
                return pacing; // the pace may leave some for later
        }

        // The job delivers those due now; waits for the next one after them.
        return await db.Notifications.NextDue(now, stop) is { } next && next - now <= ahead
            ? Within(next - now)
            : ahead.ToTimeSpan();
    }

    private static TimeSpan Within(Duration wait) => Duration.Min(wait, ahead).ToTimeSpan();
}
