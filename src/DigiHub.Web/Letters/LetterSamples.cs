using DigiHub.Bookings;
using DigiHub.Closures;
using DigiHub.Demo;
using DigiHub.Events;
using DigiHub.Letters;
using DigiHub.Members;
using DigiHub.Operations;
using DigiHub.Registrations;
using DigiHub.Sites;
using DigiHub.Spaces;
using DigiHub.Time;
using DigiHub.Webhooks;

namespace DigiHub.Web.Letters;

/// <summary>
/// One example of every letter, in the hub's own rooms and with the fixed cast of the demo: what the gallery shows and what the
/// approved texts are made from. A new kind of letter needs its example here, a new reading of one its name in <see cref="LetterSample"/>.
/// </summary>
public sealed class LetterSamples
{
    private static readonly Guid bookingId = new("0198b1a0-0000-7000-8000-00000000b001");
    private static readonly Guid deskBookingId = new("0198b1a0-0000-7000-8000-00000000b002");
    private static readonly Guid eventId = new("0198b1a0-0000-7000-8000-00000000e000");
    private static readonly Guid registrationId = new("0198b1a0-0000-7000-8000-00000000e001");
    private static readonly Guid waitingId = new("0198b1a0-0000-7000-8000-00000000e002");
    private static readonly Guid heldId = new("0198b1a0-0000-7000-8000-00000000e003");
    private static readonly Guid linkId = new("0198b1a0-0000-7000-8000-00000000a001");
    private static readonly Guid addressId = new("0198b1a0-0000-7000-8000-00000000a002");

    private static readonly Guid tokenId = new("0198b1a0-0000-7000-8000-00000000a003");

    private readonly Guid memberId;
    private readonly Instant now;
    private readonly Space smallRoom;

    private LetterSamples(SiteContext place, Space smallRoom, Space hall, Space elsewhere, Guid memberId, Instant now)
    {
        (this.memberId, this.now, this.smallRoom) = (memberId, now, smallRoom);
        var monday = place.Time.DateOf(now).Next(IsoDayOfWeek.Monday);
        Booking = BookingOf(bookingId, smallRoom, "Weekly & plans", new(monday.PlusDays(1).At(new(9, 0)), monday.PlusDays(1).At(new(11, 0))), place);
        DeskElsewhere = BookingOf(deskBookingId, elsewhere, null, new(monday.PlusDays(3).At(new(9, 0)), monday.PlusDays(3).At(new(13, 0))), place);
        Closure = new Closure
        {
            SiteId = place.Site.Id,
            From = monday.PlusDays(1),
            Through = monday.PlusDays(2),
            ReasonGerman = "Die Heizung wird erneuert.",
            ReasonEnglish = "The heating is being renewed.",
        };
        Event = EventOn(monday.PlusDays(3), place, hall);
        Held = RegistrationOf(heldId, RegistrationStatus.Confirmed, number: 3);
        (Held.MemberId, Held.ConfirmBy) = (null, now + Registration.HoldMax);
        (Seated, Waiting) = (RegistrationOf(registrationId, RegistrationStatus.Confirmed, number: 1), RegistrationOf(waitingId, RegistrationStatus.Waiting, number: 2));
    }

    public Booking Booking { get; }

    /// <summary>On the day of the event, at another site if there is one.</summary>
    public Booking DeskElsewhere { get; }

    /// <summary>On the day of the booking.</summary>
    public Closure Closure { get; }

    public Event Event { get; }

    public Registration Seated { get; }

    public Registration Waiting { get; }

    /// <summary>A guest's, not confirmed yet.</summary>
    public Registration Held { get; }

    /// <summary>Null in a hub without rooms: there is nothing to write about yet.</summary>
    /// <param name="memberId">Whose letters they are.</param>
    public static LetterSamples? In(HubDirectory map, Guid memberId, Instant now)
    {
        var place = map.Places.FirstOrDefault(site => map.Offered(site.Site.Id, SpaceKind.Room).Any());
        if (place is null)
            return null;
        var rooms = map.Offered(place.Site.Id, SpaceKind.Room).OrderBy(room => room.Capacity).ThenBy(room => room.Name, StringComparer.Ordinal).ToList();
        var elsewhere = map.Places.SelectMany(site => map.Offered(site.Site.Id, SpaceKind.Desk)).OrderBy(desk => desk.SiteId == place.Site.Id).FirstOrDefault() ?? rooms[0];
        return new LetterSamples(place, rooms[0], rooms[^1], elsewhere, memberId, now);
    }

