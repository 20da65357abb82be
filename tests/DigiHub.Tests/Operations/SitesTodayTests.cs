using DigiHub.Access;
using DigiHub.Bookings;
using DigiHub.Closures;
using DigiHub.Operations;
using DigiHub.Tests.Bookings;
using DigiHub.Tests.Events;

namespace DigiHub.Tests.Operations;

/// <summary>What the administration's first page counts. It is Monday, 09:00.</summary>
public abstract class SitesTodayTests(TestDatabase database) : EventTests(database)
{
    private static readonly LocalDate Today = new(2026, 11, 23);

    [Fact]
    public async Task Each_site_says_how_many_desks_are_booked_which_rooms_are_taken_now_and_who_is_expected()
    {
        await TestHub.Book(Cast.Ada, Cast.Desk, When.On(Today));
        await TestHub.Book(Cast.Ada, Cast.Spree, When.Between(Today + new LocalTime(9, 0), Today + new LocalTime(10, 0)));
        await TestHub.Book(Cast.Bob, Cast.Panke, When.Between(Today + new LocalTime(14, 0), Today + new LocalTime(15, 0)));
        await TestHub.Book(Cast.Bob, Cast.NextDesk, When.On(Today.PlusDays(1)));

        var (east, west) = await Look(Cast.Alan);

        Assert.Equal((1, 2), (east.DesksBooked, east.People));
        Assert.Equal(2, east.RoomsTaken); // Spree, and the hall that it is a part of
        Assert.Equal((0, 0, 0), (west.DesksBooked, west.RoomsTaken, west.People));
    }

    [Fact]
    public async Task Events_of_today_are_named_and_drafts_and_others_are_not()
    {
        var evt = await Publish(Draft with { Start = Today + new LocalTime(18, 0) });
        await Publish(Draft with { Start = Today.PlusDays(1) + new LocalTime(18, 0), Title = new("Morgen", "Tomorrow") });
        await Write(Draft with { Start = Today + new LocalTime(12, 0), Title = new("Entwurf", "A draft") });

        var (east, west) = await Look(Cast.Alan);

        Assert.Equal([evt.Id], east.Events.Select(one => one.Id));
        Assert.Empty(west.Events);
    }

    [Fact]
    public async Task Who_administrates_one_site_sees_that_one()
    {
        var viewer = new Viewer(Cast.Bob.Id, [new HeldRole(Role.Administrator, Cast.West.Id)]);

        Assert.Equal([Cast.West.Id], (await TestHub.Get<SitesToday>().Run(viewer, Stop)).Select(one => one.Place.Site.Id));
        Assert.Empty(await TestHub.Get<SitesToday>().Run(Cast.As(Cast.Ada), Stop));
    }

    [Fact]
    public async Task Bookings_on_closed_days_ahead_are_counted_until_they_are_settled()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Desk, When.On(Today.PlusDays(3)));
        await TestHub.Get<CloseSite>().Run(
            new(Cast.Alan.Id, Cast.East.Id, Today.PlusDays(2), Today.PlusDays(4), new("Works", "Arbeiten")), Stop);

        var found = Assert.Single(await Booked());
        Assert.Equal((Cast.East.Id, 1), (found.Place.Site.Id, found.Bookings));
        Assert.Empty(await TestHub.Get<BookedOnClosedDays>().Run(Cast.As(Cast.Frieda), Stop));
        await TestHub.Get<CancelBooking>().Run(booking.Id, Cast.Ada.Id, ifRevision: null, Stop);

        Assert.Empty(await Booked());
    }

    private Task<IReadOnlyList<ClosureWithBookings>> Booked() => TestHub.Get<BookedOnClosedDays>().Run(Cast.As(Cast.Alan), Stop);

    private async Task<(SiteToday East, SiteToday West)> Look(DigiHub.Members.Member member)
    {
        var sites = await TestHub.Get<SitesToday>().Run(Cast.As(member), Stop);
        return (sites.Single(one => one.Place.Site.Id == Cast.East.Id), sites.Single(one => one.Place.Site.Id == Cast.West.Id));
    }

    public sealed class OnSqlite(SqliteDatabase database) : SitesTodayTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : SitesTodayTests(database), IClassFixture<PostgresDatabase>;
}
