using DigiHub.Time;

namespace DigiHub.Calendars;

/// <summary>
/// One thing in somebody's calendar, the same in notification, feed and download. Texts are bounded by what they come from; whatever
/// they hold, they stay texts (no line break can end a property).
/// </summary>
public sealed record CalendarEntry
{
    /// <summary>Stable for the thing and the installation: <see cref="CalendarUid"/>.</summary>
    public required string Uid { get; init; }

    /// <summary>Rises with every change of time, place or status; a client ignores what is not higher than what it knows.</summary>
    public required int Sequence { get; init; }

    public required string Summary { get; init; }

    /// <summary>Plain text; lines are kept.</summary>
    public string? Description { get; init; }

    public string? Location { get; init; }

    public Uri? Url { get; init; }

    /// <summary>Promised times on the clock of <see cref="ZoneId"/>.</summary>
    public required LocalSpan When { get; init; }

    /// <summary>IANA id; its rules go along as VTIMEZONE.</summary>
    public required string ZoneId { get; init; }

    /// <summary>Written as STATUS:CANCELLED. False where only one person leaves, since the event itself takes place.</summary>
    public bool IsCancelled { get; init; }

    /// <summary>Written as STATUS:TENTATIVE: it waits for approval.</summary>
    public bool IsTentative { get; init; }

    /// <summary>It happens again and again; null for once.</summary>
    public CalendarSeries? Series { get; init; }

    /// <summary>
    /// For one date of a series that differs from the others or is cancelled by itself: when that date would have begun by the series'
    /// rule (RECURRENCE-ID). Its UID is the series'. Null for the series itself, and for what happens once.
    /// </summary>
    public LocalDateTime? InPlaceOf { get; init; }

    /// <summary>So many minutes before it begins the calendar itself reminds of it; 0 for when it begins, null for not at all.</summary>
    public int? AlarmMinutesBefore { get; init; }

    /// <summary>Who receives it as an invitation or its withdrawal; nobody in what is published.</summary>
    public CalendarPerson? Attendee { get; init; }

    public required Instant CreatedAt { get; init; }

    /// <summary>When it last changed; also DTSTAMP, so that the same entry is the same text each time it is asked for.</summary>
    public required Instant ChangedAt { get; init; }
}

/// <summary>
/// How often a thing happens, the first time among them (RFC 5545 3.3.10). By the local time of the
/// entry's zone, also when the clocks change.
/// </summary>
public sealed record CalendarSeries
{
    public const int TimesMax = 366;

    /// <param name="times">2 to <see cref="TimesMax"/>.</param>
    /// <param name="interval">Every so many days, weeks or months; 1 to 52.</param>
    /// <exception cref="ArgumentOutOfRangeException">Outside these bounds.</exception>
    public CalendarSeries(CalendarFrequency every, int times, int interval = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(times, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(times, TimesMax);
        ArgumentOutOfRangeException.ThrowIfLessThan(interval, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(interval, 52);
        (Every, Times, Interval) = (every, times, interval);
    }

    /// <param name="rule">As <see cref="Recurrence.Rule(LocalTime, SiteTime)"/> writes it.</param>
    public CalendarSeries(string rule) => Rule = rule;

    /// <summary>The whole rule; null where the other properties say it.</summary>
    public string? Rule { get; }

    public CalendarFrequency Every { get; }

    public int Times { get; }

    public int Interval { get; }

    /// <summary>Dates that were dropped, by when they would have begun (EXDATE).</summary>
    public IReadOnlyList<LocalDateTime> Dropped { get; init; } = [];

    /// <summary>Further dates beside the rule (RDATE).</summary>
    public IReadOnlyList<LocalDateTime> Extra { get; init; } = [];
}

public enum CalendarFrequency { Day, Week, Month }

public sealed record CalendarPerson(string Name, EmailAddress Email);

/// <summary>What a calendar is to do with the entries (RFC 5546 1.4).</summary>
public enum CalendarMethod
{
    /// <summary>Show; nobody is asked to come.</summary>
    Publish,

    /// <summary>An invitation, or a newer version of one.</summary>
    Request,

    /// <summary>The invitation is withdrawn.</summary>
    Cancel,
}

public static class CalendarMethods
{
    /// <summary>As it stands in METHOD and in the MIME parameter, which must be equal or Outlook ignores it.</summary>
    public static string Word(this CalendarMethod method) => method switch
    {
        CalendarMethod.Request => "REQUEST",
        CalendarMethod.Cancel => "CANCEL",
        _ => "PUBLISH",
    };
}

/// <summary>UIDs of this installation.</summary>
/// <param name="Hub">The hub's name for good: <see cref="Keys.HubName.Text"/>.</param>
public sealed record CalendarUid(string Hub)
{
    public string OfBooking(Guid id) => $"booking-{id:N}@{Hub}";

    public string OfSeries(Guid id) => $"series-{id:N}@{Hub}";

    public string OfEvent(Guid id) => $"event-{id:N}@{Hub}";

    /// <summary>Of a desk or room that is out of service.</summary>
    public string OfClosure(Guid id) => $"closure-{id:N}@{Hub}";

    /// <summary>The booking of a UID; null for a UID of another system.</summary>
    public Guid? Booking(string uid) => IdOf(uid, "booking-");

    /// <summary>The same for an event.</summary>
    public Guid? Event(string uid) => IdOf(uid, "event-");

    /// <summary>The same for a series of bookings.</summary>
    public Guid? Series(string uid) => IdOf(uid, "series-");

    private Guid? IdOf(string uid, string prefix)
    {
        const int idLength = 32;
        // Calendar programs keep a UID as it is; case is disregarded all the same.
        return uid.Length == prefix.Length + idLength + 1 + Hub.Length
            && uid.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
            && uid.EndsWith($"@{Hub}", StringComparison.OrdinalIgnoreCase)
            && Guid.TryParseExact(uid.AsSpan(prefix.Length, idLength), "N", out var id) ? id : null;
    }
}
