using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Claims;
using DigiHub.Members;
using DigiHub.Memberships;
using DigiHub.Notifications;
using DigiHub.Tests.Bookings;

namespace DigiHub.Tests.Memberships;

public abstract class MembershipTests(TestDatabase database) : HubTests(database)
{
    private string Institute => Cast.Institute.Slug;

    /// <summary>Rule 1.</summary>
    [Fact]
    public async Task An_administrator_of_an_organisation_looks_after_its_people_and_sees_nobody_elses()
    {
        await MakeAdministrator(Cast.Grace);

        var view = await TestHub.Get<OrganisationPeople>().Run(Institute, Cast.Grace.Id, Stop);

        Assert.Equal(["Bob", "Grace"], view!.People.Select(person => person.Name.Text));
        Assert.Null(await TestHub.Get<OrganisationPeople>().Run(Cast.Startup.Slug, Cast.Grace.Id, Stop));
        Assert.Null(await TestHub.Get<OrganisationPeople>().Find(Cast.Startup.Slug, Cast.Ada.Id, Cast.Grace.Id, Stop));
        Assert.Null(await TestHub.Get<OrganisationPeople>().Find(Institute, Cast.Ada.Id, Cast.Grace.Id, Stop));
        Assert.Equal("not_found", (await End(Cast.Ada, Cast.Grace, Cast.Startup.Slug)).Refusal?.Code);
        Assert.Equal("not_found", (await Role(Cast.Ada, MembershipRole.Administrator, Cast.Grace, Cast.Startup.Slug)).Refusal?.Code);
    }

    /// <summary>Rule 1, section 6.</summary>
    [Fact]
    public async Task A_plain_member_sees_and_changes_only_themselves()
    {
        Assert.Null(await TestHub.Get<OrganisationPeople>().Run(Institute, Cast.Bob.Id, Stop));
        Assert.Null(await TestHub.Get<OrganisationPeople>().Find(Institute, Cast.Grace.Id, Cast.Bob.Id, Stop));
        Assert.NotNull(await TestHub.Get<OrganisationPeople>().Find(Institute, Cast.Bob.Id, Cast.Bob.Id, Stop));
        Assert.Equal("not_found", (await Role(Cast.Bob, MembershipRole.Administrator, Cast.Bob)).Refusal?.Code);
        Assert.Equal("not_found", (await End(Cast.Grace, Cast.Bob)).Refusal?.Code);
        Assert.True((await End(Cast.Bob, Cast.Bob)).IsDone);
    }

    /// <summary>Rule 2.</summary>
    [Fact]
    public async Task The_last_administrator_neither_leaves_nor_is_removed_nor_disabled_until_there_is_another()
    {
        await MakeAdministrator(Cast.Grace);

        Assert.Equal("last_administrator", (await End(Cast.Grace, Cast.Grace)).Refusal?.Code);
        Assert.Equal("last_administrator", (await End(Cast.Grace, Cast.Alan)).Refusal?.Code);
        Assert.Equal("last_administrator", (await Role(Cast.Grace, MembershipRole.Member, Cast.Grace)).Refusal?.Code);
        Assert.Equal("last_administrator", (await TestHub.Get<DisableMember>().Run(Cast.Grace.Id, Cast.Alan.Id, Stop)).Refusal?.Code);
        Assert.True((await TestHub.Get<OrganisationPeople>().Run(Institute, Cast.Grace.Id, Stop))!.People[1].IsLastAdministrator);

        await MakeAdministrator(Cast.Bob);
        Assert.True((await TestHub.Get<DisableMember>().Run(Cast.Bob.Id, Cast.Alan.Id, Stop)).IsDone);
        Assert.Equal("last_administrator", (await End(Cast.Grace, Cast.Grace)).Refusal?.Code); // the other cannot sign in
        Assert.True((await TestHub.Get<EnableMember>().Run(Cast.Bob.Id, Cast.Alan.Id, Stop)).IsDone);
        Assert.True((await End(Cast.Grace, Cast.Grace)).IsDone);
    }

    /// <summary>Rules 2 and 11, in a race.</summary>
    [Fact]
    public async Task Two_administrators_who_remove_each_other_at_once_leave_one()
    {
        for (var round = 0; round < 5; round++)
        {
            await MakeAdministrator(Cast.Grace);
            await MakeAdministrator(Cast.Bob);

            await Task.WhenAll(End(Cast.Grace, Cast.Bob), End(Cast.Bob, Cast.Grace));

            var left = await TestHub.Read(db => db.Memberships.Standing()
                .Where(one => one.OrganisationId == Cast.Institute.Id).Select(one => one.MemberId).ToListAsync(Stop));
            var gone = Assert.Single(new[] { Cast.Bob, Cast.Grace }, member => !left.Contains(member.Id));
            await TestHub.Get<AddToOrganisation>().Run(gone.Id, Institute, MembershipRole.Member, Cast.Alan.Id, Stop);
        }
    }

