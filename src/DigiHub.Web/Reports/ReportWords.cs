using DigiHub.Bookings.Demand;
using DigiHub.Reports;
using DigiHub.Spaces;
using DigiHub.Time;
using DigiHub.Web.Components;

namespace DigiHub.Web.Reports;

/// <summary>What reports call things.</summary>
internal static class ReportWords
{
    public static Words Of(ReportSpan span) => span switch
    {
        ReportSpan.FourWeeks => new("4 weeks", "4 Wochen"),
        ReportSpan.Quarter => new("13 weeks", "13 Wochen"),
        _ => new("52 weeks", "52 Wochen"),
    };

    /// <summary>In the plural, as a heading names them.</summary>
    public static Words Of(SpaceKind? kind) => kind switch
    {
        SpaceKind.Desk => new("Desks", "Plätze"),
        SpaceKind.Room => new("Rooms", "Räume"),
        SpaceKind.Booth => new("Booths", "Boxen"),
        SpaceKind.Lab => new("Labs", "Labore"),
        _ => new("Anything", "Irgendetwas"),
    };

    /// <summary>"26 October 2026 to 22 November 2026".</summary>
    public static Words Days(Report report)
    {
        var (first, last) = (TimeWords.Date(report.From), TimeWords.Date(report.Until.PlusDays(-1)));
        return new($"{first.English} to {last.English}", $"{first.German} bis {last.German}");
    }

    /// <summary>"Tue", "Di".</summary>
    public static Words Short(IsoDayOfWeek day)
    {
        var name = TimeWords.DayName(day);
        return new(name.English[..3], name.German[..2]);
    }

    /// <summary>"Rooms, Tuesday from 14:00".</summary>
    public static Words Of(WishUse wish)
    {
        var (kind, day) = (Of(wish.Kind), TimeWords.DayName(wish.Day));
        return new($"{kind.English}, {day.English} from {wish.Hour:00}:00", $"{kind.German}, {day.German} ab {wish.Hour} Uhr");
    }

    /// <summary>Why a wish was not met.</summary>
    public static Words Reason(string code) => code switch
    {
        UnmetWish.NothingFree => new("Nothing free in a search", "Nichts frei bei einer Suche"),
        "slot_taken" => new("Taken by somebody else", "Schon vergeben"),
        "pool_taken" or "pool_empty" => new("None of several was free", "Von mehreren keiner frei"),
        "too_many_bookings" => new("Too many bookings ahead", "Zu viele Buchungen im Voraus"),
        "too_many_people" => new("Too many people for the room", "Zu viele Personen für den Raum"),
        "closed_that_day" => new("Closed that day", "An dem Tag geschlossen"),
        "outside_opening_hours" => new("Outside the opening hours", "Außerhalb der Öffnungszeiten"),
        "beyond_horizon" => new("Too far ahead", "Zu weit im Voraus"),
        "notice_too_short" => new("Too short notice", "Zu kurzfristig"),
        "too_long" => new("Too long", "Zu lang"),
        "too_short" => new("Too short", "Zu kurz"),
        "off_the_grid" => new("Not at the times that can be booked", "Nicht zu den buchbaren Zeiten"),
        "space_not_offered" or "space_retired" => new("Not offered any more", "Nicht mehr angeboten"),
        _ => new(code, code),
    };

    /// <summary>"58 %", a dash where there is nothing to count.</summary>
    public static string Percent(int? share) => share is { } known ? Speak.T($"{known}%", $"{known} %") : "–";

    /// <summary>Whole hours.</summary>
    public static string Hours(long minutes) => Figures.Of((long)Math.Round(minutes / 60.0, MidpointRounding.AwayFromZero)).Here;

    public static string Counted(int? count) => count is { } known
        ? Figures.Of(known).Here : Speak.T($"under {Report.CountedFrom}", $"unter {Report.CountedFrom}");

    /// <summary>"2.6 days", "45 minutes".</summary>
    public static string Lead(double? hours) => hours switch
    {
        null => "–",
        < 1 => Speak.T($"{hours * 60:0} minutes", $"{hours * 60:0} Minuten"),
        < 48 => Speak.T($"{hours:0} hours", $"{hours:0} Stunden"),
        _ => $"{(hours.Value / 24).ToString("0.#", Languages.Here.Culture())} {Speak.T("days", "Tage")}",
    };
}
