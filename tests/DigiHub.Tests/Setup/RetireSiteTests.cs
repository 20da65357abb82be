using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Claims;
using DigiHub.Closures;
using DigiHub.Events;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Setup;
using DigiHub.Sites;
using DigiHub.Spaces;
using DigiHub.Tests.Bookings;
using DigiHub.Tests.Events;
using DigiHub.Text;

namespace DigiHub.Tests.Setup;

/// <summary>Running a hub, rules 7 and 9: a site goes out of use; what lies outside its hours is settled. It is Monday, 09:00.</summary>
public abstract class RetireSiteTests(TestDatabase database) : EventTests(database)
{
    private static readonly LocalDate Tuesday = new(2026, 11, 24);

    [Fact]
    public async Task Where_nothing_stands_it_is_retired_at_once_and_nobody_books_there_any_more()
    {
        var past = await TestHub.Book(Cast.Ada, Cast.WestDesk, When.On(Tuesday));
        TestHub.Clock.Advance(Duration.FromDays(2));
        await TestHub.Read(db => db.Members.Where(member => member.Id == Cast.Bob.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(member => member.HomeSiteId, Cast.West.Id), Stop));

        Assert.True((await Retire()).IsDone);

        Assert.Equal("space_not_offered", (await TestHub.Refused(Cast.Bob, Cast.WestDesk, When.On(new(2026, 11, 26)))).Code);
        var map = await TestHub.Get<Catalogue>().Map(Stop);
        Assert.Equal(["east"], map.Places.Select(place => place.Site.Slug));
        Assert.Equal(["west"], map.Retired.Select(place => place.Site.Slug));
        Assert.Equal("W1-01", map.Space(past.SpaceId)!.Name);
        Assert.Equal("DigiHub West", map.PlaceOf(map.Space(past.SpaceId)!).Site.Name);
        Assert.Empty(map.Offered(Cast.West.Id));
        Assert.Null((await TestHub.Read(db => db.Members.SingleAsync(member => member.Id == Cast.Bob.Id, Stop))).HomeSiteId);
        Assert.Equal(Refusal.NotFound, (await Retire()).Refusal);
        Assert.Equal(1, await TestHub.Read(db => db.Activity.CountAsync(one => one.Act == "site.retired", Stop)));
        Assert.True((await TestHub.Get<AddSite>().Run(Cast.Alan.Id, new()
        {
            Name = "DigiHub West",
            Street = "Kantstraße 2",
            PostCode = "10623",
            City = "Berlin",
            ZoneId = "Europe/Berlin",
            Week = SiteDraft.UsualWeek,
        }, Stop)).IsDone);
    }

