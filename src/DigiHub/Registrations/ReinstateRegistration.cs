using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Keys;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Reminders;
using DigiHub.Spaces;

namespace DigiHub.Registrations;

/// <summary>
/// Takes back a cancelling within its undo window: the same seat if it is still free, else the end of the waiting list; who
/// waited keeps their place. The notification about the cancelling never leaves. Refuses with not_found, undo_too_late, hold_over, and as
/// the event's registration state does.
/// </summary>
public sealed class ReinstateRegistration(
    UnitOfWork unitOfWork, HubDbFactory databases, Catalogue catalogue, HubTokenSigner tokenSigner, IClock clock)
{
    public async Task<Outcome<Registration>> Run(Guid registrationId, Guid actorId, CancellationToken stop)
    {
        await using var db = databases.Open();
        return await db.Actor(actorId, clock.GetCurrentInstant(), stop) is { } actor
            ? await Reinstate(registrationId, actor, stop)
            : Refusal.NotFound;
    }

    public async Task<Outcome<Registration>> ByLink(string token, CancellationToken stop) =>
        (await tokenSigner.Get(stop)).Open(TokenPurpose.ManageRegistration, token) is { } registrationId
            ? await Reinstate(registrationId, actor: null, stop)
            : Refusal.NotFound;

    private async Task<Outcome<Registration>> Reinstate(Guid registrationId, Actor? actor, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        return await unitOfWork.Run(async db =>
        {
            if (await LockedRegistration.Take(db, registrationId, stop) is not var (registration, evt))
                return Refusal.NotFound;
            if (actor is not null && !registration.IsOf(actor.Member) && !evt.MayBeReceivedBy(actor.Viewer))
                return Refusal.NotFound;
            if (registration.IsLive)
                return (Outcome<Registration>)registration;
            var now = clock.GetCurrentInstant();
            if (evt.Status != EventStatus.Published || registration.CancelledAt is not { } cancelled
                || now > cancelled + CancelRegistration.UndoWindow)
                return RegistrationRefusals.UndoTooLate;
            if (actor is not null && registration.ConfirmBy <= now)
                return RegistrationRefusals.HoldOver;

            var confirms = actor is null && registration.ConfirmBy is not null;
            if (confirms)
                registration.Confirm(now); // they have the notification, or they had no link to confirm
            await Seat(db, registration, evt, map, now, cancelled, confirms, stop);
            db.Record(now, actor?.Id, RegistrationActs.Reinstated, registration.Id,
                registration.Status.ToString(), onBehalfOf: registration.MemberId);
            return registration;
        }, stop);
    }

    private static async Task Seat(
        HubDb db, Registration registration, Event evt, HubDirectory map,
        Instant now, Instant cancelled, bool confirms, CancellationToken stop)
    {
        var seats = (await Seats.Count(db, evt.Id, stop))!;
        var hadSeat = registration.CancelledFrom == RegistrationStatus.Confirmed;
        // Where the waiting list still moves, a seat that was given back is given on at once: one that is free is theirs.
        var status = hadSeat && seats.Taken < evt.Capacity ? RegistrationStatus.Confirmed : RegistrationStatus.Waiting;
        var joinsTheEnd = hadSeat && status == RegistrationStatus.Waiting;
        registration.Reinstate(status, joinsTheEnd ? seats.LastNumber + 1 : registration.Number, now);

        var registered = registration.RegisteredAt;
        var notifications = db.Notifications.About(Registration.Subject.Of(registration.Id));
        await notifications.Where(notification => notification.Type == RegistrationNotifications.Cancelled
            && notification.WrittenAt >= cancelled).Withdraw(NotificationReason.Undone, stop);
        if (joinsTheEnd)
            RegistrationEmails.WriteWaiting(db, registration, evt, now);
        else if (confirms)
            RegistrationEmails.WriteSettled(db, registration, evt, map.Place(evt.SiteId)!, now);
        else
            await db.PlanAgain(notifications.Where(notification => notification.State == NotificationState.Cancelled
                && notification.Reason == CancelRegistration.Withdrawn
                && notification.Type != ReminderNotifications.OfEvent
                && notification.Type != RegistrationNotifications.StandBy && notification.WrittenAt >= registered), stop);
        db.LeavesWork = true;
        var place = map.Place(evt.SiteId)!;
        await ScheduleReminders.ForAll(db, evt, place, [registration], now, stop);
        if (!joinsTheEnd)
            await WaitingList.GiveFreeSeats(db, evt, place, now, stop);
        // The event may have moved while they were gone, or the notification about their going was on its way.
        await RegistrationCalendar.TellAgain(db, evt, [registration], now, stop);
    }
}
