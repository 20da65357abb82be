using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Time;
using Microsoft.EntityFrameworkCore;

namespace DigiHub.Tests.Access;

/// <summary>Roles given: for a site or the hub, for good or through a day, by whom.</summary>
public abstract class RoleGrantTests(TestDatabase database) : HubTests(database)
{
    private static readonly SiteTime berlin = SiteTime.Of("Europe/Berlin");

    [Theory]
    [InlineData(2026, 11, 30)] // a day of 24 hours
    [InlineData(2027, 3, 28)] // of 23: the clocks go forward
    [InlineData(2027, 10, 31)] // of 25: they go back
    public async Task Counts_until_its_last_day_is_over_and_not_a_moment_longer(int year, int month, int day)
    {
        var last = new LocalDate(year, month, day);
        await Grant(Cast.Ada.Id, Role.FrontDesk, Cast.East.Id, last);

        TestHub.Clock.Reset(berlin.DayOf(last).End - Duration.FromSeconds(1));
        Assert.True((await Look(Cast.Ada.Id)).May(Permission.RunFrontDesk, Cast.East.Id));

        TestHub.Clock.Reset(berlin.DayOf(last).End);
        Assert.False((await Look(Cast.Ada.Id)).MayAnywhere(Permission.RunFrontDesk));
        Assert.Equal(new LocalDateTime(year, month, day, 0, 0).PlusDays(1), berlin.Local(berlin.DayOf(last).End));
    }

    [Fact]
    public async Task A_session_and_a_token_forget_a_role_at_the_first_request_after_its_last_day()
    {
        var last = new LocalDate(2026, 11, 23);
        await Grant(Cast.Ada.Id, Role.FrontDesk, Cast.East.Id, last);
        var token = (await TestHub.Get<AccessTokens>().Make(Cast.Ada.Id, "door display", AccessToken.LifeMax, Stop)).Value.Secret;

        Assert.Equal([new HeldRole(Role.FrontDesk, Cast.East.Id)],
            (await TestHub.Get<AccessTokens>().Find(TokenUse.Api, token, Stop))!.Roles);
        TestHub.Clock.Reset(berlin.DayOf(last).End);
        Assert.Empty((await TestHub.Get<AccessTokens>().Find(TokenUse.Api, token, Stop))!.Roles);
    }

    [Fact]
    public async Task One_member_may_hold_a_role_at_both_sites_and_loses_it_at_one_alone()
    {
        await Grant(Cast.Ada.Id, Role.FrontDesk, Cast.East.Id);
        await Grant(Cast.Ada.Id, Role.FrontDesk, Cast.West.Id);

        Assert.True((await TestHub.Get<RevokeRoles>().Run(new(Cast.Ada.Id, [Role.FrontDesk], Cast.Alan.Id, Cast.East.Id), Stop)).Value);

        Assert.Equal([Cast.West.Id], (await Look(Cast.Ada.Id)).SitesSeen.Ids!);
    }

    [Fact]
    public async Task Granting_again_sets_another_last_day_and_granting_the_same_is_no_act()
    {
        var (first, second) = (new LocalDate(2026, 11, 30), new LocalDate(2026, 12, 31));

        Assert.True((await Grant(Cast.Ada.Id, Role.Organiser, null, first)).Value);
        Assert.False((await Grant(Cast.Ada.Id, Role.Organiser, null, first)).Value);
        TestHub.Clock.AdvanceSeconds(1);
        Assert.True((await Grant(Cast.Ada.Id, Role.Organiser, null, second)).Value);

        Assert.Equal(second, (await TestHub.Read(db => db.RoleGrants.SingleAsync(grant => grant.MemberId == Cast.Ada.Id, Stop))).Through);
        Assert.Equal(["Organiser through 2026-11-30", "Organiser through 2026-12-31"],
            await TestHub.Read(db => db.Activity.OrderBy(entry => entry.At).Select(entry => entry.Detail!).ToListAsync(Stop)));
    }

    [Fact]
    public async Task Nobody_is_given_a_role_for_a_day_that_is_over_a_year_out_of_range_or_a_site_that_is_not_there()
    {
        Assert.Equal("through_past", (await Grant(Cast.Ada.Id, Role.Organiser, null, new(2026, 11, 22))).Refusal!.Code);
        Assert.True((await Grant(Cast.Ada.Id, Role.Organiser, null, new(2026, 11, 23))).IsDone);
        Assert.Equal("date_out_of_range", (await Grant(Cast.Ada.Id, Role.Organiser, null, new(2300, 1, 1))).Refusal!.Code);
        Assert.Equal(Refusal.NotFound, (await Grant(Cast.Ada.Id, Role.Organiser, 999)).Refusal);
    }

