using System.Globalization;

namespace DigiHub.Web.Parts;

/// <summary>What a free cell of the timeline sends: the space and the time of day it would start, as "12-1400".</summary>
public sealed record TimelinePick(int SpaceId, LocalTime Start)
{
    /// <summary>Null for anything that is not exactly that.</summary>
    public static TimelinePick? Parse(string? text)
    {
        if (text is not { Length: <= 20 } || text.IndexOf('-', StringComparison.Ordinal) is not (> 0 and var dash)) return null;
        var time = text.AsSpan(dash + 1);
        return time.Length == 4
            && int.TryParse(text.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out var space)
            && int.TryParse(time[..2], NumberStyles.None, CultureInfo.InvariantCulture, out var hour) && hour < 24
            && int.TryParse(time[2..], NumberStyles.None, CultureInfo.InvariantCulture, out var minute) && minute < 60
            ? new(space, new LocalTime(hour, minute))
            : null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{SpaceId}-{Start.Hour:00}{Start.Minute:00}");
}
