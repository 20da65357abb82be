using DigiHub.Bookings;
using DigiHub.Registrations;
using DigiHub.Time;
using DigiHub.Web.Components;

namespace DigiHub.Web.Bookings;

/// <summary>One line of a member's list: a booking, or a registration to an event.</summary>
public sealed record AgendaItem(Instant Start, LocalSpan When, BookingView? Booking, HeldRegistration? Registration)
{
    public static AgendaItem Of(BookingView view) => new(view.Booking.Start, view.Booking.LocalSpan, view, null);

    public static AgendaItem Of(HeldRegistration held) => new(held.Event.Start, held.Event.LocalSpan, null, held);

    /// <summary>Where it stands in a list of what is ahead: what began days ago is today's.</summary>
    public LocalDate DayFrom(LocalDate first) => LocalDate.Max(When.Start.Date, first);
}

/// <param name="Items">At least one.</param>
public sealed record AgendaDay(LocalDate Date, IReadOnlyList<AgendaItem> Items);

/// <param name="Days">At least one, in the order of the list.</param>
public sealed record AgendaWeek(LocalDate Monday, IReadOnlyList<AgendaDay> Days)
{
    /// <summary>"This week"; of one that is farther away its days.</summary>
    public Words Title(LocalDate today) => Period.DaysBetween(MondayOf(today), Monday) switch
    {
        0 => new("This week", "Diese Woche"),
        7 => new("Next week", "Nächste Woche"),
        -7 => new("Last week", "Letzte Woche"),
        _ => Range(today),
    };

    /// <summary>"30 November – 6 December", "30. November – 6. Dezember"; another year is named.</summary>
    public Words Range(LocalDate today)
    {
        var sunday = Monday.PlusDays(6);
        var (from, until) = (TimeWords.MonthName(Monday.Month), TimeWords.MonthName(sunday.Month));
        var year = sunday.Year == today.Year ? "" : $" {sunday.Year}";
        return Monday.Month == sunday.Month
            ? new($"{Monday.Day} – {sunday.Day} {until.English}{year}", $"{Monday.Day}. – {sunday.Day}. {until.German}{year}")
            : new($"{Monday.Day} {from.English} – {sunday.Day} {until.English}{year}",
                $"{Monday.Day}. {from.German} – {sunday.Day}. {until.German}{year}");
    }

    public static LocalDate MondayOf(LocalDate day) => day.PlusDays(1 - (int)day.DayOfWeek);
}

/// <summary>Puts bookings and registrations into one order, by weeks and days.</summary>
public static class Agenda
{
    /// <param name="first">What began earlier stands here; null: each on its own day.</param>
    public static IReadOnlyList<AgendaWeek> Weeks(IEnumerable<AgendaItem> ordered, LocalDate? first)
    {
        List<AgendaDay> days = [.. ordered.GroupBy(item => first is { } day ? item.DayFrom(day) : item.When.Start.Date)
            .Select(day => new AgendaDay(day.Key, [.. day]))];
        return [.. days.GroupBy(day => AgendaWeek.MondayOf(day.Date)).Select(week => new AgendaWeek(week.Key, [.. week]))];
    }

    /// <summary>
    /// Those of one page: bookings come page by page, all registrations at once, and each stands on the page its time belongs to.
    /// </summary>
    /// <param name="after">Where this page begins; null: at the first.</param>
    /// <param name="next">Where the next begins; null: this is the last.</param>
    public static IEnumerable<HeldRegistration> OnPage(
        IEnumerable<HeldRegistration> registrations, Cursor? after, Cursor? next, bool latestFirst) => registrations.Where(held =>
    {
        var (start, from, until) = (held.Event.Start, after?.At, next?.At);
        return latestFirst
            ? (from is null || start < from) && (until is null || start >= until)
            : (from is null || start > from) && (until is null || start <= until);
    });
}
