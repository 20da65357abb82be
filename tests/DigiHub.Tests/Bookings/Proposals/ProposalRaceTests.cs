using DigiHub.Bookings;
using DigiHub.Bookings.Proposals;
using DigiHub.Claims;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Operations;
using DigiHub.Tests.Bookings.Waiting;
using DigiHub.Time;

namespace DigiHub.Tests.Bookings.Proposals;

/// <summary>A swap or a hand-over beside other acts on the same bookings at the same moment.</summary>
public abstract class ProposalRaceTests(TestDatabase database) : HubTests(database)
{
    private const int Rounds = 10;

    private static readonly string?[] codes = ["proposal_over", "proposal_changed", "stale"];

    private static readonly LocalDate Tomorrow = new(2026, 11, 24);

    private static When At(int from, int until) => When.Between(Tomorrow.At(new(from, 0)), Tomorrow.At(new(until, 0)));

    [Fact]
    public async Task A_booking_that_moves_as_it_is_swapped_does_one_or_the_other_and_no_room_is_had_twice()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var ada = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));
            var bob = await TestHub.Book(Cast.Bob, Cast.Panke, At(14, 16));
            var proposal = (await TestHub.Get<ProposeSwap>().Run(new(Cast.Ada.Id, ada.Id, Cast.Panke.Id, bob.StartLocal), Stop)).Value;

            var outcomes = await TestHub.ByEight(Enumerable.Range(0, 8).Select(i =>
                (Func<Task<(bool IsSwap, bool IsDone, string? Code)>>)(async () =>
            {
                if (i % 2 == 0)
                {
                    var swapped = await TestHub.Get<AnswerProposal>().Accept(proposal.Id, Cast.Bob.Id, Stop);
                    return (true, swapped.IsDone, swapped.Refusal?.Code);
                }

                var moved = await TestHub.Get<MoveBooking>().Run(
                    new() { BookingId = ada.Id, ActorId = Cast.Ada.Id, SpaceId = Cast.Havel.Id, When = At(17, 18) }, Stop);
                return (false, moved.IsDone, moved.Refusal?.Code);
            })));

            var swaps = outcomes.Count(one => one is { IsSwap: true, IsDone: true });
            Assert.True(swaps <= 1);
            Assert.All(outcomes.Where(one => !one.IsDone), one =>
                Assert.Contains(one.Code, codes));
            var (adas, bobs) = (await TestHub.Reread(ada), await TestHub.Reread(bob));
            Assert.Equal(swaps == 1 ? Cast.Spree.Id : Cast.Panke.Id, bobs.SpaceId);
            Assert.True(adas.SpaceId == Cast.Havel.Id || adas.SpaceId == Cast.Panke.Id);
            Assert.Equal(0, await TestHub.OverlappingClaims());
            Assert.Equal(2, await TestHub.ClaimCount());
            Assert.Empty(await TestHub.Read(db => CheckInvariants.Run(db, Stop)));
            await Clear();
        }
    }

    [Fact]
    public async Task Two_swaps_of_one_booking_at_once_are_one()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var ada = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));
            var bob = await TestHub.Book(Cast.Bob, Cast.Panke, At(14, 16));
            var grace = await TestHub.Book(Cast.Grace, Cast.Havel, At(14, 16));
            var first = (await TestHub.Get<ProposeSwap>().Run(new(Cast.Ada.Id, ada.Id, Cast.Panke.Id, bob.StartLocal), Stop)).Value;
            var second = (await TestHub.Get<ProposeSwap>().Run(new(Cast.Grace.Id, grace.Id, Cast.Spree.Id, ada.StartLocal), Stop)).Value;

            var outcomes = await TestHub.ByEight(Enumerable.Range(0, 8).Select(i => (Func<Task<bool>>)(async () =>
                (await (i % 2 == 0
                    ? TestHub.Get<AnswerProposal>().Accept(first.Id, Cast.Bob.Id, Stop)
                    : TestHub.Get<AnswerProposal>().Accept(second.Id, Cast.Ada.Id, Stop))).IsDone)));

            Assert.Single(outcomes, isDone => isDone);
            Assert.Equal(0, await TestHub.OverlappingClaims());
            await Clear();
        }
    }

    [Fact]
    public async Task A_booking_that_is_cancelled_as_it_is_handed_over_does_one_or_the_other()
    {
        await using (var db = TestHub.OpenDb())
        {
            var organisation = await db.Memberships.Where(one => one.MemberId == Cast.Ada.Id)
                .Select(one => one.OrganisationId).FirstAsync(Stop);
            db.Memberships.Add(Membership.Of(Cast.Bob.Id, organisation, TestHub.Opening, isHome: false));
            await db.SaveChangesAsync(Stop);
        }

        for (var round = 0; round < Rounds; round++)
        {
            var ada = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));
            var proposal = (await TestHub.Get<ProposeHandOver>().Run(new(Cast.Ada.Id, ada.Id, Cast.Bob.Id), Stop)).Value;

            var outcomes = await TestHub.ByEight(Enumerable.Range(0, 8).Select(i => (Func<Task<bool>>)(async () => (i % 4) switch
            {
                0 or 1 => (await TestHub.Get<AnswerProposal>().Accept(proposal.Id, Cast.Bob.Id, Stop)).IsDone,
                2 => (await TestHub.Get<CancelBooking>().Run(ada.Id, Cast.Ada.Id, ifRevision: null, Stop)).IsDone,
                _ => (await TestHub.Get<AnswerProposal>().Withdraw(proposal.Id, Cast.Ada.Id, Stop)).IsDone && false,
            })));

            Assert.True(outcomes.Count(isDone => isDone) <= 1);
            var after = await TestHub.Reread(ada);
            Assert.True(after.MemberId == Cast.Ada.Id || after.IsStanding);
            Assert.Equal(after.IsStanding ? 1 : 0, await TestHub.ClaimCount());
            await Clear();
        }
    }

    [Fact]
    public async Task However_many_ask_at_once_a_booking_has_one_open_proposal()
    {
        var ada = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));
        var bob = await TestHub.Book(Cast.Bob, Cast.Panke, At(14, 16));

        var outcomes = await TestHub.ByEight(Enumerable.Range(0, 8).Select(_ => (Func<Task<bool>>)(async () =>
            (await TestHub.Get<ProposeSwap>().Run(new(Cast.Ada.Id, ada.Id, Cast.Panke.Id, bob.StartLocal), Stop)).IsDone)));

        Assert.Single(outcomes, isDone => isDone);
    }

    private async Task Clear()
    {
        await using var db = TestHub.OpenDb();
        await db.BookingProposals.ExecuteDeleteAsync(Stop);
        await db.Claims.ExecuteDeleteAsync(Stop);
        await db.Notifications.ExecuteDeleteAsync(Stop);
        await db.Bookings.ExecuteDeleteAsync(Stop);
    }

    public sealed class OnSqlite(SqliteDatabase database) : ProposalRaceTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : ProposalRaceTests(database), IClassFixture<PostgresDatabase>;
}
