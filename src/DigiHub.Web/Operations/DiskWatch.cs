namespace DigiHub.Web.Operations;

/// <summary>
/// Whether the disk still takes what the hub writes: reading goes on for long after a disk is full, and nothing but a write would
/// tell. Whoever asks often gets the same answer for two seconds: anybody may ask.
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
