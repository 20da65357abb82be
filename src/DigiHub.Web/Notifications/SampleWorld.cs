using DigiHub.Bookings;
using DigiHub.Demo;
using DigiHub.Events;
using DigiHub.Registrations;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Web.Notifications;

/// <summary>
/// What the examples of e-mails tell of, in the hub's own rooms and with the fixed cast of the demo: things that several capabilities write
/// about. What only one writes about comes with its examples.
/// </summary>
public sealed class SampleWorld
{
    private static readonly Guid bookingId = new("0198b1a0-0000-7000-8000-00000000b001");
    private static readonly Guid deskBookingId = new("0198b1a0-0000-7000-8000-00000000b002");
    private static readonly Guid eventId = new("0198b1a0-0000-7000-8000-00000000e000");
    private static readonly Guid registrationId = new("0198b1a0-0000-7000-8000-00000000e001");
    private static readonly Guid waitingId = new("0198b1a0-0000-7000-8000-00000000e002");
    private static readonly Guid heldId = new("0198b1a0-0000-7000-8000-00000000e003");

    private SampleWorld(SiteContext place, Space smallRoom, Space hall, Space elsewhere, Guid memberId, Instant now)
    {
        (MemberId, Now, SmallRoom) = (memberId, now, smallRoom);
        var monday = place.Time.DateOf(now).Next(IsoDayOfWeek.Monday);
        Booking = BookingOf(bookingId, smallRoom, "Weekly & plans",
            new(monday.PlusDays(1).At(new(9, 0)), monday.PlusDays(1).At(new(11, 0))), place);
        DeskElsewhere =
            BookingOf(deskBookingId, elsewhere, null, new(monday.PlusDays(3).At(new(9, 0)), monday.PlusDays(3).At(new(13, 0))), place);
        Event = EventOn(monday.PlusDays(3), place, hall);
        Held = RegistrationOf(heldId, RegistrationStatus.Confirmed, number: 3);
        (Held.MemberId, Held.ConfirmBy) = (null, now + Registration.HoldMax);
        (Seated, Waiting) = (RegistrationOf(registrationId, RegistrationStatus.Confirmed, number: 1),
            RegistrationOf(waitingId, RegistrationStatus.Waiting, number: 2));
    }

    /// <summary>Whose e-mails they are.</summary>
    public Guid MemberId { get; }

    public Instant Now { get; }

    public Space SmallRoom { get; }

    public Booking Booking { get; }

    /// <summary>On the day of the event, at another site if there is one.</summary>
    public Booking DeskElsewhere { get; }

    public Event Event { get; }

    public Registration Seated { get; }

    public Registration Waiting { get; }

    /// <summary>A guest's, not confirmed yet.</summary>
    public Registration Held { get; }

    public IEnumerable<object> Rows => [Booking, DeskElsewhere, Event, Seated, Waiting, Held];

    /// <summary>Null in a hub without rooms: there is nothing to write about yet.</summary>
    /// <param name="memberId">Whose e-mails they are.</param>
    public static SampleWorld? In(HubDirectory map, Guid memberId, Instant now)
    {
        var place = map.Places.FirstOrDefault(site => map.Offered(site.Site.Id, SpaceKind.Room).Any());
        if (place is null)
            return null;
        var rooms = map.Offered(place.Site.Id, SpaceKind.Room).OrderBy(room => room.Capacity)
            .ThenBy(room => room.Name, StringComparer.Ordinal).ToList();
        var elsewhere = map.Places.SelectMany(site => map.Offered(site.Site.Id, SpaceKind.Desk))
            .OrderBy(desk => desk.SiteId == place.Site.Id).FirstOrDefault() ?? rooms[0];
        return new SampleWorld(place, rooms[0], rooms[^1], elsewhere, memberId, now);
    }

    private Registration RegistrationOf(Guid id, RegistrationStatus status, int number) => new()
    {
        Id = id,
        EventId = eventId,
        MemberId = status == RegistrationStatus.Confirmed ? MemberId : null,
        Name = DemoCast.Ada.Name,
        // one person, seated and waiting: only here
        Email = number == 1 ? DemoCast.Ada.Email : EmailAddress.Of($"{number}.{DemoCast.Ada.Email}"),
        Language = Language.English,
        Status = status,
        Number = number,
        RegisteredAt = Now,
    };

    private Booking BookingOf(Guid id, Space space, string? title, LocalSpan local, SiteContext place) => new()
    {
        Id = id,
        SpaceId = space.Id,
        SiteId = space.SiteId,
        MemberId = MemberId,
        BookedById = MemberId,
        Title = title,
        StartLocal = local.Start,
        EndLocal = local.End,
        Start = place.Time.Shifted(local.Start),
        End = place.Time.Shifted(local.End),
        CreatedAt = Now,
    };

    private Event EventOn(LocalDate day, SiteContext place, Space hall)
    {
        var (start, end) = (day.At(new LocalTime(18, 0)), day.At(new LocalTime(20, 0)));
        return new Event
        {
            Id = eventId,
            Slug = "iot-security-clinic",
            OrganiserId = MemberId,
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
            CreatedAt = Now,
        };
    }
}
