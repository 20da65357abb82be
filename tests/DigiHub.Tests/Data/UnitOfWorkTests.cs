using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Notifications;
using DigiHub.Organisations;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace DigiHub.Tests.Data;

/// <summary>All or nothing, whatever happens on the way.</summary>
public abstract class UnitOfWorkTests(TestDatabase database) : HubTests(database)
{
    private UnitOfWork Work => TestHub.Get<UnitOfWork>();

    [Fact]
    public async Task A_refusal_leaves_nothing_behind_and_signals_no_job()
    {
        var outcome = await Work.Run<int>(async db =>
        {
            db.Add(New("Nobody"));
            await db.SaveChangesAsync(Stop);
            db.LeavesWork = true;
            return Refusal.Stale;
        }, Stop);

        Assert.Equal(Refusal.Stale, outcome.Refusal);
        Assert.False(await Exists("Nobody"));
        Assert.Equal((0, 0), (TestHub.Signal.Count, Work.Writes));
    }

    [Fact]
    public async Task What_throws_leaves_nothing_behind()
    {
        await Assert.ThrowsAsync<TimeZoneNotFoundException>(() => Work.Run<int>(async db =>
        {
            db.Add(New("Nobody"));
            await db.SaveChangesAsync(Stop);
            throw new TimeZoneNotFoundException();
        }, Stop));

        Assert.False(await Exists("Nobody"));
    }

    [Fact]
    public async Task What_another_deleted_meanwhile_is_looked_for_again()
    {
        await TestHub.Lay(New("Somebody"));
        var tries = 0;

        var outcome = await Work.Run<int>(async db =>
        {
            db.Remove(await db.Set<Organisation>().SingleAsync(one => one.Name == "Somebody", Stop));
            if (tries++ == 0)
                await db.Set<Organisation>().Where(one => one.Name == "Somebody").ExecuteDeleteAsync(Stop);
            return tries;
        }, Stop);

        Assert.Equal(2, outcome.Value);
        Assert.False(await Exists("Somebody"));
    }

    [Fact]
    public async Task The_jobs_are_signalled_once_and_only_where_there_is_work()
    {
        await Work.Run<int>(db => { db.Add(New("Quiet")); return Task.FromResult<Outcome<int>>(1); }, Stop);
        Assert.Equal(0, TestHub.Signal.Count);

        await Work.Run<int>(db => { db.Add(New("Busy")); db.LeavesWork = true; return Task.FromResult<Outcome<int>>(1); }, Stop);

        Assert.Equal((1, 2), (TestHub.Signal.Count, Work.Writes));
    }

    [Fact]
    public async Task A_database_too_busy_for_a_moment_is_asked_again()
    {
        var tries = 0;
        var outcome = await Work.Run<int>(db =>
        {
            db.Add(New("Patient"));
            return ++tries < 3 ? throw TooBusy(db) : Task.FromResult<Outcome<int>>(tries);
        }, Stop);

        Assert.Equal(3, outcome.Value);
        Assert.Equal(1, await TestHub.Read(db => db.Set<Organisation>().CountAsync(one => one.Name == "Patient", Stop)));
    }

    [Fact]
    public async Task A_database_that_stays_too_busy_is_a_refusal_to_try_again_later()
    {
        var tries = 0;
        var outcome = await Work.Run<int>(db => { tries++; throw TooBusy(db); }, Stop);

        Assert.Equal((Refusal.Busy, 4), (outcome.Refusal, tries));
        Assert.True(Assert.Throws<RefusedException>(() => outcome.Value).Refusal.IsTransient);
    }

    [Fact]
    public async Task An_overlap_that_only_the_constraint_sees_is_refused_in_words()
    {
        Assert.True((await Take()).IsDone);

        Assert.Equal(UnitOfWork.SlotTaken, (await Take()).Refusal);
        Assert.Equal(1, await TestHub.Read(db => db.Bookings.CountAsync(Stop)));

        Task<Outcome<int>> Take() => Work.Run<int>(
            db =>
            {
                var booking = NewBooking();
                db.AddRange(booking, new Claim
                {
                    Id = Guid.NewGuid(),
                    UnitId = Cast.Spree.Units[0].UnitId,
                    Start = booking.Start,
                    End = booking.End,
                    Holder = Booking.Subject.Of(booking.Id),
                });
                return Task.FromResult<Outcome<int>>(1);
            },
            Stop);
    }

    private static Exception TooBusy(HubDb db) => db is PostgresDb
        ? new PostgresException("could not obtain lock", "ERROR", "ERROR", PostgresErrorCodes.LockNotAvailable)
        : new SqliteException("database is locked", 5);

    private static Organisation New(string name) => new() { Slug = name, Name = name, Kind = OrganisationKind.Company };

    private Booking NewBooking() => new()
    {
        Id = Guid.NewGuid(),
        SpaceId = Cast.Spree.Id,
        SiteId = Cast.East.Id,
        MemberId = Cast.Ada.Id,
        BookedById = Cast.Ada.Id,
        StartLocal = new(2026, 11, 23, 10, 0),
        EndLocal = new(2026, 11, 23, 11, 0),
        Start = TestHub.Opening + Duration.FromHours(1),
        End = TestHub.Opening + Duration.FromHours(2),
        CreatedAt = TestHub.Opening,
    };

    private Task<bool> Exists(string name) => TestHub.Read(db => db.Set<Organisation>().AnyAsync(one => one.Name == name, Stop));

    public sealed class OnSqlite(SqliteDatabase database) : UnitOfWorkTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : UnitOfWorkTests(database), IClassFixture<PostgresDatabase>;
}
