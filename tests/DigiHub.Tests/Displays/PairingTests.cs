using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Displays;
using DigiHub.Keys;
using DigiHub.Operations;
using DigiHub.Privacy;

namespace DigiHub.Tests.Displays;

/// <summary>Rules 19 and 20 of screens: a code pairs one, each has a token of its own, and is revoked alone.</summary>
public abstract class PairingTests(TestDatabase database) : HubTests(database)
{
    [Fact]
    public async Task A_code_has_eight_signs_that_nobody_takes_for_others()
    {
        var shown = await Show();

        Assert.Equal(PairingCode.Length, shown.Code.Length);
        Assert.All(shown.Code, sign => Assert.DoesNotContain(sign, "AEIOU01"));
        Assert.Equal($"{shown.Code[..4]} {shown.Code[4..]}", PairingCode.Shown(shown.Code));
        Assert.Equal(PairingCode.Signs.Length, PairingCode.Signs.Distinct().Count());
    }

    [Fact]
    public async Task It_stays_the_same_for_the_screen_until_it_expires_and_is_another_then()
    {
        var shown = await Show();
        TestHub.Clock.Advance(Duration.FromMinutes(10) - Duration.FromSeconds(1));
        Assert.Equal(shown.Code, (await TestHub.Get<ShowPairingCode>().Standing(shown.Secret, Stop))!.Code);

        TestHub.Clock.Advance(Duration.FromSeconds(1));

        Assert.Null(await TestHub.Get<ShowPairingCode>().Standing(shown.Secret, Stop));
        var next = await Show();
        Assert.NotEqual((shown.Code, shown.Secret), (next.Code, next.Secret));
    }

    [Fact]
    public async Task Neither_code_nor_secret_is_in_the_database()
    {
        var shown = await Show();
        await Pair(shown.Code);

        var device = await TestHub.Read(db => db.Devices.SingleAsync(Stop));
        Assert.Equal(RandomToken.Hash(shown.Secret), device.TokenHash);
        Assert.Equal(0, await TestHub.Read(db => db.Pairings.CountAsync(Stop)));
    }

    [Theory]
    [InlineData(599, null)]
    [InlineData(600, "pairing_code_unknown")]
    public async Task A_code_lives_for_ten_minutes(int seconds, string? refusal)
    {
        var shown = await Show();
        TestHub.Clock.Advance(Duration.FromSeconds(seconds));

        Assert.Equal(refusal, (await Pair(shown.Code)).Refusal?.Code);
    }

    [Fact]
    public async Task A_code_works_once()
    {
        var shown = await Show();
        Assert.True((await Pair(shown.Code)).IsDone);

        Assert.Equal("pairing_code_unknown", (await Pair(shown.Code)).Refusal?.Code);
        Assert.Equal(1, await TestHub.Read(db => db.Devices.CountAsync(Stop)));
        Assert.Equal(1, await TestHub.Read(db => db.Activity.CountAsync(one => one.Act == "device.paired", Stop)));
    }

    [Fact]
    public async Task Small_letters_spaces_and_hyphens_are_forgiven()
    {
        var shown = await Show();

        Assert.True((await Pair($" {shown.Code[..4].ToLowerInvariant()}-{shown.Code[4..]} ")).IsDone);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("BCDF")]
    [InlineData("AEIOUAEI")]
    [InlineData("BCDFGHJKL")]
    [InlineData("BCDF_GHJ")]
    public async Task What_no_screen_shows_is_no_code(string? typed)
    {
        await Show();

        Assert.Null(PairingCode.Parse(typed));
        Assert.Equal(("pairing_code_unknown", "code"), ((await Pair(typed)).Refusal!.Code, (await Pair(typed)).Refusal!.Field));
    }

    [Fact]
    public async Task Only_who_looks_after_the_site_pairs_and_revokes()
    {
        await SiteAdministrator();
        var (secret, device) = await TestHub.AtDoor(Cast.Spree);
        foreach (var other in new[] { Cast.Ada, Cast.Frieda, Cast.Grace })
        {
            var shown = await Show();
            Assert.Equal("not_found", (await TestHub.Get<PairDevice>().Run(
                TestHub.ToPair(shown.Code, Cast.Spree) with { ActorId = other.Id }, Stop)).Refusal?.Code);
            Assert.Equal("not_found", (await TestHub.Get<RevokeDevice>().Run(other.Id, device.Id, Stop)).Refusal?.Code);
        }

        Assert.NotNull(await TestHub.Get<KnownDevices>().Find(secret, Stop));
        var west = await Show();
        Assert.True((await TestHub.Get<PairDevice>().Run(
            TestHub.ToPair(west.Code, Cast.Havel) with { ActorId = Cast.Ada.Id }, Stop)).IsDone);
        Assert.Single(await TestHub.Get<KnownDevices>().At(await Looking(Cast.Ada.Id), Stop));
        Assert.Equal(2, (await TestHub.Get<KnownDevices>().At(Cast.As(Cast.Alan), Stop)).Count);
        Assert.Empty(await TestHub.Get<KnownDevices>().At(Cast.As(Cast.Frieda), Stop));
    }

