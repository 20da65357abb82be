using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Members;

namespace DigiHub.Tests.Bookings;

/// <summary>Rule 37 of people: names only of those who show them, counts from three on, and never one person left over.</summary>
public abstract class WhoIsInTests(TestDatabase database) : HubTests(database)
{
    private static readonly LocalDate Tomorrow = new(2026, 11, 24);

    [Theory]
    [InlineData(0, 0, false)]
    [InlineData(2, 0, false)]
    [InlineData(3, 0, true)]
    [InlineData(3, 1, true)]
    [InlineData(3, 2, false)]
    [InlineData(3, 3, false)]
    [InlineData(7, 5, true)]
    [InlineData(7, 6, false)]
    public void A_count_is_said_from_three_on_and_while_two_are_not_named(int all, int known, bool isSaid) =>
        Assert.Equal(isSaid ? all : null, WhoIsIn.CountOf(all, known));

    /// <summary>All that can be seen, of all numbers of people and names, and what an observer can make of it.</summary>
    [Fact]
    public void From_no_number_of_names_and_no_count_follows_that_one_is_left_over()
    {
        for (var known = 0; known <= 40; known++)
        {
            var seen = Enumerable.Range(known, 41).GroupBy(all => WhoIsIn.CountOf(all, known) ?? -1);
            foreach (var possible in seen)
            {
                var left = possible.Select(all => all - known).ToList();
                // Who is left is one of at least two, or there may be nobody left at all.
                Assert.True(left.Min() >= 2 || left.Contains(0), $"{known} named, {possible.Key} said: {string.Join(", ", left)} left");
                Assert.False(possible.Key is >= 0 and < 3);
            }
        }
    }

    [Theory]
    [InlineData(PresenceAudience.Nobody, false, false)]
    [InlineData(PresenceAudience.Organisation, true, false)]
    [InlineData(PresenceAudience.Hub, true, true)]
    public async Task A_name_is_shown_to_those_whom_its_member_chose(PresenceAudience to, bool toColleagues, bool toOthers)
    {
        await TestHub.Book(Cast.Bob, Cast.Desk, When.On(Tomorrow));
        await TestHub.Get<ShowPresence>().Run(Cast.Bob.Id, to, Stop);

        Assert.Equal(toColleagues, (await In(Cast.Grace)).People.Any(one => one.MemberId == Cast.Bob.Id));
        Assert.Equal(toOthers, (await In(Cast.Ada)).People.Any(one => one.MemberId == Cast.Bob.Id));
        Assert.Equal(toOthers, (await In(Cast.Frieda)).People.Any(one => one.MemberId == Cast.Bob.Id)); // the front desk has its own list
    }

    [Fact]
    public async Task At_first_it_is_the_own_organisation_and_leaving_it_ends_that()
    {
        await TestHub.Book(Cast.Bob, Cast.Desk, When.On(Tomorrow));
        Assert.Single((await In(Cast.Grace)).People);
        Assert.Empty((await In(Cast.Ada)).People);

        await using (var db = TestHub.OpenDb())
        {
            (await db.Memberships.SingleAsync(one => one.MemberId == Cast.Grace.Id, Stop)).End(TestHub.Clock.GetCurrentInstant());
            await db.SaveChangesAsync(Stop);
        }

        Assert.Empty((await In(Cast.Grace)).People);
    }

    [Fact]
    public async Task In_all_combinations_of_who_is_there_and_who_is_shown_nobody_is_left_over()
    {
        Member[] all = [Cast.Bob, Cast.Grace, Cast.Frieda, Cast.Alan, Cast.Ada]; // Ada looks
        for (var there = 0; there < 1 << all.Length; there++)
        {
            foreach (var shown in new[] { 0b0000, 0b0001, 0b0110, 0b1111 })
            {
                await Lay(all.Where((_, one) => Has(there, one)), all.Where((_, one) => Has(shown, one)));

                var seen = await In(Cast.Ada);

                var present = all.Where((_, one) => Has(there, one)).Count();
                Assert.Equal(all.Where((_, one) => Has(there & shown, one)).Select(one => one.Id).Order(),
                    seen.People.Select(one => one.MemberId).Order());
                var left = present - seen.People.Count - (Has(there, 4) ? 1 : 0);
                Assert.True(seen.Count == (present >= 3 && left >= 2 ? present : null), $"{there:b5} {shown:b4}: {seen.Count}");
                Assert.NotEqual(seen.Count, seen.People.Count + (Has(there, 4) ? 1 : 0) + 1);
            }
        }

        static bool Has(int set, int one) => (set >> one & 1) == 1;
    }

