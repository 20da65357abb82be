using System.Globalization;
using DigiHub.Data;
using DigiHub.Text;

namespace DigiHub.Events;

/// <summary>The name of an event in addresses: small letters, digits and hyphens.</summary>
internal static class Slug
{
    private const int SuffixMax = 6;

    /// <summary>Two who publish events of one title at once wait for each other here.</summary>
    public static readonly LockKey LockKey = LockKey.OfEvent(new Guid("5106ab1e-0000-4000-8000-000000000001"));

    /// <summary>Under <see cref="LockKey"/>: made from the title, with a number if another event has it already.</summary>
    public static async Task<string> Unique(HubDb db, string title, CancellationToken stop)
    {
        var wanted = Of(title);
        var numbered = wanted + "-";
        var taken = (await db.Events.AsNoTracking().Where(evt => evt.Slug == wanted || evt.Slug.StartsWith(numbered))
            .Select(evt => evt.Slug).ToListAsync(stop)).ToHashSet();
        if (!taken.Contains(wanted))
            return wanted;
        for (var number = 2; ; number++)
        {
            var next = string.Create(CultureInfo.InvariantCulture, $"{numbered}{number}");
            if (!taken.Contains(next))
                return next;
        }
    }

    /// <summary>"Größe zählt!" becomes "groesse-zaehlt"; a title without any Latin letter becomes "event".</summary>
    public static string Of(string title)
    {
        var name = UrlName.Of(title, Event.SlugMax - SuffixMax, ifNothing: "event");
        return name.StartsWith("draft-", StringComparison.Ordinal) ? $"event-{name}" : name; // drafts are called so
    }
}
