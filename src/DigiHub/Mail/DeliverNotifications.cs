using System.Diagnostics;
using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Notifications;
using DigiHub.Time;
using Microsoft.Extensions.Logging;

namespace DigiHub.Mail;

/// <summary>
/// Delivers what is due. It may run twice, on several machines at once, or be killed at any moment:
/// a notification is <b>leased</b> (nothing has left; an old lease may be taken over by any worker, and the former one notices before it
/// sends), checked again, marked as <b>sending</b> when everything but the end of DATA has been transferred, and its result recorded by
/// itself. So none is missed, and none is sent twice unless the process or the connection died between that mark and the recorded result:
/// then it is sent once more under the same Message-ID (<see cref="NotificationClass"/> says when not).
/// </summary>
public sealed class DeliverNotifications(
    HubDbFactory databases, UnitOfWork unitOfWork, IMailSender sender,
    RelayCircuitBreaker breaker, LeaseNotifications due, IEnumerable<INotificationCheck> checks,
    IEnumerable<INotificationWait> waits, IEnumerable<INotificationCalendar> calendars, InFlight inFlight,
    DeliveryPace pace, MailMeter meter, IClock clock, ILogger<DeliverNotifications> log)
{
    private static readonly Duration runMax = Duration.FromSeconds(55);

    /// <summary>
    /// This many temporary refusals in a row, for different recipients, are about the relay or the hub and not about the recipients.
    /// </summary>
    private const int DeferredInARowMax = 10;

    /// <summary>
    /// Works in batches until nothing is due, the pace is used up, the relay is unreachable, or about a minute is over (the next signal
    /// continues). Returns how many notifications left.
    /// </summary>
    public async Task<int> Run(CancellationToken stop)
    {
        var end = clock.GetCurrentInstant() + runMax;
        var round = new DeliveryRun();
        await TakeUpWhatOthersDropped(stop);
        var passage = await breaker.Ask(stop);
        var next = 2 * pace.AtOnce;
        while (passage != RelayPassage.Closed && !round.IsRelayGone && clock.GetCurrentInstant() < end)
        {
            var start = Stopwatch.GetTimestamp();
            var notifications = await due.Run(next, passage == RelayPassage.HalfOpen, stop);
            if (notifications.Count == 0 && passage == RelayPassage.Open)
                break;
            await Parallel.ForEachAsync(notifications, new ParallelOptions { MaxDegreeOfParallelism = pace.AtOnce },
                async (notification, _) => await Deliver(notification, round, stop));
            stop.ThrowIfCancellationRequested();
            next = pace.InHandAfter(notifications.Count, Stopwatch.GetElapsedTime(start));
            if (passage == RelayPassage.HalfOpen && !round.IsRelayGone)
            {
                await breaker.Resume();
                passage = RelayPassage.Open;
            }
        }

        if (round.Sent > 0)
            log.LogInformation("Delivered {Count} e-mails", round.Sent);
        return round.Sent;
    }

    private async Task TakeUpWhatOthersDropped(CancellationToken stop)
    {
        var now = Now();
        await unitOfWork.Run<int>(async db => await BatchedNotifications.FreeOrphans(db), stop);
        await using var db = databases.Open();
        var dropped = await db.Notifications.AsNoTracking().Dropped(pace, now)
            .OrderBy(notification => notification.LeasedAt).Take(pace.LeasedMax * 10).ToListAsync(stop);

        foreach (var notification in dropped.Where(notification => !inFlight.Holds(notification)))
        {
            log.LogWarning("Notification {Notification} was dropped while {State}", notification.Id, notification.State);
            if (notification.State == NotificationState.Leased)
                await PutBack(notification);
            else if (notification.UncertainCount == 0)
                await Record(notification, now, NotificationState.Retry, reason: NotificationReason.Unknown, uncertainAt: now);
            else
                await Record(notification, null, NotificationState.Failed, reason: NotificationReason.Unknown, uncertainAt: now);
        }
    }

    private async Task Deliver(Notification notification, DeliveryRun round, CancellationToken stop)
    {
        using var held = inFlight.Hold(notification);
        var leaving = notification; // follows the row through its states
        CalendarTold? told = null;
        try
        {
            if (round.IsRelayGone || stop.IsCancellationRequested)
            {
                await PutBack(notification);
                return;
            }

            var now = Now();
            if (notification.NotAfter < now)
            {
                await Record(notification, null, NotificationState.Skipped, reason: NotificationReason.Late);
                return;
            }

            if (await WhyNot(notification, now, stop) is { } reason)
            {
                await Record(notification, null, NotificationState.Skipped, reason);
                return;
            }

            if (await Until(notification, now, stop) is { } until)
            {
                await PutBack(notification, until);
                return;
            }

            notification.Carries = await TrueOnesCarried(notification, now, stop);
            notification.Told = told = await Told(notification, stop);
            var reply = await sender.Send(notification, MayLeave, stop);
            await Answer(leaving, reply, round);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested && leaving.State == NotificationState.Leased)
        {
            await PutBack(notification);
        }
        catch (Exception exception) // one failing row must not keep the others waiting
        {
            log.LogError(exception, "Notification {Notification} ({Type}) could not be delivered", notification.Id, notification.Type);
            await Answer(leaving, new SendReply(leaving.State == NotificationState.Leased ? SendResult.Later : SendResult.Unknown,
                exception.GetType().Name), round);
        }

        async Task<bool> MayLeave()
        {
            var sending = Now();
            if (!await Record(notification, null, NotificationState.Sending, sendingSince: sending, told: told))
            {
                await PutBack(notification); // if this worker still has it, it must be written again
                return false;
            }

            leaving = notification.Sending(sending);
            return true;
        }
    }

    /// <summary>The carried notifications, each checked again as if sent by itself.</summary>
    private async Task<List<Notification>> TrueOnesCarried(Notification carrier, Instant now, CancellationToken stop)
    {
        if (carrier.Class != NotificationClass.Reminder)
            return [];
        await using var db = databases.Open();
        var leaving = new List<Notification>();
        foreach (var notification in await BatchedNotifications.Of(db, carrier, stop))
        {
            var reason = notification.NotAfter < now ? NotificationReason.Late : await WhyNot(notification, now, stop);
            if (reason is null)
                leaving.Add(notification);
            else
                await Record(notification, null, NotificationState.Skipped, reason);
        }

        return leaving;
    }

    private async Task<NotificationReason?> WhyNot(Notification notification, Instant now, CancellationToken stop)
    {
        if (!notification.Type.IsDeclared)
            return NotificationReason.Gone;
        await using var db = databases.Open();
        foreach (var check in checks.Where(check => check.Concerns(notification.Type)))
        {
            if (await check.WhyNot(db, notification, now, stop) is { } reason)
                return reason;
        }

        return null;
    }

    private async Task<CalendarTold?> Told(Notification notification, CancellationToken stop)
    {
        await using var db = databases.Open();
        return calendars.FirstOrDefault(calendar => calendar.Concerns(notification.Type)) is { } calendar
            ? await calendar.Part(db, notification, stop)
            : null;
    }

    /// <summary>Until the last of those who would have it wait.</summary>
    private async Task<Instant?> Until(Notification notification, Instant now, CancellationToken stop)
    {
        Instant? until = null;
        await using var db = databases.Open();
        foreach (var wait in waits.Where(wait => wait.Concerns(notification.Type)))
        {
            if (await wait.Until(db, notification, now, stop) is { } asked && !(asked <= until))
                until = asked;
        }

        return until;
    }

    private async Task Answer(Notification notification, SendReply reply, DeliveryRun round)
    {
        var now = Now();
        if (reply.Result == SendResult.Busy || (reply.Result == SendResult.Later && round.CountDeferred() % DeferredInARowMax == 0))
            await breaker.SlowDown(reply);
        switch (reply.Result)
        {
            case SendResult.Taken:
                round.CountSent();
                await Record(notification, null, NotificationState.Sent, reply: reply, sentAt: now);
                break;
            case SendResult.Later or SendResult.Busy
                when DeliveryPace.WaitAfter(notification.Attempts + 1, notification.Class, Random.Shared.NextDouble()) is { } wait:
                await Record(notification, now + wait, NotificationState.Retry, reply: reply);
                break;
            case SendResult.Later or SendResult.Busy:
                log.LogWarning("Gave up notification {Notification} ({Type}) after {Attempts} attempts",
                    notification.Id, notification.Type, notification.Attempts + 1);
                await Record(notification, null, NotificationState.Failed, NotificationReason.GaveUp, reply);
                break;
            case SendResult.Never or SendResult.RecipientRejected:
                log.LogWarning("Notification {Notification} ({Type}) was refused for good", notification.Id, notification.Type);
                await Record(notification, null, NotificationState.Failed, NotificationReason.Refused, reply);
                break;
            case SendResult.Unwritable:
                log.LogError("Notification {Notification} ({Type}) cannot be written", notification.Id, notification.Type);
                await Record(notification, null, NotificationState.Failed, NotificationReason.Unwritable, reply);
                break;
            case SendResult.Unknown when notification.Class == NotificationClass.Transactional && notification.UncertainCount == 0:
                await Record(notification, now + Duration.FromMinutes(1),
                    NotificationState.Retry, NotificationReason.Unknown, reply, uncertainAt: now);
                break;
            case SendResult.Unknown:
                log.LogWarning("It is unknown whether notification {Notification} ({Type}) went out; it is not sent again",
                    notification.Id, notification.Type);
                await Record(notification, null, NotificationState.Failed, NotificationReason.Unknown, reply, uncertainAt: now);
                break;
            case SendResult.RelayAway or SendResult.RelayRefuses:
                if (round.RelayIsGone())
                    await breaker.Pause(reply);
                await PutBack(notification);
                break;
            case SendResult.Cancelled:
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(reply), reply.Result, "Unknown reply.");
        }
    }

    /// <summary>As if it had never been leased; does not count as an attempt.</summary>
    private Task<bool> PutBack(Notification notification, Instant? notBefore = null) =>
        Record(notification, notBefore ?? notification.NextAttemptAt,
            notification.Attempts == 0 && notification.UncertainCount == 0 ? NotificationState.Planned : NotificationState.Retry);

    /// <summary>
    /// Moves the row to its next state if it is still as this worker left it; otherwise it was withdrawn or leased by another worker, and
    /// false is returned. A result must be recorded in any case, so this cannot be cancelled and retries for a while.
    /// </summary>
    private async Task<bool> Record(
        Notification notification, Instant? nextAttemptAt, NotificationState state,
        NotificationReason? reason = null, SendReply? reply = null,
        Instant? sentAt = null, Instant? uncertainAt = null, Instant? sendingSince = null, CalendarTold? told = null)
    {
        var next = nextAttemptAt ?? notification.NextAttemptAt;
        var claimedAt = sendingSince
            ?? (state == NotificationState.Retry || state == NotificationState.Planned ? null : notification.LeasedAt);
        var attempts = notification.Attempts + (reply is null ? 0 : 1);
        var words = Bounded(reply?.Reply) ?? notification.SmtpReply;
        var (uncertain, uncertainCount) =
            (uncertainAt ?? notification.UncertainAt, notification.UncertainCount + (uncertainAt is null ? 0 : 1));
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var written = await unitOfWork.Run(Write, CancellationToken.None);
                if (written is { IsDone: true, Value: > 0 })
                    meter.Went(notification, state, reason, sentAt);
                if (written.IsDone)
                    return written.Value > 0;
                if (written.Refusal.Code == Refusal.Stale.Code)
                    return false;
            }
            catch (Exception exception) when (attempt < RecordTriesMax)
            {
                log.LogWarning(exception, "Could not record notification {Notification} as {State}; trying again", notification.Id, state);
            }

            if (attempt >= RecordTriesMax)
                throw new InvalidOperationException(
                    $"Notification {notification.Id} could not be recorded as {state}: the database is too busy.");
            await Task.Delay(TimeSpan.FromMilliseconds(200 * attempt), CancellationToken.None);
        }

        async Task<Outcome<int>> Write(HubDb db)
        {
            if (sendingSince is not null && !await StillTells(db, notification, told))
                return Refusal.Stale;
            if (reply?.Result == SendResult.RecipientRejected)
                await db.NoteRefused(notification.Id, notification.RecipientEmail!, reply.Reply, Now(), CancellationToken.None);
            var rows = await db.Notifications
                .Where(row => row.Id == notification.Id && row.State == notification.State && row.LeasedAt == notification.LeasedAt)
                .ExecuteUpdateAsync(set => set
                    .SetProperty(row => row.State, state)
                    .SetProperty(row => row.NextAttemptAt, next)
                    .SetProperty(row => row.LeasedAt, claimedAt)
                    .SetProperty(row => row.Attempts, attempts)
                    .SetProperty(row => row.Reason, reason)
                    .SetProperty(row => row.SmtpReply, words)
                    .SetProperty(row => row.SentAt, sentAt)
                    // Keeps what it told before while it may have arrived; a new transfer replaces it.
                    .SetProperty(row => row.ToldSequence, row => sendingSince == null ? row.ToldSequence : notification.ToldSequence)
                    .SetProperty(row => row.ToldFacts, row => sendingSince == null ? row.ToldFacts : notification.ToldFacts)
                    .SetProperty(row => row.UncertainAt, uncertain)
                    .SetProperty(row => row.UncertainCount, uncertainCount));
            if (rows > 0 && reply is { Result: not SendResult.Taken })
                db.NoteAttempt(notification, reply.Result, reply.Reply, Now());
            if (rows > 0 && state == NotificationState.Failed)
                db.Record(Now(), actorId: null, EmailActs.Failed, notification.Id, reason?.Name);
            // Notifications are only added when leased, so one that carried none when written carries none now.
            var alone = rows == 0 || notification.Class != NotificationClass.Reminder || notification.Carries is { Count: 0 };
            return alone || await BatchedNotifications.Follow(db, notification, state, sentAt, claimedAt, uncertain, reason)
                ? rows
                : Refusal.Stale;
        }
    }

    /// <summary>
    /// Checks under the lock of its subject that the calendar part is still right: a later change sees that this notification has told it.
    /// </summary>
    private async Task<bool> StillTells(HubDb db, Notification notification, CalendarTold? told)
    {
        if (calendars.FirstOrDefault(calendar => calendar.Concerns(notification.Type)) is not { } calendar)
            return true;
        await calendar.AcquireLock(db, notification, CancellationToken.None);
        return await calendar.Part(db, notification, CancellationToken.None) == told;
    }

    private const int RecordTriesMax = 10;

    private static string? Bounded(string? text) => text?.Length > Notification.ReplyMax ? text[..Notification.ReplyMax] : text;

    private Instant Now() => clock.GetCurrentInstant().InWholeMicroseconds();
}
