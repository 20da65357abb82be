using DigiHub.Data;
using DigiHub.Letters;

namespace DigiHub.Suppressions;

/// <summary>Lets no letter go to an address that is suppressed for its class; but for those by which its owner can mend that.</summary>
internal sealed class SuppressedCheck : ILetterCheck
{
    public const string Reason = "suppressed";

    public bool Concerns(LetterKind kind) => kind is not (LetterKind.SignInLink or LetterKind.AddressToConfirm or LetterKind.AccountAddressToConfirm);

    public async Task<string?> WhyNot(HubDb db, Letter letter, Instant now, CancellationToken stop)
    {
        var (email, isReminder) = (letter.NormalizedEmail, letter.Class != LetterClass.Service);
        return await db.Suppressions.AnyAsync(
            one => one.NormalizedEmail == email && (one.Scope == SuppressionScope.Everything || (isReminder && one.Scope == SuppressionScope.Reminders)), stop)
            ? Reason
            : null;
    }
}
