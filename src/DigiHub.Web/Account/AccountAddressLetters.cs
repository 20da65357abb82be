using DigiHub.Data;
using DigiHub.Letters;
using DigiHub.Web.Letters;

namespace DigiHub.Web.Account;

/// <summary>Writes to the address that an account is to have, and afterwards to the one it had.</summary>
public sealed class AccountAddressLetters(LetterLinks links) : ILetterAuthor
{
    public bool Writes(LetterKind kind) => kind is LetterKind.AccountAddressToConfirm or LetterKind.AccountAddressChanged;

    public async Task<LetterDraft?> Draft(HubDb db, Letter letter, CancellationToken stop)
    {
        if (letter.Kind == LetterKind.AccountAddressChanged)
        {
            return new LetterDraft(
                new Words("Your e-mail address was changed", "Ihre E-Mail-Adresse wurde geändert").In(letter.Language),
                typeof(AccountAddressChangedLetter), new AccountAddressFacts(links.HubName, Link: null));
        }

        return letter.AddressCheckId is not { } changeId ? null : new LetterDraft(
            new Words("Confirm your new e-mail address", "Bestätigen Sie Ihre neue E-Mail-Adresse").In(letter.Language),
            typeof(AccountAddressToConfirmLetter), new AccountAddressFacts(links.HubName, await links.AccountAddress(changeId, stop)));
    }
}

/// <param name="Link">To confirm; null in the letter to the old address.</param>
public sealed record AccountAddressFacts(string HubName, Uri? Link);
