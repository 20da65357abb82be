using DigiHub.Activity;

namespace DigiHub.Memberships;

/// <summary>What is done to requests of members to join an organisation.</summary>
public static class MembershipRequestActs
{
    public static readonly Act<Guid> Created = MembershipRequest.Subject.Act("created");
    public static readonly Act<Guid> Accepted = MembershipRequest.Subject.Act("accepted");
    public static readonly Act<Guid> Declined = MembershipRequest.Subject.Act("removed");

    /// <summary>Nobody has answered in time.</summary>
    public static readonly Act<Guid> Lapsed = MembershipRequest.Subject.Act("ended");
}
