using DigiHub.Bookings;
using DigiHub.Bookings.Meetings;
using DigiHub.Events;
using DigiHub.Reminders;
using DigiHub.Spaces;
using DigiHub.Tests.Bookings;
using DigiHub.Tests.Bookings.Meetings;
using DigiHub.Tests.Events;
using DigiHub.Time;

namespace DigiHub.Tests.Reminders;

/// <summary>Tuesday 8 December 2026, with 35 minutes from one site to the other.</summary>
public abstract class MyWaysTests(TestDatabase database) : EventTests(database)
{
    private static readonly Duration way = Duration.FromMinutes(35);
    private static readonly LocalDate Tuesday = Evening.Date;

    [Fact]
    public async Task Two_rooms_too_close_are_found_from_either_with_a_start_in_comfort_for_the_later()
    {
        var (spree, havel) = (await Book(Cast.Spree, 10, 11), await Book(Cast.Havel, 11, 12));

        var fromLater = Assert.Single(await Ways(havel));
        var fromEarlier = Assert.Single(await Ways(spree));

        Assert.Equal((spree.Id, havel.Id), (fromLater.Earlier.Booking!.Id, fromLater.Later.Booking!.Id));
        Assert.Equal((spree.Id, havel.Id), (fromEarlier.Earlier.Booking!.Id, fromEarlier.Later.Booking!.Id));
        Assert.Equal(new LocalSpan(Tuesday.At(new(11, 45)), Tuesday.At(new(12, 45))), fromLater.Comfortable);
    }

    [Fact]
    public async Task A_wish_is_looked_at_before_it_is_booked()
    {
        await Book(Cast.Spree, 10, 11);
        var ways = TestHub.Get<MyWays>();

        Assert.Single(await ways.With(Cast.Ada.Id, Cast.Havel, Hours(11, 12), way, Stop));
        Assert.Single(await ways.With(Cast.Ada.Id, Cast.Havel, Hours(9, 10), way, Stop));
        Assert.Empty(await ways.With(Cast.Ada.Id, Cast.Havel, Hours(12, 13), way, Stop));
        Assert.Empty(await ways.With(Cast.Ada.Id, Cast.Panke, Hours(11, 12), way, Stop));
        Assert.Empty(await ways.With(Cast.Bob.Id, Cast.Havel, Hours(11, 12), way, Stop));
        Assert.Empty(await ways.With(Cast.Ada.Id, Cast.Havel, Hours(11, 12), Duration.Zero, Stop));
    }

    [Fact]
    public async Task A_seat_at_an_event_counts_unless_it_is_online()
    {
        var evt = await Publish(Draft with { Start = Tuesday.At(new(18, 0)) });
        await Register(evt, Cast.Ada.Id);
        var havel = await Book(Cast.Havel, 17, 18);

        var late = Assert.Single(await Ways(havel));
        Assert.Equal((havel.Id, evt.Id), (late.Earlier.Booking!.Id, late.Later.Event!.Id));
        Assert.Null(late.Comfortable); // nobody moves an event for one of its guests

        await TestHub.Change<Event>(evt.Id, row => row.Format = EventFormat.Online);
        Assert.Empty(await Ways(havel));
    }

    [Fact]
    public async Task Nothing_is_too_far_from_a_meeting_at_both_sites_or_from_a_desk_one_leaves_for_an_hour()
    {
        await TestHub.Meet(Cast.Ada, Cast.Panke, Cast.Havel, When.Between(Tuesday.At(new(11, 0)), Tuesday.At(new(12, 0))));
        var spree = await Book(Cast.Spree, 12, 13);
        await TestHub.Book(Cast.Ada, Cast.WestDesk, When.On(Tuesday));

        Assert.Empty(await Ways(spree));
    }

    [Fact]
    public async Task No_start_in_comfort_is_offered_after_closing_time()
    {
        await Book(Cast.Spree, 17, 19);
        var havel = await Book(Cast.Havel, 19, 20);

        Assert.Null(Assert.Single(await Ways(havel)).Comfortable);
    }

    private Task<IReadOnlyList<LateFor>> Ways(Booking booking) => TestHub.Get<MyWays>().Of(booking, way, Stop);

    private Task<Booking> Book(Space space, int from, int until) => TestHub.Book(Cast.Ada, space, When.Between(Hours(from, until).Start,
        Hours(from, until).End));

    private static LocalSpan Hours(int from, int until) => new(Tuesday.At(new(from, 0)), Tuesday.At(new(until, 0)));

    public sealed class OnSqlite(SqliteDatabase database) : MyWaysTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : MyWaysTests(database), IClassFixture<PostgresDatabase>;
}
