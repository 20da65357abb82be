using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Notifications;

namespace DigiHub.Mail;

/// <summary>
/// Acts on one mail of the inbound mailbox, once, with the proof of it in the same commit. A bounce suspends the address as the rule
/// says, a complaint ends its reminders; the rest is handled where its rows are (<see cref="IInboundHandler"/>). Returns what came of
/// it; null if it was acted on before.
/// </summary>
public sealed class ProcessInbound(UnitOfWork unitOfWork, IEnumerable<IInboundHandler> handlers, MailMeter meter, IClock clock)
{
    /// <summary>A bounce that comes later than this says nothing of how the address is now.</summary>
    public static readonly Duration BounceLife = Duration.FromDays(30);

    /// <param name="key">The same for the same mail however often it is met; at most <see cref="InboundRecord.KeyMax"/> characters.</param>
    /// <exception cref="RefusedException">The database stayed too busy: leave the mail where it is.</exception>
    public async Task<InboundRecord?> Run(string key, InboundMessage what, CancellationToken stop)
    {
        try
        {
            var done = await unitOfWork.Run<(InboundRecord? Mail, int CameBack)>(async db =>
            {
                if (await db.InboundRecords.AnyAsync(known => known.Key == key, stop))
                    return default((InboundRecord?, int));
                var (mail, cameBack) = await Apply(db, key, what, stop);
                db.InboundRecords.Add(mail);
                return (mail, cameBack);
            }, stop);
            if (done.Value.CameBack > 0 && what is InboundMessage.Status status)
                meter.CameBack(done.Value.CameBack, status.Said.BounceCause);
            return done.Value.Mail;
        }
        catch (DbUpdateException exception) when (DatabaseRefusals.Of(exception) == DatabaseRefusal.Duplicate)
        {
            return null; // another process handled it at the same moment
        }
    }

    private async Task<(InboundRecord Mail, int CameBack)> Apply(HubDb db, string key, InboundMessage what, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        var cameBack = 0;
        string? handled = null;
        if (handlers.FirstOrDefault(known => known.Handles(what)) is { } handler)
        {
            handled = await handler.Handle(db, what, now, stop);
            if (handled is null)
                what = new InboundMessage.Other(); // with an unknown token it counts as any mail
        }

        var (notificationId, note) = what switch
        {
            InboundMessage.Status status => (status.NotificationId, await NoteStatus(status)),
            InboundMessage.Complaint complaint => (complaint.NotificationId, await EndReminders(db, complaint, now, stop)),
            InboundMessage.Unreadable unreadable => (null, unreadable.Why),
            _ => (default(Guid?), string.IsNullOrEmpty(handled) ? null : handled),
        };
        var isKnown = notificationId is { } id && await db.Notifications.AnyAsync(notification => notification.Id == id, stop);
        return (new InboundRecord
        {
            Id = Guid.CreateVersion7(now.ToDateTimeOffset()),
            Key = key,
            Kind = notificationId is null || isKnown ? what.Kind : InboundKind.Other,
            NotificationId = isKnown ? notificationId : null,
            Note = TypedText.Line(note, InboundRecord.NoteMax),
            At = now,
        }, cameBack);

        async Task<string> NoteStatus(InboundMessage.Status status)
        {
            if (await Sent(db, status.NotificationId, now, stop) is not { } notification)
                return "no such notification";
            var words = $"{status.Said} {status.Diagnostic}";
            if (status.HasFailed)
                cameBack = await ComesBack(db, notification, status, words, now, stop);
            return words;
        }
    }

    /// <summary>Says how many notifications came back now that had not before.</summary>
    private static async Task<int> ComesBack(
        HubDb db, Notification notification, InboundMessage.Status status, string words, Instant now, CancellationToken stop)
    {
        var reply = TypedText.Line(words, Notification.ReplyMax);
        // Carrier first, in the order of delivery, to avoid deadlocks; a repeated report changes nothing.
        var mine = await db.Notifications.Where(known => known.Id == notification.Id && known.State != NotificationState.Bounced)
            .ExecuteUpdateAsync(set => set
                .SetProperty(known => known.State, NotificationState.Bounced)
                .SetProperty(known => known.BouncedAt, now)
                .SetProperty(known => known.SmtpReply, reply)
                .SetProperty(known => known.Reason, (NotificationReason?)NotificationReason.Bounced), stop);
        var carried = await BatchedNotifications.ComeBack(db, notification.Id, reply, now, stop);
        if (mine > 0)
            db.Record(now, actorId: null, EmailActs.Bounced, notification.Id, status.Said.ToString());
        if (notification.RecipientEmail is { } email
            && await db.NoteRefused(notification.Id, email,
                status.Said.Subject is null ? $"{status.Said}00 {status.Diagnostic}" : words, now, stop))
            db.Record(now, actorId: null, EmailActs.AddressSuspended, notification.Id, status.Said.ToString());
        return mine + carried;
    }

    private static async Task<string?> EndReminders(HubDb db, InboundMessage.Complaint complaint, Instant now, CancellationToken stop)
    {
        if (await Sent(db, complaint.NotificationId, now, stop) is not { } notification)
            return "no such notification";
        if (notification.RecipientEmail is { } email
            && await db.Suppress(email, SuppressionScope.Reminders,
                SuppressionReason.Complaint, now, diagnostic: null, notification.Id, stop))
            db.Record(now, actorId: null, EmailActs.Complained, notification.Id);
        return null;
    }

    /// <summary>A notification that left recently.</summary>
    private static Task<Notification?> Sent(HubDb db, Guid notificationId, Instant now, CancellationToken stop)
    {
        var since = now - BounceLife;
        // One that is being sent may bounce before its answer is recorded, and one whose answer was lost all the more.
        return db.Notifications.AsNoTracking().SingleOrDefaultAsync(notification => notification.Id == notificationId
            && notification.DueAt > since
            && notification.State != NotificationState.Planned && notification.State != NotificationState.Leased
            && notification.State != NotificationState.Cancelled, stop);
    }
}
