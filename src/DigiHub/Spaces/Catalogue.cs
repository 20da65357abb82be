using DigiHub.Data;
using DigiHub.Sites;
using DigiHub.Time;

namespace DigiHub.Spaces;

/// <summary>
/// The houses and what stands in them, kept in memory because every request asks and hardly anybody changes them. A change
/// shows at once in the process that made it (Forget) and within five seconds in the others.
/// </summary>
public sealed class Catalogue(HubDbFactory databases, IClock clock, QuietHours quiet) : IDisposable
{
    private static readonly Duration freshFor = Duration.FromSeconds(5);

    private readonly SemaphoreSlim loading = new(1);
    private volatile HubMap? map;

    public async ValueTask<HubMap> Map(CancellationToken stop = default)
    {
        if (map is { } known && clock.GetCurrentInstant() - known.LoadedAt < freshFor)
            return known;

        await loading.WaitAsync(stop);
        try
        {
            if (map is { } fresh && clock.GetCurrentInstant() - fresh.LoadedAt < freshFor)
                return fresh;
            await using var db = databases.Open();
            return map = await Load(db, stop);
        }
        finally
        {
            loading.Release();
        }
    }

    /// <summary>Called after sites or spaces have been changed.</summary>
    public void Forget() => map = null;

    public void Dispose() => loading.Dispose();

    private async Task<HubMap> Load(HubDb db, CancellationToken stop)
    {
        var sites = await db.Sites.AsNoTracking().AsSplitQuery()
            .Include(site => site.Floors).Include(site => site.Week).Include(site => site.Closures)
            .OrderBy(site => site.Id).ToListAsync(stop);
        var spaces = await db.Spaces.AsNoTracking().Include(space => space.Atoms).OrderBy(space => space.Name).ToListAsync(stop);
        return new HubMap(clock.GetCurrentInstant(), sites, spaces, quiet);
    }
}
