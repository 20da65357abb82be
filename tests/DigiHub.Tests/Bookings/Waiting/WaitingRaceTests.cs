using DigiHub.Bookings;
using DigiHub.Bookings.Waiting;
using DigiHub.Claims;
using DigiHub.Notifications;
using DigiHub.Operations;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Tests.Bookings.Waiting;

/// <summary>Offers, their answers and their ends at the same moment: one thing happens, and nothing twice.</summary>
public abstract class WaitingRaceTests(TestDatabase database) : HubTests(database)
{
    private const int Rounds = 12;

    private static readonly LocalDate Tomorrow = new(2026, 11, 24);

    private static When At(int from, int until) => When.Between(Tomorrow.At(new(from, 0)), Tomorrow.At(new(until, 0)));

    [Fact]
    public async Task An_offer_that_lapses_as_it_is_accepted_does_one_or_the_other()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var when = At(8 + round % 10, 9 + round % 10);
            var (entry, offer) = await Offered(when);
            // The first half is accepted in its last second, the other as it ends.
            TestHub.Clock.Reset(offer.Until - (round % 2 == 0 ? Duration.FromSeconds(1) : Duration.Zero));
            var late = round % 2 == 1;

            var outcomes = await TestHub.ByEight(Enumerable.Range(0, 8).Select(i => (Func<Task<bool>>)(async () =>
                i % 2 == 0 ? (await TestHub.Get<AnswerOffer>().Accept(offer.Id, Cast.Ada.Id, Stop)).IsDone : await Sweep())));

