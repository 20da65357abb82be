using DigiHub.Bookings;
using DigiHub.Claims;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Spaces;

namespace DigiHub.Tests.Bookings;

/// <summary>Shorthands of the tests of bookings.</summary>
internal static class Booked
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    extension(TestHub testHub)
    {
        public Task<Outcome<Booking>> TryBook(Member member, Space space, When when) =>
            testHub.Get<BookSpace>().Run(new BookSpaceRequest { ActorId = member.Id, SpaceId = space.Id, When = when }, Stop);

        public async Task<Booking> Book(Member member, Space space, When when) => (await testHub.TryBook(member, space, when)).Value;

        public async Task<Refusal> Refused(Member member, Space space, When when)
        {
            var outcome = await testHub.TryBook(member, space, when);
            Assert.False(outcome.IsDone, $"{space.Name} was booked.");
            return outcome.Refusal;
        }

        public async Task<Booking> Reread(Booking booking) =>
            await testHub.Read(db => db.Bookings.AsNoTracking().SingleAsync(row => row.Id == booking.Id, Stop));

        /// <summary>Changes a row without a use case.</summary>
        public async Task Change<T>(Guid id, Action<T> change) where T : class
        {
            await using var db = testHub.OpenDb();
            change((await db.FindAsync<T>([id], Stop))!);
            await db.SaveChangesAsync(Stop);
        }

        /// <summary>In the order of their sequence, reminders last.</summary>
        public async Task<List<Notification>> EmailsOf(Booking booking)
        {
            var notifications = await testHub.Read(db => db.Notifications.AsNoTracking()
                .About(Booking.Subject.Of(booking.Id)).ToListAsync(Stop));
            return [.. notifications.OrderBy(notification => notification.CalendarSequence ?? int.MaxValue)
                .ThenBy(notification => notification.DueAt)];
        }

        /// <summary>As if the jobs had run: whatever waits has gone out.</summary>
        public async Task DeliverAll()
        {
            await using var db = testHub.OpenDb();
            foreach (var notification in await db.Notifications
                .Where(notification => notification.State == NotificationState.Planned).ToListAsync(Stop))
            {
                notification.State = NotificationState.Sent;
                if (new BookingCalendar() is var calendar && calendar.Concerns(notification.Type))
                    notification.Told = await calendar.Part(db, notification, Stop);
            }

            await db.SaveChangesAsync(Stop);
        }

        /// <summary>Every pair of overlapping claims on one unit; there must be none.</summary>
        public async Task<int> OverlappingClaims() => await testHub.Read(async db =>
        {
            var claims = await db.Claims.AsNoTracking().OrderBy(claim => claim.UnitId).ThenBy(claim => claim.Start).ToListAsync(Stop);
            return claims.Zip(claims.Skip(1)).Count(pair => pair.First.UnitId == pair.Second.UnitId && pair.First.End > pair.Second.Start);
        });
    }
}