    /// <summary>What the letters tell of. To be laid into a database of their own, never into the hub's.</summary>
    public IEnumerable<object> Rows =>
    [
        Booking, DeskElsewhere, Closure, Event, Seated, Waiting, Held,
        new SignInLink { Id = linkId, MemberId = memberId, ExpiresAt = now + SignInLink.Life },
        new AddressChange { Id = addressId, MemberId = memberId, Email = DemoCast.Ada.Email, SecurityStamp = "", ExpiresAt = now + AddressChange.Life },
        new AccessToken
        {
            Id = tokenId, MemberId = memberId, Use = TokenUse.Api, Name = "Türschild", Hash = [0], CreatedAt = now, ExpiresAt = now + AccessToken.LifeMax,
        },
        new AddressCheck { Id = addressId, RegistrationId = registrationId, Email = DemoCast.Ada.Email, AskedAt = now, ExpiresAt = now + AddressCheck.Life },
    ];

    public Letter Of(LetterKind kind, Language language, PersonName? name = null, EmailAddress? email = null) => Of(new LetterSample(kind), language, name, email);

    public Letter Of(LetterSample sample, Language language, PersonName? name = null, EmailAddress? email = null)
    {
        var letter = Alone(sample, language, name, email);
        if (sample.Reading == LetterSample.Several)
            letter.Carries = [Of(LetterKind.BookingReminder, language), Of(LetterKind.RegistrationStandBy, language)];
        return letter;
    }

    private Letter Alone(LetterSample sample, Language language, PersonName? name, EmailAddress? email)
    {
        var letter = Unsent(sample, language, name, email);
        letter.Told = sample.Kind switch
        {
            LetterKind.BookingConfirmed or LetterKind.BookingMoved or LetterKind.RegistrationConfirmed or LetterKind.RegistrationPromoted =>
                new CalendarTold(Sequence: 7, Facts: "as it stands"),
            LetterKind.EventChanged when !IsToWaiting(sample) => new CalendarTold(Sequence: 7, Facts: "as it stands"),
            LetterKind.BookingCancelled or LetterKind.RegistrationCancelled or LetterKind.EventCancelled => new CalendarTold(Sequence: 7, Facts: null),
            _ => null,
        };
        return letter;
    }

    private Letter Unsent(LetterSample sample, Language language, PersonName? name, EmailAddress? email) => new()
    {
        Id = Guid.CreateVersion7(now.ToDateTimeOffset()),
        Kind = sample.Kind,
        Purpose = $"sample:{sample.Kind}:{sample.Reading}:{language}",
        RecipientName = name ?? DemoCast.Ada.Name,
        RecipientEmail = email ?? DemoCast.Ada.Email,
        Language = language,
        MemberId = memberId,
        BookingId = IsOfBooking(sample.Kind) ? bookingId : null,
        EventId = IsOfRegistration(sample.Kind) ? eventId : null,
        RegistrationId = !IsOfRegistration(sample.Kind) ? null
            : sample.Kind == LetterKind.RegistrationToConfirm ? heldId
            : IsToWaiting(sample) ? waitingId : registrationId,
        SignInLinkId = sample.Kind == LetterKind.SignInLink ? linkId : null,
        AddressCheckId = sample.Kind is LetterKind.AddressToConfirm or LetterKind.AccountAddressToConfirm ? addressId : null,
        Note = NoteOf(sample),
        WrittenAt = now,
        DueAt = now,
        NextAttemptAt = now,
    };

    private static bool IsOfBooking(LetterKind kind) => kind is LetterKind.BookingConfirmed or LetterKind.BookingMoved
        or LetterKind.BookingCancelled or LetterKind.BookingReminder;

    private static bool IsOfRegistration(LetterKind kind) => kind is LetterKind.RegistrationConfirmed or LetterKind.RegistrationWaiting
        or LetterKind.RegistrationPromoted or LetterKind.RegistrationCancelled or LetterKind.RegistrationStandBy
        or LetterKind.EventReminder or LetterKind.EventChanged or LetterKind.EventCancelled
        or LetterKind.AddressToConfirm or LetterKind.DeclineToConfirm or LetterKind.RegistrationToConfirm;

    private static bool IsToWaiting(LetterSample sample) =>
        sample.Kind is LetterKind.RegistrationWaiting or LetterKind.RegistrationStandBy || sample.Reading == LetterSample.Waiting;

