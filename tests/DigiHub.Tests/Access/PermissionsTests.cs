using DigiHub.Access;

namespace DigiHub.Tests.Access;

/// <summary>The table of permissions, read back: who may what, at the own site, at another, and in the hub.</summary>
public sealed class PermissionsTests
{
    private const int Own = 1, Other = 2;

    /// <summary>Each row: what, and the roles that give it. Of a site: at that site alone. Of the hub: everywhere.</summary>
    public static TheoryData<Permission, bool, Role[]> Table => new()
    {
        { Permission.SeeBookings, true, [Role.FrontDesk, Role.Administrator, Role.Auditor] },
        { Permission.BookForOthers, true, [Role.FrontDesk, Role.Administrator] },
        { Permission.ApproveBookings, true, [Role.Administrator, Role.Approver] },
        { Permission.RunFrontDesk, true, [Role.FrontDesk, Role.Administrator] },
        { Permission.ReceiveAttendees, true, [Role.FrontDesk, Role.Administrator] },
        { Permission.HostEvents, true, [Role.Organiser, Role.Administrator] },
        { Permission.EditAllEvents, true, [Role.Administrator] },
        { Permission.ManageSites, true, [Role.Administrator] },
        { Permission.ManageClosures, true, [Role.Administrator] },
        { Permission.ManageDevices, true, [Role.Administrator] },
        { Permission.PreviewDisplays, true, [Role.FrontDesk, Role.Administrator] },
        { Permission.ManageWebhooks, true, [Role.Organiser, Role.Administrator] },
        { Permission.HearAllActs, true, [Role.Administrator] },
        { Permission.SeeAdministration, true, [Role.Administrator, Role.Auditor] },
        { Permission.ManageRoles, true, [Role.Administrator] },
        { Permission.ManageSettings, false, [Role.Administrator] },
        { Permission.ManageMembers, false, [Role.Administrator] },
        { Permission.ManageOrganisations, false, [Role.Administrator] },
        { Permission.ManageDefaultReminders, false, [Role.Administrator] },
        { Permission.SeeEmailTemplates, false, [Role.Administrator, Role.Auditor] },
        { Permission.SeeOutbox, false, [Role.Administrator, Role.Auditor] },
        { Permission.ManageOutbox, false, [Role.Administrator] },
        { Permission.ManageSuppressions, false, [Role.Administrator] },
        { Permission.SeeJobs, true, [Role.Administrator, Role.Auditor] },
        { Permission.RunJobs, false, [Role.Administrator] },
        { Permission.SeeActivity, true, [Role.Administrator, Role.Auditor] },
        { Permission.SeeSettings, false, [Role.Administrator, Role.Auditor] },
        { Permission.GetAlarms, false, [Role.Administrator] },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void A_role_gives_what_the_table_says_within_its_scope_and_nowhere_else(Permission permission, bool isOfSite, Role[] roles)
    {
        foreach (var role in Enum.GetValues<Role>())
        {
            var gives = roles.Contains(role);
            var (ofSite, ofHub) = (Holding(new HeldRole(role, Own)), Holding(new HeldRole(role, null)));

            Assert.Equal((gives && isOfSite, false, false, gives && isOfSite),
                (ofSite.May(permission, Own), ofSite.May(permission, Other), ofSite.May(permission), ofSite.MayAnywhere(permission)));
            Assert.Equal((gives, gives, gives, gives),
                (ofHub.May(permission, Own), ofHub.May(permission, Other), ofHub.May(permission), ofHub.MayAnywhere(permission)));
            Assert.Equal(gives && isOfSite ? [Own] : [], ofSite.Where(permission).Ids!);
            Assert.Equal(gives, ofHub.Where(permission).IsAll);
        }
    }

    [Fact]
    public void Every_permission_has_its_row_here()
    {
        Assert.Equal(Enum.GetValues<Permission>(), Table.Select(row => row.Data.Item1).Order());
    }

    [Fact]
    public void A_member_without_a_role_and_a_stranger_may_nothing_of_it()
    {
        foreach (var permission in Enum.GetValues<Permission>())
        {
            Assert.False(Holding().MayAnywhere(permission));
            Assert.False(Viewer.Anonymous.MayAnywhere(permission));
            Assert.True(Viewer.Anonymous.Where(permission).IsEmpty);
        }
    }

    [Fact]
    public void An_auditor_sees_and_changes_nothing()
    {
        var auditor = Holding(new HeldRole(Role.Auditor, null));

        Assert.Equal(
            [
                Permission.SeeBookings, Permission.SeeAdministration, Permission.SeeEmailTemplates, Permission.SeeOutbox,
                Permission.SeeJobs, Permission.SeeActivity, Permission.SeeSettings,
            ],
            Enum.GetValues<Permission>().Where(auditor.MayAnywhere));
    }

    [Theory]
    [InlineData("FrontDesk", Role.FrontDesk, null)]
    [InlineData("FrontDesk@2", Role.FrontDesk, 2)]
    public void A_role_is_written_as_it_is_read(string text, Role role, int? site)
    {
        Assert.True(HeldRole.TryParse(text, out var held));
        Assert.Equal((new HeldRole(role, site), text), (held.Value, held.ToString()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Emperor")]
    [InlineData("7")]
    [InlineData("FrontDesk@")]
    [InlineData("FrontDesk@-1")]
    [InlineData("FrontDesk@2@3")]
    public void Anything_else_is_no_role(string? text) => Assert.False(HeldRole.TryParse(text, out _));

    private static Viewer Holding(params HeldRole[] roles) => new(Guid.NewGuid(), roles);
}
