using DigiHub.Bookings.Demand;
using DigiHub.Sites;
using DigiHub.Spaces;

namespace DigiHub.Demo;

/// <summary>What was looked for in the last three weeks and not had, so that the report of the demo has something to tell.</summary>
internal static class DemoWishes
{
    private static readonly (IsoDayOfWeek Day, SpaceKind Kind, int Hour, string Code, int Count)[] weekly =
    [
        (IsoDayOfWeek.Tuesday, SpaceKind.Room, 10, "slot_taken", 9), (IsoDayOfWeek.Wednesday, SpaceKind.Room, 14, "slot_taken", 7),
        (IsoDayOfWeek.Thursday, SpaceKind.Room, 14, UnmetWish.NothingFree, 5),
        (IsoDayOfWeek.Wednesday, SpaceKind.Desk, 8, UnmetWish.NothingFree, 4), (IsoDayOfWeek.Monday, SpaceKind.Booth, 11, "slot_taken", 3),
        (IsoDayOfWeek.Tuesday, SpaceKind.Room, 9, "beyond_horizon", 3), (IsoDayOfWeek.Friday, SpaceKind.Booth, 13, "too_long", 2),
        (IsoDayOfWeek.Thursday, SpaceKind.Room, 19, "outside_opening_hours", 2),
    ];

    public static IEnumerable<UnmetWish> Of(IEnumerable<Site> sites, Instant now) =>
        from site in sites
        from week in Enumerable.Range(1, 3)
        from wish in weekly
        select new UnmetWish
        {
            Id = Guid.CreateVersion7(now.ToDateTimeOffset()),
            Date = now.InUtc().Date.Previous(wish.Day).PlusWeeks(1 - week),
            SiteId = site.Id,
            Kind = wish.Kind,
            Hour = wish.Hour,
            Code = wish.Code,
            Count = wish.Count,
        };
}
