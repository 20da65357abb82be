using DigiHub.Bookings;
using DigiHub.Closures;
using DigiHub.Demo;
using DigiHub.Events;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Operations;
using DigiHub.Registrations;
using DigiHub.Sites;
using DigiHub.Spaces;
using DigiHub.Time;
using DigiHub.Webhooks;

namespace DigiHub.Web.Notifications;

/// <summary>
/// One example of every e-mail, in the hub's own rooms and with the fixed cast of the demo: what the gallery shows and what the
/// approved texts are made from. A new kind of e-mail needs its example here, a new reading of one its name in <see cref="EmailSample"/>.
/// </summary>
public sealed class EmailSamples
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

    private EmailSamples(SiteContext place, Space smallRoom, Space hall, Space elsewhere, Guid memberId, Instant now)
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
            Reason = new("Die Heizung wird erneuert.", "The heating is being renewed."),
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
    /// <param name="memberId">Whose e-mails they are.</param>
    public static EmailSamples? In(HubDirectory map, Guid memberId, Instant now)
    {
        var place = map.Places.FirstOrDefault(site => map.Offered(site.Site.Id, SpaceKind.Room).Any());
        if (place is null)
            return null;
        var rooms = map.Offered(place.Site.Id, SpaceKind.Room).OrderBy(room => room.Capacity).ThenBy(room => room.Name, StringComparer.Ordinal).ToList();
        var elsewhere = map.Places.SelectMany(site => map.Offered(site.Site.Id, SpaceKind.Desk)).OrderBy(desk => desk.SiteId == place.Site.Id).FirstOrDefault() ?? rooms[0];
        return new EmailSamples(place, rooms[0], rooms[^1], elsewhere, memberId, now);
    }

    /// <summary>What the e-mails tell of. To be laid into a database of their own, never into the hub's.</summary>
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

    public Notification Of(NotificationType kind, Language language, PersonName? name = null, EmailAddress? email = null) => Of(new EmailSample(kind), language, name, email);

    public Notification Of(EmailSample sample, Language language, PersonName? name = null, EmailAddress? email = null)
    {
        var notification = Alone(sample, language, name, email);
        if (sample.Reading == EmailSample.Several)
            notification.Carries = [Of(NotificationType.BookingReminder, language), Of(NotificationType.RegistrationStandBy, language)];
        return notification;
    }

    private Notification Alone(EmailSample sample, Language language, PersonName? name, EmailAddress? email)
    {
        var notification = Unsent(sample, language, name, email);
        notification.Told = sample.Kind switch
        {
            NotificationType.BookingConfirmed or NotificationType.BookingMoved or NotificationType.RegistrationConfirmed or NotificationType.RegistrationPromoted =>
                new CalendarTold(Sequence: 7, Facts: "as it stands"),
            NotificationType.EventChanged when !IsToWaiting(sample) => new CalendarTold(Sequence: 7, Facts: "as it stands"),
            NotificationType.BookingCancelled or NotificationType.RegistrationCancelled or NotificationType.EventCancelled => new CalendarTold(Sequence: 7, Facts: null),
            _ => null,
        };
        return notification;
    }

    private Notification Unsent(EmailSample sample, Language language, PersonName? name, EmailAddress? email) => new()
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
            : sample.Kind == NotificationType.RegistrationToConfirm ? heldId
            : IsToWaiting(sample) ? waitingId : registrationId,
        SignInLinkId = sample.Kind == NotificationType.SignInLink ? linkId : null,
        AddressCheckId = sample.Kind is NotificationType.AddressToConfirm or NotificationType.AccountAddressToConfirm ? addressId : null,
        Note = NoteOf(sample),
        WrittenAt = now,
        DueAt = now,
        NextAttemptAt = now,
    };

    private static bool IsOfBooking(NotificationType kind) => kind is NotificationType.BookingConfirmed or NotificationType.BookingMoved
        or NotificationType.BookingCancelled or NotificationType.BookingReminder;

    private static bool IsOfRegistration(NotificationType kind) => kind is NotificationType.RegistrationConfirmed or NotificationType.RegistrationWaiting
        or NotificationType.RegistrationPromoted or NotificationType.RegistrationCancelled or NotificationType.RegistrationStandBy
        or NotificationType.EventReminder or NotificationType.EventChanged or NotificationType.EventCancelled
        or NotificationType.AddressToConfirm or NotificationType.DeclineToConfirm or NotificationType.RegistrationToConfirm;

    private static bool IsToWaiting(EmailSample sample) =>
        sample.Kind is NotificationType.RegistrationWaiting or NotificationType.RegistrationStandBy || sample.Reading == EmailSample.Waiting;

    private string? NoteOf(EmailSample sample) => sample.Kind switch
    {
        _ when sample.Reading == EmailSample.Late => RegistrationNote.StandsInForReminder,
        _ when sample.Reading == EmailSample.Again => RegistrationNote.Again,
        NotificationType.EventChanged when sample.Reading == EmailSample.Slight =>
            new ChangeNote(EventFacts.Of(Event) with { Start = Event.StartLocal.PlusMinutes(-30), End = Event.EndLocal.PlusMinutes(-30) }, null).Written,
        NotificationType.Alarm when Enum.TryParse<AlarmCause>(sample.Reading, out var cause) => new AlarmNote(cause, 17).Written,
        NotificationType.WebhookStopped when Enum.TryParse<WebhookStop>(sample.Reading, out var why) => new WebhookStopNote(eventId, "Hub-Chat", why, "").Written,
        NotificationType.SiteClosure when sample.Reading == EmailSample.Open =>
            ClosureNotifications.NoteOf(DeskElsewhere.SiteId, DeskElsewhere.StartLocal.Date, DeskElsewhere.StartLocal.Date),
        NotificationType.SiteClosure => ClosureNotifications.NoteOf(Booking.SiteId, Booking.StartLocal.Date, Booking.StartLocal.Date),
        NotificationType.DayDigest => NodaTime.Text.LocalDatePattern.Iso.Format(Event.StartLocal.Date),
        NotificationType.BookingMoved => BookingEmailNote(Booking.StartLocal.PlusHours(-1), Booking.EndLocal.PlusHours(-1)),
        NotificationType.EventChanged => new ChangeNote(
            EventFacts.Of(Event) with { Start = Event.StartLocal.PlusDays(-1), End = Event.EndLocal.PlusDays(-1), SpaceId = smallRoom.Id },
            "Wegen der großen Nachfrage ziehen wir um.\nBecause so many want to come, we are moving.").Written,
        NotificationType.DeclineToConfirm => "0",
        NotificationType.TokenMade => tokenId.ToString("N"),
        NotificationType.WebhookStopped => new WebhookStopNote(eventId, "Hub-Chat", WebhookStop.Failing, "HTTP 503").Written,
        NotificationType.Alarm => new AlarmNote(AlarmCause.RelayPaused, 17, "535 5.7.8 Error: authentication failed").Written,
        NotificationType.EventCancelled => "Die Referentin ist erkrankt. The speaker is ill.",
        _ => null,
    };

    private static string BookingEmailNote(LocalDateTime start, LocalDateTime end) =>
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
            Title = new("IoT-Sicherheitssprechstunde", "IoT security clinic"),
            Topic = "iot",
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
