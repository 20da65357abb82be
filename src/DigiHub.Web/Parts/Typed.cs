using System.Globalization;
using NodaTime.Text;

namespace DigiHub.Web.Parts;

/// <summary>Dates, times and numbers as forms and addresses write them; null for anything that is not exactly that.</summary>
public static class Typed
{
    // HTML's local date and time: minutes always, seconds only where they are not zero.
    private static readonly LocalDateTimePattern Moment = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");
    private static readonly LocalTimePattern Clock = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    public static LocalDate? Date(string? text) => Parse(LocalDatePattern.Iso, text);

    public static LocalTime? Time(string? text) => Parse(Clock, text);

    public static LocalDateTime? DateTime(string? text) => Parse(Moment, text);

    public static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static string Write(LocalDate date) => LocalDatePattern.Iso.Format(date);

    public static string Write(LocalTime time) => Clock.Format(time);

    public static string Write(LocalDateTime moment) => Moment.Format(moment);

    private static T? Parse<T>(IPattern<T> pattern, string? text) where T : struct =>
        text is { Length: > 0 and <= 32 } && pattern.Parse(text) is { Success: true } parsed ? parsed.Value : null;
}
