using DigiHub.Data;

namespace DigiHub.Registrations;

/// <summary>The place on the waiting list: 1 for who is next.</summary>
internal static class Place
{
    /// <summary>Null for those not waiting.</summary>
    public static async Task<int?> Of(HubDb db, Registration registration, CancellationToken stop)
    {
        if (registration.Status != RegistrationStatus.Waiting)
            return null;
        var (eventId, number) = (registration.EventId, registration.Number);
        return await db.Registrations.CountAsync(
            one => one.EventId == eventId && one.Status == RegistrationStatus.Waiting && one.Number <= number, stop);
    }
}
