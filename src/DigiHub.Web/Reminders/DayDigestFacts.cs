using DigiHub.Notifications;
using DigiHub.Reminders;
using DigiHub.Time;
using DigiHub.Web.Components;
using DigiHub.Web.Notifications;

namespace DigiHub.Web.Reminders;

/// <summary>What the overview of a day tells.</summary>
/// <param name="All">Where the member finds whatever has no room here.</param>
/// <param name="Stop">Where all of the member's reminders are stopped.</param>
public sealed record DayDigestFacts(MemberDay Day, IReadOnlyList<DayDigestPart> Parts, Uri Account, Uri All, Uri Stop)
{
    /// <summary>"Your Tuesday at DigiHub West", "Ihr Dienstag: DigiHub West".</summary>
    public Words Title
    {
        get
        {
            var day = TimeWords.DayName(Day.Date.DayOfWeek);
            return new($"Your {day.English} {Where.English}", $"Ihr {day.German}: {Where.German}",
                $"Dein {day.Familiar}: {Where.Familiar}");
        }
    }

    /// <summary>"Your Thursday, 3 Dec: 2 bookings and events", "Ihr Donnerstag, 03.12.: 2 Termine".</summary>
    public Words Subject
    {
        get
        {
            var (day, date) = (TimeWords.DayName(Day.Date.DayOfWeek), TimeWords.ShortDay(Day.Date));
            return new(
                $"Your {day.English}, {Date(date.English)}: {Count.English}",
                $"Ihr {day.German}, {Date(date.German)}: {Count.German}",
                $"Dein {day.Familiar}, {Date(date.Familiar)}: {Count.Familiar}");

            static string Date(string shortDay) => shortDay[(shortDay.IndexOf(' ', StringComparison.Ordinal) + 1)..];
        }
    }

    /// <summary>"1 booking", "3 events", "2 bookings and events"; "2 Termine".</summary>
    public Words Count
    {
        get
        {
            var (all, bookings) = (Day.Items.Count, Day.Items.Count(item => item.Booking is not null));
            var things = bookings == 0 ? "event" : "booking";
            var english = (all, bookings) switch
            {
                (1, _) => $"1 {things}",
                _ when bookings == 0 || bookings == all => $"{all} {things}s",
                _ => $"{all} bookings and events",
            };
            return new(english, all == 1 ? "1 Termin" : $"{all} Termine");
        }
    }

    private Words Where =>
        HubWords.Listed([.. Day.Places.Select(place => new Words(place.Site.Name, place.Site.Name))]) is { English.Length: > 0 } names
            ? new($"at {names.English}", names.German)
            : new("online", "online");

    /// <summary>Several sites on one day: travelling between them takes time.</summary>
    public bool Travels => Day.Places.Count > 1;
}

/// <summary>One thing on the day.</summary>
public sealed record DayDigestPart(DayItem Item, DateTimeZone Zone, LocalDate Date, Uri Page)
{
    public IReadOnlyList<EmailFact> Lines =>
    [
        new(Speak.T("When", "Wann"), When),
        new(Speak.T("What", "Was"), What),
        new(Speak.T("Where", "Wo"), Where),
    ];

    public string LinkText => Item.Booking is not null
        ? Speak.T("Change or cancel booking", "Buchung ändern oder stornieren")
        : Speak.T("View event", "Veranstaltung ansehen");

    /// <summary>Hours only, unless it begins or ends on another day.</summary>
    private string When => Item.Local.Start.Date == Date && Item.Local.LastDate == Date
        ? TimeWords.Hours(Item.Local.Start.TimeOfDay, Item.Local.End.TimeOfDay).Here
        : TimeWords.Span(Item.Local).Here;

    private string What => Item switch
    {
        { Event: { } evt } => evt.Title.Here,
        { Space: { } space, Booking.Title: { } title } => $"{SpaceWords.Named(space).Here}: {title}",
        { Space: { } space } => SpaceWords.Named(space).Here,
        _ => Speak.T("Booking", "Buchung"),
    };

    private string Where
    {
        get
        {
            if (!Item.IsOnSite)
                return "Online";
            var site = Item.Place.Site;
            var address = $"{site.Name}, {site.Street}, {site.PostCode} {site.City}";
            return Item is { Event: not null, Space: { } room } ? $"{room.Name}, {address}" : address;
        }
    }
}
