using DigiHub.Bookings;
using DigiHub.Bookings.Meetings;
using DigiHub.Members;
using DigiHub.Spaces;

namespace DigiHub.Tests.Bookings.Meetings;

/// <summary>Shorthands of the tests of meetings at two sites.</summary>
internal static class Meets
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    extension(TestHub testHub)
    {
        public Task<Outcome<Meeting>> TryMeet(Member member, Space first, Space second, When when, string? title = null) =>
            testHub.Get<BookMeeting>().Run(
                new() { ActorId = member.Id, Rooms = [new(first.Id), new(second.Id)], When = when, Title = title }, Stop);

        public async Task<Meeting> Meet(Member member, Space first, Space second, When when, string? title = null) =>
            (await testHub.TryMeet(member, first, second, when, title)).Value;

        /// <summary>Both parts as they are by now.</summary>
        public async Task<(Booking First, Booking Second)> Reread(Meeting meeting) =>
            (await testHub.Reread(meeting.First), await testHub.Reread(meeting.Second));

        /// <summary>One more room at West, for 12.</summary>
        public async Task<Space> MoreAtWest(string name, bool approval = false)
        {
            var cast = testHub.Cast;
            await using var db = testHub.OpenDb();
            var rules = new RuleSet
            {
                Name = new(name, name),
                Granularity = Granularity.Minutes,
                NeedsApproval = approval,
            };
            var room = new Space
            {
                SiteId = cast.West.Id,
                FloorId = cast.West.Floors[0].Id,
                Kind = SpaceKind.Room,
                Name = name,
                Zone = new("Fensterreihe", "Window row"),
                Capacity = 12,
                Rules = rules,
                Units = [new SpaceUnit { UnitId = 100 + name.Length }],
            };
            db.Add(room);
            await db.SaveChangesAsync(Stop);
            return room;
        }
    }
}
