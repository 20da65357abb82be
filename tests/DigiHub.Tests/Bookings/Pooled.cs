using DigiHub.Bookings;
using DigiHub.Members;
using DigiHub.Setup;
using DigiHub.Spaces;

namespace DigiHub.Tests.Bookings;

/// <summary>Shorthands of the tests of pools.</summary>
internal static class Pooled
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    extension(TestHub testHub)
    {
        /// <summary>A pool of these, which are of one site and kind.</summary>
        public async Task<Pool> Pool(string name, params Space[] spaces)
        {
            var edit = testHub.Get<EditPools>();
            var pool = (await edit.Add(testHub.Cast.Alan.Id, spaces[0].SiteId, new(name, $"{name} (en)"), spaces[0].Kind, Stop)).Value;
            return (await edit.SetMembers(testHub.Cast.Alan.Id, pool.Id, [.. spaces.Select(space => space.Id)], null, Stop)).Value.Pool;
        }

        public Task<Outcome<Booking>> TryBook(Member member, Pool pool, When when) =>
            testHub.Get<BookSpace>().Run(new BookSpaceRequest { ActorId = member.Id, PoolId = pool.Id, When = when }, Stop);

        public async Task<Booking> Book(Member member, Pool pool, When when) => (await testHub.TryBook(member, pool, when)).Value;
    }
}