    [Fact]
    public async Task A_door_needs_a_room_of_its_site_and_a_lobby_none()
    {
        var shown = await Show();
        var door = TestHub.ToPair(shown.Code, Cast.Spree);

        foreach (var wrong in new[]
        {
            door with { SpaceId = null }, door with { SpaceId = Cast.Desk.Id }, door with { SpaceId = Cast.Havel.Id },
            door with { SpaceId = 4711 }, door with { Kind = DeviceKind.Lobby },
        })
            Assert.Equal(("device_space", "place"), await Refused(wrong));

        Assert.Equal(("not_found", null), await Refused(door with { SiteId = 4711 }));
        Assert.True((await TestHub.Get<PairDevice>().Run(door with { Kind = DeviceKind.Lobby, SpaceId = null }, Stop)).IsDone);
    }

    [Fact]
    public async Task A_screen_is_revoked_alone_and_at_once_in_every_process()
    {
        var (secret, device) = await TestHub.AtDoor(Cast.Spree);
        var (other, _) = await TestHub.AtDoor(Cast.Spree);
        await using var elsewhere = TestHub.AnotherProcess();
        Assert.NotNull(await elsewhere.Get<KnownDevices>().Find(secret, Stop));

        Assert.True((await TestHub.Get<RevokeDevice>().Run(Cast.Alan.Id, device.Id, Stop)).IsDone);

        Assert.Null(await elsewhere.Get<KnownDevices>().Find(secret, Stop));
        Assert.NotNull(await elsewhere.Get<KnownDevices>().Find(other, Stop));
    }

    [Fact]
    public async Task A_screen_that_has_never_come_by_is_revoked_as_well()
    {
        var (secret, device) = await TestHub.AtDoor(Cast.Spree);
        Assert.Null(device.LastSeenAt);

        var first = await TestHub.Get<RevokeDevice>().Run(Cast.Alan.Id, device.Id, Stop);
        TestHub.Clock.Advance(Duration.FromMinutes(1));
        var second = await TestHub.Get<RevokeDevice>().Run(Cast.Alan.Id, device.Id, Stop);

        Assert.Equal(first.Value.RevokedAt, second.Value.RevokedAt);
        Assert.Null(await TestHub.Get<KnownDevices>().Find(secret, Stop));
        Assert.Equal(1, await TestHub.Read(db => db.Activity.CountAsync(one => one.Act == "device.revoked", Stop)));
    }

    [Fact]
    public async Task When_it_was_last_seen_is_written_once_a_minute()
    {
        var (secret, device) = await TestHub.AtDoor(Cast.Spree);
        var begun = TestHub.Clock.GetCurrentInstant();
        await TestHub.Get<KnownDevices>().Find(secret, Stop);
        TestHub.Clock.Advance(Duration.FromSeconds(59));
        await TestHub.Get<KnownDevices>().Find(secret, Stop);
        Assert.Equal(begun, await Seen());

        TestHub.Clock.Advance(Duration.FromSeconds(1));
        await TestHub.Get<KnownDevices>().Find(secret, Stop);

        Assert.Equal(begun + Duration.FromMinutes(1), await Seen());

        Task<Instant?> Seen() =>
            TestHub.Read(db => db.Devices.Where(one => one.Id == device.Id).Select(one => one.LastSeenAt).SingleAsync(Stop));
    }

    [Fact]
    public async Task How_many_wait_and_how_many_a_site_has_is_bounded()
    {
        var now = TestHub.Clock.GetCurrentInstant();
        await TestHub.Lay([.. Enumerable.Range(0, Pairing.StandingMax).Select(one => new Pairing
        {
            Id = Guid.NewGuid(), CodeHash = RandomToken.Hash($"code {one}"), SecretHash = RandomToken.Hash($"secret {one}"),
            ExpiresAt = now + Pairing.Life,
        })]);
        Assert.Equal("too_many_pairings", (await TestHub.Get<ShowPairingCode>().New(Stop)).Refusal?.Code);
        TestHub.Clock.Advance(Pairing.Life);
        var shown = await Show();

        await TestHub.Lay([.. Enumerable.Range(0, Device.PerSiteMax).Select(one => new Device
        {
            Id = Guid.NewGuid(), SiteId = Cast.East.Id, Kind = DeviceKind.Lobby, Look = DeviceLook.Ink,
            TokenHash = RandomToken.Hash($"{one}"), PairedAt = now,
        })]);

        Assert.Equal("too_many_devices", (await Pair(shown.Code)).Refusal?.Code);
    }

