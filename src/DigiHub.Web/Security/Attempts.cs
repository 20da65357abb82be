namespace DigiHub.Web.Security;

/// <summary>
/// Attempts by key within a window that begins with the first: counted before anything is done, uncounted if it was right. So a
/// hundred at the same moment count as a hundred, and right passwords do not count.
/// </summary>
/// <param name="max">Attempts in a window.</param>
internal sealed class Attempts<TKey>(int max, TimeSpan window) where TKey : notnull
{
    /// <summary>Keys remembered; beyond that those whose window has passed are forgotten, and at worst all.</summary>
    private const int KeysMax = 50_000;

    private readonly Lock gate = new();
    private readonly Dictionary<TKey, (int Count, long Ends)> taken = [];

    /// <summary>Null if one was taken; otherwise how long until the window ends.</summary>
    public TimeSpan? Take(TKey key)
    {
        var now = Environment.TickCount64;
        lock (gate)
        {
            if (taken.TryGetValue(key, out var known) && known.Ends > now)
            {
                if (known.Count >= max)
                    return TimeSpan.FromMilliseconds(known.Ends - now);
                taken[key] = (known.Count + 1, known.Ends);
                return null;
            }

            MakeRoom(now);
            taken[key] = (1, now + (long)window.TotalMilliseconds);
            return null;
        }
    }

    /// <summary>Undoes one <see cref="Take"/>.</summary>
    public void GiveBack(TKey key)
    {
        lock (gate)
        {
            if (!taken.TryGetValue(key, out var known))
                return;
            if (known.Count <= 1)
                taken.Remove(key);
            else
                taken[key] = (known.Count - 1, known.Ends);
        }
    }

    private void MakeRoom(long now)
    {
        if (taken.Count < KeysMax)
            return;
        foreach (var (key, known) in taken)
        {
            if (known.Ends <= now)
                taken.Remove(key);
        }

        if (taken.Count >= KeysMax)
            taken.Clear();
    }
}
