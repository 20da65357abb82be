using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Keys;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Spaces;

namespace DigiHub.Registrations;

/// <param name="WasAlready">It had been cancelled before; nothing has changed.</param>
/// <param name="Promoted">How many came from the waiting list because of it.</param>
public sealed record RegistrationCancelled(Registration Registration, bool WasAlready, int Promoted);

/// <summary>
/// Cancels a seat or a place on the waiting list: scheduled notifications are withdrawn at once, and the
/// seat goes to the first on the waiting list in the same commit. Cancelling twice is no refusal. Refuses with
/// not_found and event_over.
/// </summary>
public sealed class CancelRegistration(
    UnitOfWork unitOfWork, HubDbFactory databases, Catalogue catalogue, HubTokenSigner tokenSigner, IClock clock)
{
    /// <summary>How long it may be undone; the notification leaves only after that.</summary>
    public static readonly Duration UndoWindow = Duration.FromSeconds(10);

    /// <summary>Notifications withdrawn by cancelling; undoing schedules them again.</summary>
    internal const NotificationReason Withdrawn = NotificationReason.Unregistered;

    /// <summary>By the member themselves, the organiser, the front desk or an administrator.</summary>
    public async Task<Outcome<RegistrationCancelled>> Run(Guid registrationId, Guid actorId, CancellationToken stop)
    {
        await using var db = databases.Open();
        return await db.Actor(actorId, clock.GetCurrentInstant(), stop) is { } actor
            ? await Cancel(registrationId, actor, stop)
            : Refusal.NotFound;
    }

    /// <summary>By the signed link of a notification, without signing in.</summary>
    public async Task<Outcome<RegistrationCancelled>> ByLink(string token, CancellationToken stop) =>
        (await tokenSigner.Get(stop)).Open(TokenPurpose.ManageRegistration, token) is { } registrationId
            ? await Cancel(registrationId, actor: null, stop)
            : Refusal.NotFound;

    /// <summary>By the hub itself, for somebody who leaves it.</summary>
    public Task<Outcome<RegistrationCancelled>> ByHub(Guid registrationId, CancellationToken stop) =>
        Cancel(registrationId, actor: null, stop);

    /// <param name="actor">Null for the holder of the signed link, and for the hub.</param>
    private async Task<Outcome<RegistrationCancelled>> Cancel(Guid registrationId, Actor? actor, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        return await unitOfWork.Run(async db =>
        {
            if (await LockedRegistration.Take(db, registrationId, stop) is not var (registration, evt))
                return Refusal.NotFound;
            if (actor is not null && !registration.IsOf(actor.Member) && !evt.MayBeReceivedBy(actor.Viewer))
                return Refusal.NotFound;
            if (!registration.IsLive)
                return (Outcome<RegistrationCancelled>)new RegistrationCancelled(registration, WasAlready: true, Promoted: 0);
            var now = clock.GetCurrentInstant();
            if (now >= evt.End)
                return RegistrationRefusals.TooLateToCancel;

            var notifications = db.Notifications.About(Registration.Subject.Of(registrationId));
            await notifications.Withdraw(Withdrawn, stop);
            registration.Cancel(now);
            RegistrationEmails.WriteCancelled(db, registration, evt, now, due: now + UndoWindow);
            db.Record(now, actor?.Id, RegistrationActs.Cancelled, registration.Id,
                registration.CancelledFrom.ToString(), onBehalfOf: registration.MemberId);
            var promoted = await WaitingList.GiveFreeSeats(db, evt, map.Place(evt.SiteId)!, now, stop);
            return new RegistrationCancelled(registration, WasAlready: false, promoted);
        }, stop);
    }
}
