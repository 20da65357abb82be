using DigiHub.Bookings;
using DigiHub.Events;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Privacy;
using DigiHub.Registrations;
using DigiHub.Tests.Events;

namespace DigiHub.Tests.Privacy;

/// <summary>Retention per class: what has had its time becomes anonymous by itself.</summary>
public abstract class ForgetPastTests(TestDatabase database) : EventTests(database)
{
    [Fact]
    public async Task A_booking_is_nobodys_a_year_after_its_end_and_not_a_day_before()
    {
        var start = new LocalDateTime(2025, 3, 3, 10, 0);
        var booking = new Booking
        {
            Id = Guid.NewGuid(),
            SpaceId = Cast.Panke.Id,
            SiteId = Cast.East.Id,
            MemberId = Cast.Ada.Id,
            BookedById = Cast.Frieda.Id,
            Title = "Altes",
            StartLocal = start,
            EndLocal = start.PlusHours(1),
            Start = start.InZoneStrictly(Berlin).ToInstant(),
            End = start.PlusHours(1).InZoneStrictly(Berlin).ToInstant(),
            CreatedAt = start.InZoneStrictly(Berlin).ToInstant(),
        };
        await TestHub.Lay(booking);

        TestHub.Clock.Reset(booking.End + Retention.Bookings);
        Assert.Equal(0, await TestHub.Get<ForgetPast>().Run(Stop));
        TestHub.Clock.AdvanceSeconds(1);
        Assert.Equal(1, await TestHub.Get<ForgetPast>().Run(Stop));
        Assert.Equal(0, await TestHub.Get<ForgetPast>().Run(Stop));

        var after = await TestHub.Read(db => db.Bookings.SingleAsync(one => one.Id == booking.Id, Stop));
        Assert.Equal((Nobody.Id, Nobody.Id, null), (after.MemberId, after.BookedById, after.Title));
        Assert.Equal((booking.Start, booking.End, booking.SpaceId), (after.Start, after.End, after.SpaceId));
    }

    [Fact]
    public async Task Who_was_registered_is_a_number_half_a_year_after_the_event()
    {
        var evt = await Publish();
        await Register(evt, Cast.Ada.Id);
        await RegisterGuest(evt, "Wilhelmina");

        TestHub.Clock.Reset(evt.End + Retention.Registrations);
        Assert.Equal(0, await TestHub.Get<ForgetPast>().Run(Stop));
        TestHub.Clock.AdvanceSeconds(1);
        Assert.Equal(2, await TestHub.Get<ForgetPast>().Run(Stop));
        Assert.Equal(0, await TestHub.Get<ForgetPast>().Run(Stop));

        var rows = await Rows(evt);
        Assert.Equal(["Person 1", "Person 2"], rows.Select(one => (string?)one.Name));
        Assert.All(rows, one => Assert.Equal((null, RegistrationStatus.Confirmed), (one.MemberId, one.Status)));
    }

    [Fact]
    public void Every_rule_of_the_privacy_page_says_what_how_long_and_what_then()
    {
        var rules = Retention.Rules(new NotificationKeeping { ByName = Duration.FromDays(17) });

        Assert.Contains(rules, rule => rule.HowLong.English == "17 days");
        Assert.Contains(rules, rule => rule.HowLong.German == "365 Tage");
        Assert.All(rules, rule => Assert.All([rule.What, rule.HowLong, rule.Then], words =>
            Assert.False(string.IsNullOrWhiteSpace(words.English) || string.IsNullOrWhiteSpace(words.German))));
    }

    public sealed class OnSqlite(SqliteDatabase database) : ForgetPastTests(database), IClassFixture<SqliteDatabase>;
    public sealed class OnPostgres(PostgresDatabase database) : ForgetPastTests(database), IClassFixture<PostgresDatabase>;
}
