using DigiHub.Access;
using DigiHub.Data;
using DigiHub.Mail;
using DigiHub.Members;
using DigiHub.Notifications;
using Microsoft.Extensions.Logging;

namespace DigiHub.Operations;

/// <summary>
/// Raises an alarm when notifications are late, cannot leave, were given up or came back, when what comes back cannot be read, or when the
/// hub has no good backup (late is none that rests after a restore): in the log at once, as an error, and by notification to
/// every administrator. That notification is delivered like any other, so it may arrive only when the problem is over; the log
/// and the health endpoint are for monitoring. However long it lasts: one alarm for a cause and hour (or day), and no second
/// notification while the first still waits.
/// </summary>
public sealed class WatchNotifications(
    NotificationsNow notifications, InboundNow inbound, BackupsNow backups, RestingSending resting,
    UnitOfWork unitOfWork, Func<AlarmOptions> whenAlarm, ILogger<WatchNotifications> log)
{
    private const int AdministratorsMax = 50;

    /// <summary>Says how many alarms were raised.</summary>
    public async Task<int> Run(CancellationToken stop)
    {
        var look = await notifications.Run(stop);
        var raised = 0;
        var isResting = await resting.Run(stop) is not null;
        foreach (var note in Alarming(look, isResting, await inbound.Run(stop)).Concat(await Unsaved(stop)))
        {
            var outcome = await unitOfWork.Run<bool>(db => Raise(db, note, look.At, stop), stop);
            if (outcome is not { IsDone: true, Value: true })
                continue;
            raised++;
            log.LogError("Alarm {Cause}: {Figure} ({Words})", note.Cause, note.Figure, note.Words);
        }

        return raised;
    }

    private async Task<IEnumerable<AlarmNote>> Unsaved(CancellationToken stop)
    {
        if (whenAlarm().BackupAgeMax is not { } ageMax)
            return [];
        var saved = await backups.Run(stop);
        return saved.IsMissing(ageMax)
            ? [new AlarmNote(AlarmCause.NoBackup, Minutes(saved.UnsavedFor!.Value), saved.Last?.WhyNot)]
            : [];
    }

    private IEnumerable<AlarmNote> Alarming(NotificationsAtWork look, bool isResting, InboundAtWork back)
    {
        if (look.Relay.PausedSince is { } since && (look.Relay.Trouble == RelayTrouble.Refuses || look.At - since > whenAlarm().LagMax))
            yield return new AlarmNote(AlarmCause.RelayPaused, Minutes(look.At - since), look.Relay.Reply);
        else if (look.Relay.PausedSince is null && !isResting && look.IsLate(whenAlarm().LagMax))
            yield return new AlarmNote(AlarmCause.NotificationsLate, Minutes(look.Lag!.Value));

        if (look.Undeliverable > 0)
            yield return new AlarmNote(AlarmCause.FailedNotifications, look.Undeliverable);
        if (back.IsUnread(whenAlarm().InboundUnreadMax))
            yield return new AlarmNote(AlarmCause.InboundUnread, Minutes(back.UnreadFor!.Value), back.Trouble);
    }

    private static int Minutes(Duration duration) => (int)Math.Min(duration.TotalMinutes, 1_000_000);

    private async Task<Outcome<bool>> Raise(HubDb db, AlarmNote note, Instant now, CancellationToken stop)
    {
        await db.AcquireLocks([LockKey.OfAlarms], stop);
        if (await db.Alarms.SingleOrDefaultAsync(alarm => alarm.Cause == note.Cause, stop) is { } before)
        {
            if (now - before.RaisedAt < AlarmOptions.AgainAfter(note.Cause))
                return false;
            before.RaisedAt = now;
        }
        else
        {
            db.Alarms.Add(new Alarm { Cause = note.Cause, RaisedAt = now });
        }

        await Tell(db, note, now, stop);
        return true;
    }

    private async Task Tell(HubDb db, AlarmNote note, Instant now, CancellationToken stop)
    {
        var (waiting, cause) = (db.Notifications, note.Cause.ToString());
        var hearing = db.RoleGrants.InForce(now).Giving(Permission.GetAlarms);
        var administrators = await db.Members.AsNoTracking()
            .Where(member => member.DisabledAt == null && hearing.Any(grant => grant.MemberId == member.Id))
            .Where(member => !waiting.Any(notification => notification.MemberId == member.Id
                && notification.Type == OperationsNotifications.Alarm && notification.Note!.StartsWith(cause)
                && (notification.State == NotificationState.Planned || notification.State == NotificationState.Retry)))
            .OrderBy(member => member.Id).Take(AdministratorsMax).ToListAsync(stop);
        foreach (var member in administrators)
        {
            db.Write(Notification.To(
                Recipient.Of(member), OperationsNotifications.Alarm, Member.Subject.Of(member.Id),
                now, revision: $"{note.Cause}:{now.ToUnixTimeSeconds()}",
                note: note.Written));
        }
    }
}
