using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Members;

namespace DigiHub.Registrations;

/// <summary>A registration and its event, read under the event's lock; every change of a registration starts here.</summary>
internal static class LockedRegistration
{
    /// <summary>Both tracked, the event with its reminder rules; null if there is no such registration.</summary>
    public static async Task<(Registration Registration, Event Event)?> Take(HubDb db, Guid registrationId, CancellationToken stop)
    {
        var eventId = await db.Registrations.Where(one => one.Id == registrationId)
            .Select(one => (Guid?)one.EventId).SingleOrDefaultAsync(stop);
        if (eventId is not { } known)
            return null;

        await db.AcquireLocks([LockKey.OfEvent(known)], stop);
        var evt = await db.Events.Include(one => one.ReminderRules).SingleAsync(one => one.Id == known, stop);
        return (await db.Registrations.SingleAsync(one => one.Id == registrationId, stop), evt);
    }

    /// <summary>Their own: made as a member, or as a guest with the address that is theirs.</summary>
    public static bool IsOf(this Registration registration, Member member) =>
        registration.MemberId == member.Id || (registration.MemberId is null && registration.NormalizedEmail == member.NormalizedEmail);
}
