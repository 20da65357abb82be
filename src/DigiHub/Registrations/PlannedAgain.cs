using DigiHub.Data;
using DigiHub.Notifications;

namespace DigiHub.Registrations;

internal static class PlannedAgain
{
    private const int AtOnce = 500; // parameters of one statement

    extension(HubDb db)
    {
        /// <summary>
        /// Schedules withdrawn notifications about registrations again: due when they were, and to the address the registration
        /// has now, since their links give access to it. Skips those that exist at that address for the same purpose.
        /// </summary>
        public async Task PlanAgain(IQueryable<Notification> withdrawn, CancellationToken stop)
        {
            var registrations = db.Registrations;
            var found = await withdrawn.Join(registrations, notification => notification.SubjectId, one => one.Id,
                (notification, one) => new Back(notification.Id, notification.Purpose, notification.NormalizedEmail,
                    notification.Type == RegistrationNotifications.AddressToConfirm ? notification.NormalizedEmail : one.NormalizedEmail))
                    .ToListAsync(stop);
            foreach (var some in (await WithoutDoubles(db, found, stop)).Chunk(AtOnce))
            {
                await db.Notifications.Where(notification => EF.Parameter(some).Contains(notification.Id)).ExecuteUpdateAsync(set => set
                    .SetProperty(notification => notification.State, NotificationState.Planned)
                    .SetProperty(notification => notification.RecipientName,
                        notification => registrations.First(one => one.Id == notification.SubjectId).Name)
                    .SetProperty(notification => notification.NameKey,
                        notification => registrations.First(one => one.Id == notification.SubjectId).NameKey)
                    // The question to a new address goes to the one it asks.
                    .SetProperty(notification => notification.RecipientEmail,
                        notification => notification.Type == RegistrationNotifications.AddressToConfirm
                        ? notification.RecipientEmail : registrations.First(one => one.Id == notification.SubjectId).Email)
                    .SetProperty(notification => notification.NormalizedEmail,
                        notification => notification.Type == RegistrationNotifications.AddressToConfirm
                        ? notification.NormalizedEmail : registrations.First(one => one.Id == notification.SubjectId).NormalizedEmail)
                    .SetProperty(notification => notification.Language,
                        notification => registrations.First(one => one.Id == notification.SubjectId).Language)
                    .SetProperty(notification => notification.NextAttemptAt, notification => notification.DueAt)
                    .SetProperty(notification => notification.LeasedAt, (Instant?)null)
                    .SetProperty(notification => notification.CarriedBy, (Guid?)null)
                    .SetProperty(notification => notification.Reason, (NotificationReason?)null), stop);
            }
        }
    }

    private sealed record Back(Guid Id, string Purpose, string Was, string Goes);

    private static async Task<IEnumerable<Guid>> WithoutDoubles(HubDb db, List<Back> found, CancellationToken stop)
    {
        var taken = new HashSet<(string, string)>();
        foreach (var some in found.Where(notification => notification.Goes != notification.Was).Chunk(AtOnce))
        {
            string[] purposes = [.. some.Select(notification => notification.Purpose)];
            taken.UnionWith((await db.Notifications.Where(notification => EF.Parameter(purposes).Contains(notification.Purpose))
                .Select(notification => new { notification.Purpose, notification.NormalizedEmail }).ToListAsync(stop)).Select(
                    notification => (notification.Purpose, notification.NormalizedEmail)));
        }

        return found.Where(notification => notification.Goes == notification.Was || taken.Add((notification.Purpose, notification.Goes)))
            .Select(notification => notification.Id);
    }
}