    [Fact]
    public async Task Of_days_that_are_over_nothing_is_told()
    {
        await TestHub.Get<ShowPresence>().Run(Cast.Bob.Id, PresenceAudience.Hub, Stop);
        await TestHub.Book(Cast.Bob, Cast.Desk, When.On(Tomorrow));
        TestHub.Clock.AdvanceDays(2);

        var seen = await In(Cast.Grace);

        Assert.Empty(seen.People);
        Assert.Null(seen.Count);
    }

    [Fact]
    public async Task Who_sits_where_is_told_for_the_time_they_sit_there()
    {
        await TestHub.Get<ShowPresence>().Run(Cast.Bob.Id, PresenceAudience.Hub, Stop);
        var booking = await TestHub.Book(Cast.Bob, Cast.Desk, When.On(Tomorrow, DayPart.Morning));

        var seen = await In(Cast.Ada);

        Assert.Equal(Cast.Bob.Name, seen.At(Cast.Desk.Id, booking.LocalSpan));
        Assert.Null(seen.At(Cast.Desk.Id, new(booking.EndLocal, booking.EndLocal.PlusHours(4))));
        Assert.Null(seen.At(Cast.NextDesk.Id, booking.LocalSpan));
    }

    [Fact]
    public async Task Strangers_other_sites_and_cancelled_bookings_tell_nothing()
    {
        await TestHub.Get<ShowPresence>().Run(Cast.Bob.Id, PresenceAudience.Hub, Stop);
        var booking = await TestHub.Book(Cast.Bob, Cast.Desk, When.On(Tomorrow));
        Assert.Null(await TestHub.Get<WhoIsIn>().Run(Cast.East.Id, Tomorrow, Viewer.Anonymous, Stop));
        Assert.Empty((await TestHub.Get<WhoIsIn>().Run(Cast.West.Id, Tomorrow, Cast.As(Cast.Ada), Stop))!.People);

        await TestHub.Get<CancelBooking>().Run(booking.Id, Cast.Bob.Id, ifRevision: null, Stop);

        Assert.Empty((await In(Cast.Ada)).People);
    }

    [Fact]
    public async Task Choosing_it_is_an_act_and_the_same_again_is_none()
    {
        await TestHub.Get<ShowPresence>().Run(Cast.Bob.Id, PresenceAudience.Hub, Stop);
        await TestHub.Get<ShowPresence>().Run(Cast.Bob.Id, PresenceAudience.Hub, Stop);

        Assert.Equal(1, await TestHub.Read(db => db.Activity.CountAsync(one => one.Act == "member.edited", Stop)));
        Assert.Equal("not_found", (await TestHub.Get<ShowPresence>().Run(Guid.NewGuid(), PresenceAudience.Hub, Stop)).Refusal?.Code);
    }

    /// <summary>These have a desk that day, and those of them show it to the hub; the others to nobody.</summary>
    private async Task Lay(IEnumerable<Member> there, IEnumerable<Member> shown)
    {
        Guid[] ids = [.. shown.Select(member => member.Id)];
        await using var db = TestHub.OpenDb();
        await db.Bookings.ExecuteDeleteAsync(Stop);
        await db.Members.ExecuteUpdateAsync(set => set.SetProperty(
            row => row.ShownTo, row => ids.Contains(row.Id) ? PresenceAudience.Hub : PresenceAudience.Nobody), Stop);
        var start = Tomorrow + new LocalTime(8, 0);
        db.Bookings.AddRange(there.Select(member => new Booking
        {
            Id = Guid.NewGuid(),
            SpaceId = Cast.Desk.Id,
            SiteId = Cast.East.Id,
            MemberId = member.Id,
            BookedById = member.Id,
            StartLocal = start,
            EndLocal = start.PlusHours(12),
            Start = Instant.FromUtc(2026, 11, 24, 7, 0),
            End = Instant.FromUtc(2026, 11, 24, 19, 0),
            CreatedAt = TestHub.Clock.GetCurrentInstant(),
        }));
        await db.SaveChangesAsync(Stop);
    }

    private async Task<PeopleIn> In(Member viewer) =>
        (await TestHub.Get<WhoIsIn>().Run(Cast.East.Id, Tomorrow, Cast.As(viewer), Stop))!;

    public sealed class OnSqlite(SqliteDatabase database) : WhoIsInTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : WhoIsInTests(database), IClassFixture<PostgresDatabase>;
}
