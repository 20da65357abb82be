using DigiHub.Activity;

namespace DigiHub.Access;

/// <summary>What is done to delegations.</summary>
public static class DelegationActs
{
    public static readonly Act<Guid> Granted = Delegation.Subject.Act("granted");
    public static readonly Act<Guid> Changed = Delegation.Subject.Act("changed");
    public static readonly Act<Guid> Ended = Delegation.Subject.Act("ended");
}
