using DigiHub.Audit;
using DigiHub.Data;
using DigiHub.Keys;
using DigiHub.Letters;
using DigiHub.Members;
using DigiHub.Registrations;
using DigiHub.Spaces;

namespace DigiHub.Reminders;

/// <summary>
/// Switches reminders off or on again. Looking at the link changes nothing: only this act does. Doing it twice is the same
/// as once. Refuses with not_found.
/// </summary>
public sealed class StopReminders(WriteDoor door, Catalogue catalogue, HubSeal hubSeal, IClock clock)
{
    private const string Unwanted = "unwanted";

    /// <summary>For one event, by the sealed link of a reminder.</summary>
    public Task<Outcome<Registration>> ByLink(string seal, CancellationToken stop) => Want(seal, wanted: false, stop);

    /// <summary>By the same link: reminders after all, as far as their time is still to come.</summary>
    public Task<Outcome<Registration>> Resume(string seal, CancellationToken stop) => Want(seal, wanted: true, stop);

    /// <summary>All reminders of a member, of events and bookings. Those planned stay, and are asked again when they are due.</summary>
    public Task<Outcome<bool>> ForMember(Guid memberId, bool wanted, CancellationToken stop) => door.Run(async db =>
    {
        var member = await db.Members.SingleOrDefaultAsync(one => one.Id == memberId, stop);
        if (member is null)
            return Refusal.NotFound;
        if (member.WantsReminders != wanted)
            db.Record(clock.GetCurrentInstant(), memberId, wanted ? "reminders.resumed" : "reminders.stopped", memberId);
        member.WantsReminders = wanted;
        return (Outcome<bool>)wanted;
    }, stop);

    private async Task<Outcome<Registration>> Want(string seal, bool wanted, CancellationToken stop) =>
        (await hubSeal.Get(stop)).Open(SealPurpose.Unsubscribe, seal) is { } registrationId
            ? await OfRegistration(registrationId, wanted, stop)
            : Refusal.NotFound;

    /// <summary>For whoever has shown that it is theirs.</summary>
    internal async Task<Outcome<Registration>> OfRegistration(Guid registrationId, bool wanted, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        return await door.Run(async db =>
        {
            if (await RegistrationTurn.Take(db, registrationId, stop) is not var (registration, hosted))
                return Refusal.NotFound;
            if (registration.WantsReminders == wanted)
                return (Outcome<Registration>)registration;

            var now = clock.GetCurrentInstant();
            registration.WantsReminders = wanted;
            registration.Revision++;
            if (wanted)
                await ArmReminders.ForAll(db, hosted, map.Place(hosted.SiteId)!, [registration], now, stop);
            else
                await ArmReminders.WithdrawOf(db, registrationId, Unwanted, stop);
            db.Record(now, actorId: null, wanted ? "reminders.resumed" : "reminders.stopped", registration.Id);
            return registration;
        }, stop);
    }
}