    [Fact]
    public async Task Two_administrators_who_leave_at_once_leave_one()
    {
        await MakeAdministrator(Cast.Grace);
        await MakeAdministrator(Cast.Bob);

        var outcomes = await Task.WhenAll(End(Cast.Grace, Cast.Grace), End(Cast.Bob, Cast.Bob));

        Assert.Single(outcomes, outcome => outcome.IsDone);
        Assert.Equal("last_administrator", Assert.Single(outcomes, outcome => !outcome.IsDone).Refusal!.Code);
    }

    /// <summary>Rule 7.</summary>
    [Fact]
    public async Task Ending_a_membership_lists_the_bookings_ahead_and_cancels_them_with_the_usual_email()
    {
        await MakeAdministrator(Cast.Grace);
        var booking = await TestHub.Book(Cast.Bob, Cast.Spree, Tomorrow);
        await TestHub.DeliverAll();

        var view = await TestHub.Get<OrganisationPeople>().Find(Institute, Cast.Bob.Id, Cast.Grace.Id, Stop);
        Assert.Equal([booking.Id], view!.Ahead.Select(one => one.Id));
        var ended = (await End(Cast.Bob, Cast.Grace, wish: BookingsAheadWish.Cancel)).Value;

        Assert.Equal(1, ended.BookingsCancelled);
        Assert.Equal(BookingStatus.Cancelled, (await TestHub.Reread(booking)).Status);
        Assert.False(await TestHub.Read(db => db.Claims.AnyAsync(Stop)));
        Assert.Equal(["booking_cancelled", "membership_changed"], (await TestHub.Read(db => db.Notifications
            .Where(one => one.MemberId == Cast.Bob.Id && one.State == NotificationState.Planned)
            .Select(one => one.Type).ToListAsync(Stop))).Select(type => type.Name).Order(StringComparer.Ordinal));
    }

    /// <summary>Rules 7 and 8.</summary>
    [Fact]
    public async Task Bookings_that_are_kept_stand_and_who_has_no_organisation_books_on()
    {
        var booking = await TestHub.Book(Cast.Bob, Cast.Spree, Tomorrow);

        Assert.True((await End(Cast.Bob, Cast.Bob)).IsDone);

        Assert.Equal(BookingStatus.Confirmed, (await TestHub.Reread(booking)).Status);
        Assert.Equal(0, await TestHub.Read(db => db.Notifications.CountAsync(one => one.Type == MembershipNotifications.Changed, Stop)));
        await TestHub.Book(Cast.Bob, Cast.Panke, Tomorrow);
        Assert.Equal(1, await TestHub.Read(db => db.Activity.CountAsync(one => one.Act == "membership.ended", Stop)));
    }

    [Fact]
    public async Task Bookings_of_another_organisation_are_neither_shown_nor_cancelled()
    {
        await TestHub.Get<AddToOrganisation>().Run(Cast.Ada.Id, Institute, MembershipRole.Member, Cast.Alan.Id, Stop);
        await MakeAdministrator(Cast.Grace);
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, Tomorrow);

        Assert.Empty((await TestHub.Get<OrganisationPeople>().Find(Institute, Cast.Ada.Id, Cast.Grace.Id, Stop))!.Ahead);
        Assert.Equal(0, (await End(Cast.Ada, Cast.Grace, wish: BookingsAheadWish.Cancel)).Value.BookingsCancelled);

        Assert.Equal(BookingStatus.Confirmed, (await TestHub.Reread(booking)).Status);
    }

    [Fact]
    public async Task A_changed_role_is_told_and_counts_at_once()
    {
        await MakeAdministrator(Cast.Grace);

        Assert.True((await Role(Cast.Bob, MembershipRole.Administrator, Cast.Grace)).Value);
        Assert.False((await Role(Cast.Bob, MembershipRole.Administrator, Cast.Grace)).Value);

        Assert.NotNull(await TestHub.Get<OrganisationPeople>().Run(Institute, Cast.Bob.Id, Stop));
        Assert.Equal("MadeAdministrator\n0", await TestHub.Read(db => db.Notifications
            .Where(one => one.MemberId == Cast.Bob.Id).Select(one => one.Note).SingleAsync(Stop)));
    }

    private static When Tomorrow => When.Between(new(2026, 11, 24, 10, 0), new(2026, 11, 24, 11, 0));

    private async Task MakeAdministrator(Member member)
    {
        await using var db = TestHub.OpenDb();
        await db.Memberships.Standing().Where(one => one.MemberId == member.Id && one.OrganisationId == Cast.Institute.Id)
            .ExecuteUpdateAsync(row => row.SetProperty(one => one.Role, MembershipRole.Administrator), Stop);
    }

    private Task<Outcome<MembershipEnded>> End(
        Member member, Member actor, string? slug = null, BookingsAheadWish wish = BookingsAheadWish.Keep) =>
        TestHub.Get<EndMembership>().Run(new(slug ?? Institute, member.Id, wish, actor.Id), Stop);

    private Task<Outcome<bool>> Role(Member member, MembershipRole role, Member actor, string? slug = null) =>
        TestHub.Get<ChangeMembershipRole>().Run(slug ?? Institute, member.Id, role, actor.Id, Stop);

    public sealed class OnSqlite(SqliteDatabase database) : MembershipTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : MembershipTests(database), IClassFixture<PostgresDatabase>;
}