    private string? NoteOf(LetterSample sample) => sample.Kind switch
    {
        _ when sample.Reading == LetterSample.Late => RegistrationNote.StandsInForReminder,
        _ when sample.Reading == LetterSample.Again => RegistrationNote.Again,
        LetterKind.EventChanged when sample.Reading == LetterSample.Slight =>
            new ChangeNote(EventFacts.Of(Event) with { Start = Event.StartLocal.PlusMinutes(-30), End = Event.EndLocal.PlusMinutes(-30) }, null).Written,
        LetterKind.Alarm when Enum.TryParse<AlarmCause>(sample.Reading, out var cause) => new AlarmNote(cause, 17).Written,
        LetterKind.WebhookStopped when Enum.TryParse<WebhookStop>(sample.Reading, out var why) => new WebhookStopNote(eventId, "Hub-Chat", why, "").Written,
        LetterKind.SiteClosure when sample.Reading == LetterSample.Open =>
            ClosureLetters.NoteOf(DeskElsewhere.SiteId, DeskElsewhere.StartLocal.Date, DeskElsewhere.StartLocal.Date),
        LetterKind.SiteClosure => ClosureLetters.NoteOf(Booking.SiteId, Booking.StartLocal.Date, Booking.StartLocal.Date),
        LetterKind.DayDigest => NodaTime.Text.LocalDatePattern.Iso.Format(Event.StartLocal.Date),
        LetterKind.BookingMoved => BookingLetterNote(Booking.StartLocal.PlusHours(-1), Booking.EndLocal.PlusHours(-1)),
        LetterKind.EventChanged => new ChangeNote(
            EventFacts.Of(Event) with { Start = Event.StartLocal.PlusDays(-1), End = Event.EndLocal.PlusDays(-1), SpaceId = smallRoom.Id },
            "Wegen der großen Nachfrage ziehen wir um.\nBecause so many want to come, we are moving.").Written,
        LetterKind.DeclineToConfirm => "0",
        LetterKind.TokenMade => tokenId.ToString("N"),
        LetterKind.WebhookStopped => new WebhookStopNote(eventId, "Hub-Chat", WebhookStop.Failing, "HTTP 503").Written,
        LetterKind.Alarm => new AlarmNote(AlarmCause.RelayPaused, 17, "535 5.7.8 Error: authentication failed").Written,
        LetterKind.EventCancelled => "Die Referentin ist erkrankt. The speaker is ill.",
        _ => null,
    };

    private static string BookingLetterNote(LocalDateTime start, LocalDateTime end) =>
        $"{NodaTime.Text.LocalDateTimePattern.GeneralIso.Format(start)}/{NodaTime.Text.LocalDateTimePattern.GeneralIso.Format(end)}";

    private Registration RegistrationOf(Guid id, RegistrationStatus status, int number) => new()
    {
        Id = id,
        EventId = eventId,
        MemberId = status == RegistrationStatus.Confirmed ? memberId : null,
        Name = DemoCast.Ada.Name,
        Email = number == 1 ? DemoCast.Ada.Email : EmailAddress.Of($"{number}.{DemoCast.Ada.Email}"), // one person, seated and waiting: only here
        Language = Language.English,
        Status = status,
        Number = number,
        RegisteredAt = now,
    };

    private Booking BookingOf(Guid id, Space space, string? title, LocalSpan local, SiteContext place) => new()
    {
        Id = id,
        SpaceId = space.Id,
        SiteId = space.SiteId,
        MemberId = memberId,
        BookedById = memberId,
        Title = title,
        StartLocal = local.Start,
        EndLocal = local.End,
        Start = place.Time.Shifted(local.Start),
        End = place.Time.Shifted(local.End),
        CreatedAt = now,
    };

    private Event EventOn(LocalDate day, SiteContext place, Space hall)
    {
        var (start, end) = (day.At(new LocalTime(18, 0)), day.At(new LocalTime(20, 0)));
        return new Event
        {
            Id = eventId,
            Slug = "iot-security-clinic",
            OrganiserId = memberId,
            Status = DigiHub.Events.EventStatus.Published,
            TitleGerman = "IoT-Sicherheitssprechstunde",
            TitleEnglish = "IoT security clinic",
            Topic = Topic.IoT,
            Format = EventFormat.Hybrid,
            SiteId = hall.SiteId,
            SpaceId = hall.Id,
            JoinLink = "https://meet.example/iot",
            StartLocal = start,
            EndLocal = end,
            Start = place.Time.Shifted(start),
            End = place.Time.Shifted(end),
            Capacity = hall.Capacity,
            CreatedAt = now,
        };
    }
}
