using DigiHub.Data;
using DigiHub.Notifications;
using DigiHub.Returns;

namespace DigiHub.Operations;

/// <param name="UnreadFor">How long no run of reading has gone well; null while they do.</param>
/// <param name="Trouble">What was wrong last.</param>
public sealed record ReturnsAtWork(Instant? LastReadAt, Duration? UnreadFor, string? Trouble)
{
    public bool IsUnread(Duration unreadMax) => UnreadFor > unreadMax;
}

/// <summary>Looks at whether the returns mailbox is read: for health, metrics and alarms. Where none is read, all is well.</summary>
public sealed class ReturnsNow(HubDbFactory databases, MailMeter meter, AlarmManners manners, IClock clock)
{
    public async Task<ReturnsAtWork> Run(CancellationToken stop)
    {
        if (!manners.ReadsReturns)
            return new ReturnsAtWork(null, null, null); // whatever a mailbox of former days was like
        await using var db = databases.Open();
        var reading = await db.ReturnsReadings.AsNoTracking().SingleOrDefaultAsync(stop);
        meter.SawReturnsRead(reading?.LastReadAt);
        return new ReturnsAtWork(reading?.LastReadAt, clock.GetCurrentInstant() - reading?.FailingSince, reading?.Trouble);
    }
}
