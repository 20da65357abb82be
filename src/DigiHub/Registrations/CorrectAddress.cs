using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Keys;
using DigiHub.Mail;
using DigiHub.Members;
using DigiHub.Notifications;

namespace DigiHub.Registrations;

/// <summary>
/// Asks, by a notification to it, whether an address works: for a registration that notifications do not
/// reach. Nothing changes before that notification's link is confirmed. Refuses as EmailAddress.Parse does, and with
/// not_found, event_over and address_checks.
/// </summary>
public sealed class CorrectAddress(
    UnitOfWork unitOfWork, HubDbFactory databases, HubTokenSigner tokenSigner, RelayReach reach, IClock clock)
{
    public static Refusal Enough { get; } = new("address_checks", new(
        $"We’ve already sent {AddressCheck.StandingMax} e-mails to confirm this address. "
            + "Check your spam folder too, or try again in a week.",
        $"Wir haben schon {AddressCheck.StandingMax} E-Mails zur Bestätigung gesendet. "
            + "Sehen Sie auch im Spam-Ordner nach oder versuchen Sie es in einer Woche wieder.",
        $"Wir haben schon {AddressCheck.StandingMax} E-Mails zur Bestätigung gesendet. Sieh auch im Spam-Ordner nach oder versuch es in "
            + "einer Woche wieder."));

    /// <summary>By the organiser, the front desk, an administrator, or the member themselves.</summary>
    /// <param name="typed">The address as it should be; the one it is, to try that again.</param>
    public async Task<Outcome<AddressCheck>> Run(Guid registrationId, Guid actorId, string? typed, CancellationToken stop)
    {
        await using var db = databases.Open();
        // Checked first, so that a stranger learns nothing and cannot send e-mails; checked again below under the lock.
        return await db.Actor(actorId, clock.GetCurrentInstant(), stop) is { } actor && await MayAsk(db, registrationId, actor, stop)
            ? await Ask(registrationId, actor, typed, stop)
            : Refusal.NotFound;
    }

    /// <summary>By the signed link of a notification, without signing in.</summary>
    public async Task<Outcome<AddressCheck>> ByLink(string token, string? typed, CancellationToken stop) =>
        (await tokenSigner.Get(stop)).Open(TokenPurpose.ManageRegistration, token) is { } registrationId
            ? await Ask(registrationId, actor: null, typed, stop)
            : Refusal.NotFound;

    private static async Task<bool> MayAsk(HubDb db, Guid registrationId, Actor actor, CancellationToken stop)
    {
        var registration = await db.Registrations.AsNoTracking().SingleOrDefaultAsync(one => one.Id == registrationId, stop);
        if (registration is null)
            return false;
        return registration.IsOf(actor.Member)
            || (await db.Events.AsNoTracking().SingleAsync(one => one.Id == registration.EventId, stop)).MayBeReceivedBy(actor.Viewer);
    }

    /// <param name="actor">Null for the holder of the signed link.</param>
    private async Task<Outcome<AddressCheck>> Ask(Guid registrationId, Actor? actor, string? typed, CancellationToken stop)
    {
        var parsed = EmailAddress.Parse(typed);
        if (!parsed.IsDone)
            return parsed.Refusal;
        var email = parsed.Value;
        if (reach.WhyNot(email) is { } unreachable)
            return unreachable;
        return await unitOfWork.Run<AddressCheck>(async db =>
        {
            if (await LockedRegistration.Take(db, registrationId, stop) is not var (registration, evt))
                return Refusal.NotFound;
            if (actor is not null && !registration.IsOf(actor.Member) && !evt.MayBeReceivedBy(actor.Viewer))
                return Refusal.NotFound;
            var now = clock.GetCurrentInstant();
            if (now >= evt.End)
                return RegistrationRefusals.TooLateToCorrect;
            var asked = db.AddressChecks.Where(check => check.RegistrationId == registrationId && check.ConfirmedAt == null);
            await asked.Where(check => check.ExpiresAt <= now).ExecuteDeleteAsync(stop);
            if (await asked.CountAsync(stop) >= AddressCheck.StandingMax)
                return Enough;

            var check = new AddressCheck
            {
                Id = Guid.CreateVersion7(now.ToDateTimeOffset()),
                RegistrationId = registrationId,
                Email = email,
                AskedAt = now,
                ExpiresAt = now + AddressCheck.Life,
            };
            db.AddressChecks.Add(check);
            db.Write(NotificationWith(check, registration, evt, now));
            db.Record(now, actor?.Id, RegistrationActs.AddressChangeRequested, registrationId);
            return check;
        }, stop);
    }

    private static Notification NotificationWith(AddressCheck check, Registration registration, Event evt, Instant now) => Notification.To(
        Recipient.Of(registration) with { Email = check.Email },
        RegistrationNotifications.AddressToConfirm, Registration.Subject.Of(registration.Id), now,
        revision: check.Note, note: check.Note, notAfter: Instant.Min(check.ExpiresAt, evt.End));
}
