using DigiHub.Bookings;
using DigiHub.Bookings.Waiting;
using DigiHub.Claims;
using DigiHub.Members;
using DigiHub.Spaces;

namespace DigiHub.Tests.Bookings.Waiting;

/// <summary>Shorthands of the tests of the waiting list.</summary>
internal static class Waits
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    extension(TestHub testHub)
    {
        public Task<Outcome<WaitingEntry>> TryWait(Member member, Space space, When when, bool autoAccept = false) =>
            testHub.Get<JoinWaitingList>().Run(
                new() { ActorId = member.Id, SpaceId = space.Id, When = when, AutoAccept = autoAccept }, Stop);

        public async Task<WaitingEntry> Wait(Member member, Space space, When when, bool autoAccept = false)
        {
            var entry = (await testHub.TryWait(member, space, when, autoAccept)).Value;
            testHub.Clock.AdvanceSeconds(1); // who comes later waits behind
            return entry;
        }

        /// <summary>As the job does.</summary>
        public Task<int> Offer() => testHub.Get<OfferFreeSpace>().Run(Stop);

        public async Task<WaitingOffer?> OfferOf(WaitingEntry entry) => await testHub.Read(db => db.WaitingOffers.AsNoTracking()
            .SingleOrDefaultAsync(one => one.EntryId == entry.Id && one.Status == OfferStatus.Open, Stop));

        public Task<WaitingEntry> Reread(WaitingEntry entry) =>
            testHub.Read(db => db.WaitingEntries.AsNoTracking().SingleAsync(one => one.Id == entry.Id, Stop));

        public async Task Cancel(Booking booking) =>
            Assert.True((await testHub.Get<CancelBooking>().Run(booking.Id, booking.MemberId, ifRevision: null, Stop)).IsDone);

        public Task<int> ClaimCount() => testHub.Read(db => db.Claims.CountAsync(Stop));

        /// <summary>All acts at the same time, by eight at once.</summary>
        public async Task<T[]> ByEight<T>(params IEnumerable<Func<Task<T>>> acts)
        {
            using var workers = new SemaphoreSlim(8);
            return await Task.WhenAll(acts.Select(async act =>
            {
                await workers.WaitAsync(Stop);
                try
                {
                    return await Task.Run(act, Stop);
                }
                finally
                {
                    workers.Release();
                }
            }));
        }
    }
}
