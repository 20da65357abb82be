using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Claims;
using DigiHub.Closures;
using DigiHub.Events;
using DigiHub.Notifications;
using DigiHub.Tests.Bookings;
using DigiHub.Tests.Events;
using DigiHub.Time;

namespace DigiHub.Tests.Claims;

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

    // Rule 8 of hubs.
    [Fact]
    public async Task What_is_out_of_service_follows_with_its_claims()
    {
        var closure = await Close(Day.At(new(8, 0)), Day.PlusDays(3).At(new(18, 0)));
        var before = await ClaimsAndReminders();
        await WrittenAnHourEarlier();

        Assert.Equal(new(1, 0), await TestHub.Get<RecomputeInstants>().Run(Stop));

        var now = await Reread(closure);
        Assert.Equal((closure.Start, closure.End, closure.LocalSpan), (now.Start, now.End, now.LocalSpan));
        Assert.Equal(before.Order(StringComparer.Ordinal), (await ClaimsAndReminders()).Order(StringComparer.Ordinal));
        Assert.Equal(1, await TestHub.Read(db => db.Activity.CountAsync(act => act.Act == ClosureActs.SpaceRecomputed.Name, Stop)));
        Assert.Empty(await TestHub.Get<OverlappedClosures>().Run(Cast.As(Cast.Alan), Stop));
    }

    [Fact]
    public async Task What_is_out_of_service_already_follows_with_its_end_alone()
    {
        var closure = await Close(Day.At(new(8, 0)), Day.PlusDays(1).At(new(18, 0)));
        await WrittenAnHourEarlier();
        TestHub.Clock.Advance(closure.Start - TestHub.Clock.GetCurrentInstant());

        Assert.Equal(new(1, 0), await TestHub.Get<RecomputeInstants>().Run(Stop));

        var now = await Reread(closure);
        Assert.Equal((closure.Start - Duration.FromHours(1), closure.End), (now.Start, now.End));
        Assert.Equal(new Instant?[] { now.Start, now.End }, await TestHub.Read(async db => new[]
        {
            await db.Claims.MinAsync(claim => (Instant?)claim.Start, Stop), await db.Claims.MaxAsync(claim => (Instant?)claim.End, Stop),
        }));
    }

    [Fact]
    public async Task What_was_booked_by_the_new_rules_stays_and_the_closure_holds_the_rest_and_is_shown_to_administrators()
    {
        var closure = await Close(Day.At(new(10, 0)), Day.At(new(13, 0)));
        await WrittenAnHourEarlier();
        TestHub.Clock.AdvanceMinutes(1);
        var booked = await TestHub.Book(Cast.Bob, Cast.Booth, Between(12, 13)); // by the new rules, before the closure followed

        Assert.Equal(new(1, 1), await TestHub.Get<RecomputeInstants>().Run(Stop));

        Assert.Equal([(closure.Id, 10, 12), (booked.Id, 12, 13)],
            (await TestHub.Read(db => db.Claims.AsNoTracking().OrderBy(claim => claim.Start).ToListAsync(Stop)))
                .ConvertAll(claim => (claim.HolderId, Hour(claim.Start), Hour(claim.End))));
        Assert.Equal(0, await TestHub.OverlappingClaims());
        var shown = Assert.Single(await TestHub.Get<OverlappedClosures>().Run(Cast.As(Cast.Alan), Stop));
        Assert.Equal((closure.Id, Cast.Booth.Id), (shown.Closure.Id, shown.Space.Id));
        Assert.Empty(await TestHub.Get<OverlappedClosures>().Run(Cast.As(Cast.Frieda), Stop));
        await TestHub.Get<CancelBooking>().Run(booked.Id, Cast.Bob.Id, null, Stop);
        Assert.Empty(await TestHub.Get<OverlappedClosures>().Run(Cast.As(Cast.Alan), Stop));
    }

    private async Task<SpaceClosure> Close(LocalDateTime from, LocalDateTime until) =>
        (await TestHub.Get<CloseSpace>().Run(new(Cast.Alan.Id, Cast.Booth.Id, from, until, new("Repair", "Reparatur")), Stop)).Value;

    private Task<SpaceClosure> Reread(SpaceClosure closure) =>
        TestHub.Read(db => db.Set<SpaceClosure>().AsNoTracking().SingleAsync(one => one.Id == closure.Id, Stop));

    private static int Hour(Instant instant) => instant.InZone(Berlin).Hour;

    /// <summary>As if everything so far had been written under rules by which each local time was an hour earlier.</summary>
    private async Task WrittenAnHourEarlier()
    {
        await using var db = TestHub.OpenDb();
        var hour = Duration.FromHours(1);
        foreach (var booking in await db.Bookings.ToListAsync(Stop))
            (booking.Start, booking.End) = (booking.Start - hour, booking.End - hour);
        foreach (var evt in await db.Events.ToListAsync(Stop))
            (evt.Start, evt.End) = (evt.Start - hour, evt.End - hour);
        foreach (var closure in await db.Set<SpaceClosure>().ToListAsync(Stop))
            (closure.Start, closure.End) = (closure.Start - hour, closure.End - hour);
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
