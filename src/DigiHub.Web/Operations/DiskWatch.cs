namespace DigiHub.Web.Operations;

/// <summary>
/// Whether the disk can still be written: reads succeed long after it is full, and only a write
/// shows it. The result is cached for two seconds, since anybody may call the health endpoint.
/// </summary>
public sealed class DiskWatch(DataFolder folder, IClock clock, ILogger<DiskWatch> log)
{
    private static readonly Duration keptFor = Duration.FromSeconds(2);

    private readonly Lock gate = new();
    private Instant lookedAt = Instant.MinValue; // a clock that was set back counts as long ago
    private string? why;

    /// <summary>Null while the data folder can be written, or is not used.</summary>
    public string? WhyNot()
    {
        if (!folder.IsUsed)
            return null;
        lock (gate)
        {
            var now = clock.GetCurrentInstant();
            if (lookedAt <= now && now - keptFor < lookedAt)
                return why;
            var before = why;
            (why, lookedAt) = (folder.WhyNotWritten(), now);
            if (why is not null && before is null)
                log.LogError("The data folder cannot be written, and so nothing can be booked: {Why}", why);
            else if (why is null && before is not null)
                log.LogWarning("The data folder can be written again");
            return why;
        }
    }
}
