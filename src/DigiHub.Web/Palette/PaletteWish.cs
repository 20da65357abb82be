using DigiHub.Bookings;
using DigiHub.Spaces;

namespace DigiHub.Web.Palette;

/// <summary>What was understood of a line; null is what it does not say.</summary>
public sealed record PaletteWish
{
    public SpaceKind? Kind { get; init; }

    /// <summary>From 1.</summary>
    public int? People { get; init; }

    public LocalDate? Day { get; init; }

    public LocalTime? Start { get; init; }

    /// <summary>From 1 to a day.</summary>
    public int? Minutes { get; init; }

    public DayPart? Part { get; init; }

    /// <summary>Words that mean nothing by themselves: names of desks, rooms, sites, pages or people. Folded, in their order.</summary>
    public IReadOnlyList<string> Rest { get; init; } = [];

    /// <summary>All words, folded.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>It speaks of a place or a time, and not of names alone.</summary>
    public bool IsOfTime => Kind is not null || People is not null || Day is not null || Start is not null || Part is not null;
}
