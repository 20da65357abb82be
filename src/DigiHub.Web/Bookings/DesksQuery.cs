using System.Collections.Frozen;
using System.Globalization;
using DigiHub.Bookings;
using DigiHub.Spaces;
using DigiHub.Web.Components;

namespace DigiHub.Web.Bookings;

/// <summary>The choices of the desk page as its address carries them: every state can be linked to, and Back works.</summary>
public sealed record DesksQuery(string Site, LocalDate Day)
{
    public DayPart Part { get; init; }

    /// <summary>The last of several whole days; null for one day.</summary>
    public LocalDate? Until { get; init; }

    public int? Floor { get; init; }

    /// <summary>"plan" or "list" where somebody has chosen one; null leaves it to the width of the screen.</summary>
    public string? Show { get; init; }

    /// <summary>Only desks with all of this.</summary>
    public IReadOnlySet<string> Equipment { get; init; } = FrozenSet<string>.Empty;

    public When When => Until is { } last && last > Day ? When.Days(Day, last) : When.On(Day, Part);

    public string Href => Paths.Desks + "?" + string.Join('&', Pairs.Select(pair => $"{pair.Key}={pair.Value}"));

    /// <summary>For the hidden fields of a form that changes one of them.</summary>
    public IEnumerable<KeyValuePair<string, string>> Pairs
    {
        get
        {
            yield return new("site", Site);
            yield return new("day", FormParse.Write(Day));
            yield return new("part", DayParts.Write(Part));
            if (Until is { } last && last > Day)
                yield return new("until", FormParse.Write(last));
            if (Floor is { } level)
                yield return new("floor", level.ToString(CultureInfo.InvariantCulture));
            if (Show is not null)
                yield return new("show", Show);
            foreach (var thing in Equipment)
                yield return new("with", thing);
        }
    }
}
