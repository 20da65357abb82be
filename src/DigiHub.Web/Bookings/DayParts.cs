using DigiHub.Bookings;
using DigiHub.Spaces;
using DigiHub.Time;
using DigiHub.Web.Components;

namespace DigiHub.Web.Bookings;

/// <summary>Parts of a day in addresses and on chips: "day", "morning", "afternoon".</summary>
public static class DayParts
{
    public static IReadOnlyList<DayPart> All { get; } = [DayPart.Day, DayPart.Morning, DayPart.Afternoon];

    /// <summary>All day for anything that is not a part.</summary>
    public static DayPart Parse(string? text) => text switch
    {
        "morning" => DayPart.Morning,
        "afternoon" => DayPart.Afternoon,
        _ => DayPart.Day,
    };

    public static string Write(DayPart part) => part switch
    {
        DayPart.Morning => "morning",
        DayPart.Afternoon => "afternoon",
        _ => "day",
    };

    public static Words Words(DayPart part) => part switch
    {
        DayPart.Morning => new("Morning", "Vormittag"),
        DayPart.Afternoon => new("Afternoon", "Nachmittag"),
        _ => new("All day", "Ganztags"),
    };

    /// <summary>All day, or the afternoon where the morning is over by now.</summary>
    public static DayPart StillAhead(SiteContext place, LocalDate day, Instant now)
    {
        var local = place.Time.Local(now);
        return day == local.Date && place.Hours.On(day) is { } hours && local >= hours.Morning(day).End ? DayPart.Afternoon : DayPart.Day;
    }

    /// <summary>"Monday 23 November 2026, all day", or with the times where the span is no part of the site's day.</summary>
    public static Words Named(LocalSpan span, OpeningHours hours)
    {
        if (PartOf(span, hours) is not { } part)
            return TimeWords.Span(span);
        var (day, word) = (TimeWords.Day(span.Start.Date), Words(part));
        return new($"{day.English}, {word.English.ToLowerInvariant()}", $"{day.German}, {word.German.ToLowerInvariant()}");
    }

    /// <summary>Null for a span that is not exactly a part of one open day.</summary>
    public static DayPart? PartOf(LocalSpan span, OpeningHours hours)
    {
        var date = span.Start.Date;
        if (hours.On(date) is not { } day)
            return null;
        return span == day.On(date) ? DayPart.Day
            : span == day.Morning(date) ? DayPart.Morning
            : span == day.Afternoon(date) ? DayPart.Afternoon
            : null;
    }
}
