using System.Collections.Frozen;
using System.Globalization;
using DigiHub.Spaces;
using DigiHub.Web.Components;

namespace DigiHub.Web.Bookings;

/// <summary>The choices of the room page as its address carries them.</summary>
public sealed record RoomsQuery(string Site, LocalDate Day)
{
    /// <summary>The rooms of all sites, those of <see cref="Site"/> first.</summary>
    public bool AllSites { get; init; }

    /// <summary>On a phone: "grid" shows the day of all rooms instead of what is free at a time.</summary>
    public string? Show { get; init; }

    /// <summary>On a phone: from when; null for the next half hour.</summary>
    public LocalTime? From { get; init; }

    /// <summary>On a phone: for how long.</summary>
    public int? Minutes { get; init; }

    /// <summary>Only rooms for so many.</summary>
    public int? People { get; init; }

    public IReadOnlySet<string> Equipment { get; init; } = FrozenSet<string>.Empty;

    /// <summary>The cell that was chosen without a script.</summary>
    public TimelinePick? At { get; init; }

    public string Href => Paths.Rooms + "?" + string.Join('&', Pairs.Select(pair => $"{pair.Key}={pair.Value}"));

    /// <summary>Without what is chosen on the grid.</summary>
    public IEnumerable<KeyValuePair<string, string>> Pairs
    {
        get
        {
            yield return new("site", Site);
            if (AllSites)
                yield return new("all", "true");
            yield return new("day", FormParse.Write(Day));
            if (People is { } people)
                yield return new("people", people.ToString(CultureInfo.InvariantCulture));
            if (From is { } from)
                yield return new("from", FormParse.Write(from));
            if (Minutes is { } minutes)
                yield return new("minutes", minutes.ToString(CultureInfo.InvariantCulture));
            if (Show is { } show)
                yield return new("show", show);
            foreach (var thing in Equipment)
                yield return new("with", thing);
        }
    }
}
