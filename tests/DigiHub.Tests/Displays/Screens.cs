using DigiHub.Data;
using DigiHub.Displays;
using DigiHub.Spaces;

namespace DigiHub.Tests.Displays;

/// <summary>Shorthands of the tests of screens.</summary>
internal static class Screens
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    extension(TestHub testHub)
    {
        /// <summary>A screen at the door of a room, paired by Alan: its secret, and its row.</summary>
        public async Task<(string Secret, Device Device)> AtDoor(Space room, DeviceLook look = DeviceLook.Colour)
        {
            var shown = (await testHub.Get<ShowPairingCode>().New(Stop)).Value;
            var device = await testHub.Get<PairDevice>().Run(testHub.ToPair(shown.Code, room) with { Look = look }, Stop);
            return (shown.Secret, device.Value);
        }

        public PairDeviceRequest ToPair(string? code, Space room) => new()
        {
            ActorId = testHub.Cast.Alan.Id,
            Code = code,
            Kind = DeviceKind.Door,
            SiteId = room.SiteId,
            SpaceId = room.Id,
            Look = DeviceLook.Colour,
        };

        /// <summary>Rooms can be taken at their doors; they need no set-up, unless that is what the test is about.</summary>
        public Task AllowWalkUps(RuleSet rules, Action<RuleSet>? change = null) => testHub.ChangeRules(rules, row =>
        {
            (row.AllowsWalkUps, row.SetUpMinutes) = (true, 0);
            change?.Invoke(row);
        });

        /// <summary>By the unit of work, so that the process reads the catalogue again.</summary>
        public async Task ChangeRules(RuleSet rules, Action<RuleSet> change) => await testHub.Get<UnitOfWork>().Run<bool>(
            async db =>
            {
                change(await db.RuleSets.SingleAsync(one => one.Id == rules.Id, Stop));
                await db.SaveChangesAsync(Stop);
                return true;
            },
            Stop);

        public async Task<DoorView> AtTheRoom(Space room) => (await testHub.Get<RoomNow>().Run(room.Id, Stop))!;
    }
}
