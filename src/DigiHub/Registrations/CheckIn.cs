using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Keys;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Registrations;

/// <param name="At">When they were checked in first.</param>
/// <param name="WasAlready">This is a second scan; At tells when the first was.</param>
public sealed record CheckedIn(Registration Registration, Words EventTitle, Instant At, bool WasAlready);

/// <summary>
/// Checks somebody in. Only the event's organiser, the front desk and administrators. Refuses with not_found,
/// event_cancelled, still_waiting, registration_cancelled, too_early_to_check_in before the day of the event (at night: before the
/// twelve hours ahead of it), and other_event for a ticket of another one.
/// </summary>
public sealed class CheckIn(UnitOfWork unitOfWork, Catalogue catalogue, HubTokenSigner tokenSigner, IClock clock)
{
    /// <summary>For events soon after midnight, whose people come the evening before.</summary>
    public static readonly Duration OpensBefore = Duration.FromHours(12);

    /// <param name="along">What else is written in the same commit.</param>
    public async Task<Outcome<CheckedIn>> Run(
        Guid registrationId, Guid actorId, CancellationToken stop, Alongside<CheckedIn>? along = null) =>
        await Receive(registrationId, eventId: null, actorId, await catalogue.Map(stop), along, stop);

    /// <param name="code">What the ticket's QR code says.</param>
    /// <param name="eventId">Where the scanner stands; null: any event of theirs.</param>
    public async Task<Outcome<CheckedIn>> ByTicket(string code, Guid? eventId, Guid actorId, CancellationToken stop) =>
        (await tokenSigner.Get(stop)).Open(TokenPurpose.Ticket, code) is { } registrationId
            ? await Receive(registrationId, eventId, actorId, await catalogue.Map(stop), along: null, stop)
            : NoTicket;

    /// <summary>For a code that is no ticket: a link to something else, half a scan, a ticket of another hub.</summary>
    private static Refusal NoTicket { get; } = Refusal.NotFound with
    {
        Message = new(
            "Ticket not found. Scan it again, or search by name below.",
            "Ticket nicht gefunden. Scannen Sie es noch einmal oder suchen Sie unten nach dem Namen.",
            "Ticket nicht gefunden. Scanne es noch einmal oder suche unten nach dem Namen."),
    };

    private Task<Outcome<CheckedIn>> Receive(
        Guid registrationId, Guid? eventId, Guid actorId, HubDirectory map, Alongside<CheckedIn>? along, CancellationToken stop) =>
        unitOfWork.Run(async db =>
        {
            if (await LockedRegistration.Take(db, registrationId, stop) is not var (registration, evt))
                return Refusal.NotFound;
            if (!evt.MayBeReceivedBy(await db.Viewer(actorId, clock.GetCurrentInstant(), stop)))
                return Refusal.NotFound;
            var now = clock.GetCurrentInstant();
            if (Turned(registration, evt, eventId, map.Place(evt.SiteId)!.Time, now) is { } refusal)
                return refusal;
            if (registration.CheckedInAt is { } first)
                return (Outcome<CheckedIn>)new CheckedIn(registration, evt.Title, first, WasAlready: true);

            registration.CheckIn(actorId, now);
            db.Record(now, actorId, RegistrationActs.CheckedIn, registration.Id);
            return new CheckedIn(registration, evt.Title, now, WasAlready: false);
        }, stop, along);

    /// <summary>Why they cannot be checked in; null if they can.</summary>
    private static Refusal? Turned(Registration registration, Event evt, Guid? eventId, SiteTime site, Instant now)
    {
        if (eventId is { } here && here != evt.Id)
        {
            var day = TimeWords.OnDay(site.DateOf(evt.Start));
            return new("other_event", new(
                $"This ticket is for “{evt.Title.Words.English}” on {day.English}.",
                $"Dieses Ticket gilt für „{evt.Title.Words.German}“ am {day.German}."));
        }

        if (evt.Status == EventStatus.Cancelled)
            return new("event_cancelled", new("This event is cancelled.", "Diese Veranstaltung ist abgesagt."));
        return registration.Status switch
        {
            RegistrationStatus.Waiting => new("still_waiting", new(
                $"{registration.Name} is on the waiting list and has no seat yet.",
                $"{registration.Name} steht auf der Warteliste und hat noch keinen Platz.")),
            RegistrationStatus.Cancelled => new("registration_cancelled", new(
                $"{registration.Name}’s registration is cancelled.",
                $"Die Anmeldung von {registration.Name} ist storniert.")),
            _ => IsTooEarly(evt, site, now) ? TooEarly(evt) : null,
        };
    }

    private static bool IsTooEarly(Event evt, SiteTime site, Instant now) =>
        now < evt.Start - OpensBefore && site.DateOf(now) < site.DateOf(evt.Start);

    private static Refusal TooEarly(Event evt)
    {
        var (day, time) = (TimeWords.OnDay(evt.StartLocal.Date), TimeWords.Clock(evt.StartLocal.TimeOfDay));
        return new("too_early_to_check_in", new(
            $"It’s too early. The event starts on {day.English} at {time.English}. Check-in opens that day.",
            $"Es ist noch zu früh. Die Veranstaltung beginnt am {day.German}, um {time.German} Uhr. Der Check-in öffnet an diesem Tag."));
    }
}
