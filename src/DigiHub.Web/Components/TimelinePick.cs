using System.Globalization;

namespace DigiHub.Web.Components;

/// <summary>What a free cell of the timeline sends: the space and the time of day it would start, as "12-1400".</summary>
public sealed record TimelinePick(int SpaceId, LocalTime Start)
{
    /// <summary>Null for anything else.</summary>
    public static TimelinePick? Parse(string? text)
    {
        if (text is not { Length: <= 20 } || text.IndexOf('-', StringComparison.Ordinal) is not (> 0 and var dash)) return null;
        var time = text[(dash + 1)..];
        return time.Length == 4 && FormParse.Number(text[..dash]) is { } space && FormParse.Time($"{time[..2]}:{time[2..]}") is { } start
            ? new(space, start)
            : null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{SpaceId}-{Start.Hour:00}{Start.Minute:00}");
}
