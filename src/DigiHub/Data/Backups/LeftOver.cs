namespace DigiHub.Data.Backups;

/// <summary>What processes that were killed have left behind: kept for a day, since another may still be working on it.</summary>
internal static class LeftOver
{
    public static readonly Duration Kept = Duration.FromDays(1);

    /// <summary>Deletes files by the time of their last change.</summary>
    public static void Sweep(string folder, string pattern, Instant now)
    {
        foreach (var file in Directory.EnumerateFiles(folder, pattern))
        {
            if (now - Instant.FromDateTimeUtc(File.GetLastWriteTimeUtc(file)) > Kept)
                File.Delete(file);
        }
    }
}
