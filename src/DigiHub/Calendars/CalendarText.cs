using System.Text;
using DigiHub.Mail;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;

namespace DigiHub.Calendars;

/// <summary>Writes entries as iCalendar (RFC 5545), with the rules of every zone they name.</summary>
/// <param name="Organizer">The hub itself: replies go to its mailbox, and no member's address is given away.</param>
public sealed record CalendarText(CalendarPerson Organizer)
{
    private const string Product = "-//DigiHub//DigiHub//DE";

    /// <summary>Somebody reads what comes to the organiser's address, so that a calendar program may offer to decline (RSVP).</summary>
    public bool ReadsReplies { get; init; }

    /// <param name="name">What a subscriber sees the calendar called; null in notifications.</param>
    /// <exception cref="ArgumentException">
    /// A request or cancellation without exactly one attendee, something published with one, or one date
    /// of a series that is a series itself.
    /// </exception>
    public string Write(CalendarMethod method, IReadOnlyCollection<CalendarEntry> entries, string? name = null)
    {
        var calendar = new Calendar { ProductId = Product, Method = method.Word() };
        if (name is not null)
        {
            calendar.AddProperty("X-WR-CALNAME", OneLine(name));
            calendar.AddProperty("REFRESH-INTERVAL;VALUE=DURATION", "PT1H");
            calendar.AddProperty("X-PUBLISHED-TTL", "PT1H");
        }

        foreach (var zone in entries.Select(entry => entry.ZoneId).Distinct(StringComparer.Ordinal))
            calendar.AddTimeZone(zone);
        foreach (var entry in entries)
            calendar.Events.Add(Written(method, entry));
        return Folding.Refold(new CalendarSerializer().SerializeToString(calendar)!);
    }

    private CalendarEvent Written(CalendarMethod method, CalendarEntry entry)
    {
        if ((entry.Attendee is null) != (method == CalendarMethod.Publish))
            throw new ArgumentException($"{method.Word()} {(entry.Attendee is null ? "needs" : "takes no")} attendee.", nameof(entry));

        if (entry is { Series: not null, InPlaceOf: not null })
            throw new ArgumentException("One date of a series is no series.", nameof(entry));

        var written = new CalendarEvent
        {
            Uid = entry.Uid,
            Sequence = entry.Sequence,
            Summary = OneLine(entry.Summary),
            Description = entry.Description is null ? null : Lines(entry.Description),
            Location = entry.Location is null ? null : OneLine(entry.Location),
            Url = entry.Url,
            DtStart = Local(entry.When.Start, entry.ZoneId),
            DtEnd = Local(entry.When.End, entry.ZoneId),
            Created = Utc(entry.CreatedAt),
            LastModified = Utc(entry.ChangedAt),
            DtStamp = Utc(entry.ChangedAt),
            Organizer = new Organizer(MailtoUri.Of(Organizer.Email)) { CommonName = Name(Organizer.Name) },
        };
        Repeat(written, entry);
        Remind(written, method, entry);
        if (entry.IsCancelled)
            written.Status = EventStatus.Cancelled;
        else if (method != CalendarMethod.Cancel)
            written.Status = entry.IsTentative ? EventStatus.Tentative : EventStatus.Confirmed;
        if (entry.Attendee is { } attendee)
        {
            written.Attendees.Add(new Attendee(MailtoUri.Of(attendee.Email))
            {
                CommonName = Name(attendee.Name),
                // A cancellation names its attendee without PARTSTAT: the attendee did not decline.
                ParticipationStatus = method == CalendarMethod.Cancel ? null : EventParticipationStatus.Accepted,
                Role = ParticipationRole.RequiredParticipant,
                Rsvp = ReadsReplies && method == CalendarMethod.Request,
            });
        }

        return written;
    }

    private static void Remind(CalendarEvent written, CalendarMethod method, CalendarEntry entry)
    {
        if (entry.AlarmMinutesBefore is not { } minutes || entry.IsCancelled || method == CalendarMethod.Cancel)
            return;
        written.Alarms.Add(new Alarm
        {
            Action = AlarmAction.Display,
            Description = written.Summary, // RFC 5545 3.6.6 wants one
            Trigger = new Trigger(Ical.Net.DataTypes.Duration.FromMinutes(-minutes)),
        });
    }

    private static void Repeat(CalendarEvent written, CalendarEntry entry)
    {
        if (entry.InPlaceOf is { } date)
            written.RecurrenceIdentifier = new RecurrenceIdentifier(Local(date, entry.ZoneId), RecurrenceRange.ThisInstance);
        if (entry.Series is not { } series)
            return;
        written.RecurrenceRule = series.Rule is { } rule
            ? new RecurrenceRule(rule)
            : new RecurrenceRule(Frequency(series.Every), series.Interval) { Count = series.Times };
        foreach (var dropped in series.Dropped)
            written.ExceptionDates.Add(Local(dropped, entry.ZoneId));
        foreach (var extra in series.Extra)
            written.RecurrenceDates.Add(Local(extra, entry.ZoneId));
    }

    private static FrequencyType Frequency(CalendarFrequency every) => every switch
    {
        CalendarFrequency.Day => FrequencyType.Daily,
        CalendarFrequency.Week => FrequencyType.Weekly,
        _ => FrequencyType.Monthly,
    };

    private static CalDateTime Local(LocalDateTime local, string zone) =>
        new(local.Year, local.Month, local.Day, local.Hour, local.Minute, local.Second, zone);

    private static CalDateTime Utc(Instant instant)
    {
        var utc = instant.InUtc().LocalDateTime;
        return new(utc.Year, utc.Month, utc.Day, utc.Hour, utc.Minute, utc.Second, CalDateTime.UtcTzId);
    }

    /// <summary>A parameter's value cannot hold a double quote however it is written (RFC 5545 3.2).</summary>
    private static string Name(string text) => OneLine(text).Replace('"', '\'');

    private static string OneLine(string text) =>
        string.Join(' ', Lines(text).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    /// <summary>Every kind of line end becomes one; other control characters are not text and go.</summary>
    private static string Lines(string text)
    {
        var lines = new StringBuilder(text.Length);
        foreach (var sign in text.ReplaceLineEndings("\n").EnumerateRunes()) // half a surrogate pair comes out as U+FFFD
        {
            if (sign.Value is '\n' or '\u2028' or '\u2029' or '\u0085' or '\v' or '\f')
                lines.Append('\n');
            else if (sign.Value == '\t' || !Rune.IsControl(sign))
                lines.Append(sign);
        }

        return lines.ToString();
    }
}
