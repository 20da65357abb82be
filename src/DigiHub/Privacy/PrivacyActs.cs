using DigiHub.Activity;
using DigiHub.Members;

namespace DigiHub.Privacy;

/// <summary>What is done about somebody's own data.</summary>
public static class PrivacyActs
{
    public static readonly Act<Guid> Exported = Member.Subject.Act("exported");
    public static readonly Act<Guid> ErasureAsked = Erasure.Subject.Act("asked");
    public static readonly Act<Guid> ErasureTakenBack = Erasure.Subject.Act("taken_back");
    public static readonly Act<Guid> Erased = Erasure.Subject.Act("done");
}
