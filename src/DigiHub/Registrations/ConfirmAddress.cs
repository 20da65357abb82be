using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Keys;
using DigiHub.Mail;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Spaces;

namespace DigiHub.Registrations;

/// <summary>What the link in the notification to an address is about.</summary>
/// <param name="IsOpen">It can still be confirmed; false for a link used before, too old, or of an event that is over.</param>
public sealed record AskedAddress(AddressCheck Check, Event Event, bool IsOpen);

/// <summary>
/// Confirms by the notification's link that its reader has the address: the registration gets it, its notifications resume, and what they
/// need is sent to it once more. Doing it twice is the same as once. Refuses with not_found, link_over and address_taken.
/// </summary>
public sealed class ConfirmAddress(
    UnitOfWork unitOfWork, HubDbFactory databases, Catalogue catalogue, HubTokenSigner tokenSigner, IClock clock)
{
    public static Refusal LinkOver { get; } = new("link_over", new(
        "This link has expired. Open your registration and ask for a new one.",
        "Dieser Link ist abgelaufen. Öffnen Sie Ihre Anmeldung und fordern Sie einen neuen an.",
        "Dieser Link ist abgelaufen. Öffne deine Anmeldung und fordere einen neuen an."));

    public static Refusal Taken { get; } = new("address_taken", new(
        "This address already has its own registration for this event. Nothing was changed.",
        "Mit dieser Adresse gibt es bereits eine eigene Anmeldung zu dieser Veranstaltung. Es wurde nichts geändert."));

    /// <summary>Null for a wrong token. Looking changes nothing.</summary>
    public async Task<AskedAddress?> Look(string token, CancellationToken stop)
    {
        if ((await tokenSigner.Get(stop)).Open(TokenPurpose.ConfirmAddress, token) is not { } checkId)
            return null;
        await using var db = databases.Open();
        if (await db.AddressChecks.AsNoTracking().SingleOrDefaultAsync(one => one.Id == checkId, stop) is not { } check)
            return null;
        var events = db.Events;
        var evt = await db.Registrations.Where(one => one.Id == check.RegistrationId)
            .Join(events, one => one.EventId, one => one.Id, (_, one) => one).AsNoTracking().SingleAsync(stop);
        var now = clock.GetCurrentInstant();
        return new(check, evt, check.ConfirmedAt is null && check.ExpiresAt > now && evt.End > now);
    }

    public async Task<Outcome<AddressCheck>> Run(string token, CancellationToken stop)
    {
        if ((await tokenSigner.Get(stop)).Open(TokenPurpose.ConfirmAddress, token) is not { } checkId)
            return Refusal.NotFound;
        var map = await catalogue.Map(stop);
        return await unitOfWork.Run<AddressCheck>(async db =>
        {
            var now = clock.GetCurrentInstant();
            var check = await db.AddressChecks.SingleOrDefaultAsync(one => one.Id == checkId, stop);
            if (check is null || await LockedRegistration.Take(db, check.RegistrationId, stop) is not var (registration, evt))
                return Refusal.NotFound;
            if (check.ConfirmedAt is not null)
                return check;
            if (check.ExpiresAt <= now || evt.End <= now)
                return LinkOver;
            var normalized = check.Email.Key;
            if (await db.Registrations.AnyAsync(
                one => one.EventId == evt.Id && one.Id != registration.Id && one.NormalizedEmail == normalized, stop))
                return Taken;

            check.ConfirmedAt = now;
            await Redirect(db, registration, check.Email, stop);
            registration.Correct(check.Email);
            if (registration.IsHeld)
                await ConfirmRegistration.Settle(db, registration, evt, map.Place(evt.SiteId)!, now, stop);
            await db.LiftBounces(check.Email, stop);
            await TellAgain(db, registration, evt, map, now, stop);
            db.Record(now, actorId: null, RegistrationActs.AddressConfirmed, registration.Id);
            return check;
        }, stop);
    }

    /// <summary>What is still to come goes to the new address.</summary>
    private static async Task Redirect(HubDb db, Registration registration, EmailAddress email, CancellationToken stop)
    {
        if (registration.Email == email)
            return;
        await RedirectNotifications.Run(db, db.Notifications.About(Registration.Subject.Of(registration.Id))
            .Where(notification => notification.Type != RegistrationNotifications.AddressToConfirm), email, stop);
    }

    private static async Task TellAgain(
        HubDb db, Registration registration, Event evt, HubDirectory map, Instant now, CancellationToken stop)
    {
        if (!registration.IsLive || evt.Status != EventStatus.Published)
            return;
        var notification = RegistrationEmails.AgainOf(registration, evt, map.Place(evt.SiteId)!.Time.DateOf(now), now);
        var (purpose, email) = (notification.Purpose, notification.NormalizedEmail);
        if (!await db.Notifications.AnyAsync(known => known.Purpose == purpose && known.NormalizedEmail == email, stop))
            db.Write(notification);
    }
}

/// <summary>Sent only while it can still be confirmed.</summary>
internal sealed class AddressNotificationCheck : INotificationCheck
{
    public bool Concerns(NotificationType type) => type == RegistrationNotifications.AddressToConfirm;

    public async Task<NotificationReason?> WhyNot(HubDb db, Notification notification, Instant now, CancellationToken stop) =>
        AddressCheck.OfNote(notification.Note) is { } id
            && await db.AddressChecks.AnyAsync(check => check.Id == id && check.ConfirmedAt == null && check.ExpiresAt > now, stop)
            ? null
            : NotificationReason.Over;
}
