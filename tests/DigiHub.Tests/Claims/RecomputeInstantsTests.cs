using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Claims;
using DigiHub.Events;
using DigiHub.Notifications;
using DigiHub.Tests.Bookings;
using DigiHub.Time;

namespace DigiHub.Tests.Events;

public abstract class RecomputeInstantsTests(TestDatabase database) : EventTests(database)
{
    private static readonly LocalDate Day = new(2026, 12, 8);

    // Rule 1.
    [Fact]
    public async Task When_the_zones_rules_change_the_local_time_stays_and_room_and_reminders_follow()
    {
        var evt = await Publish();
        await RegisterGuest(evt, "Lise");
        var before = await RemindersDue(evt, await Row(evt, "Lise"));
        await WrittenAnHourEarlier();
        var recompute = TestHub.Get<RecomputeInstants>();

        Assert.Equal((new(1, 0), new(0, 0)), (await recompute.Run(Stop), await recompute.Run(Stop)));

        Assert.Equal((At(12, 8, 18), Evening), ((await Reread(evt)).Start, (await Reread(evt)).StartLocal));
        Assert.Equal(At(12, 8, 20),
            await TestHub.Read(db => db.Claims.Where(claim => claim.HolderId == evt.Id).Select(claim => claim.End).SingleAsync(Stop)));
        Assert.Equal(before, await RemindersDue(evt, await Row(evt, "Lise")));
    }

    [Fact]
    public async Task Bookings_follow_with_their_claims_and_reminders_even_where_each_needs_the_hour_of_the_next()
    {
        List<Booking> bookings = [];
        foreach (var hour in new[] { 12, 11, 10, 9 })
            bookings.Add(await TestHub.Book(Cast.Ada, Cast.Booth, Between(hour, hour + 1)));
        var before = await ClaimsAndReminders();
        await WrittenAnHourEarlier();

        Assert.Equal(new(4, 0), await TestHub.Get<RecomputeInstants>().Run(Stop));

        Assert.Equal(before, await ClaimsAndReminders());
        Assert.Equal(bookings.Select(booking => booking.Span),
            (await Task.WhenAll(bookings.Select(TestHub.Reread))).Select(booking => booking.Span));
        Assert.Equal(4, await TestHub.Read(db => db.Activity.CountAsync(act => act.Act == BookingActs.Recomputed.Name, Stop)));
        Assert.Empty((await TestHub.Get<WithoutSpace>().Run(Cast.As(Cast.Alan), Stop)).Bookings);
    }

    [Fact]
    public async Task Who_holds_the_space_by_the_new_rules_keeps_it_and_what_collides_is_shown_to_administrators()
    {
        var first = await TestHub.Book(Cast.Ada, Cast.Booth, Between(10, 11));
        await WrittenAnHourEarlier();
        TestHub.Clock.AdvanceMinutes(1);
        var second = await TestHub.Book(Cast.Bob, Cast.Booth, Between(10, 11)); // by the new rules, before the first was recomputed

        Assert.Equal(new(1, 1), await TestHub.Get<RecomputeInstants>().Run(Stop));

        var lost = Assert.Single((await TestHub.Get<WithoutSpace>().Run(Cast.As(Cast.Alan), Stop)).Bookings);
        Assert.Equal((first.Id, "Ada"), (lost.Booking.Id, lost.MemberName));
        Assert.Equal(second.Id, await TestHub.Read(db => db.Claims.Select(claim => claim.HolderId).SingleAsync(Stop)));
        Assert.Equal(0, await TestHub.OverlappingClaims());
        Assert.Equal(first.Id, await TestHub.Read(db => db.Activity.Where(act => act.Act == BookingActs.LostSpace.Name)
            .Select(act => act.SubjectId!.Value).SingleAsync(Stop)));
    }

    /// <summary>As if everything so far had been written under rules by which each local time was an hour earlier.</summary>
    private async Task WrittenAnHourEarlier()
    {
        await using var db = TestHub.OpenDb();
        var hour = Duration.FromHours(1);
        foreach (var booking in await db.Bookings.ToListAsync(Stop))
            (booking.Start, booking.End) = (booking.Start - hour, booking.End - hour);
        foreach (var evt in await db.Events.ToListAsync(Stop))
            (evt.Start, evt.End) = (evt.Start - hour, evt.End - hour);
        await db.SaveChangesAsync(Stop);
        foreach (var claim in await db.Claims.AsNoTracking().OrderBy(claim => claim.Start).ToListAsync(Stop))
            await db.Claims.Where(one => one.Id == claim.Id).ExecuteUpdateAsync(
                set => set.SetProperty(one => one.Start, claim.Start - hour).SetProperty(one => one.End, claim.End - hour), Stop);
        foreach (var notification in await db.Notifications.AsNoTracking()
            .Where(notification => notification.ScheduledForStart != null).ToListAsync(Stop))
            await db.Notifications.Where(one => one.Id == notification.Id).ExecuteUpdateAsync(
                set => set.SetProperty(one => one.ScheduledForStart, notification.ScheduledForStart - hour), Stop);
    }

    private async Task<List<string>> ClaimsAndReminders() =>
    [
        .. (await TestHub.Read(db => db.Claims.AsNoTracking().OrderBy(claim => claim.Start).ToListAsync(Stop))).Select(claim =>
            $"{claim.HolderId} {claim.Start}/{claim.End}"),
        .. (await TestHub.Read(db => db.Notifications.AsNoTracking().Where(notification =>
            notification.Type == BookingNotifications.Reminder && notification.State == NotificationState.Planned).ToListAsync(Stop)))
            .Select(notification => $"{notification.SubjectId} {notification.DueAt} {notification.ScheduledForStart}")
            .Order(StringComparer.Ordinal),
    ];

    private static When Between(int from, int until) => When.Between(Day.At(new(from, 0)), Day.At(new(until, 0)));

    public sealed class OnSqlite(SqliteDatabase database) : RecomputeInstantsTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : RecomputeInstantsTests(database), IClassFixture<PostgresDatabase>;
}
