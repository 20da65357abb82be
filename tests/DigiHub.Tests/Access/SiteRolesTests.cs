using DigiHub.Access;
using DigiHub.Bookings;
using DigiHub.Closures;
using DigiHub.Events;
using DigiHub.Members;
using DigiHub.Registrations;
using DigiHub.Spaces;
using DigiHub.Tests.Bookings;
using DigiHub.Tests.Events;

namespace DigiHub.Tests.Access;

/// <summary>A role of one site has its effect there, and none at the other.</summary>
public abstract class SiteRolesTests(TestDatabase database) : EventTests(database)
{
    private static readonly LocalDate Tomorrow = new(2026, 11, 24);

    private static readonly When morning = When.Between(Tomorrow.At(new(10, 0)), Tomorrow.At(new(11, 0)));

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await using var db = TestHub.OpenDb();
        await Cast.GiveRoles(db, Cast.Frieda);
        await Cast.GiveRoles(db, Cast.Grace);
        await Give(Cast.Frieda, Role.FrontDesk);
    }

    [Fact]
    public async Task The_front_desk_of_one_site_books_for_others_there_alone()
    {
        Assert.True((await BookFor(Cast.Ada, Cast.Spree)).IsDone);
        Assert.Equal("only_for_yourself", (await BookFor(Cast.Ada, Cast.Havel)).Refusal!.Code);
        Assert.True((await TestHub.TryBook(Cast.Frieda, Cast.Havel, morning)).IsDone); // their own they book everywhere
    }

    [Fact]
    public async Task It_sees_and_changes_bookings_of_its_site_alone()
    {
        var (east, west) = (await TestHub.Book(Cast.Ada, Cast.Spree, morning), await TestHub.Book(Cast.Ada, Cast.Havel, morning));
        var frieda = await Look(Cast.Frieda);

        Assert.NotNull(await TestHub.Get<OneBooking>().Find(east.Id, frieda, Stop));
        Assert.Null(await TestHub.Get<OneBooking>().Find(west.Id, frieda, Stop));
        Assert.Equal(Refusal.NotFound, (await TestHub.Get<CancelBooking>().Run(west.Id, Cast.Frieda.Id, ifRevision: null, Stop)).Refusal);
        Assert.Equal("only_for_yourself", (await Move(east, Cast.Havel)).Refusal!.Code);
        Assert.True((await Move(east, Cast.Panke)).IsDone);
        Assert.True((await TestHub.Get<CancelBooking>().Run(east.Id, Cast.Frieda.Id, ifRevision: null, Stop)).IsDone);
    }

    [Fact]
    public async Task It_reads_on_plans_and_lists_whose_a_booking_is_at_its_site_alone()
    {
        await TestHub.Book(Cast.Ada, Cast.Spree, morning);
        await TestHub.Book(Cast.Ada, Cast.Havel, morning);
        await TestHub.Book(Cast.Ada, Cast.Desk, When.On(Tomorrow));
        await TestHub.Book(Cast.Bob, Cast.WestDesk, When.On(Tomorrow, DayPart.Morning));
        var frieda = await Look(Cast.Frieda);

        Assert.NotNull((await BusyIn(Cast.Spree)).BookingId);
        Assert.Null((await BusyIn(Cast.Havel)).BookingId);
        Assert.NotNull((await Desk(Cast.East.Id, Cast.Desk)).BookingId);
        Assert.Null((await Desk(Cast.West.Id, Cast.WestDesk)).BookingId);
        Assert.Equal(2, (await TestHub.Get<ExpectedToday>().Run(Cast.East.Id, Tomorrow, search: null, frieda, Stop)).Count);
        Assert.Empty(await TestHub.Get<ExpectedToday>().Run(Cast.West.Id, Tomorrow, search: null, frieda, Stop));

        async Task<BusySpan> BusyIn(Space room) => Assert.Single(
            (await TestHub.Get<DayTimeline>().Run(room.SiteId, Tomorrow, frieda, SpaceKind.Room, Stop))!.Spaces.Single(one =>
                one.Space.Id == room.Id).Busy);

        async Task<DeskState> Desk(int siteId, Space desk) =>
            (await TestHub.Get<FloorDay>().Run(siteId, floorId: null, When.On(Tomorrow), frieda, Stop)).Value.Desks.Single(one =>
                one.Space.Id == desk.Id);
    }

    [Fact]
    public async Task An_auditor_sees_a_booking_and_cannot_touch_it()
    {
        await Give(Cast.Bob, Role.Auditor);
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, morning);
        var bob = await Look(Cast.Bob);

        Assert.NotNull(await TestHub.Get<OneBooking>().Find(booking.Id, bob, Stop));
        Assert.False(booking.MayBeChangedBy(bob));
        Assert.Equal(Refusal.NotFound, (await TestHub.Get<CancelBooking>().Run(booking.Id, Cast.Bob.Id, ifRevision: null, Stop)).Refusal);
        Assert.Empty(await TestHub.Get<MemberSearch>().Run("Ada", bob, Stop));
    }

    [Fact]
    public async Task An_organiser_of_one_site_writes_events_there_and_moves_none_to_the_other()
    {
        await Give(Cast.Grace, Role.Organiser);
        var evt = (await Write(Draft)).Value;

        Assert.Equal("not_an_organiser", (await Write(Draft with { SpaceId = Cast.Havel.Id })).Refusal!.Code);
        Assert.Equal("not_an_organiser",
            (await TestHub.Get<WriteEvent>().Run(new(evt.Id, Draft with { SpaceId = Cast.Havel.Id }, Cast.Grace.Id), Stop)).Refusal!.Code);
        Assert.True((await TestHub.Get<PublishEvent>().Run(evt.Id, Cast.Grace.Id, Stop)).IsDone);
        Assert.Equal("not_an_organiser", (await Edit(evt, Draft with { SpaceId = Cast.Havel.Id })).Refusal!.Code);
    }

    [Fact]
    public async Task An_administrator_of_one_site_edits_everybodys_events_there_alone()
    {
        await using (var db = TestHub.OpenDb())
            await Cast.GiveRoles(db, Cast.Grace, Role.Organiser);
        await Give(Cast.Bob, Role.Administrator);
        var (east, west) = (await Publish(), await Publish(Draft with { SpaceId = Cast.Havel.Id }));

        Assert.Equal([east.Id], (await TestHub.Get<HostedEvents>().Run(Cast.Bob.Id, Stop)).Select(card => card.Event.Id));
        Assert.Equal(Refusal.NotFound, (await TestHub.Get<CancelEvent>().Run(new(west.Id, Cast.Bob.Id), Stop)).Refusal);
        Assert.True((await TestHub.Get<CancelEvent>().Run(new(east.Id, Cast.Bob.Id), Stop)).IsDone);
    }

    [Fact]
    public async Task The_front_desk_receives_the_attendees_of_its_site_alone()
    {
        await using (var db = TestHub.OpenDb())
            await Cast.GiveRoles(db, Cast.Grace, Role.Organiser);
        var (east, west) = (await Publish(), await Publish(Draft with { SpaceId = Cast.Havel.Id }));
        var (here, there) = ((await Register(east, Cast.Ada.Id)).Value, (await Register(west, Cast.Ada.Id)).Value);

        Assert.NotNull(await TestHub.Get<AttendeeList>().Run(new(east.Id, Cast.Frieda.Id), Stop));
        Assert.Null(await TestHub.Get<AttendeeList>().Run(new(west.Id, Cast.Frieda.Id), Stop));
        TestHub.Clock.Reset(east.Start);
        Assert.True((await TestHub.Get<CheckIn>().Run(here.Registration!.Id, Cast.Frieda.Id, Stop)).IsDone);
        Assert.Equal(Refusal.NotFound, (await TestHub.Get<CheckIn>().Run(there.Registration!.Id, Cast.Frieda.Id, Stop)).Refusal);
    }

    [Fact]
    public async Task A_site_is_closed_by_its_own_administrator()
    {
        await Give(Cast.Bob, Role.Administrator);

        Assert.Equal(Refusal.NotFound, (await Close(Cast.West.Id, Cast.Bob)).Refusal);
        Assert.Equal(Refusal.NotFound, (await Close(Cast.East.Id, Cast.Frieda)).Refusal);
        var closed = (await Close(Cast.East.Id, Cast.Bob)).Value.Closure;
        Assert.Equal(Refusal.NotFound, (await TestHub.Get<ChangeClosure>().End(closed.Id, Cast.Frieda.Id, Stop)).Refusal);
        Assert.True((await TestHub.Get<ChangeClosure>().End(closed.Id, Cast.Bob.Id, Stop)).IsDone);

        Task<Outcome<ClosureOutcome>> Close(int siteId, Member by) =>
            TestHub.Get<CloseSite>().Run(new(by.Id, siteId, Tomorrow, Tomorrow, new("Works", "Arbeiten")), Stop);
    }

    private async Task Give(Member member, Role role) =>
        Assert.True((await TestHub.Get<GrantRoles>().Run(new(member.Id, [role], ActorId: null, Cast.East.Id), Stop)).Value);

    private async Task<Viewer> Look(Member member)
    {
        await using var db = TestHub.OpenDb();
        return (await db.Viewer(member.Id, Now, Stop))!;
    }

    private Task<Outcome<Booking>> BookFor(Member member, Space space) => TestHub.Get<BookSpace>().Run(
        new() { ActorId = Cast.Frieda.Id, MemberId = member.Id, SpaceId = space.Id, When = morning }, Stop);

    private Task<Outcome<Booking>> Move(Booking booking, Space to) => TestHub.Get<MoveBooking>().Run(
        new() { BookingId = booking.Id, ActorId = Cast.Frieda.Id, SpaceId = to.Id }, Stop);

    public sealed class OnSqlite(SqliteDatabase database) : SiteRolesTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : SiteRolesTests(database), IClassFixture<PostgresDatabase>;
}
