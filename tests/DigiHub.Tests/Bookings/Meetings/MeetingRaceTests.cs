using DigiHub.Bookings;
using DigiHub.Bookings.Meetings;
using DigiHub.Claims;
using DigiHub.Notifications;
using DigiHub.Operations;
using DigiHub.Tests.Bookings.Waiting;
using DigiHub.Time;

namespace DigiHub.Tests.Bookings.Meetings;

/// <summary>Meetings beside other acts on the same rooms at the same moment: both rooms or none, and nobody gets an error.</summary>
public abstract class MeetingRaceTests(TestDatabase database) : HubTests(database)
{
    private const int Rounds = 10;

    private static readonly string?[] lost = ["slot_taken"];

    private static readonly LocalDate Tomorrow = new(2026, 11, 24);

    private static When At(int from, int until) => When.Between(Tomorrow.At(new(from, 0)), Tomorrow.At(new(until, 0)));

    [Fact]
    public async Task Meetings_that_cross_over_the_same_two_rooms_are_one()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var outcomes = await TestHub.ByEight(Enumerable.Range(0, 8).Select(i => (Func<Task<Outcome<Meeting>>>)(() => i % 2 == 0
                ? TestHub.TryMeet(Cast.Ada, Cast.Spree, Cast.Havel, At(10, 11))
                : TestHub.TryMeet(Cast.Bob, Cast.Havel, Cast.Spree, At(10, 11)))));

            Assert.Single(outcomes, outcome => outcome.IsDone);
            Assert.All(outcomes.Where(outcome => !outcome.IsDone), outcome => Assert.Contains(outcome.Refusal!.Code, lost));
            Assert.Equal(2, await TestHub.Read(db => db.Bookings.CountAsync(Stop)));
            await AllIsWell(claims: 2);
            await Clear();
        }
    }

    [Fact]
    public async Task Meetings_beside_bookings_of_either_room_have_both_or_none()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var outcomes = await TestHub.ByEight(Enumerable.Range(0, 8).Select(i =>
                (Func<Task<(bool IsMeeting, bool IsDone, string? Code)>>)(async () =>
            {
                if (i % 2 == 0)
                {
                    var tried = await TestHub.TryMeet(Cast.Ada, Cast.Spree, Cast.Havel, At(10, 11));
                    return (true, tried.IsDone, tried.Refusal?.Code);
                }

                var booked = await TestHub.TryBook(Cast.Bob, i % 4 == 1 ? Cast.Havel : Cast.Spree, At(10, 11));
                return (false, booked.IsDone, booked.Refusal?.Code);
            })));

            var met = outcomes.Count(one => one is { IsMeeting: true, IsDone: true });
            var single = outcomes.Count(one => one is { IsMeeting: false, IsDone: true });
            Assert.True((met, single) is (1, 0) or (0, 1 or 2), $"{met} meetings, {single} bookings");
            Assert.All(outcomes.Where(one => !one.IsDone), one => Assert.Contains(one.Code, lost));
            await AllIsWell(claims: 2 * met + single);
            await Clear();
        }
    }

    [Fact]
    public async Task A_meeting_that_moves_as_it_is_cancelled_is_whole_or_gone()
    {
        string?[] late = ["already_cancelled", "stale"];
        for (var round = 0; round < Rounds; round++)
        {
            var meeting = await TestHub.Meet(Cast.Ada, Cast.Spree, Cast.Havel, At(10, 11));

            var outcomes = await TestHub.ByEight(Enumerable.Range(0, 8).Select(i => (Func<Task<string?>>)(async () => (i % 4) switch
            {
                0 => (await TestHub.Get<CancelBooking>().Run(meeting.First.Id, Cast.Ada.Id, ifRevision: null, Stop)).Refusal?.Code,
                1 => (await TestHub.Get<CancelBooking>().Run(meeting.Second.Id, Cast.Ada.Id, ifRevision: null, Stop)).Refusal?.Code,
                2 => (await TestHub.Get<MoveBooking>().Run(
                    new() { BookingId = meeting.First.Id, ActorId = Cast.Ada.Id, When = At(14, 15) }, Stop)).Refusal?.Code,
                _ => (await TestHub.Get<MoveBooking>().Run(
                    new() { BookingId = meeting.Second.Id, ActorId = Cast.Ada.Id, When = At(16, 17) }, Stop)).Refusal?.Code,
            })));

            Assert.All(outcomes.Where(code => code is not null), code => Assert.Contains(code, late));
            var (first, second) = await TestHub.Reread(meeting);
            Assert.Equal((BookingStatus.Cancelled, BookingStatus.Cancelled), (first.Status, second.Status));
            Assert.Equal(first.Start, second.Start);
            await AllIsWell(claims: 0);
            await Clear();
        }
    }

    private async Task AllIsWell(int claims)
    {
        Assert.Equal(0, await TestHub.OverlappingClaims());
        Assert.Equal(claims, await TestHub.ClaimCount());
        Assert.Empty(await TestHub.Read(db => CheckInvariants.Run(db, Stop)));
    }

    private async Task Clear()
    {
        await using var db = TestHub.OpenDb();
        await db.Claims.ExecuteDeleteAsync(Stop);
        await db.Notifications.ExecuteDeleteAsync(Stop);
        await db.Bookings.ExecuteDeleteAsync(Stop);
    }

    public sealed class OnSqlite(SqliteDatabase database) : MeetingRaceTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : MeetingRaceTests(database), IClassFixture<PostgresDatabase>;
}
