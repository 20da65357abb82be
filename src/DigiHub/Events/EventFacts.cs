using System.Text.Encodings.Web;
using System.Text.Json;
using NodaTime.Text;

namespace DigiHub.Events;

/// <summary>The facts of an event that its people are told of when they change: time, place and way in.</summary>
public sealed record EventFacts(LocalDateTime Start, LocalDateTime End, int SiteId, int? SpaceId, EventFormat Format, string? JoinLink)
{
    /// <summary>
    /// True for a change that may keep people from coming: another day, another site, or a start more than two hours away.
    /// </summary>
    public bool IsFarFrom(EventFacts other) => Start.Date != other.Start.Date || SiteId != other.SiteId
        || Duration.Max(Apart(Start, other.Start), Apart(other.Start, Start)) > near;

    private static readonly Duration near = Duration.FromHours(2);

    private static Duration Apart(LocalDateTime one, LocalDateTime another) => one.InUtc().ToInstant() - another.InUtc().ToInstant();

    public static EventFacts Of(Event evt) =>
        new(evt.StartLocal, evt.EndLocal, evt.SiteId, evt.SpaceId, evt.Format, evt.JoinLink);

    /// <summary>
    /// The same facts are the same text, at most <see cref="Notifications.CalendarTold.FactsMax"/> characters;
    /// <see cref="ChangeNote.Parse"/> reads it.
    /// </summary>
    public string Written => new ChangeNote(this, Words: null).Written;
}

/// <summary>
/// What stands in the Note of an EventChanged notification: the facts its reader knew before (the new ones are the event's own
/// when the notification leaves) and the organiser's words. JSON, short enough for a Note.
/// </summary>
public sealed record ChangeNote(EventFacts Known, string? Words)
{
    public const int WordsMax = 600;

    private static readonly JsonSerializerOptions plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Written => JsonSerializer.Serialize(
        new Shape(Iso(Known.Start), Iso(Known.End), Known.SiteId, Known.SpaceId, Known.Format.ToString(), Known.JoinLink, Words), plain);

    /// <exception cref="FormatException">Not written by <see cref="Written"/>.</exception>
    public static ChangeNote Parse(string? note)
    {
        var shape = note is null ? null : JsonSerializer.Deserialize<Shape>(note, plain);
        return shape is null
            ? throw new FormatException("A change notice without the facts its reader knew.")
            : new ChangeNote(
                new EventFacts(Local(shape.Start), Local(shape.End), shape.Site,
                    shape.Space, Enum.Parse<EventFormat>(shape.Format), shape.Join),
                shape.Words);
    }

    private static string Iso(LocalDateTime local) => LocalDateTimePattern.GeneralIso.Format(local);

    private static LocalDateTime Local(string iso) => LocalDateTimePattern.GeneralIso.Parse(iso).Value;

    private sealed record Shape(string Start, string End, int Site, int? Space, string Format, string? Join, string? Words);
}
