using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Claims;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Spaces;

namespace DigiHub.Tests.Bookings;

public abstract class BookSpaceTests(TestDatabase database) : HubTests(database)
{
    private static readonly LocalDate Tomorrow = new(2026, 11, 24);

    [Fact]
    public async Task Promises_a_space_and_holds_it_with_its_set_up()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));

        Assert.Equal((Cast.Ada.Id, Cast.Ada.Id, Cast.Spree.Id, Cast.East.Id),
            (booking.MemberId, booking.BookedById, booking.SpaceId, booking.SiteId));
        Assert.Equal(Instant.FromUtc(2026, 11, 24, 9, 0), booking.Start);
        var claim = await TestHub.Read(db => db.Claims.SingleAsync(Stop));
        Assert.Equal((booking.Id, booking.Start - Duration.FromMinutes(15), booking.End), (claim.HolderId, claim.Start, claim.End));
        Assert.Equal("booking.created", (await TestHub.Read(db => db.Activity.SingleAsync(Stop))).Act);
    }

    [Fact]
    public async Task Refuses_a_time_that_overlaps_another_and_offers_what_is_near()
    {
        await TestHub.Book(Cast.Bob, Cast.Spree, At(10, 11));

        var refusal = await TestHub.Refused(Cast.Ada, Cast.Spree, At(10, 11));

        Assert.Equal("slot_taken", refusal.Code);
        Assert.Equal(
            [AlternativeKind.OtherSpace, AlternativeKind.OtherTime, AlternativeKind.OtherTime, AlternativeKind.OtherSite],
            refusal.Alternatives.Take(4).Select(alternative => alternative.Kind));
        Assert.InRange(refusal.Alternatives.Count, 4, Refusal.AlternativesMax);
    }

    [Fact]
    public async Task Every_alternative_can_be_booked()
    {
        await TestHub.Book(Cast.Bob, Cast.Spree, At(10, 11));

        var refusal = await TestHub.Refused(Cast.Ada, Cast.Spree, At(10, 11));

        foreach (var near in refusal.Alternatives)
        {
            var outcome =
                await TestHub.TryBook(Cast.Ada, Cast.Spaces.Single(space => space.Id == near.SpaceId), When.Between(near.Start, near.End));
            Assert.True(outcome.IsDone, $"{near}: {outcome.Refusal?.Code}");
            await TestHub.Get<CancelBooking>().Run(outcome.Value.Id, Cast.Ada.Id, ifRevision: null, Stop);
        }
    }

    [Fact]
    public async Task Lets_bookings_touch_where_no_set_up_lies_between()
    {
        await TestHub.Book(Cast.Bob, Cast.Booth, At(10, 11));

        var booking = await TestHub.Book(Cast.Ada, Cast.Booth, At(11, 12));

        Assert.True(booking.IsStanding);
    }

    [Fact]
    public async Task Keeps_the_set_up_time_free_before_a_booking()
    {
        await TestHub.Book(Cast.Bob, Cast.Spree, At(10, 11));

        var touching = await TestHub.Refused(Cast.Ada, Cast.Spree, At(11, 12));
        var later = await TestHub.Book(Cast.Ada, Cast.Spree,
            When.Between(Tomorrow + new LocalTime(11, 15), Tomorrow + new LocalTime(12, 0)));

        Assert.Equal("slot_taken", touching.Code);
        Assert.True(later.IsStanding);
    }

    [Fact]
    public async Task A_hall_and_its_parts_exclude_each_other()
    {
        await TestHub.Book(Cast.Ada, Cast.Hall, At(10, 11));
        await TestHub.Book(Cast.Bob, Cast.Panke, At(14, 15));

        Assert.Equal("slot_taken", (await TestHub.Refused(Cast.Bob, Cast.Spree, At(10, 11))).Code);
        Assert.Equal("slot_taken", (await TestHub.Refused(Cast.Ada, Cast.Hall, At(14, 15))).Code);
        Assert.True((await TestHub.Book(Cast.Ada, Cast.Spree, At(14, 15))).IsStanding);
    }

    [Fact]
    public async Task Half_days_of_a_desk_go_to_two_people()
    {
        await TestHub.Book(Cast.Ada, Cast.Desk, When.On(Tomorrow, DayPart.Morning));
        var afternoon = await TestHub.Book(Cast.Bob, Cast.Desk, When.On(Tomorrow, DayPart.Afternoon));

        var refusal = await TestHub.Refused(Cast.Grace, Cast.Desk, When.On(Tomorrow));

        Assert.Equal(Tomorrow + new LocalTime(13, 0), afternoon.StartLocal);
        Assert.Equal("slot_taken", refusal.Code);
    }

    [Fact]
    public async Task A_span_of_days_holds_the_nights_between_in_claims_of_a_day_at_most()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Desk, When.Days(Tomorrow, Tomorrow.PlusDays(2)));

        var claims = await TestHub.Read(db => db.Claims.OrderBy(claim => claim.Start).ToListAsync(Stop));
        Assert.Equal(3, claims.Count);
        Assert.Equal((booking.Start, booking.End), (claims[0].Start, claims[^1].End));
        Assert.All(claims.Zip(claims.Skip(1)), pair => Assert.Equal(pair.First.End, pair.Second.Start));
        Assert.Equal("slot_taken", (await TestHub.Refused(Cast.Bob, Cast.Desk, When.On(Tomorrow.PlusDays(1)))).Code);
    }

    [Fact]
    public async Task A_person_sits_at_one_desk_but_may_have_a_room_beside_it()
    {
        await TestHub.Book(Cast.Ada, Cast.Desk, When.On(Tomorrow));

        Assert.Equal("already_booked", (await TestHub.Refused(Cast.Ada, Cast.NextDesk, When.On(Tomorrow, DayPart.Morning))).Code);
        Assert.True((await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11))).IsStanding);
        Assert.True((await TestHub.Book(Cast.Ada, Cast.NextDesk, When.On(Tomorrow.PlusDays(1)))).IsStanding);
    }

    [Fact]
    public async Task The_front_desk_books_for_others_and_nobody_else_does()
    {
        var forAda = await TestHub.Get<BookSpace>().Run(Request(Cast.Frieda, Cast.Spree, At(10, 11)) with { MemberId = Cast.Ada.Id }, Stop);
        var byBob = await TestHub.Get<BookSpace>().Run(Request(Cast.Bob, Cast.Spree, At(14, 15)) with { MemberId = Cast.Ada.Id }, Stop);

        Assert.Equal((Cast.Ada.Id, Cast.Frieda.Id), (forAda.Value.MemberId, forAda.Value.BookedById));
        Assert.Equal("only_for_yourself", byBob.Refusal?.Code);
    }

    [Fact]
    public async Task Refuses_unknown_spaces_and_unknown_people_alike()
    {
        var nowhere = await TestHub.Get<BookSpace>().Run(Request(Cast.Ada, Cast.Spree, At(10, 11)) with { SpaceId = 9_999 }, Stop);
        var nobody =
            await TestHub.Get<BookSpace>().Run(Request(Cast.Ada, Cast.Spree, At(10, 11)) with { ActorId = Guid.CreateVersion7() }, Stop);

        Assert.Equal(("not_found", "not_found"), (nowhere.Refusal?.Code, nobody.Refusal?.Code));
    }

    [Fact]
    public async Task Refuses_a_closed_account()
    {
        await TestHub.Change<Member>(Cast.Ada.Id, ada => ada.DisabledAt = TestHub.Opening);

        Assert.Equal("member_disabled", (await TestHub.Refused(Cast.Ada, Cast.Spree, At(10, 11))).Code);
    }

    [Fact]
    public async Task A_person_may_have_fifty_bookings_ahead_and_no_more()
    {
        for (var i = 0; i < BookingRules.OpenBookingsMax; i++)
            await TestHub.Book(Cast.Ada, Cast.Booth, When.Between(Quarter(i), Quarter(i).PlusMinutes(15)));

        var oneMore = await TestHub.Refused(Cast.Ada, Cast.Spree, When.On(Tomorrow.PlusDays(3), DayPart.Morning));

        Assert.Equal("too_many_bookings", oneMore.Code);

        static LocalDateTime Quarter(int i) => Tomorrow.PlusDays(i / 40) + new LocalTime(8, 0).PlusMinutes(15 * (i % 40));
    }

    [Fact]
    public async Task Writes_a_confirmation_that_waits_for_the_undo_window()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));

        var notification = await TestHub.Read(db => db.Notifications.SingleAsync(Stop));
        Assert.Equal((BookingNotifications.Confirmed, TestHub.Opening + Duration.FromSeconds(10), 0),
            (notification.Type, notification.DueAt, notification.CalendarSequence));
        Assert.Equal((Booking.Subject.Of(booking.Id), "ada@example.org", Language.German),
            (notification.About, notification.RecipientEmail!.Shown, notification.Language));
        Assert.Equal(1, TestHub.Signal.Count);
    }

    [Theory]
    [InlineData(null, null, false)]
    [InlineData(60, null, true)]
    [InlineData(60, 0, false)]
    [InlineData(null, 60, true)]
    [InlineData(null, 24 * 60, true)] // due tomorrow 10:00 less a day: in an hour
    [InlineData(null, 25 * 60, false)] // due at this very moment
    public async Task Arms_a_reminder_if_one_is_wanted_and_still_ahead(int? preferred, int? asked, bool armed)
    {
        await TestHub.Change<Member>(Cast.Ada.Id, ada => ada.BookingReminderMinutesBefore = preferred);

        var outcome = await TestHub.Get<BookSpace>().Run(Request(Cast.Ada, Cast.Spree, At(10, 11)) with
        { Reminder = asked is { } minutes ? ReminderChoice.Minutes(minutes) : null }, Stop);

        var reminder = await TestHub.Read(db =>
            db.Notifications.SingleOrDefaultAsync(notification => notification.Type == BookingNotifications.Reminder, Stop));
        Assert.Equal(armed, reminder is not null);
        if (reminder is not null)
            Assert.Equal((outcome.Value.Start - Duration.FromMinutes(asked ?? preferred!.Value), outcome.Value.Start),
                (reminder.DueAt, reminder.ScheduledForStart));
    }

    [Fact]
    public async Task Arms_no_reminder_for_those_who_want_none()
    {
        await TestHub.Change<Member>(Cast.Ada.Id, ada => (ada.WantsReminders, ada.BookingReminderMinutesBefore) = (false, 60));

        await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));

        Assert.DoesNotContain(await TestHub.Read(db => db.Notifications.ToListAsync(Stop)),
            notification => notification.Type == BookingNotifications.Reminder);
    }

    [Theory]
    [InlineData(59, "just taken")]
    [InlineData(60, "That’s taken")]
    [InlineData(7 * 24 * 3600, "That’s taken")]
    public async Task Says_just_taken_only_of_what_was_free_a_moment_ago(int secondsAgo, string says)
    {
        var day = Tomorrow.PlusDays(14);
        await TestHub.Book(Cast.Ada, Cast.Desk, When.On(day));
        TestHub.Clock.AdvanceSeconds(secondsAgo);

        var refusal = await TestHub.Refused(Cast.Bob, Cast.Desk, When.On(day));

        Assert.Equal("slot_taken", refusal.Code);
        Assert.Contains(says, refusal.Message.English, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_desk_says_where_home_is_and_later_ones_do_not_move_it()
    {
        await TestHub.Book(Cast.Ada, Cast.WestDesk, When.On(Tomorrow));
        await TestHub.Book(Cast.Ada, Cast.Desk, When.On(Tomorrow.PlusDays(1)));

        var ada = await TestHub.Read(db => db.Members.SingleAsync(member => member.Id == Cast.Ada.Id, Stop));
        Assert.Equal(Cast.West.Id, ada.HomeSiteId);
    }

    [Fact]
    public async Task Keeps_a_title_on_one_line()
    {
        var outcome =
            await TestHub.Get<BookSpace>().Run(Request(Cast.Ada, Cast.Spree, At(10, 11)) with { Title = " Plan\r\nB\0\uD800 " }, Stop);

        Assert.Equal("Plan B\uFFFD", outcome.Value.Title);
    }

    [Fact]
    public async Task Refuses_a_space_taken_off_the_offer_and_offers_others()
    {
        await TestHub.Read(db => db.Spaces.Where(space => space.Id == Cast.Spree.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(space => space.IsOffered, false), Stop));

        var refusal = await TestHub.Refused(Cast.Ada, Cast.Spree, At(10, 11));

        Assert.Equal("space_not_offered", refusal.Code);
        Assert.NotEmpty(refusal.Alternatives);
    }

    private static When At(int from, int until) => When.Between(Tomorrow + new LocalTime(from, 0), Tomorrow + new LocalTime(until, 0));

    private static BookSpaceRequest Request(Member actor, Space space, When when) =>
        new() { ActorId = actor.Id, SpaceId = space.Id, When = when };

    public sealed class OnSqlite(SqliteDatabase database) : BookSpaceTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : BookSpaceTests(database), IClassFixture<PostgresDatabase>;
}
