using DigiHub.Setup;
using DigiHub.Time;
using DigiHub.Web.Components;
using static DigiHub.Web.Components.Speak;

namespace DigiHub.Web.Sites;

/// <summary>The hours of a week as a form sends them: "opens1" and "closes1" for Monday to "opens7" and "closes7" for Sunday.</summary>
internal static class WeekForm
{
    public static IReadOnlyList<IsoDayOfWeek> Days { get; } =
        [.. Enumerable.Range((int)IsoDayOfWeek.Monday, 7).Select(day => (IsoDayOfWeek)day)];

    public static string Opens(IsoDayOfWeek day) => $"opens{(int)day}";

    public static string Closes(IsoDayOfWeek day) => $"closes{(int)day}";

    /// <summary>A day with neither time is closed; one with a single time, or one that is no time, is named among the errors.</summary>
    /// <param name="sent">A field's value; null: it was not sent.</param>
    public static IReadOnlyList<DraftHours> Read(Func<string, string?> sent, FormErrors errors) =>
        [.. Days.Select(day => Read(day, sent, errors)).OfType<DraftHours>()];

    private static DraftHours? Read(IsoDayOfWeek day, Func<string, string?> sent, FormErrors errors)
    {
        var (from, until) = (sent(Opens(day)), sent(Closes(day)));
        if (string.IsNullOrWhiteSpace(from) && string.IsNullOrWhiteSpace(until))
            return null;
        if (FormParse.Time(from) is { } opens && FormParse.Time(until) is { } closes)
            return new(day, opens, closes);
        errors.Add(FormParse.Time(from) is null ? Opens(day) : Closes(day), T(
            "Enter both times, such as 08:00 and 20:00, or neither.", "Geben Sie beide Zeiten an, etwa 08:00 und 20:00, oder keine.",
            "Gib beide Zeiten an, etwa 08:00 und 20:00, oder keine."));
        return null;
    }
}
