using System.Runtime.InteropServices;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Reports;

/// <summary>How long a report looks back, in whole days up to yesterday.</summary>
public enum ReportSpan { FourWeeks, Quarter, Year }

/// <param name="Open">Minutes in which it could be used: opening hours less closures, on the site's clock.</param>
/// <param name="Booked">Minutes of those for which it was booked, what nobody came to included.</param>
/// <param name="Used">Of the booked those that were not released as a no-show.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Minutes(long Open, long Booked, long Used)
{
    /// <summary>Per cent of the open minutes, at most 100; null where it was never open.</summary>
    public int? BookedShare => Share(Booked, Open);

    public int? UsedShare => Share(Used, Open);

    /// <summary>Per cent of the booked minutes; null where nothing was booked.</summary>
    public int? UnusedShare => Share(Booked - Used, Booked);

    public static Minutes operator +(Minutes one, Minutes other) =>
        new(one.Open + other.Open, one.Booked + other.Booked, one.Used + other.Used);

    private static int? Share(long part, long whole) =>
        whole <= 0 ? null : (int)Math.Min(100, Math.Round(100.0 * part / whole, MidpointRounding.AwayFromZero));
}

/// <param name="NoShows">Null: fewer than <see cref="Report.CountedFrom"/>, which could tell of single people.</param>
public sealed record SpaceUse(Space Space, SiteContext Place, Minutes Minutes, int Bookings, int? NoShows);

/// <param name="Spaces">How many there are; a hall counts as its parts.</param>
/// <param name="AskedToCheckIn">Bookings of those that the no-shows are counted among.</param>
public sealed record KindUse(SpaceKind Kind, int Spaces, Minutes Minutes, int Bookings, int AskedToCheckIn, int? NoShows);

/// <param name="Hour">From this hour to the next, on the site's clock; 0 to 23.</param>
public sealed record HourUse(IsoDayOfWeek Day, int Hour, Minutes Minutes);

/// <summary>What was wished and not had.</summary>
/// <param name="Kind">Null: of any kind.</param>
/// <param name="Hour">In which the wished time begins.</param>
public sealed record WishUse(int SiteId, SpaceKind? Kind, IsoDayOfWeek Day, int Hour, string Code, int Count);

/// <summary>The use of one site or several over a period, of nobody in particular.</summary>
/// <param name="From">The first day.</param>
/// <param name="Until">The day after the last.</param>
/// <param name="Hours">Of the spaces of one kind, by weekday and hour; only those at which some were open.</param>
/// <param name="Before">Of the same kind, in the period of the same length before; null where the hub has nothing of it.</param>
/// <param name="LeadHours">Half of the bookings were made at least so long before they began; null without any.</param>
public sealed record Report(
    LocalDate From, LocalDate Until, IReadOnlyList<SiteContext> Places, SpaceKind HoursOf, IReadOnlyList<KindUse> Kinds,
    IReadOnlyList<SpaceUse> Spaces, IReadOnlyList<HourUse> Hours, Minutes? Before, double? LeadHours, IReadOnlyList<WishUse> Wishes)
{
    /// <summary>Smaller groups are not counted out, as they could tell of single people.</summary>
    public const int CountedFrom = 5;

    public int Days => Period.DaysBetween(From, Until);

    public Minutes All => Kinds.Aggregate(default(Minutes), (sum, kind) => sum + kind.Minutes);

    public int Bookings => Kinds.Sum(kind => kind.Bookings);

    public static int? Counted(int count) => count is > 0 and < CountedFrom ? null : count;
}
