using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Keys;
using DigiHub.Mail;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Registrations;
using DigiHub.Spaces;

namespace DigiHub.Reminders;

/// <summary>
/// Switches reminders off or on again. Looking at the link changes nothing: only this act does. Doing it twice is the same
/// as once. Refuses with not_found.
/// </summary>
public sealed class StopReminders(
    HubDbFactory databases, UnitOfWork unitOfWork, Catalogue catalogue, HubTokenSigner tokenSigner, IClock clock)
{
    /// <summary>Null for a wrong token.</summary>
    public async Task<LinkedReminders?> Look(string token, CancellationToken stop)
    {
        await using var db = databases.Open();
        return await LinkedReminders.Of(db, await tokenSigner.Get(stop), token, stop);
    }

    /// <summary>All that the signed link of a reminder is about.</summary>
    public Task<Outcome<LinkedReminders>> ByLink(string token, CancellationToken stop) => Want(token, wanted: false, stop);

    /// <summary>
    /// By the same link: reminders after all, as far as their time is still to come. Takes back a complaint or an unsubscribing of that
    /// address, too, or none would come.
    /// </summary>
    public Task<Outcome<LinkedReminders>> Resume(string token, CancellationToken stop) => Want(token, wanted: true, stop);

    /// <summary>All reminders of a member, of events and bookings.</summary>
    public async Task<Outcome<bool>> ForMember(Guid memberId, bool wanted, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        return await unitOfWork.Run(async db =>
        {
            await db.AcquireLocks([LockKey.OfSubject(memberId)], stop);
            return await OfMember(db, map, memberId, wanted, stop) ? (Outcome<bool>)wanted : Refusal.NotFound;
        }, stop);
    }

    /// <summary>As by the link, in the caller's transaction; null for a wrong token.</summary>
    internal async Task<LinkedReminders?> Within(HubDb db, string token, bool wanted, CancellationToken stop)
    {
        if (await LinkedReminders.Of(db, await tokenSigner.Get(stop), token, stop) is not { } linked)
            return null;
        // All locks at once, for they must be taken in their order.
        await db.AcquireLocks([.. linked.Members.Select(member => LockKey.OfSubject(member.Id)),
            .. linked.Seats.Select(seat => LockKey.OfEvent(seat.Event.Id)),
            .. linked.Addresses.Select(email => LockKey.OfAddress(email.Key))], stop);
        var map = await catalogue.Map(stop);
        foreach (var member in linked.Members)
            await OfMember(db, map, member.Id, wanted, stop);
        foreach (var seat in linked.Seats)
            await OfRegistration(db, map, seat.Registration.Id, wanted, stop);
        if (wanted)
        {
            foreach (var address in linked.Addresses)
                await db.LiftOwnWord(address, stop);
        }

        return linked;
    }

    /// <summary>The caller has checked whose they are.</summary>
    internal async Task<Outcome<Registration>> OfRegistration(Guid registrationId, bool wanted, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        return await unitOfWork.Run(async db => await OfRegistration(db, map, registrationId, wanted, stop) is { } registration
            ? (Outcome<Registration>)registration
            : Refusal.NotFound, stop);
    }

    private async Task<Outcome<LinkedReminders>> Want(string token, bool wanted, CancellationToken stop) => await unitOfWork.Run(
        async db => await Within(db, token, wanted, stop) is { } linked ? (Outcome<LinkedReminders>)linked : Refusal.NotFound, stop);

    private async Task<bool> OfMember(HubDb db, HubDirectory map, Guid memberId, bool wanted, CancellationToken stop)
    {
        if (await db.Members.SingleOrDefaultAsync(one => one.Id == memberId, stop) is not { } member)
            return false;
        var now = clock.GetCurrentInstant();
        if (member.WantsReminders != wanted)
            db.Record(now, memberId, wanted ? MemberActs.RemindersResumed : MemberActs.RemindersStopped, memberId);
        await ReminderConsent.Take(db, member, wanted, member.BookingReminders, map, now, stop);
        return true;
    }

    private async Task<Registration?> OfRegistration(HubDb db, HubDirectory map, Guid registrationId, bool wanted, CancellationToken stop)
    {
        if (await LockedRegistration.Take(db, registrationId, stop) is not var (registration, evt))
            return null;
        if (registration.WantsReminders == wanted)
            return registration;

        var now = clock.GetCurrentInstant();
        registration.WantsReminders = wanted;
        registration.Revision++;
        if (wanted)
            await ScheduleReminders.ForAll(db, evt, map.Place(evt.SiteId)!, [registration], now, stop);
        else
            await ScheduleReminders.WithdrawOf(db, registrationId, NotificationReason.Unwanted, stop);
        db.Record(now, actorId: null, wanted ? RegistrationActs.RemindersResumed : RegistrationActs.RemindersStopped, registration.Id);
        return registration;
    }
}
