using DigiHub.Bookings;
using DigiHub.Events;

namespace DigiHub.Tests.Events;

public abstract class KeepPromisedTimesTests(TestDatabase database) : EventTests(database)
{
    // Rule 1.
    [Fact]
    public async Task When_the_zones_rules_change_the_time_on_the_wall_stays_and_room_and_reminders_follow()
    {
        var hosted = await Publish();
        await RegisterGuest(hosted, "Lise");
        var before = await RemindersDue(hosted, await Row(hosted, "Lise"));
        // As if it had been written under rules by which 18:00 was an hour earlier.
        await House.Read(db => db.Events.ExecuteUpdateAsync(set => set
            .SetProperty(one => one.Start, At(12, 8, 17)).SetProperty(one => one.End, At(12, 8, 19)), Stop));
        var keep = House.Get<KeepPromisedTimes>();

        Assert.Equal((1, 0), (await keep.Run(Stop), await keep.Run(Stop)));

        Assert.Equal((At(12, 8, 18), Evening), ((await Reread(hosted)).Start, (await Reread(hosted)).StartLocal));
        Assert.Equal(At(12, 8, 20), await House.Read(db => db.Claims.Where(claim => claim.EventId == hosted.Id).Select(claim => claim.End).SingleAsync(Stop)));
        Assert.Equal(before, await RemindersDue(hosted, await Row(hosted, "Lise")));
    }

    public sealed class OnSqlite(SqliteDatabase database) : KeepPromisedTimesTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : KeepPromisedTimesTests(database), IClassFixture<PostgresDatabase>;
}