    [Fact]
    public async Task A_sites_administrator_grants_there_and_neither_elsewhere_nor_for_the_hub()
    {
        await Grant(Cast.Grace.Id, Role.Administrator, Cast.East.Id);

        Assert.True((await Grant(Cast.Ada.Id, Role.FrontDesk, Cast.East.Id, by: Cast.Grace.Id)).Value);
        Assert.True((await Grant(Cast.Ada.Id, Role.Administrator, Cast.East.Id, by: Cast.Grace.Id)).Value);
        Assert.Equal(Refusal.NotFound, (await Grant(Cast.Ada.Id, Role.FrontDesk, Cast.West.Id, by: Cast.Grace.Id)).Refusal);
        Assert.Equal(Refusal.NotFound, (await Grant(Cast.Ada.Id, Role.FrontDesk, null, by: Cast.Grace.Id)).Refusal);
        Assert.Equal(Refusal.NotFound,
            (await TestHub.Get<RevokeRoles>().Run(new(Cast.Frieda.Id, [Role.FrontDesk], Cast.Grace.Id), Stop)).Refusal);
        Assert.Equal(Refusal.NotFound, (await TestHub.Get<DisableMember>().Run(Cast.Ada.Id, Cast.Grace.Id, Stop)).Refusal);
    }

    [Theory]
    [InlineData(Role.FrontDesk)]
    [InlineData(Role.Organiser)]
    [InlineData(Role.Auditor)]
    public async Task No_other_role_grants_anything(Role role)
    {
        await Grant(Cast.Bob.Id, role, null);

        Assert.Equal(Refusal.NotFound, (await Grant(Cast.Ada.Id, role, Cast.East.Id, by: Cast.Bob.Id)).Refusal);
    }

    [Fact]
    public async Task Nobody_changes_their_own_grants_not_even_those_of_a_site()
    {
        Assert.Equal("own_access", (await Grant(Cast.Alan.Id, Role.Organiser, Cast.East.Id, by: Cast.Alan.Id)).Refusal!.Code);
        Assert.Equal("own_access",
            (await TestHub.Get<RevokeRoles>().Run(new(Cast.Alan.Id, [Role.Administrator], Cast.Alan.Id), Stop)).Refusal!.Code);
    }

    [Fact]
    public async Task An_administrator_who_ends_one_day_or_of_one_site_is_not_the_one_that_remains()
    {
        await Grant(Cast.Grace.Id, Role.Administrator, null, new(2027, 1, 31));
        await Grant(Cast.Bob.Id, Role.Administrator, Cast.East.Id);

        Assert.Equal("last_administrator",
            (await TestHub.Get<RevokeRoles>().Run(new(Cast.Alan.Id, [Role.Administrator], null), Stop)).Refusal!.Code);
        Assert.Equal("last_administrator", (await TestHub.Get<DisableMember>().Run(Cast.Alan.Id, Cast.Grace.Id, Stop)).Refusal!.Code);
        Assert.Equal("last_administrator", (await Grant(Cast.Alan.Id, Role.Administrator, null, new(2027, 1, 31))).Refusal!.Code);
        Assert.True((await TestHub.Get<RevokeRoles>().Run(new(Cast.Grace.Id, [Role.Administrator], Cast.Alan.Id), Stop)).Value);
    }

    [Fact]
    public async Task An_administrator_whose_last_day_is_over_grants_nothing_any_more()
    {
        await Grant(Cast.Grace.Id, Role.Administrator, null, new(2026, 11, 23));
        Assert.True((await Grant(Cast.Ada.Id, Role.Organiser, null, by: Cast.Grace.Id)).Value);

        TestHub.Clock.Reset(berlin.DayOf(new(2026, 11, 23)).End);
        Assert.Equal(Refusal.NotFound, (await Grant(Cast.Bob.Id, Role.Organiser, null, by: Cast.Grace.Id)).Refusal);
    }

    [Fact]
    public async Task A_disabled_member_may_nothing_whatever_they_were_given()
    {
        await TestHub.Get<DisableMember>().Run(Cast.Frieda.Id, Cast.Alan.Id, Stop);

        await using var db = TestHub.OpenDb();
        Assert.Null(await db.Viewer(Cast.Frieda.Id, TestHub.Clock.GetCurrentInstant(), Stop));
        Assert.Null(await db.Actor(Cast.Frieda.Id, TestHub.Clock.GetCurrentInstant(), Stop));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_database_knows_one_grant_for_each_member_role_and_site(bool ofSite)
    {
        int? site = ofSite ? Cast.East.Id : null;
        await Grant(Cast.Ada.Id, Role.FrontDesk, site);
        await using var db = TestHub.OpenDb();
        db.RoleGrants.Add(new RoleGrant
        {
            Id = Guid.NewGuid(),
            MemberId = Cast.Ada.Id,
            Role = Role.FrontDesk,
            SiteId = site,
            GrantedAt = TestHub.Opening,
        });

        await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync(Stop));
    }

    private async Task<Viewer> Look(Guid memberId)
    {
        await using var db = TestHub.OpenDb();
        return (await db.Viewer(memberId, TestHub.Clock.GetCurrentInstant(), Stop))!;
    }

    private Task<Outcome<bool>> Grant(Guid memberId, Role role, int? siteId, LocalDate? through = null, Guid? by = null) =>
        TestHub.Get<GrantRoles>().Run(new(memberId, [role], by, siteId, through), Stop);

    public sealed class OnSqlite(SqliteDatabase database) : RoleGrantTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : RoleGrantTests(database), IClassFixture<PostgresDatabase>;
}
