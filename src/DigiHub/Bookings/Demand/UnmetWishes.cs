using System.Collections.Concurrent;
using DigiHub.Data;
using DigiHub.Sites;
using DigiHub.Spaces;

namespace DigiHub.Bookings.Demand;

/// <summary>
/// Counts what was wished and not had. It stands in memory for a minute and is then added up in the database, so that a refusal costs no
/// write; who asked the same twice in that minute is counted once. A process that dies loses its last minute, which statistics can bear.
/// </summary>
public sealed class UnmetWishes(UnitOfWork unitOfWork, IClock clock)
{
    /// <summary>More in one minute are not counted: a flood is no demand.</summary>
    public const int PerMinuteMax = 5_000;

    private sealed record Wish(LocalDate Date, int SiteId, SpaceKind? Kind, int Hour, string Code);

    private ConcurrentDictionary<(Wish Wish, Guid? By), byte> heard = new();

    /// <param name="by">Only to count them once, and forgotten with the minute.</param>
    internal void Note(Refusal? refusal, int siteId, SpaceKind? kind, LocalDateTime wished, Guid? by)
    {
        if (refusal is not null && (UnmetWish.Taken.Contains(refusal.Code) || UnmetWish.ByRule.Contains(refusal.Code)))
            Note(refusal.Code, siteId, kind, wished, by);
    }

    public void Note(string code, int siteId, SpaceKind? kind, LocalDateTime wished, Guid? by)
    {
        var now = heard;
        if (now.Count < PerMinuteMax)
            now.TryAdd((new Wish(wished.Date, siteId, kind, wished.Hour, code), by), 0);
    }

    /// <summary>Says how many were counted. What could not be written is counted the next time.</summary>
    public async Task<int> Run(CancellationToken stop)
    {
        var counted = Interlocked.Exchange(ref heard, new());
        var wishes = counted.Keys.GroupBy(one => one.Wish).ToDictionary(same => same.Key, same => same.Count());
        if (wishes.Count == 0)
            return 0;
        var written = await unitOfWork.Run<int>(async db =>
        {
            await db.AcquireLocks([LockKey.OfWishes], stop);
            foreach (var ((date, siteId, kind, hour, code), count) in wishes)
            {
                var rows = await db.UnmetWishes.Where(one => one.Date == date && one.SiteId == siteId && one.Kind == kind
                    && one.Hour == hour && one.Code == code)
                    .ExecuteUpdateAsync(set => set.SetProperty(one => one.Count, one => one.Count + count), stop);
                if (rows > 0 || !await db.Sites.AnyAsync(site => site.Id == siteId, stop))
                    continue;
                db.UnmetWishes.Add(new UnmetWish
                {
                    Id = Guid.CreateVersion7(clock.GetCurrentInstant().ToDateTimeOffset()),
                    Date = date,
                    SiteId = siteId,
                    Kind = kind,
                    Hour = hour,
                    Code = code,
                    Count = count,
                });
            }

            return wishes.Values.Sum();
        }, stop);
        if (written.IsDone)
            return written.Value;
        foreach (var (wish, by) in counted.Keys)
            heard.TryAdd((wish, by), 0);
        return 0;
    }
}