    [Fact]
    public async Task What_has_expired_is_deleted_by_the_job()
    {
        await Show();
        var (_, device) = await TestHub.AtDoor(Cast.Spree);
        await TestHub.AtDoor(Cast.Panke);
        await TestHub.Get<RevokeDevice>().Run(Cast.Alan.Id, device.Id, Stop);
        TestHub.Clock.Advance(Device.Kept + Duration.FromMinutes(1));

        await TestHub.Get<PurgeExpired>().Run(Stop);

        Assert.Equal(0, await TestHub.Read(db => db.Pairings.CountAsync(Stop)));
        Assert.Equal([Cast.Panke.Id], await TestHub.Read(db => db.Devices.Select(one => one.SpaceId!.Value).ToListAsync(Stop)));
    }

    [Fact]
    public async Task A_screen_stays_when_who_paired_it_is_deleted_and_then_names_nobody()
    {
        var (secret, _) = await TestHub.AtDoor(Cast.Spree);
        var tables = PersonalTables.All.Single(table => table.Entity == typeof(Device));
        Assert.Equal(1, await TestHub.Read(db => tables.Rows(db, new PersonKeys(Cast.Alan.Id, "")).CountAsync(Stop)));
        await using (var db = TestHub.OpenDb())
            await Cast.GiveRoles(db, Cast.Frieda, Role.Administrator);
        var erasure = (await TestHub.Get<AskErasure>().Run(Cast.Alan.Id, Cast.Alan.Id, Stop)).Value;
        TestHub.Clock.Advance(Erasure.Grace);

        Assert.True((await TestHub.Get<ErasePerson>().Run(erasure, Stop)).IsDone);

        Assert.Null(await TestHub.Read(db => db.Devices.Select(one => one.PairedById).SingleAsync(Stop)));
        Assert.NotNull(await TestHub.Get<KnownDevices>().Find(secret, Stop));
    }

    [Fact]
    public async Task Of_many_who_type_one_code_at_once_one_gets_the_screen()
    {
        var shown = await Show();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 24).Select(one => Task.Run(() => TestHub.Get<PairDevice>().Run(
            TestHub.ToPair(shown.Code, one % 2 == 0 ? Cast.Spree : Cast.Panke), Stop))));

        Assert.Single(outcomes, outcome => outcome.IsDone);
        Assert.All(outcomes.Where(outcome => !outcome.IsDone), outcome => Assert.Equal("pairing_code_unknown", outcome.Refusal!.Code));
        Assert.Equal(1, await TestHub.Read(db => db.Devices.CountAsync(Stop)));
    }

    [Fact]
    public async Task Whatever_a_screen_does_while_it_is_revoked_is_done_before_or_not_at_all()
    {
        await TestHub.AllowWalkUps(Cast.BoothRules);
        for (var round = 0; round < 8; round++)
        {
            var (secret, device) = await TestHub.AtDoor(Cast.Booth);
            var taking = Task.Run(() => TestHub.Get<TakeAtDoor>().Run(secret, 15, Stop));
            var revoking = Task.Run(() => TestHub.Get<RevokeDevice>().Run(Cast.Alan.Id, device.Id, Stop));
            await Task.WhenAll(taking, revoking);

            var taken = await taking;
            Assert.Contains(taken.Refusal?.Code, new[] { null, "not_found" });
            Assert.Equal("not_found", (await TestHub.Get<TakeAtDoor>().Run(secret, 15, Stop)).Refusal?.Code);
            TestHub.Clock.Advance(Duration.FromMinutes(16));
        }
    }

    private async Task<(string, string?)> Refused(PairDeviceRequest request)
    {
        var refusal = (await TestHub.Get<PairDevice>().Run(request, Stop)).Refusal!;
        return (refusal.Code, refusal.Field);
    }

    private async Task<ShownCode> Show() => (await TestHub.Get<ShowPairingCode>().New(Stop)).Value;

    private Task<Outcome<Device>> Pair(string? code) => TestHub.Get<PairDevice>().Run(TestHub.ToPair(code, Cast.Spree), Stop);

    private async Task<Viewer> Looking(Guid memberId) =>
        (await TestHub.Read(db => db.Viewer(memberId, TestHub.Clock.GetCurrentInstant(), Stop)))!;

    /// <summary>Ada looks after West alone.</summary>
    private Task SiteAdministrator() => TestHub.Lay(new RoleGrant
    {
        Id = Guid.NewGuid(),
        MemberId = Cast.Ada.Id,
        Role = Role.Administrator,
        SiteId = Cast.West.Id,
        GrantedAt = TestHub.Clock.GetCurrentInstant(),
    });

    public sealed class OnSqlite(SqliteDatabase database) : PairingTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : PairingTests(database), IClassFixture<PostgresDatabase>;
}
