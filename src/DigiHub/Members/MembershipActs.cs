using DigiHub.Activity;

namespace DigiHub.Members;

/// <summary>What is done to memberships of organisations.</summary>
public static class MembershipActs
{
    public static readonly Act<Guid> Created = Membership.Subject.Act("created");
    public static readonly Act<Guid> RoleChanged = Membership.Subject.Act("role_changed");
    public static readonly Act<Guid> Ended = Membership.Subject.Act("ended");
}
