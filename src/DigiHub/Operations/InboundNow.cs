using DigiHub.Data;
using DigiHub.Mail;
using DigiHub.Notifications;

namespace DigiHub.Operations;

/// <param name="UnreadFor">How long no run of reading has gone well; null while they do.</param>
/// <param name="Trouble">What was wrong last.</param>
public sealed record InboundAtWork(Instant? LastReadAt, Duration? UnreadFor, string? Trouble)
{
    public bool IsUnread(Duration unreadMax) => UnreadFor > unreadMax;
}

/// <summary>Looks at whether the inbound mailbox is read: for health, metrics and alarms. Where none is read, all is well.</summary>
public sealed class InboundNow(HubDbFactory databases, MailMeter meter, Func<AlarmOptions> whenAlarm, IClock clock)
{
    public async Task<InboundAtWork> Run(CancellationToken stop)
    {
        if (!whenAlarm().ReadsInbound)
            return new InboundAtWork(null, null, null); // ignores the state of a mailbox that is no longer configured
        await using var db = databases.Open();
        var reading = await db.InboundReadings.AsNoTracking().SingleOrDefaultAsync(stop);
        meter.SawInboundRead(reading?.LastReadAt);
        return new InboundAtWork(reading?.LastReadAt, clock.GetCurrentInstant() - reading?.FailingSince, reading?.Trouble);
    }
}
