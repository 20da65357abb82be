using DigiHub.Time;

namespace DigiHub.Web.Components;

/// <summary>One day of a site's rooms as a grid: half hours across, rooms down.</summary>
public sealed record TimelineView(TimelineDay Day, IReadOnlyList<TimelineRow> Rows)
{
    /// <summary>Up to the one in which it is now, columns are past; 0 on a day to come, all of them on a day gone by.</summary>
    public int PastColumns { get; init; }

    /// <summary>Where it is now; null on any other day.</summary>
    public TimelineNow? Now { get; init; }

    /// <summary>What is chosen as the page comes, from an address like ?at=12-1400; null for nothing.</summary>
    public TimelineChoice? Chosen { get; init; }

    /// <summary>With the past and the now of that instant.</summary>
    public TimelineView At(Instant now) => this with { PastColumns = Day.PastAt(now), Now = Day.NowAt(now) };
}

/// <summary>One room.</summary>
/// <param name="seats">"6 people"; null where each row is a day.</param>
/// <param name="things">What stands in it, as words and as icons.</param>
/// <param name="busy">By start, not overlapping, as columns of the day (<see cref="TimelineDay.Columns(DigiHub.Time.Span)"/>).</param>
/// <remarks>Compared as an instance: what is written of a row is kept with it.</remarks>
public sealed class TimelineRow(
    int spaceId, string name, TimelineThing? seats, IReadOnlyList<TimelineThing> things, IReadOnlyList<TimelineBusy> busy)
{
    public int SpaceId => spaceId;

    public string Name => name;

    /// <summary>For how many it is: the figure is seen, the words are read out.</summary>
    public TimelineThing? Seats => seats;

    public IReadOnlyList<TimelineThing> Things => things;

    public IReadOnlyList<TimelineBusy> Busy => busy;

    /// <summary>Where its name leads; null: nowhere.</summary>
    public string? Href { get; init; }

    /// <summary>Where each row is a day of the same room: its day.</summary>
    public LocalDate? Day { get; init; }

    /// <summary>Of such a row; null: as the view has it.</summary>
    public int? PastColumns { get; init; }

    /// <summary>As <see cref="TimelineCells"/> wrote it last.</summary>
    internal WrittenRow? Written { get; set; }
}

/// <param name="Shown">Seen beside the icon; empty for an icon alone.</param>
/// <param name="Words">Read out, and shown by a pointer that rests on the icon.</param>
public readonly record struct TimelineThing(string Icon, string Words, string Shown = "");

/// <param name="Name">Under which a chosen cell is sent.</param>
internal sealed record WrittenRow(string Name, int PastColumns, string Html);

/// <summary>Columns From until, but not including, Until in which a room cannot be had.</summary>
/// <param name="Text">"Booked", the title of a public event, "Yours".</param>
/// <param name="Hours">"13:00–14:15": the true times, which need not be full half hours.</param>
/// <param name="Own">Of the reader's own booking: what leads to it, and what may be dragged.</param>
public readonly record struct TimelineBusy(
    int From, int Until, string Text, string Hours, TimelineBusyKind Kind, TimelineOwn? Own = null);

/// <summary>The reader's own booking, in its true times on the site's clock.</summary>
public sealed record TimelineOwn(Guid BookingId, LocalTime Start, LocalTime End);

public enum TimelineBusyKind { Booked, Mine, Event, Closed }

/// <summary>The column it is now, and which twelfth of an hour within it (0 to 5).</summary>
public sealed record TimelineNow(int Column, int FiveMinutes);

/// <param name="Day">Where each row is a day.</param>
public sealed record TimelineChoice(int SpaceId, int From, int Until, LocalDate? Day = null)
{
    internal bool IsIn(TimelineRow row) => SpaceId == row.SpaceId && Day == row.Day;
}
