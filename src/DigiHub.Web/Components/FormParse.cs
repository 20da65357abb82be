using System.Globalization;
using DigiHub.Time;
using NodaTime.Text;

namespace DigiHub.Web.Components;

/// <summary>
/// Parses and formats the values of forms and addresses: dates, times, numbers, ids and words of a list. Null for anything
/// else; dates are bounded to <see cref="SiteTime.YearMin"/> to <see cref="SiteTime.YearMax"/>, so that
/// calculations with them cannot leave the calendar.
/// </summary>
public static class FormParse
{
    private const int LengthMax = 40;

    // HTML's local date and time: minutes always; some browsers add the seconds, which count for nothing unless they are not zero.
    private static readonly LocalDateTimePattern Moment = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");
    private static readonly LocalDateTimePattern MomentWithSeconds =
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss");
    private static readonly LocalTimePattern Clock = LocalTimePattern.CreateWithInvariantCulture("HH:mm");
    private static readonly LocalTimePattern ClockWithSeconds = LocalTimePattern.CreateWithInvariantCulture("HH:mm:ss");

    public static LocalDate? Date(string? text) => Parse(LocalDatePattern.Iso, text) is { } date && SiteTime.Reaches(date) ? date : null;

    public static LocalTime? Time(string? text) => Parse(Clock, text) ?? Parse(ClockWithSeconds, text);

    public static LocalDateTime? DateTime(string? text) =>
        (Parse(Moment, text) ?? Parse(MomentWithSeconds, text)) is { } moment && SiteTime.Reaches(moment.Date) ? moment : null;

    /// <summary>A whole number from 0.</summary>
    public static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A whole number that may be below 0: a floor.</summary>
    public static int? SignedNumber(string? text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static Guid? Id(string? text) => Guid.TryParse(text, out var id) ? id : null;

    public static bool? Flag(string? text) => text?.ToLowerInvariant() switch
    {
        "true" or "1" => true,
        "false" or "0" => false,
        _ => null,
    };

    /// <summary>By its name alone, however it is joined and whatever its case (FinTech, fintech, fin_tech); never by its number.</summary>
    public static T? OneOf<T>(string? text) where T : struct, Enum
    {
        if (text is not { Length: > 0 and <= LengthMax })
            return null;
        var plain = text.Replace("_", "", StringComparison.Ordinal);
        foreach (var value in Enum.GetValues<T>())
            if (string.Equals(value.ToString(), plain, StringComparison.OrdinalIgnoreCase)) return value;
        return null;
    }

    public static string Write(LocalDate date) => LocalDatePattern.Iso.Format(date);

    public static string Write(LocalTime time) => Clock.Format(time);

    public static string Write(LocalDateTime moment) => Moment.Format(moment);

    private static T? Parse<T>(IPattern<T> pattern, string? text) where T : struct =>
        text is { Length: > 0 and <= LengthMax } && pattern.Parse(text) is { Success: true } parsed ? parsed.Value : null;
}
