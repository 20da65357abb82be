using System.Collections.Frozen;

namespace DigiHub.Access;

/// <summary>What not every member may do. Pages and endpoints check permissions by name, never roles.</summary>
public enum Permission
{
    SeeBookings,
    BookForOthers,
    ApproveBookings,
    RunFrontDesk,
    ReceiveAttendees,
    HostEvents,
    EditAllEvents,
    ManageSites,
    ManageClosures,
    ManageDevices,
    PreviewDisplays,
    ManageWebhooks,
    HearAllActs,
    SeeAdministration,
    ManageRoles,
    ManageSettings,
    ManageMembers,
    ManageOrganisations,
    ManageDefaultReminders,
    SeeEmailTemplates,
    SeeOutbox,
    ManageOutbox,
    ManageSuppressions,
    SeeJobs,
    RunJobs,
    SeeActivity,
    SeeSettings,
    GetAlarms,
}

/// <summary>
/// Which roles give which permission: the only table of it, and the only code that looks at roles. Administrators hold
/// every permission within their scope: of their site those that are asked of a site, of the hub all.
/// </summary>
public static class Permissions
{
    private static Rule RuleOf(Permission permission) => permission switch
    {
        // Asked of a site: a role of the site gives it there, a role of the hub everywhere.
        Permission.SeeBookings => OfSite(Role.FrontDesk, Role.Auditor), // whose they are, and what for
        Permission.BookForOthers => OfSite(Role.FrontDesk), // find members; book, change and cancel for them
        Permission.ApproveBookings => OfSite(Role.Approver), // also who is named for the rules of a space (SpaceApprover)
        Permission.RunFrontDesk => OfSite(Role.FrontDesk),
        Permission.ReceiveAttendees => OfSite(Role.FrontDesk), // of any event: see who comes, check them in
        Permission.HostEvents => OfSite(Role.Organiser), // write events, publish them, and change their own
        Permission.EditAllEvents => OfSite(),
        Permission.ManageSites => OfSite(), // what can be booked there; asked of the hub: add sites
        Permission.ManageClosures => OfSite(),
        Permission.ManageDevices => OfSite(), // pair and revoke screens
        Permission.PreviewDisplays => OfSite(Role.FrontDesk), // see what the screens there show
        Permission.ManageWebhooks => OfSite(Role.Organiser), // their own, which hear of their own events
        Permission.HearAllActs => OfSite(), // their webhooks hear of everything
        Permission.SeeAdministration => OfSite(Role.Auditor),
        Permission.ManageRoles => OfSite(),
        Permission.SeeActivity => OfSite(Role.Auditor), // what everybody did to its things; asked of the hub: to all
        Permission.SeeJobs => OfSite(Role.Auditor), // and what waits of its site; asked of the hub: of all, and what went wrong

        // Asked of the hub: only a role of the hub gives it.
        Permission.ManageSettings => OfHub(), // and open the hub
        Permission.ManageMembers => OfHub(), // invite, disable, enable, sign out; people of all organisations
        Permission.ManageOrganisations => OfHub(), // add, rename, retire
        Permission.ManageDefaultReminders => OfHub(),
        Permission.SeeEmailTemplates => OfHub(Role.Auditor),
        Permission.SeeOutbox => OfHub(Role.Auditor),
        Permission.ManageOutbox => OfHub(),
        Permission.ManageSuppressions => OfHub(),
        Permission.RunJobs => OfHub(),
        Permission.SeeSettings => OfHub(Role.Auditor), // without secrets
        Permission.GetAlarms => OfHub(),
        _ => throw new ArgumentOutOfRangeException(nameof(permission), permission, "No row in the table."),
    };

    private sealed record Rule(bool IsOfSite, FrozenSet<Role> Roles);

    private static readonly Rule[] rules = [.. Enum.GetValues<Permission>().Select(RuleOf)];

    extension(Permission permission)
    {
        /// <summary>True if a role of one site gives it there; false if only a role of the hub does.</summary>
        public bool IsOfSite => rules[(int)permission].IsOfSite;

        /// <summary>Those that give it, within their scope.</summary>
        public IReadOnlySet<Role> Roles => rules[(int)permission].Roles;

        /// <summary>The roles as a list for raw SQL: 'Organiser', 'Administrator'.</summary>
        internal string RolesInSql => string.Join(", ", rules[(int)permission].Roles.Order().Select(role => $"'{role}'"));
    }

    private static Rule OfSite(params Role[] roles) => new(IsOfSite: true, [.. roles, Role.Administrator]);

    private static Rule OfHub(params Role[] roles) => new(IsOfSite: false, [.. roles, Role.Administrator]);
}
