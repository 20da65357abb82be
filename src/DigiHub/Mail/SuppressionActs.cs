using DigiHub.Activity;

namespace DigiHub.Mail;

/// <summary>What administrators do to suppressed addresses.</summary>
public static class SuppressionActs
{
    public static readonly Act<Guid> Added = Suppression.Subject.Act("added");
    public static readonly Act<Guid> Lifted = Suppression.Subject.Act("lifted");
}
