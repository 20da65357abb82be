using System.Collections.Frozen;
using System.Globalization;
using DigiHub.Spaces;
using DigiHub.Web.Components;

namespace DigiHub.Web.Bookings;

/// <summary>The choices of the room page as its address carries them.</summary>
public sealed record RoomsQuery(string Site, LocalDate Day)
{
    /// <summary>Only rooms for so many.</summary>
    public int? People { get; init; }

    public IReadOnlySet<string> Equipment { get; init; } = FrozenSet<string>.Empty;

    /// <summary>The cell that was pressed where no script took it.</summary>
    public TimelinePick? At { get; init; }

    public string Href => Paths.Rooms + "?" + string.Join('&', Pairs.Select(pair => $"{pair.Key}={pair.Value}"));

    /// <summary>Without what is chosen on the grid.</summary>
    public IEnumerable<KeyValuePair<string, string>> Pairs
    {
        get
        {
            yield return new("site", Site);
            yield return new("day", FormParse.Write(Day));
            if (People is { } people)
                yield return new("people", people.ToString(CultureInfo.InvariantCulture));
            foreach (var thing in Equipment)
                yield return new("with", thing);
        }
    }
}
