using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Mail;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Reminders;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Registrations;

/// <summary>Somebody wants a seat: a member by their id, or a guest by name and address.</summary>
/// <param name="Language">Of the notifications to a guest; a member's own language counts for members.</param>
/// <param name="Along">What else is written in the same commit.</param>
public sealed record RegisterRequest(
    Guid EventId, Guid? MemberId = null, PersonName? GuestName = null, EmailAddress? GuestEmail = null,
    Language Language = Language.German, bool WantsReminders = true, Alongside<Registered>? Along = null);

/// <summary>
/// What the person who registered may see. Does not reveal to a guest whether the address was registered before: they see
/// what a new attendee would, and the notification to the address has the rest.
/// </summary>
/// <param name="Place">Place on the waiting list, from 1; null with a seat.</param>
/// <param name="Registration">For members only.</param>
/// <param name="WasAlready">The member was registered before; nothing has changed. Always false for a guest.</param>
public sealed record Registered(
    Guid EventId, RegistrationStatus Status, int? Place, EmailAddress Email, Registration? Registration, bool WasAlready)
{
    /// <summary>Until when at the latest a guest has to confirm, by the link in the notification; null for members.</summary>
    public Instant? HeldUntil { get; init; }
}

/// <summary>
/// The only code that gives seats and adds a registration: takes the event's lock, counts the rows, gives a
/// seat or the next place on the waiting list, with the notification and the reminders in the same commit. A guest's place is held
/// until the link in the first notification is confirmed (<see cref="ConfirmRegistration"/>); reminders come only then. Registering again
/// after cancelling reuses the old row, with a new number. Refuses with not_found, name_missing, email_missing,
/// registration_not_open, registration_closed, event_started, event_cancelled, event_full and confirm_first.
/// </summary>
public sealed class Register(UnitOfWork unitOfWork, HubDbFactory databases, Catalogue catalogue, RelayReach reach, IClock clock)
{
    /// <summary>At most this many notifications a day to somebody who was registered already, against flooding a mailbox.</summary>
    public const int AgainMax = 3;

    public async Task<Outcome<Registered>> Run(RegisterRequest request, CancellationToken stop)
    {
        var person = request.MemberId is { } memberId ? await Known(memberId, request, stop) : Guest(request);
        if (!person.IsDone)
            return person.Refusal;
        var map = await catalogue.Map(stop);

        return await unitOfWork.Run(db => GiveSeat(db, map, request.EventId, person.Value, stop), stop, request.Along);
    }

    private async Task<Outcome<Registered>> GiveSeat(HubDb db, HubDirectory map, Guid eventId, Person person, CancellationToken stop)
    {
        await db.AcquireLocks([LockKey.OfEvent(eventId)], stop);
        if (await Seats.Count(db, eventId, stop) is not { } seats)
            return Refusal.NotFound;

        var now = clock.GetCurrentInstant();
        var evt = seats.Event;
        var place = map.Place(evt.SiteId)!;
        var mine = seats.LastNumber == 0 ? null : await Earlier(db, eventId, person, stop);
        if (mine?.HasLapsed(now) == true)
        {
            await LapseRegistrations.OfEvent(db, evt, place, now, stop);
            await db.SaveChangesAsync(stop);
            seats = (await Seats.Count(db, eventId, stop))!;
        }

        if (mine is { IsLive: true } && person.MemberId is not null)
            return await Already(db, mine, person, evt, place, now, stop);
        if (RegistrationRefusals.ByState(evt, evt.RegistrationState(now, seats.Taken, seats.Waiting), place.Time) is { } refusal)
            return refusal;

        var status = seats.HasOneFor ? RegistrationStatus.Confirmed : RegistrationStatus.Waiting;
        int? onTheList = seats.HasOneFor ? null : seats.Waiting + 1;
        if (mine is { IsLive: true })
        {
            await TellAgain(db, mine, person, evt, place.Time, now, stop);
            return AsNewcomer(person.Email);
        }

        if (person.MemberId is null && await HeldFor(db, person.Email, stop) >= Registration.HeldPerAddressMax)
            return RegistrationRefusals.ConfirmFirst;
        var isNew = mine is null;
        var registration = mine ?? Add(db, evt, person, now);
        registration.Take(status, seats.LastNumber + 1, person, evt, now);
        db.Record(now, person.MemberId, RegistrationActs.Created, registration.Id, status.ToString());
        if (registration.IsHeld)
        {
            RegistrationEmails.WriteToConfirm(db, registration, evt, now);
            return AsNewcomer(registration.Email);
        }

        RegistrationEmails.WriteSettled(db, registration, evt, place, now);
        if (isNew)
            ScheduleReminders.ForNewcomer(db, evt, place, registration, now);
        else
            await ScheduleReminders.ForAll(db, evt, place, [registration], now, stop);
        return new Registered(eventId, status, onTheList, registration.Email, registration, WasAlready: false);

        Registered AsNewcomer(EmailAddress email) =>
            new(eventId, status, onTheList, email, Registration: null, WasAlready: false) { HeldUntil = Registration.HeldUntil(evt, now) };
    }

