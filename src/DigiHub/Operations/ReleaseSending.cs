using System.Globalization;
using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Notifications;
using DigiHub.Settings;
using DigiHub.Sites;
using DigiHub.Webhooks;

namespace DigiHub.Operations;

/// <summary>What becomes of what was due before a restore.</summary>
public enum Overdue
{
    /// <summary>It does not leave: it most likely did before, and nothing should arrive twice.</summary>
    Skip,

    /// <summary>It leaves: the hub that was backed up sent nothing any more.</summary>
    Send,
}

/// <summary>Lets e-mails and webhooks leave again after a restore, for an administrator who has seen which.</summary>
public sealed class ReleaseSending(UnitOfWork unitOfWork, IClock clock)
{
    /// <summary>How many were skipped; nothing happens where nothing rests.</summary>
    /// <param name="byMemberId">Null for the command line.</param>
    public Task<Outcome<int>> Run(Overdue overdue, Guid? byMemberId, CancellationToken stop) => unitOfWork.Run<int>(
        async db =>
        {
            await db.AcquireLocks([LockKey.OfRelay], stop);
            var hub = await db.HubStateToChange(stop);
            if (hub.RestingSince is not { } since)
                return 0;
            var skipped = overdue == Overdue.Skip ? await Skip(db, since, stop) : 0;
            hub.Release();
            db.Record(clock.GetCurrentInstant(), byMemberId, OperationsActs.Released, string.Create(CultureInfo.InvariantCulture,
                $"{overdue}: {skipped}"));
            db.LeavesWork = true;
            return skipped;
        },
        stop);

    private static async Task<int> Skip(HubDb db, Instant since, CancellationToken stop) =>
        await db.Notifications.Waiting().Where(notification => notification.DueAt <= since)
            .ExecuteUpdateAsync(set => set.SetProperty(notification => notification.State, NotificationState.Skipped)
                .SetProperty(notification => notification.Reason, NotificationReason.Restored)
                .SetProperty(notification => notification.LeasedAt, (Instant?)null), stop)
        + await db.WebhookDeliveries.NotYetThere().Where(delivery => delivery.At <= since)
            .ExecuteUpdateAsync(set => set.SetProperty(delivery => delivery.State, WebhookState.Failed)
                .SetProperty(delivery => delivery.LeasedAt, (Instant?)null), stop);
}
