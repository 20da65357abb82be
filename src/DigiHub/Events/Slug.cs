using System.Globalization;
using System.Text;
using DigiHub.Data;

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
        var spelled = title.ToLowerInvariant().Replace("ä", "ae", StringComparison.Ordinal).Replace("ö", "oe", StringComparison.Ordinal)
            .Replace("ü", "ue", StringComparison.Ordinal).Replace("ß", "ss", StringComparison.Ordinal);
        var slug = new StringBuilder(spelled.Length);
        // Drops other accents: decomposed, "é" is an "e" and a mark.
        foreach (var c in spelled.Normalize(NormalizationForm.FormD))
        {
            if (char.IsAsciiLetterOrDigit(c))
                slug.Append(c);
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && slug.Length > 0 && slug[^1] != '-')
                slug.Append('-');
        }

        var cut = slug.ToString(0, Math.Min(slug.Length, Event.SlugMax - SuffixMax)).Trim('-');
        return cut.Length == 0 || cut.StartsWith("draft-", StringComparison.Ordinal) ? $"event-{cut}".TrimEnd('-') : cut;
    }
}
