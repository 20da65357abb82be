using DigiHub.Bookings;
using DigiHub.Bookings.Approvals;
using DigiHub.Bookings.CheckIn;
using DigiHub.Bookings.Guests;
using DigiHub.Keys;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Privacy;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Tests.Bookings.Guests;

/// <summary>Guests by name: counted against the seats, invited, told of changes, received, forgotten.</summary>
public abstract class GuestTests(TestDatabase database) : HubTests(database)
{
    private static readonly LocalDate Tomorrow = new(2026, 11, 24);

    [Fact]
    public async Task Guests_and_who_booked_are_counted_against_the_seats_and_the_refusal_names_them()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11)); // for 8

        Assert.True((await Add(booking, [.. Names(7)])).IsDone);
        var refused = (await Add(booking, "One more")).Refusal!;

        Assert.Equal(("too_many_people", "guests"), (refused.Code, refused.Field));
        Assert.Contains("8", refused.Message.English, StringComparison.Ordinal);
        Assert.Equal(7, await TestHub.Read(db => db.BookingGuests.CountAsync(Stop)));
    }

    [Fact]
    public async Task A_stated_number_counts_where_it_is_more()
    {
        var booking = (await TestHub.Get<BookSpace>().Run(
            new() { ActorId = Cast.Ada.Id, SpaceId = Cast.Spree.Id, When = At(10, 11), People = 8 }, Stop)).Value;

        Assert.Equal(8, (await TestHub.Reread(booking)).People);
        Assert.True((await Add(booking, [.. Names(7)])).IsDone);
        Assert.Equal("too_many_people", (await Add(booking, "One more")).Refusal?.Code);
        Assert.Equal("too_many_people", (await TestHub.Get<BookSpace>().Run(
            new() { ActorId = Cast.Ada.Id, SpaceId = Cast.Panke.Id, When = At(10, 11), People = 13 }, Stop)).Refusal?.Code);
    }

    [Fact]
    public async Task A_move_to_a_smaller_room_than_its_guests_need_is_refused()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Panke, At(10, 11)); // for 12
        await Add(booking, [.. Names(9)]);

        Assert.Equal("too_many_people", (await TestHub.Get<MoveBooking>().Run(
            new() { BookingId = booking.Id, ActorId = Cast.Ada.Id, SpaceId = Cast.Spree.Id }, Stop)).Refusal?.Code);
    }

    [Fact]
    public async Task The_same_address_may_come_as_often_as_it_is_named()
    {
        var (one, other) = (await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11)), await TestHub.Book(Cast.Ada, Cast.Spree, At(14, 15)));
        await Add(one, ("Ina", "ina@example.net"));
        await Add(one, ("Ina again", "ina@example.net"));
        await Add(other, ("Ina", "ina@example.net"));

        Assert.Equal(3, await Tell());
        Assert.Equal(3, (await Emails()).Count(email => email.Type == GuestNotifications.Invited));
    }

    [Fact]
    public async Task Guests_are_invited_told_of_a_move_and_of_the_end_and_each_once()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));
        await Add(booking, ("Ina", "ina@example.net"), ("Without address", null));
        Assert.Equal(0, await TestHub.Get<TellGuests>().Run(Stop)); // could be taken back yet
        Assert.Equal(1, await Tell());
        Assert.Equal(0, await Tell());
        await Deliver();

        await TestHub.Get<MoveBooking>().Run(new() { BookingId = booking.Id, ActorId = Cast.Ada.Id, When = At(12, 13) }, Stop);
        Assert.Equal(1, await Tell());
        await Deliver();
        await TestHub.Get<CancelBooking>().Run(booking.Id, Cast.Ada.Id, ifRevision: null, Stop);
        Assert.Equal(1, await Tell());

        Assert.Equal([GuestNotifications.Invited, GuestNotifications.Changed, GuestNotifications.Withdrawn],
            (await Emails()).Select(email => email.Type));
        Assert.All(await Emails(), email => Assert.Null(email.MemberId));
    }

    [Fact]
    public async Task Whom_nothing_has_reached_is_not_told_that_it_is_off()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));
        await Add(booking, ("Ina", "ina@example.net"));
        await Tell();
        await TestHub.Get<CancelBooking>().Run(booking.Id, Cast.Ada.Id, ifRevision: null, Stop);
        await Tell();

        Assert.Equal([(GuestNotifications.Invited, NotificationState.Cancelled)],
            (await Emails()).Select(email => (email.Type, email.State)));
    }

    [Fact]
    public async Task Who_is_taken_off_is_told_and_no_longer_expected()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));
        var guest = (await Add(booking, ("Ina", "ina@example.net"))).Value[0];
        await Tell();
        await Deliver();

        await TestHub.Get<RemoveGuest>().Run(booking.Id, guest.Id, Cast.Ada.Id, Stop);
        await Tell();

        Assert.Contains(GuestNotifications.Withdrawn, (await Emails()).Select(email => email.Type));
        Assert.Empty(await TestHub.Get<ArrivalList>().Of(booking.Id, Stop));
        Assert.Equal(0, await Tell());
    }

    [Fact]
    public async Task What_waits_for_approval_invites_once_it_is_approved()
    {
        await TestHub.Read(db => db.RuleSets.ExecuteUpdateAsync(set => set.SetProperty(one => one.NeedsApproval, true), Stop));
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(14, 15));
        await Add(booking, ("Ina", "ina@example.net"));
        Assert.Equal(0, await Tell());

        await TestHub.Get<ApproveBookings>().Run((await TestHub.Reread(booking)).ApprovalId!.Value, Cast.Alan.Id, Stop);

        Assert.Equal(1, await Tell());
    }

    [Fact]
    public async Task The_front_desk_sees_who_is_expected_that_day_at_its_site_and_marks_who_has_come()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));
        var guest = (await Add(booking, ("Ina", "ina@example.net"))).Value[0];
        await Add(await TestHub.Book(Cast.Ada, Cast.Havel, At(14, 15)), ("Elsewhere", null));
        var list = TestHub.Get<ArrivalList>();

        var expected = Assert.Single((await list.Run(Cast.East.Id, Tomorrow, Cast.As(Cast.Frieda), Stop))!);
        Assert.Equal(("Ina", "Ada"), (expected.Guest.Name.Text, expected.Host!.Text));
        Assert.Empty((await list.Run(Cast.East.Id, Tomorrow.PlusDays(1), Cast.As(Cast.Frieda), Stop))!);
        Assert.Null(await list.Run(Cast.East.Id, Tomorrow, Cast.As(Cast.Ada), Stop));

        Assert.Equal("not_that_day", (await Arrive(guest)).Refusal?.Code);
        TestHub.Clock.Reset(booking.Start - Duration.FromMinutes(30));
        Assert.Equal("not_found", (await Arrive(guest, Cast.Bob)).Refusal?.Code);
        Assert.NotNull((await Arrive(guest)).Value.ArrivedAt);
        Assert.Null((await TestHub.Get<GuestArrives>().Run(guest.Id, Cast.Frieda.Id, hasArrived: false, Stop)).Value.ArrivedAt);
    }

    [Fact]
    public async Task A_guest_who_says_that_they_are_there_keeps_the_room()
    {
        await TestHub.Read(db => db.RuleSets.ExecuteUpdateAsync(set => set.SetProperty(one => one.CheckInGraceMinutes, 15), Stop));
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));
        var guest = (await Add(booking, ("Ina", "ina@example.net"))).Value[0];
        var key = (await TestHub.Get<HubTokenSigner>().Get(Stop)).Close(TokenPurpose.Guest, guest.Id);
        var link = TestHub.Get<GuestByLink>();
        Assert.False((await link.Look(key, Stop))!.CanArrive); // not that day yet
        TestHub.Clock.Reset(booking.Start + Duration.FromMinutes(5));

        Assert.True((await link.Look(key, Stop))!.CanArrive);
        Assert.Null((await TestHub.Reread(booking)).CheckedInAt); // a look changes nothing
        Assert.True((await link.Here(key, Stop)).IsDone);

        Assert.Equal(CheckInWay.Link, (await TestHub.Reread(booking)).CheckedInHow);
        TestHub.Clock.Reset(booking.Start + Duration.FromMinutes(20));
        Assert.Equal(0, await TestHub.Get<ReleaseNoShows>().Run(Stop));
    }

    [Fact]
    public async Task Only_who_may_change_the_booking_names_guests()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));

        Assert.Equal("not_found", (await TestHub.Get<AddGuests>().Run(booking.Id, Cast.Bob.Id, [new("Ina", null)], Stop)).Refusal?.Code);
        Assert.True((await TestHub.Get<AddGuests>().Run(booking.Id, Cast.Frieda.Id, [new("Ina", null)], Stop)).IsDone);
        await TestHub.Get<CancelBooking>().Run(booking.Id, Cast.Ada.Id, ifRevision: null, Stop);
        Assert.Equal("already_cancelled", (await Add(booking, "Late")).Refusal?.Code);
    }

    [Theory]
    [InlineData(29, 1)]
    [InlineData(31, 0)]
    public async Task Guests_are_forgotten_thirty_days_after(int days, int left)
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));
        await Add(booking, ("Ina", "ina@example.net"));
        await Tell();
        await Deliver();
        TestHub.Clock.Reset(booking.End + Duration.FromDays(days));

        await TestHub.Get<ForgetPast>().Run(Stop);

        Assert.Equal(left, await TestHub.Read(db => db.BookingGuests.CountAsync(Stop)));
        Assert.Equal(left == 1, (await Emails())[0].RecipientEmail is not null);
    }

    [Fact]
    public async Task A_guest_is_forgotten_and_shown_what_is_known_by_their_address()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));
        await Add(booking, ("Ina", "ina@example.net"), ("Oda", "oda@example.net"));

        Assert.NotNull(await TestHub.Read(db => db.Person(EmailAddress.Of("ina@example.net"), Stop)));
        Assert.True((await TestHub.Get<ErasePerson>().RunForGuest(EmailAddress.Of("ina@example.net"), Stop)).IsDone);

        Assert.Equal(["Oda"], await TestHub.Read(db => db.BookingGuests.Select(one => one.Name.Text).ToListAsync(Stop)));
    }

    private Task<Outcome<IReadOnlyList<BookingGuest>>> Add(Booking booking, params string[] names) =>
        Add(booking, [.. names.Select(name => (name, (string?)null))]);

    private Task<Outcome<IReadOnlyList<BookingGuest>>> Add(Booking booking, params (string Name, string? Email)[] guests) =>
        TestHub.Get<AddGuests>().Run(booking.Id, booking.MemberId, [.. guests.Select(one => new GuestDraft(one.Name, one.Email))], Stop);

    private static IEnumerable<string> Names(int count) => Enumerable.Range(1, count).Select(i => $"Gast {i}");

    private async Task<int> Tell()
    {
        TestHub.Clock.Advance(Duration.FromSeconds(11));
        return await TestHub.Get<TellGuests>().Run(Stop);
    }

    private Task<Outcome<BookingGuest>> Arrive(BookingGuest guest, Member? who = null) =>
        TestHub.Get<GuestArrives>().Run(guest.Id, (who ?? Cast.Frieda).Id, hasArrived: true, Stop);

    private Task<List<Notification>> Emails()
    {
        var kind = BookingGuest.Subject.Name;
        return TestHub.Read(db => db.Notifications.AsNoTracking().Where(one => one.SubjectKind == kind)
            .OrderBy(one => one.WrittenAt).ToListAsync(Stop));
    }

    private async Task Deliver()
    {
        await using var db = TestHub.OpenDb();
        foreach (var email in await db.Notifications.Where(one => one.State == NotificationState.Planned).ToListAsync(Stop))
        {
            email.State = NotificationState.Sent;
            if (new GuestCalendar() is var calendar && calendar.Concerns(email.Type))
                email.Told = await calendar.Part(db, email, Stop);
        }

        await db.SaveChangesAsync(Stop);
    }

    private static When At(int from, int until) =>
        When.Between(Tomorrow + new LocalTime(from, 0), Tomorrow + new LocalTime(until, 0));

    public sealed class OnSqlite(SqliteDatabase database) : GuestTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : GuestTests(database), IClassFixture<PostgresDatabase>;
}