    [Fact]
    public async Task Standing_bookings_stop_it_unless_they_are_cancelled_with_an_e_mail_and_events_always_do()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.WestDesk, When.On(Tuesday));
        var evt = await Publish(Draft with { SpaceId = Cast.Havel.Id });
        var standing = (await TestHub.Get<RetireSite>().Look(Cast.As(Cast.Alan), Cast.West.Id, Stop))!;
        Assert.Equal((1, 1, false, false), (standing.Bookings, standing.Events.Count, standing.IsLast, standing.CanBeDeleted));

        Assert.Equal("events_standing", (await Retire(cancels: true)).Refusal?.Code);
        await TestHub.Get<CancelEvent>().Run(new(evt.Id, Cast.Grace.Id), Stop);
        Assert.Equal("bookings_standing", (await Retire()).Refusal?.Code);
        var done = (await Retire(cancels: true)).Value;

        Assert.Equal((1, 1), (done.Cancelled, done.PeopleTold));
        Assert.False((await TestHub.Read(db => db.Bookings.SingleAsync(one => one.Id == booking.Id, Stop))).IsStanding);
        Assert.Equal(0, await TestHub.Read(db => db.Claims.CountAsync(Stop)));
    }

    [Fact]
    public async Task It_comes_back_into_use_with_its_desks_and_rooms_unless_another_has_its_name()
    {
        var desk = await TestHub.Book(Cast.Ada, Cast.WestDesk, When.On(Tuesday));
        Assert.True((await Retire(cancels: true)).IsDone);
        TestHub.Clock.Advance(Duration.FromDays(1));

        Assert.Equal(Refusal.NotFound, (await TestHub.Get<RetireSite>().TakeBack(Cast.Ada.Id, Cast.West.Id, Stop)).Refusal);
        Assert.True((await TestHub.Get<RetireSite>().TakeBack(Cast.Alan.Id, Cast.West.Id, Stop)).IsDone);

        Assert.Equal(["east", "west"], (await TestHub.Get<Catalogue>().Map(Stop)).Places.Select(place => place.Site.Slug));
        await TestHub.Book(Cast.Bob, Cast.WestDesk, When.On(new(2026, 11, 26)));
        Assert.False((await TestHub.Read(db => db.Bookings.SingleAsync(one => one.Id == desk.Id, Stop))).IsStanding);
        Assert.Equal(1, await TestHub.Read(db => db.Activity.CountAsync(one => one.Act == "site.brought_back", Stop)));
        Assert.Equal(Refusal.NotFound, (await TestHub.Get<RetireSite>().TakeBack(Cast.Alan.Id, Cast.West.Id, Stop)).Refusal);

        Assert.True((await Retire(cancels: true)).IsDone);
        await TestHub.Get<AddSite>().Run(Cast.Alan.Id, new()
        {
            Name = "DigiHub West",
            Street = "Kantstraße 2",
            PostCode = "10623",
            City = "Berlin",
            ZoneId = "Europe/Berlin",
            Week = SiteDraft.UsualWeek,
        }, Stop);
        Assert.Equal("site_name_taken", (await TestHub.Get<RetireSite>().TakeBack(Cast.Alan.Id, Cast.West.Id, Stop)).Refusal?.Code);
    }

    [Fact]
    public async Task The_last_one_in_use_stays_also_when_two_are_retired_at_once()
    {
        var outcomes = await Task.WhenAll(new[] { Cast.East, Cast.West }.Select(site => Task.Run(() => Retire(site))));

        Assert.Single(outcomes, outcome => outcome.IsDone);
        Assert.Equal("last_site", outcomes.Single(outcome => !outcome.IsDone).Refusal!.Code);
        Assert.Single((await TestHub.Get<Catalogue>().Map(Stop)).Places);
    }

    [Fact]
    public async Task Bookings_that_race_with_it_are_cancelled_with_it_or_refused()
    {
        var acts = Enumerable.Range(0, 10).Select(i => Task.Run(async () => i == 4
            ? (await Retire(cancels: true)).Refusal
            : (await TestHub.TryBook(i % 2 == 0 ? Cast.Ada : Cast.Bob, Cast.Havel, Hours(9 + i % 5, 10 + i % 5))).Refusal));

        var refusals = await Task.WhenAll(acts);

        Assert.Null(refusals[4]);
        Assert.Equal(0, await TestHub.Read(db => db.Bookings.CountAsync(one => one.Status == BookingStatus.Confirmed, Stop)));
        Assert.Equal(0, await TestHub.Read(db => db.Claims.CountAsync(Stop)));
    }

    [Fact]
    public async Task Only_a_site_that_was_never_used_is_deleted()
    {
        Assert.Equal("site_referred", (await TestHub.Get<RetireSite>().Delete(Cast.Alan.Id, Cast.West.Id, Stop)).Refusal?.Code);
        var site = (await TestHub.Get<AddSite>().Run(Cast.Alan.Id, new()
        {
            Name = "Hub Nord",
            Street = "Müllerstraße 1",
            PostCode = "13353",
            City = "Berlin",
            ZoneId = "Europe/Berlin",
            Week = SiteDraft.UsualWeek,
        }, Stop)).Value;
        await TestHub.Get<AddSpaces>().Run(Cast.Alan.Id, site.Id, new() { Level = 0, Desks = 2, FirstDesk = "N0-1" }, Stop);
        Assert.True((await TestHub.Get<RetireSite>().Look(Cast.As(Cast.Alan), site.Id, Stop))!.CanBeDeleted);

        Assert.True((await TestHub.Get<RetireSite>().Delete(Cast.Alan.Id, site.Id, Stop)).IsDone);

        Assert.Equal(2, await TestHub.Read(db => db.Sites.CountAsync(Stop)));
        Assert.Equal(8, await TestHub.Read(db => db.Spaces.CountAsync(Stop)));
    }

    [Fact]
    public async Task Only_who_looks_after_the_site_may()
    {
        await TestHub.Get<GrantRoles>().Run(new(Cast.Bob.Id, [Role.Administrator], Cast.Alan.Id, Cast.East.Id), Stop);
        foreach (var member in new[] { Cast.Ada, Cast.Grace, Cast.Frieda, Cast.Bob })
        {
            Assert.Null(await TestHub.Get<RetireSite>().Look(new Viewer(member.Id, []), Cast.West.Id, Stop));
            Assert.Equal(Refusal.NotFound, (await Retire(by: member)).Refusal);
            Assert.Equal(Refusal.NotFound, (await TestHub.Get<RetireSite>().Delete(member.Id, Cast.West.Id, Stop)).Refusal);
            Assert.Equal(Refusal.NotFound, (await CancelOutside(Cast.West, by: member)).Refusal);
        }

        Assert.True((await Retire(Cast.East, by: Cast.Bob)).IsDone);
    }

    [Fact]
    public async Task What_lies_outside_new_hours_is_cancelled_one_by_one_or_all_at_once_with_one_e_mail_a_person()
    {
        List<Booking> late = [];
        foreach (var (member, space) in new[] { (Cast.Ada, Cast.Spree), (Cast.Ada, Cast.Booth), (Cast.Bob, Cast.Panke) })
            late.Add(await TestHub.Book(member, space, Hours(18, 19)));
        var stays = await TestHub.Book(Cast.Grace, Cast.Spree, Hours(9, 10));
        TestHub.Clock.AdvanceSeconds(11);
        await Deliver();
        await TestHub.Get<ChangeHours>().Run(Cast.Alan.Id, Cast.East.Id, Tuesday,
            [new(IsoDayOfWeek.Tuesday, new LocalTime(8, 0), new LocalTime(17, 0))], Stop);

        Assert.Equal(1, (await CancelOutside(Cast.East, [late[2].Id, stays.Id])).Value.Cancelled);
        var all = (await CancelOutside(Cast.East)).Value;

        Assert.Equal((2, 1, false), (all.Cancelled, all.PeopleTold, all.More));
        Assert.True((await TestHub.Read(db => db.Bookings.SingleAsync(one => one.Id == stays.Id, Stop))).IsStanding);
        Assert.Empty((await TestHub.Get<OutsideHours>().Run(Cast.As(Cast.Alan), Cast.East.Id, Stop)).Bookings);
        TestHub.Clock.AdvanceSeconds(11);
        Assert.Equal([BookingNotifications.Cancelled, BookingNotifications.Settled],
            (await Deliver()).Select(one => one.Type).OrderBy(type => type.Name));
        Assert.Equal(0, (await CancelOutside(Cast.East)).Value.Cancelled);
    }

    [Fact]
    public async Task Cancelled_with_the_closed_days_nobody_is_told_of_these_as_well()
    {
        await TestHub.Book(Cast.Ada, Cast.Desk, When.On(Tuesday));
        await TestHub.Book(Cast.Ada, Cast.Desk, When.On(Tuesday.PlusDays(1)));
        TestHub.Clock.AdvanceSeconds(11);
        await Deliver();
        await TestHub.Get<CloseSite>().Run(
            new(Cast.Alan.Id, Cast.East.Id, Tuesday, Tuesday.PlusDays(1), new("Works", "Umbau")), Stop);

        Assert.Equal(2, (await CancelOutside(Cast.East)).Value.Cancelled);

        TestHub.Clock.Advance(Duration.FromMinutes(6));
        Assert.Equal([BookingNotifications.Settled], (await Deliver()).Select(one => one.Type));
    }

    private Task<Outcome<SiteRetired>> Retire(Site? site = null, bool cancels = false, Member? by = null) =>
        TestHub.Get<RetireSite>().Run(new()
        {
            ActorId = (by ?? Cast.Alan).Id,
            SiteId = (site ?? Cast.West).Id,
            CancelsBookings = cancels,
            Reason = new("Auszug", "Moving out"),
        }, Stop);

    private Task<Outcome<OutsideCancelled>> CancelOutside(Site site, Guid[]? ids = null, Member? by = null) =>
        TestHub.Get<CancelOutside>().Run(new() { ActorId = (by ?? Cast.Alan).Id, SiteId = site.Id, BookingIds = ids }, Stop);

    private static When Hours(int from, int until) =>
        When.Between(Tuesday + new LocalTime(from, 0), Tuesday + new LocalTime(until, 0));

    public sealed class OnSqlite(SqliteDatabase database) : RetireSiteTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : RetireSiteTests(database), IClassFixture<PostgresDatabase>;
}
