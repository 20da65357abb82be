using DigiHub.Web.Components;

namespace DigiHub.Web.Palette;

/// <summary>A booking that one click makes.</summary>
public sealed record PaletteBooking(int SpaceId, LocalDateTime From, LocalDateTime To, int? People);

/// <summary>What can be done or opened: exactly one of a link and a booking.</summary>
/// <param name="Icon">Of the sprite; with a site its sign stands there.</param>
public sealed record PaletteRow(string Text, string Icon)
{
    public string? Hint { get; init; }

    public string? Site { get; init; }

    public string? Href { get; init; }

    public PaletteBooking? Booking { get; init; }
}

/// <summary>Rows under one heading, the best first.</summary>
public sealed record PaletteGroup(string Title, IReadOnlyList<PaletteRow> Rows);

/// <param name="Groups">None without a row; together at most <see cref="PaletteSearch.RowsMax"/>.</param>
/// <param name="Note">Why nothing can be booked then.</param>
/// <param name="IsNoHit">Nothing fits what was typed; the rows are where one could look instead.</param>
public sealed record PaletteAnswer(IReadOnlyList<PaletteGroup> Groups, string? Note = null, bool IsNoHit = false)
{
    public int Count => Groups.Sum(group => group.Rows.Count);
}
