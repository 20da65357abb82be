using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Claims;
using DigiHub.Closures;
using DigiHub.Data;
using DigiHub.Data.Backups;
using DigiHub.Events;
using DigiHub.Mail;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Operations;
using DigiHub.Registrations;
using DigiHub.Settings;
using DigiHub.Sites;
using DigiHub.Tests.Bookings;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace DigiHub.Tests.Operations;

/// <summary>Backups, their check and their restore: rules 32 to 36 of running a hub.</summary>
public abstract class BackupTests(TestDatabase database) : HubTests(database)
{
    private static readonly Instant Now = DigiHub.Tests.TestHub.Opening;
    private static readonly LocalDate Tomorrow = new(2026, 11, 24);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("digihub-backups-");
    private readonly List<DataOptions> targets = [];


    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        foreach (var target in targets)
            await Drop(target);
        SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public Task A_backup_made_while_people_book_is_good_and_holds_every_promise() => BackUpUnderLoad(rounds: 2);

    /// <summary>Twenty times, in the run of the night.</summary>
    [Fact(Explicit = true)]
    public Task Twenty_backups_made_while_people_book_are_good_and_hold_every_promise() => BackUpUnderLoad(rounds: 20);

    [Fact]
    public async Task Whatever_may_hold_space_is_sound_and_what_nothing_holds_is_not()
    {
        await TestHub.Book(Cast.Ada, Cast.Desk, When.On(Tomorrow));
        var closed = await TestHub.Get<CloseSpace>().Run(new(Cast.Alan.Id, Cast.Spree.Id,
            Tomorrow + new LocalTime(9, 0), Tomorrow + new LocalTime(12, 0), new("Reparatur", "Repair")), Stop);
        Assert.True(closed.IsDone, closed.Refusal?.Message.English);

        Assert.True((await Verify((await Make()).File)).IsDone);
        await using (var db = TestHub.OpenDb())
            await db.Set<SpaceClosure>().ExecuteDeleteAsync(Stop);
        TestHub.Clock.AdvanceSeconds(1);

        Assert.Equal("backup_unsound", (await Verify((await Make()).File)).Refusal?.Code);
    }

    [Fact]
    public async Task Says_what_it_is_and_is_noted_with_its_checksum()
    {
        await TestHub.Book(Cast.Ada, Cast.Desk, When.On(Tomorrow));

        var made = await Make();
        var verified = await Verify(made.File);

        Assert.True(verified.IsDone, verified.Refusal?.Message.English);
        var manifest = verified.Value;
        Assert.Equal((1, 5), (manifest.Rows["bookings"], manifest.Rows["members"]));
        Assert.Equal(TestHub.Get<DataOptions>().IsPostgres ? "postgres" : "sqlite", manifest.Engine);
        Assert.Equal(await TestHub.Read(db => Task.FromResult(db.Database.GetMigrations().Last())), manifest.Migration);
        var note = await TestHub.Read(db => db.Backups.SingleAsync(Stop));
        Assert.Equal(await BackupFile.Sha256Of(made.File, Stop), note.Sha256);
        Assert.Equal((made.File, new FileInfo(made.File).Length, (string?)null), (note.File, note.Bytes, note.WhyNot));
        Assert.NotNull(note.VerifiedAt);
        Assert.Equal([Path.GetFileName(made.File)], Directory.GetFiles(folder.FullName).Select(Path.GetFileName));
    }

    [Fact]
    public async Task One_flipped_byte_anywhere_is_refused_and_so_is_a_file_cut_short()
    {
        var made = await Make();
        var bytes = await File.ReadAllBytesAsync(made.File, Stop);
        var random = new Random(33);
        int[] places = [0, 100, 700, 1_100, bytes.Length / 2, bytes.Length - 2_048, bytes.Length - 1_500, bytes.Length - 1, .. Some(12)];

        foreach (var place in places)
        {
            bytes[place] ^= 1;
            await File.WriteAllBytesAsync(made.File, bytes, Stop);
            Assert.Equal("backup_damaged", (await Verify(made.File)).Refusal?.Code);
            bytes[place] ^= 1;
        }

        foreach (var length in (int[])[0, 10, bytes.Length / 2, bytes.Length - 1])
        {
            await File.WriteAllBytesAsync(made.File, bytes.AsMemory(0, length), Stop);
            Assert.Equal("backup_damaged", (await Verify(made.File)).Refusal?.Code);
        }

        var note = await TestHub.Read(db => db.Backups.SingleAsync(Stop));
        Assert.Null(note.VerifiedAt);
        Assert.Contains("checksum", note.WhyNot, StringComparison.Ordinal);
        await File.WriteAllBytesAsync(made.File, bytes, Stop);
        Assert.True((await Verify(made.File)).IsDone);
        Assert.Null((await TestHub.Read(db => db.Backups.SingleAsync(Stop))).WhyNot);

        IEnumerable<int> Some(int count) => Enumerable.Range(0, count).Select(_ => random.Next(bytes.Length));
    }

