using System.Collections.Frozen;
using System.Globalization;
using DigiHub.Bookings;
using DigiHub.Spaces;
using DigiHub.Time;
using DigiHub.Web.Components;

namespace DigiHub.Web.Bookings;

/// <summary>The choices of the finder as its address carries them.</summary>
public sealed record FindQuery(LocalDate Day, LocalTime Start)
{
    /// <summary>Lengths the finder offers, in minutes.</summary>
    public static IReadOnlyList<int> Lengths { get; } = [30, 60, 90, 120, 180, 240, 480];

    /// <summary>Null: both.</summary>
    public string? Site { get; init; }

    public SpaceKind Kind { get; init; } = SpaceKind.Room;

    /// <summary>Of a desk or lab; other kinds go by the clock.</summary>
    public DayPart Part { get; init; }

    public int Minutes { get; init; } = 60;

    public int? People { get; init; }

    public IReadOnlySet<string> Equipment { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Whom the front desk books for; null for oneself.</summary>
    public Guid? For { get; init; }

    public bool ByParts => Kind is SpaceKind.Desk or SpaceKind.Lab;

    public When When
    {
        get
        {
            if (ByParts)
                return When.On(Day, Part);
            var from = Day + Start;
            return When.Between(from, from.PlusMinutes(Minutes));
        }
    }

    /// <summary>As typed; for a part of the day only a closed site has none.</summary>
    public LocalSpan? Span(SiteContext place) => When.At(place) is { IsDone: true } span ? span.Value : null;

    public string Href => Paths.Find + "?" + string.Join('&', Pairs.Select(pair => $"{pair.Key}={pair.Value}"));

    private IEnumerable<KeyValuePair<string, string>> Pairs
    {
        get
        {
            yield return new("kind", Kind.ToString().ToLowerInvariant());
            if (Site is not null)
                yield return new("site", Site);
            yield return new("day", FormParse.Write(Day));
            if (ByParts)
                yield return new("part", DayParts.Write(Part));
            else
            {
                yield return new("start", FormParse.Write(Start));
                yield return new("length", Minutes.ToString(CultureInfo.InvariantCulture));
            }

            if (People is { } people)
                yield return new("people", people.ToString(CultureInfo.InvariantCulture));
            foreach (var thing in Equipment)
                yield return new("with", thing);
            if (For is { } member)
                yield return new("for", member.ToString());
        }
    }
}
