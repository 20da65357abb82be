using DigiHub.Activity;

namespace DigiHub.Memberships;

/// <summary>What is done to requests of visitors to join.</summary>
public static class JoinRequestActs
{
    public static readonly Act<Guid> Created = JoinRequest.Subject.Act("created");

    /// <summary>Answered by an invitation.</summary>
    public static readonly Act<Guid> Accepted = JoinRequest.Subject.Act("accepted");

    public static readonly Act<Guid> Declined = JoinRequest.Subject.Act("removed");
}
