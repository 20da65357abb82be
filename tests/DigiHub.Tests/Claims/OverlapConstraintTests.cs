using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Claims;
using DigiHub.Data;

namespace DigiHub.Tests.Claims;

/// <summary>The database constraint holds for writes without a use case.</summary>
public abstract class OverlapConstraintTests(TestDatabase database) : HubTests(database)
{
    private static readonly Instant Ten = TestHub.Opening + Duration.FromHours(1);
    private static readonly Duration Hour = Duration.FromHours(1);

    [Fact]
    public async Task Is_laid_down_again_at_the_next_start()
    {
        await using (var db = TestHub.OpenDb())
            await db.Database.ExecuteSqlRawAsync(
                db is PostgresDb ? "ALTER TABLE claims DROP CONSTRAINT claims_overlap" : "DROP TRIGGER claims_overlap_insert", Stop);

        await TestHub.Get<Migrating>().Run(Stop);

        await Claim(Ten, Ten + Hour);
        await Assert.ThrowsAsync<DbUpdateException>(() => Claim(Ten, Ten + Hour));
    }

    [Theory]
    [InlineData(-60, 0)]
    [InlineData(60, 120)]
    public async Task Lets_claims_touch(int fromMinutes, int toMinutes)
    {
        await Claim(Ten, Ten + Hour);

        await Claim(Ten + Duration.FromMinutes(fromMinutes), Ten + Duration.FromMinutes(toMinutes));

        Assert.Equal(2, await TestHub.Read(db => db.Claims.CountAsync(Stop)));
    }

    [Theory]
    [InlineData(-60, 1)]
    [InlineData(59, 120)]
    [InlineData(0, 60)]
    [InlineData(20, 40)]
    [InlineData(-60, 120)]
    public async Task Refuses_claims_that_share_a_minute(int fromMinutes, int toMinutes)
    {
        await Claim(Ten, Ten + Hour);

        var refused = await Assert.ThrowsAsync<DbUpdateException>(() =>
            Claim(Ten + Duration.FromMinutes(fromMinutes), Ten + Duration.FromMinutes(toMinutes)));

        Assert.Equal(DatabaseRefusal.Overlap, DatabaseRefusals.Of(refused));
    }

    [Fact]
    public async Task Leaves_other_atoms_alone()
    {
        await Claim(Ten, Ten + Hour);

        await Claim(Ten, Ten + Hour, unitId: Cast.Panke.Units[0].UnitId);

        Assert.Equal(2, await TestHub.Read(db => db.Claims.CountAsync(Stop)));
    }

    [Fact]
    public async Task Refuses_a_claim_of_nothing()
    {
        var refused = await Assert.ThrowsAsync<DbUpdateException>(() => Claim(Ten, Ten));

        Assert.Equal(DatabaseRefusal.Check, DatabaseRefusals.Of(refused));
    }

    [Fact]
    public async Task Refuses_a_claim_longer_than_a_day()
    {
        await Claim(Ten, Ten + DigiHub.Claims.Claim.LengthMax);

        var refused = await Assert.ThrowsAsync<DbUpdateException>(() =>
            Claim(Ten + Hour * 48, Ten + Hour * 72 + Duration.FromMilliseconds(1)));

        Assert.Equal(DatabaseRefusal.Check, DatabaseRefusals.Of(refused));
    }

    private Task Claim(Instant from, Instant to, int? unitId = null)
    {
        var booking = new Booking
        {
            Id = Guid.CreateVersion7(),
            SpaceId = Cast.Spree.Id,
            SiteId = Cast.East.Id,
            MemberId = Cast.Ada.Id,
            BookedById = Cast.Ada.Id,
            StartLocal = new LocalDateTime(2026, 11, 23, 10, 0),
            EndLocal = new LocalDateTime(2026, 11, 23, 11, 0),
            Start = Ten,
            End = Ten + Hour,
            CreatedAt = TestHub.Opening,
        };
        var claim = new Claim
        {
            Id = Guid.CreateVersion7(),
            UnitId = unitId ?? Cast.Spree.Units[0].UnitId,
            Start = from,
            End = to,
            Holder = Booking.Subject.Of(booking.Id),
        };
        return TestHub.Lay(booking, claim);
    }

    public sealed class OnSqlite(SqliteDatabase database) : OverlapConstraintTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : OverlapConstraintTests(database), IClassFixture<PostgresDatabase>;
}