    private static Registration Add(HubDb db, Event evt, Person person, Instant now)
    {
        var registration = new Registration
        {
            Id = Guid.CreateVersion7(now.ToDateTimeOffset()),
            EventId = evt.Id,
            Name = person.Name,
            Email = person.Email,
            Language = person.Language,
            Number = 0,
            RegisteredAt = now,
            Revision = 0,
        };
        db.Registrations.Add(registration);
        return registration;
    }

    /// <summary>A member who registers twice, or as a guest before, has what they want.</summary>
    private static async Task<Outcome<Registered>> Already(
        HubDb db, Registration mine, Person person, Event evt, SiteContext site, Instant now, CancellationToken stop)
    {
        mine.MemberId ??= person.MemberId; // made as a guest, with an address that is this member's own
        if (mine.IsHeld)
            await ConfirmRegistration.Settle(db, mine, evt, site, now, stop);
        var place = await Place.Of(db, mine, stop);
        return new Registered(mine.EventId, mine.Status, place, mine.Email, mine, WasAlready: true);
    }

    /// <summary>Existing registrations are revealed to the mailbox only; two people who share one learn of each other there.</summary>
    private static async Task TellAgain(
        HubDb db, Registration mine, Person person, Event evt, SiteTime site, Instant now, CancellationToken stop)
    {
        var today = site.DateOf(now);
        var notification = mine.IsHeld || person.Name.SearchKey == mine.NameKey
            ? RegistrationEmails.AgainOf(mine, evt, today, now)
            : RegistrationEmails.AgainAs(mine, evt, person.Name, today, now);
        var (purpose, email, ofToday) = (notification.Purpose, notification.NormalizedEmail, RegistrationEmails.AgainOn(mine, today));
        var written = await db.Notifications.Where(sent => sent.NormalizedEmail == email && sent.Purpose.StartsWith(ofToday))
            .Select(sent => sent.Purpose).ToListAsync(stop);
        if (written.Count < AgainMax && !written.Contains(purpose, StringComparer.Ordinal))
            db.Write(notification);
    }

    private static Task<int> HeldFor(HubDb db, EmailAddress email, CancellationToken stop)
    {
        var normalized = email.Key;
        return db.Registrations.CountAsync(
            one => one.NormalizedEmail == normalized && one.ConfirmBy != null && one.Status != RegistrationStatus.Cancelled, stop);
    }

    private static Task<Registration?> Earlier(HubDb db, Guid eventId, Person person, CancellationToken stop)
    {
        var (memberId, email) = (person.MemberId, person.Email.Key);
        return db.Registrations
            .Where(one => one.EventId == eventId && (one.NormalizedEmail == email || (memberId != null && one.MemberId == memberId)))
            .OrderBy(one => one.Status == RegistrationStatus.Cancelled ? 1 : 0).ThenBy(one => one.Number)
            .FirstOrDefaultAsync(stop);
    }

    private async Task<Outcome<Person>> Known(Guid memberId, RegisterRequest request, CancellationToken stop)
    {
        await using var db = databases.Open();
        var member = await db.Members.AsNoTracking().SingleOrDefaultAsync(one => one.Id == memberId && one.DisabledAt == null, stop);
        return member is null
            ? Refusal.NotFound
            : new Person(member.Id, member.Name, member.Email, member.Language, request.WantsReminders);
    }

    private Outcome<Person> Guest(RegisterRequest request)
    {
        if (request.GuestName is not { } name)
            return PersonName.Missing;
        if (request.GuestEmail is not { } email)
            return EmailAddress.Missing;
        return reach.WhyNot(email) is { } unreachable
            ? unreachable
            : new Person(null, name, email, request.Language, request.WantsReminders);
    }
}

/// <summary>Who registers.</summary>
/// <param name="MemberId">Null for a guest.</param>
internal sealed record Person(Guid? MemberId, PersonName Name, EmailAddress Email, Language Language, bool WantsReminders);
