using System.Runtime.InteropServices;

namespace DigiHub.Access;

/// <summary>Who looks or acts: a member with the roles they hold just now, or somebody who has not signed in.</summary>
public sealed class Viewer
{
    private readonly IReadOnlyList<HeldRole> roles;
    private readonly IReadOnlyList<ActingFor> actsFor = [];

    /// <param name="actsFor">Whose delegate they are now.</param>
    public Viewer(Guid memberId, IReadOnlyList<HeldRole> roles, IReadOnlyList<ActingFor>? actsFor = null) =>
        (MemberId, this.roles, this.actsFor) = (memberId, roles, actsFor ?? []);

    private Viewer() => roles = [];

    public static Viewer Anonymous { get; } = new();

    /// <summary>Null: not signed in.</summary>
    public Guid? MemberId { get; }

    /// <summary>The members whose bookings they make and change as their delegate.</summary>
    public IEnumerable<Guid> ActsFor => actsFor.Select(one => one.MemberId);

    /// <summary>It is them, or somebody whose delegate they are.</summary>
    public bool IsOrActsFor(Guid memberId) => MemberId == memberId || actsFor.Any(one => one.MemberId == memberId);

    /// <summary>They are that member's delegate, who does not show them what bookings are for.</summary>
    public bool SeesNoTitlesOf(Guid memberId) => actsFor.Any(one => one.MemberId == memberId && !one.SeesTitles);

    /// <param name="siteId">Null: for the whole hub.</param>
    public bool Is(Role role, int? siteId) => roles.Any(held => held.Role == role && (held.SiteId is null || held.SiteId == siteId));

    /// <summary>At this site, by a role of it or of the hub.</summary>
    public bool May(Permission permission, int siteId) =>
        roles.Any(held => Gives(held, permission) && (held.SiteId is null || held.SiteId == siteId));

    /// <summary>Everywhere, by a role of the hub.</summary>
    public bool May(Permission permission) => roles.Any(held => Gives(held, permission) && held.SiteId is null);

    /// <summary>At some site or everywhere: for pages that check each site again.</summary>
    public bool MayAnywhere(Permission permission) => roles.Any(held => Gives(held, permission));

    /// <summary>Where they may; for queries.</summary>
    public SiteSet Where(Permission permission) => May(permission)
        ? SiteSet.All
        : new SiteSet([.. roles.Where(held => Gives(held, permission)).Select(held => held.SiteId).OfType<int>().Distinct()]);

    /// <summary>Sees there what belongs to others. Who sees may not change it yet.</summary>
    public bool Sees(int siteId) => May(Permission.SeeBookings, siteId);

    /// <summary>The sites where they see what belongs to others.</summary>
    public SiteSet SitesSeen => Where(Permission.SeeBookings);

    /// <summary>Administrators of anything have shorter sessions, to limit the damage of an unattended one.</summary>
    internal static bool HasShortSessions(IEnumerable<HeldRole> roles) => roles.Any(held => held.Role == Role.Administrator);

    private static bool Gives(HeldRole held, Permission permission) =>
        permission.Roles.Contains(held.Role) && (held.SiteId is null || permission.IsOfSite);
}

/// <summary>A member who has made the viewer a delegate.</summary>
/// <param name="SeesTitles">What their bookings are for, too.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ActingFor(Guid MemberId, bool SeesTitles);

/// <summary>All sites, those to come included, or some.</summary>
/// <param name="Ids">Null: all.</param>
public sealed record SiteSet(int[]? Ids)
{
    public static SiteSet All { get; } = new((int[]?)null);

    public bool IsAll => Ids is null;

    public bool IsEmpty => Ids is [];

    public bool Contains(int siteId) => Ids is null || Ids.Contains(siteId);
}
