using System.Globalization;

namespace DigiHub.Web.Components;

/// <summary>
/// What a free cell of the timeline sends: the space and the time of day it would start, as "12-1400"; where each row is a day, with that
/// day, as "12.20261201-1400".
/// </summary>
public sealed record TimelinePick(int SpaceId, LocalTime Start, LocalDate? Day = null)
{
    /// <summary>Null for anything else.</summary>
    public static TimelinePick? Parse(string? text)
    {
        if (text is not { Length: <= 30 } || text.IndexOf('-', StringComparison.Ordinal) is not (> 0 and var dash)) return null;
        var time = text[(dash + 1)..];
        var (space, date) = text.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot && dot < dash
            ? (text[..dot], text[(dot + 1)..dash])
            : (text[..dash], null);
        if (time.Length != 4 || FormParse.Number(space) is not { } id || FormParse.Time($"{time[..2]}:{time[2..]}") is not { } start)
            return null;
        if (date is null)
            return new(id, start);
        return date.Length == 8 && FormParse.Date($"{date[..4]}-{date[4..6]}-{date[6..]}") is { } day ? new(id, start, day) : null;
    }

    /// <summary>What stands before the time: the space, and the day where there is one.</summary>
    public static string Head(int spaceId, LocalDate? day) => day is { } date
        ? string.Create(CultureInfo.InvariantCulture, $"{spaceId}.{date.Year:0000}{date.Month:00}{date.Day:00}-")
        : string.Create(CultureInfo.InvariantCulture, $"{spaceId}-");

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Head(SpaceId, Day)}{Start.Hour:00}{Start.Minute:00}");
}
