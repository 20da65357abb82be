using DigiHub.Audit;
using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Letters;
using DigiHub.Members;
using DigiHub.Reminders;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Registrations;

/// <summary>Somebody wants a seat: a member by their id, or a guest by name and address.</summary>
/// <param name="Language">Of the letters to a guest; a member's own language counts for members.</param>
public sealed record RegisterRequest(
    Guid EventId, Guid? MemberId = null, string? GuestName = null, string? GuestEmail = null,
    Language Language = Language.German, bool WantsReminders = true);

/// <summary>
/// What the person who registered may see. To a guest nothing tells whether the address was registered before: they see
/// what a newcomer would, and the letter to the address tells the rest.
/// </summary>
/// <param name="Place">Place on the waiting list, from 1; null with a seat.</param>
/// <param name="Registration">For members only.</param>
/// <param name="WasAlready">The member was registered before; nothing has changed. Always false for a guest.</param>
public sealed record Registered(
    Guid EventId, RegistrationStatus Status, int? Place, string Email, Registration? Registration, bool WasAlready);

/// <summary>
/// The one gate that gives seats, and the only code that adds a registration: take the event's turn, count the rows, give a
/// seat or the next place on the waiting list, with the letter and the reminders in the same commit. Whoever comes back
/// after cancelling goes on in their old row, with a new number. Refuses with not_found, name_missing, name_too_long, name_address,
/// email_invalid, registration_not_open, registration_closed, event_started, event_cancelled and event_full.
/// </summary>
public sealed class Register(WriteDoor door, HubDbFactory databases, Catalogue catalogue, IClock clock)
{
    public async Task<Outcome<Registered>> Run(RegisterRequest request, CancellationToken stop)
    {
        var person = request.MemberId is { } memberId ? await Known(memberId, request, stop) : Guest(request);
        if (!person.IsDone)
            return person.Refusal;
        var map = await catalogue.Map(stop);

        return await door.Run(db => GiveSeat(db, map, request.EventId, person.Value, stop), stop);
    }

    private async Task<Outcome<Registered>> GiveSeat(HubDb db, HubMap map, Guid eventId, Person person, CancellationToken stop)
    {
        await db.TakeTurns([Turn.OfEvent(eventId)], stop);
        if (await Seats.Count(db, eventId, stop) is not { } seats)
            return Refusal.NotFound;

        var now = clock.GetCurrentInstant();
        var hosted = seats.Event;
        var place = map.Place(hosted.SiteId)!;
        var mine = seats.LastNumber == 0 ? null : await Earlier(db, eventId, person, stop);
        if (mine is { IsLive: true } && person.MemberId is not null)
            return await Already(db, mine, person, stop);
        if (RegistrationRefusals.AtTheDoor(hosted, hosted.Door(now, seats.Taken, seats.Waiting), place.Time) is { } refusal)
            return refusal;

        var status = seats.HasOneFor ? RegistrationStatus.Confirmed : RegistrationStatus.Waiting;
        int? onTheList = seats.HasOneFor ? null : seats.Waiting + 1;
        if (mine is { IsLive: true })
        {
            await TellAgain(db, mine, hosted, place.Time, now, stop);
            return new Registered(eventId, status, onTheList, person.Email, Registration: null, WasAlready: false);
        }

        var isNew = mine is null;
        var registration = mine ?? Add(db, hosted, person, now);
        registration.Take(status, seats.LastNumber + 1, person, hosted, now);
        db.Record(now, person.MemberId, "registration.made", registration.Id, status.ToString());
        Write(db, registration, hosted, place, now);
        if (isNew)
            ArmReminders.ForNewcomer(db, hosted, place, registration, now);
        else
            await ArmReminders.ForAll(db, hosted, place, [registration], now, stop);
        return new Registered(eventId, status, onTheList, registration.Email, person.MemberId is null ? null : registration, WasAlready: false);
    }

    private static Registration Add(HubDb db, Event hosted, Person person, Instant now)
    {
        var registration = new Registration
        {
            Id = Guid.CreateVersion7(now.ToDateTimeOffset()),
            EventId = hosted.Id,
            Name = person.Name,
            Email = person.Email,
            NormalizedEmail = Member.Normalize(person.Email),
            Language = person.Language,
            Number = 0,
            RegisteredAt = now,
            Revision = 0,
        };
        db.Registrations.Add(registration);
        return registration;
    }

    private static void Write(HubDb db, Registration registration, Event hosted, SitePlace place, Instant now)
    {
        if (registration.Status == RegistrationStatus.Waiting)
            RegistrationLetters.WriteWaiting(db, registration, hosted, now);
        else
            RegistrationLetters.WriteConfirmed(db, registration, hosted, now,
                registration.WantsReminders && ArmReminders.ConfirmationRemindsToo(hosted, place, now) ? RegistrationNote.StandsInForReminder : null);
    }

    /// <summary>A member who registers twice, or as a guest before, has what they want.</summary>
    private static async Task<Outcome<Registered>> Already(HubDb db, Registration mine, Person person, CancellationToken stop)
    {
        mine.MemberId ??= person.MemberId; // made as a guest, with an address that is this member's own
        var place = await Place.Of(db, mine, stop);
        return new Registered(mine.EventId, mine.Status, place, mine.Email, mine, WasAlready: true);
    }

    private static async Task TellAgain(HubDb db, Registration mine, Event hosted, SiteTime site, Instant now, CancellationToken stop)
    {
        var letter = RegistrationLetters.AgainOf(mine, hosted, site.DateOf(now), now);
        var (purpose, email) = (letter.Purpose, letter.NormalizedEmail);
        if (!await db.Letters.AnyAsync(sent => sent.Purpose == purpose && sent.NormalizedEmail == email, stop))
            db.Write(letter);
    }

    private static Task<Registration?> Earlier(HubDb db, Guid eventId, Person person, CancellationToken stop)
    {
        var (memberId, email) = (person.MemberId, Member.Normalize(person.Email));
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

    private static Outcome<Person> Guest(RegisterRequest request)
    {
        if (TypedText.Line(request.GuestName) is not { } name)
            return RegistrationRefusals.NameMissing;
        if (name.Length > Member.NameMax)
            return RegistrationRefusals.NameTooLong;
        if (NameAddresses.AreIn(name))
            return NameAddresses.Refused;
        return EmailAddress.Typed(request.GuestEmail) is { } email
            ? new Person(null, name, email, request.Language, request.WantsReminders)
            : RegistrationRefusals.EmailInvalid;
    }
}

/// <summary>Who registers, as the gate sees them.</summary>
/// <param name="MemberId">Null for a guest.</param>
internal sealed record Person(Guid? MemberId, string Name, string Email, Language Language, bool WantsReminders);
