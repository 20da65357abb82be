using DigiHub.Sites;
using DigiHub.Time;

namespace DigiHub.Setup;

/// <summary>The hours of a weekday as somebody gives them; closing at midnight means the end of the day.</summary>
public sealed record DraftHours(IsoDayOfWeek Day, LocalTime Opens, LocalTime Closes);

/// <summary>A site as somebody describes it. Null and blank: not said.</summary>
public sealed record SiteDraft
{
    public string? Name { get; init; }

    public string? Street { get; init; }

    public string? PostCode { get; init; }

    public string? City { get; init; }

    /// <summary>An id of the IANA time zone database.</summary>
    public required string ZoneId { get; init; }

    public Land? Holidays { get; init; }

    /// <summary>At most one for a weekday; a weekday without one is closed.</summary>
    public IReadOnlyList<DraftHours> Week { get; init; } = [];

    /// <summary>Null: the one that the fewest sites have.</summary>
    public SiteColour? Colour { get; init; }

    /// <summary>Monday to Friday, 8:00 to 20:00.</summary>
    public static IReadOnlyList<DraftHours> UsualWeek { get; } =
    [
        .. Enumerable.Range((int)IsoDayOfWeek.Monday, 5)
            .Select(day => new DraftHours((IsoDayOfWeek)day, new LocalTime(8, 0), new LocalTime(20, 0))),
    ];
}