    [Fact]
    public async Task A_backup_of_a_database_that_breaks_a_promise_is_not_good()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Desk, When.On(Tomorrow));
        await TestHub.Read(db => db.Bookings.Where(one => one.Id == booking.Id)
            .ExecuteUpdateAsync(row => row.SetProperty(one => one.Status, BookingStatus.Cancelled), Stop));
        Assert.Contains("does not stand", await WhyNotGood("claims"), StringComparison.Ordinal);
        await TestHub.Read(db => db.Claims.ExecuteDeleteAsync(Stop));

        var evt = NewEvent(capacity: 1);
        await TestHub.Lay(evt, NewRegistration(evt, 1), NewRegistration(evt, 2));
        Assert.Contains("2 attendees for 1 seats", await WhyNotGood("seats"), StringComparison.Ordinal);
        await TestHub.Read(db => db.Registrations.ExecuteDeleteAsync(Stop));

        await WithoutOverlapConstraint();
        var ada = await TestHub.Book(Cast.Ada, Cast.Desk, When.On(Tomorrow));
        var bob = await TestHub.Book(Cast.Bob, Cast.WestDesk, When.On(Tomorrow));
        await TestHub.Read(db => db.Claims.Where(claim => claim.HolderId == bob.Id)
            .ExecuteUpdateAsync(row => row.SetProperty(claim => claim.UnitId, UnitOf(ada)), Stop));
        Assert.NotEmpty(await WhyNotGood("overlap"));
        await TestHub.Read(db => db.Claims.ExecuteDeleteAsync(Stop));
        await TestHub.Get<Migrating>().Run(Stop);

        int UnitOf(Booking one) => Cast.Spaces.Single(space => space.Id == one.SpaceId).Units[0].UnitId;
    }

    [Fact]
    public async Task A_restored_hub_has_no_sessions_and_sends_nothing_until_it_is_let_go()
    {
        await TestHub.Book(Cast.Ada, Cast.Desk, When.On(Tomorrow));
        await TestHub.Lay(
            new Session
            {
                Hash = [1],
                MemberId = Cast.Ada.Id,
                SecurityStamp = Cast.Ada.SecurityStamp,
                Device = "Firefox",
                CreatedAt = Now,
                LastSeenAt = Now,
                ExpiresAt = Now + Duration.FromDays(1),
            },
            new SignInLink { Id = Guid.CreateVersion7(), MemberId = Cast.Bob.Id, ExpiresAt = Now + SignInLink.Life });
        var made = await Make();
        var target = Target();
        TestHub.Clock.AdvanceHours(1);

        var restored = await Restore(target, made.File);

        Assert.True(restored.IsDone, restored.Refusal?.Message.English);
        Assert.Null(restored.Value.BackedUp);
        await using var hub = Open(target);
        await using var db = hub.GetRequiredService<HubDbFactory>().Open();
        Assert.Equal((1, 0, 0),
            (await db.Bookings.CountAsync(Stop), await db.Sessions.CountAsync(Stop), await db.SignInLinks.CountAsync(Stop)));
        Assert.NotNull((await db.Backups.SingleAsync(Stop)).VerifiedAt);
        Assert.Equal(1, await db.Activity.CountAsync(entry => entry.Act == OperationsActs.Restored.Name, Stop));

        Assert.Empty(await hub.GetRequiredService<LeaseNotifications>().Run(10, onTrial: false, Stop));
        var resting = await hub.GetRequiredService<RestingSending>().Run(Stop);
        Assert.Equal((1, 0), (resting!.OverdueEmails, resting.DueEmails));
        var later = resting.LaterEmails;
        Assert.Equal(1, (await hub.GetRequiredService<ReleaseSending>().Run(Overdue.Skip, null, Stop)).Value);

        Assert.Null(await hub.GetRequiredService<RestingSending>().Run(Stop));
        Assert.Empty(await hub.GetRequiredService<LeaseNotifications>().Run(10, onTrial: false, Stop));
        Assert.Equal(NotificationReason.Restored, (await db.Notifications.AsNoTracking()
            .SingleAsync(notification => notification.State == NotificationState.Skipped, Stop)).Reason);
        Assert.Equal(later, await db.Notifications.CountAsync(notification => notification.State == NotificationState.Planned, Stop));
    }

    [Fact]
    public async Task What_was_due_before_leaves_where_an_administrator_says_so()
    {
        await TestHub.Book(Cast.Ada, Cast.Desk, When.On(Tomorrow));
        TestHub.Clock.AdvanceHours(1);
        await using (var db = TestHub.OpenDb())
        {
            (await db.HubStateToChange(Stop)).Restored(TestHub.Clock.GetCurrentInstant());
            await db.SaveChangesAsync(Stop);
        }

        Assert.Equal(0, await TestHub.Get<DeliverNotifications>().Run(Stop));
        Assert.Equal(0, (await TestHub.Get<ReleaseSending>().Run(Overdue.Send, Cast.Alan.Id, Stop)).Value);
        Assert.Equal(1, await TestHub.Get<DeliverNotifications>().Run(Stop));
        Assert.Equal(Cast.Alan.Id,
            (await TestHub.Read(db => db.Activity.SingleAsync(entry => entry.Act == OperationsActs.Released.Name, Stop))).ActorId);
    }

    [Fact]
    public async Task A_hub_that_is_there_is_replaced_only_if_told_and_saved_first()
    {
        var older = await Make();
        var target = Target();
        Assert.True((await Restore(target, older.File)).IsDone);
        await TestHub.Book(Cast.Ada, Cast.Desk, When.On(Tomorrow));
        TestHub.Clock.AdvanceMinutes(1);
        var newer = await Make();

        Assert.Equal("database_not_empty", (await Restore(target, newer.File)).Refusal?.Code);
        var replaced = await Restore(target, newer.File, folder.FullName);

        Assert.True(replaced.IsDone, replaced.Refusal?.Message.English);
        Assert.Equal(1, await Bookings(target));
        TestHub.Clock.AdvanceMinutes(1);
        Assert.True((await Restore(target, replaced.Value.BackedUp!, folder.FullName)).IsDone);
        Assert.Equal(0, await Bookings(target));
    }

    [Fact]
    public async Task A_database_in_use_is_not_restored_and_a_damaged_backup_changes_nothing()
    {
        await TestHub.Book(Cast.Ada, Cast.Desk, When.On(Tomorrow));
        var made = await Make();
        var target = Target();
        Assert.True((await Restore(target, made.File)).IsDone);

        await using (var hub = Open(target))
        await using (var db = hub.GetRequiredService<HubDbFactory>().Open())
        {
            await db.Database.OpenConnectionAsync(Stop);
            await db.Bookings.CountAsync(Stop);
            Assert.Equal("database_in_use", (await Restore(target, made.File, folder.FullName)).Refusal?.Code);
        }

        var bytes = await File.ReadAllBytesAsync(made.File, Stop);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(made.File, bytes, Stop);
        Assert.Equal("backup_damaged", (await Restore(target, made.File, folder.FullName)).Refusal?.Code);
        Assert.Equal(1, await Bookings(target));
    }

    [Fact]
    public async Task A_backup_of_a_newer_program_is_left_alone()
    {
        await using (var db = TestHub.OpenDb())
            await db.Database.ExecuteSqlRawAsync(
                "INSERT INTO \"__EFMigrationsHistory\" (\"MigrationId\", \"ProductVersion\") VALUES ('29990101000000_FromTheFuture', '99')",
                Stop);
        try
        {
            var made = await Make();
            await Assert.ThrowsAsync<DatabaseOfAnotherVersionException>(() => Verify(made.File));
            await Assert.ThrowsAsync<DatabaseOfAnotherVersionException>(() => Restore(Target(), made.File));
        }
        finally
        {
            await using var db = TestHub.OpenDb();
            await db.Database.ExecuteSqlRawAsync("DELETE FROM \"__EFMigrationsHistory\" WHERE \"MigrationId\" LIKE '2999%'", Stop);
        }
    }

    [Theory]
    [InlineData(48, false, 0)]
    [InlineData(49, false, 1)]
    [InlineData(49, true, 0)]
    public async Task No_good_backup_for_two_days_is_an_alarm_but_not_of_the_demo(int hours, bool isDemo, int expected)
    {
        if (isDemo)
        {
            await using var db = TestHub.OpenDb();
            await db.HubState.ExecuteUpdateAsync(row => row.SetProperty(hub => hub.DemoSince, Now), Stop);
        }

        TestHub.Clock.AdvanceHours(10);
        await Make(); // which nobody verifies
        TestHub.Clock.AdvanceHours(hours - 10);

        Assert.Equal(expected, await TestHub.Get<WatchNotifications>().Run(Stop));
    }

    [Fact]
    public async Task The_alarm_counts_from_the_latest_backup_that_was_verified()
    {
        TestHub.Clock.AdvanceHours(40);
        var made = await Make();
        Assert.True((await Verify(made.File)).IsDone);
        TestHub.Clock.AdvanceHours(48);
        Assert.Equal(0, await TestHub.Get<WatchNotifications>().Run(Stop));
        TestHub.Clock.AdvanceHours(1);

        Assert.Equal(1, await TestHub.Get<WatchNotifications>().Run(Stop));
        var alarm = await TestHub.Read(db => db.Notifications.SingleAsync(one => one.Type == OperationsNotifications.Alarm, Stop));
        Assert.Equal(new AlarmNote(AlarmCause.NoBackup, 49 * 60), AlarmNote.Parse(alarm.Note));
    }

    protected override void ConfigureServices(IServiceCollection services) =>
        services.AddSingleton<Func<AlarmOptions>>(() => new AlarmOptions { BackupAgeMax = Duration.FromHours(48) });

    private async Task BackUpUnderLoad(int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            using var enough = new CancellationTokenSource();
            var day = Tomorrow.PlusDays(round / 5 * 7 + round % 4);
            var booking = Enumerable.Range(0, 4).Select(i => Task.Run(() => BookOnAndOff(i, day, enough.Token), Stop)).ToList();
            await Task.Delay(TimeSpan.FromMilliseconds(150), Stop);
            TestHub.Clock.AdvanceSeconds(1);
            var made = await Make();
            await enough.CancelAsync();
            var booked = (await Task.WhenAll(booking)).Sum();

            var verified = await Verify(made.File);

            Assert.True(verified.IsDone, verified.Refusal?.Message.English);
            Assert.NotEqual(0, booked);
        }
    }

    private async Task<int> BookOnAndOff(int number, LocalDate day, CancellationToken enough)
    {
        var (who, random, booked) = (Cast.Members.ElementAt(number), new Random(number), 0);
        while (!enough.IsCancellationRequested)
        {
            var start = day + new LocalTime(8, 0).PlusMinutes(15 * random.Next(40));
            var outcome =
                await TestHub.TryBook(who, random.Next(2) == 0 ? Cast.Booth : Cast.Hall, When.Between(start, start.PlusMinutes(30)));
            if (!outcome.IsDone)
                continue;
            booked++;
            if (random.Next(2) == 0)
                await TestHub.Get<CancelBooking>().Run(outcome.Value.Id, who.Id, ifRevision: null, Stop);
        }

        return booked;
    }

    private async Task<string> WhyNotGood(string name)
    {
        var made = await Make(name);
        var verified = await Verify(made.File);
        Assert.Equal("backup_unsound", verified.Refusal?.Code);
        Assert.Equal(verified.Refusal!.Message.English,
            (await TestHub.Read(db => db.Backups.SingleAsync(one => one.File == made.File, Stop))).WhyNot);
        return verified.Refusal.Message.English;
    }

    private async Task WithoutOverlapConstraint()
    {
        await using var db = TestHub.OpenDb();
        await db.Database.ExecuteSqlRawAsync(TestHub.Get<DataOptions>().IsPostgres
            ? "ALTER TABLE claims DROP CONSTRAINT claims_overlap"
            : "DROP TRIGGER claims_overlap_insert; DROP TRIGGER claims_overlap_update", Stop);
    }

    private Event NewEvent(int capacity) => new()
    {
        Id = Guid.CreateVersion7(),
        Slug = "demo-day",
        OrganiserId = Cast.Grace.Id,
        Status = EventStatus.Published,
        Title = new("Demo day", "Demo day"),
        Topic = "iot",
        Format = EventFormat.Online,
        SiteId = Cast.East.Id,
        StartLocal = Tomorrow + new LocalTime(18, 0),
        EndLocal = Tomorrow + new LocalTime(20, 0),
        Start = Now + Duration.FromHours(33),
        End = Now + Duration.FromHours(35),
        Capacity = capacity,
        CreatedAt = Now,
        PublishedAt = Now,
    };

    private static Registration NewRegistration(Event evt, int number) => new()
    {
        Id = Guid.CreateVersion7(),
        EventId = evt.Id,
        Name = PersonName.Of("Ada"),
        Email = EmailAddress.Of($"ada{number}@example.org"),
        Language = Language.German,
        Number = number,
        RegisteredAt = Now,
    };

    private async Task<Backup> Make(string? name = null)
    {
        var made = await TestHub.Get<MakeBackup>().Run(name is null ? folder.FullName : Path.Combine(folder.FullName, name), Stop);
        Assert.True(made.IsDone, made.Refusal?.Message.English);
        return made.Value;
    }

    private Task<Outcome<BackupManifest>> Verify(string file) => TestHub.Get<VerifyBackup>().Run(file, isNoted: true, Stop);

    /// <summary>Another database than the test's own, which is in use; there is none yet.</summary>
    private DataOptions Target()
    {
        var own = TestHub.Get<DataOptions>();
        var target = own.IsPostgres
            ? own with
            {
                Postgres = new NpgsqlConnectionStringBuilder(own.Postgres) { Database = $"digihub_{Guid.NewGuid():N}" }.ConnectionString,
            }
            : own with { SqliteFile = Path.Combine(folder.FullName, $"{Guid.NewGuid():N}", "digihub.db") };
        targets.Add(target);
        return target with { Pooling = false }; // a connection that a pool keeps uses it as much as a hub does
    }

    private Task<Outcome<RestoredHub>> Restore(DataOptions target, string file, string? replaceInto = null)
    {
        var engine = BackupEngine.Of(target);
        var clock = TestHub.Clock;
        return new RestoreBackup(engine, new OpenBackup(engine, clock, NullLogger<Migrating>.Instance),
            clock, NullLogger<RestoreBackup>.Instance)
            .Run(file, replaceInto, Stop);
    }

    private ServiceProvider Open(DataOptions target) => new ServiceCollection().AddLogging().AddHubDb(target).AddUseCases()
        .AddSingleton<IClock>(TestHub.Clock).AddSingleton<IJobSignal>(new CountedSignal()).AddSingleton<IMailSender>(new RecordingSender())
        .BuildServiceProvider();

    private async Task<int> Bookings(DataOptions target)
    {
        await using var hub = Open(target);
        await using (var db = hub.GetRequiredService<HubDbFactory>().Open())
        {
            return await db.Bookings.CountAsync(Stop);
        }
    }

    private static async Task Drop(DataOptions target)
    {
        if (!target.IsPostgres)
            return;
        var server = new NpgsqlConnectionStringBuilder(target.Postgres) { Database = "postgres", Pooling = false };
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync(Stop);
#pragma warning disable CA2100 // the name is our own
        await using var command = new NpgsqlCommand(
            $"DROP DATABASE IF EXISTS {new NpgsqlConnectionStringBuilder(target.Postgres).Database} WITH (FORCE)", connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(Stop);
    }

    public sealed class OnSqlite(SqliteDatabase database) : BackupTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : BackupTests(database), IClassFixture<PostgresDatabase>;
}
