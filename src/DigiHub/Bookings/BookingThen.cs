using System.Globalization;
using DigiHub.Time;
using NodaTime.Text;

namespace DigiHub.Bookings;

/// <summary>
/// A booking as it was when it went to somebody else: what becomes of it later is no longer the former member's business.
/// </summary>
public sealed record BookingThen(int SpaceId, LocalSpan LocalSpan)
{
    /// <summary>Between the two parts of a meeting.</summary>
    public const string Between = " + ";

    public string Written => string.Create(CultureInfo.InvariantCulture, $"{SpaceId} {LocalSpan}");

    /// <summary>Also what a calendar was told of a booking (<see cref="BookingCalendar.FactsOf"/>). Null: no such text.</summary>
    public static BookingThen? Parse(string? written) =>
        written?.Split(' ', '/') is [var space, var start, var end, ..]
        && int.TryParse(space, NumberStyles.None, CultureInfo.InvariantCulture, out var spaceId)
        && LocalDateTimePattern.GeneralIso.Parse(start) is { Success: true, Value: var from }
        && LocalDateTimePattern.GeneralIso.Parse(end) is { Success: true, Value: var until } && from < until
            ? new(spaceId, new(from, until)) : null;
}
