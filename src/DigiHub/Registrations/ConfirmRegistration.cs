using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Keys;
using DigiHub.Notifications;
using DigiHub.Reminders;
using DigiHub.Spaces;

namespace DigiHub.Registrations;

/// <summary>
/// A guest confirms by the link in the first notification: the held place is theirs, the ticket or the waiting-list number is sent, and
/// reminders from now on. Doing it twice is the same as once. Refuses with not_found, hold_over and event_over.
/// </summary>
public sealed class ConfirmRegistration(UnitOfWork unitOfWork, Catalogue catalogue, HubTokenSigner tokenSigner, IClock clock)
{
    public async Task<Outcome<Registration>> ByLink(string token, CancellationToken stop)
    {
        if ((await tokenSigner.Get(stop)).Open(TokenPurpose.ManageRegistration, token) is not { } registrationId)
            return Refusal.NotFound;
        var map = await catalogue.Map(stop);
        return await unitOfWork.Run(async db =>
        {
            if (await LockedRegistration.Take(db, registrationId, stop) is not var (registration, evt))
                return Refusal.NotFound;
            if (registration.ConfirmBy is not { } until)
                return (Outcome<Registration>)registration;
            var now = clock.GetCurrentInstant();
            if (!registration.IsLive || now >= until)
                return RegistrationRefusals.HoldOver;
            if (now >= evt.End)
                return RegistrationRefusals.TooLateToCancel;

            await Settle(db, registration, evt, map.Place(evt.SiteId)!, now, stop);
            return registration;
        }, stop);
    }

    /// <summary>Under the event's lock: makes a held place its owner's, with the notifications that go with it.</summary>
    internal static async Task Settle(
        HubDb db, Registration registration, Event evt, SiteContext place, Instant now, CancellationToken stop)
    {
        var id = registration.Id;
        registration.Confirm(now);
        await db.Notifications.About(Registration.Subject.Of(id))
            .Where(notification => notification.Type == RegistrationNotifications.ToConfirm)
            .Withdraw(NotificationReason.Confirmed, stop);
        RegistrationEmails.WriteSettled(db, registration, evt, place, now);
        await ScheduleReminders.ForAll(db, evt, place, [registration], now, stop);
        db.Record(now, registration.MemberId, RegistrationActs.Confirmed, id);
        // They may be the first of the list who can be given a seat that is free already.
        await WaitingList.GiveFreeSeats(db, evt, place, now, stop);
    }
}
