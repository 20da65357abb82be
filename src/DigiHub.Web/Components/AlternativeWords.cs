using DigiHub.Time;

namespace DigiHub.Web.Components;

/// <summary>What a button says that takes one of a refusal's alternatives: first what differs from what was asked.</summary>
public static class AlternativeWords
{
    public static Words Of(Alternative alternative)
    {
        var (day, hours) = (TimeWords.ShortDay(alternative.Start.Date), Hours(alternative));
        var site = alternative.SiteName;
        return alternative.Kind switch
        {
            AlternativeKind.OtherTime => new($"{day.English}, {hours}", $"{day.German}, {hours}"),
            AlternativeKind.OtherSpace => new($"{alternative.SpaceName}, {hours}", $"{alternative.SpaceName}, {hours}"),
            _ => new($"{site.English}: {alternative.SpaceName}, {hours}", $"{site.German}: {alternative.SpaceName}, {hours}"),
        };
    }

    // Short, for a button: both languages write a range of clock times the same way.
    private static string Hours(Alternative alternative) =>
        $"{TimeWords.Clock(alternative.Start.TimeOfDay).English}–{TimeWords.ClockUntil(alternative.End.TimeOfDay).English}";
}