            Assert.Equal(late ? 0 : 4, outcomes.Where((_, i) => i % 2 == 0).Count(isDone => isDone));
            var after = await TestHub.Read(db => db.WaitingOffers.AsNoTracking().SingleAsync(one => one.Id == offer.Id, Stop));
            Assert.Equal(late ? OfferStatus.Lapsed : OfferStatus.Accepted, after.Status);
            Assert.Equal(late ? 0 : 1, await TestHub.Read(db => db.Bookings.CountAsync(
                one => one.MemberId == Cast.Ada.Id && one.Status == BookingStatus.Confirmed, Stop)));
            Assert.Equal(late ? 1 : 0, (await TestHub.Reread(entry)).Lapses);
            await Clear();
        }
    }

    [Fact]
    public async Task Of_accepting_declining_and_leaving_at_once_one_counts()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var (entry, offer) = await Offered(At(10, 12));

            var outcomes = await TestHub.ByEight(Enumerable.Range(0, 9).Select(i => (Func<Task<bool>>)(async () => (i % 3) switch
            {
                0 => (await TestHub.Get<AnswerOffer>().Accept(offer.Id, Cast.Ada.Id, Stop)).IsDone,
                1 => (await TestHub.Get<AnswerOffer>().Decline(offer.Id, Cast.Ada.Id, Stop)).IsDone,
                _ => (await TestHub.Get<LeaveWaitingList>().Run(entry.Id, Cast.Ada.Id, Stop)).IsDone,
            })));

            var booked = await TestHub.Read(db => db.Bookings.CountAsync(
                one => one.MemberId == Cast.Ada.Id && one.Status == BookingStatus.Confirmed, Stop));
            var (after, ended) = (await Reread(offer), await TestHub.Reread(entry));
            Assert.Equal(after.Status == OfferStatus.Accepted ? 1 : 0, booked);
            Assert.Equal(booked, await TestHub.ClaimCount());
            Assert.True(outcomes.Where((_, i) => i % 3 == 1).Count(isDone => isDone) <= 1);
            Assert.Equal(after.Status == OfferStatus.Accepted, ended.Status == WaitingStatus.Booked);
            Assert.Empty(await TestHub.Read(db => CheckInvariants.Run(db, Stop)));
            await Clear();
        }
    }

    [Fact]
    public async Task Who_waits_gets_one_offer_though_two_rooms_become_free_and_eight_look()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var bookings = new List<Booking>();
            foreach (var room in new[] { Cast.Spree, Cast.Panke, Cast.Havel })
                bookings.Add(await TestHub.Book(Cast.Bob, room, At(10, 12)));
            TestHub.Clock.AdvanceSeconds(1);
            var wish = (await TestHub.Get<JoinWaitingList>().Run(
                new() { ActorId = Cast.Ada.Id, When = At(10, 12), Kind = SpaceKind.Room, Minutes = 120 }, Stop)).Value;

            var made = await TestHub.ByEight(bookings.Select(booking => (Func<Task<int>>)(async () =>
                {
                    await TestHub.Cancel(booking);
                    return await TestHub.Offer();
                })).Concat(Enumerable.Range(0, 8).Select(_ => (Func<Task<int>>)TestHub.Offer)));
            var last = await TestHub.Offer();

            Assert.Equal(1, made.Sum() + last);
            Assert.Equal(1, await TestHub.Read(db => db.WaitingOffers.CountAsync(one => one.EntryId == wish.Id, Stop)));
            Assert.Equal(1, await TestHub.ClaimCount());
            await Clear();
        }
    }

    [Fact]
    public async Task Two_who_wait_for_one_room_are_never_both_offered_it_and_the_first_gets_it()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var booking = await TestHub.Book(Cast.Bob, Cast.Spree, At(10, 12));
            TestHub.Clock.AdvanceSeconds(1);
            var first = await TestHub.Wait(Cast.Ada, Cast.Spree, At(10, 12));
            var second = await TestHub.Wait(Cast.Grace, Cast.Spree, At(11, 12));
            await TestHub.Cancel(booking);

            var made = await TestHub.ByEight(Enumerable.Range(0, 8).Select(_ => (Func<Task<int>>)TestHub.Offer));

            Assert.Equal(1, made.Sum());
            Assert.NotNull(await TestHub.OfferOf(first));
            Assert.Null(await TestHub.OfferOf(second));
            await Clear();
        }
    }

    [Fact]
    public async Task As_an_offer_ends_one_of_many_gets_the_room_and_nobody_an_error()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var (_, offer) = await Offered(At(10, 12));
            TestHub.Clock.Reset(offer.Until);

            var outcomes = await TestHub.ByEight(Enumerable.Range(0, 16).Select(i => (Func<Task<bool>>)(async () => (i % 4) switch
            {
                0 => await Sweep(),
                1 => (await TestHub.Get<AnswerOffer>().Accept(offer.Id, Cast.Ada.Id, Stop)).IsDone,
                2 => (await TestHub.TryBook(Cast.Bob, Cast.Spree, At(10, 12))).IsDone,
                _ => (await TestHub.TryBook(Cast.Grace, Cast.Spree, At(11, 12))).IsDone,
            })));

            Assert.Single(outcomes, isDone => isDone);
            Assert.Equal(1, await TestHub.ClaimCount());
            Assert.Equal(0, await TestHub.OverlappingClaims());
            await Clear();
        }
    }

    [Fact]
    public async Task A_wish_sent_many_times_at_once_is_one_entry_and_nobody_has_more_than_five()
    {
        await TestHub.Book(Cast.Bob, Cast.Spree, At(8, 16));

        var outcomes = await TestHub.ByEight(Enumerable.Range(0, 32).Select(i => (Func<Task<bool>>)(async () =>
            (await TestHub.TryWait(Cast.Ada, Cast.Spree, At(8 + i % 8, 9 + i % 8))).IsDone)));

        Assert.Equal(20, outcomes.Count(isDone => isDone));
        Assert.Equal(5, await TestHub.Read(db => db.WaitingEntries.CountAsync(Stop)));
    }

    /// <summary>The job; that it made no offer is no success to count.</summary>
    private async Task<bool> Sweep()
    {
        await TestHub.Offer();
        return false;
    }

    private Task<WaitingOffer> Reread(WaitingOffer offer) =>
        TestHub.Read(db => db.WaitingOffers.AsNoTracking().SingleAsync(one => one.Id == offer.Id, Stop));

    private async Task<(WaitingEntry Entry, WaitingOffer Offer)> Offered(When when)
    {
        var booking = await TestHub.Book(Cast.Bob, Cast.Spree, when);
        TestHub.Clock.AdvanceSeconds(1);
        var entry = await TestHub.Wait(Cast.Ada, Cast.Spree, when);
        await TestHub.Cancel(booking);
        Assert.Equal(1, await TestHub.Offer());
        return (entry, (await TestHub.OfferOf(entry))!);
    }

    private async Task Clear()
    {
        await using var db = TestHub.OpenDb();
        await db.WaitingEntries.ExecuteDeleteAsync(Stop);
        await db.Claims.ExecuteDeleteAsync(Stop);
        await db.Notifications.ExecuteDeleteAsync(Stop);
        await db.Bookings.ExecuteDeleteAsync(Stop);
        TestHub.Clock.Reset(TestHub.Opening);
    }

    public sealed class OnSqlite(SqliteDatabase database) : WaitingRaceTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : WaitingRaceTests(database), IClassFixture<PostgresDatabase>;
}
