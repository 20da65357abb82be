using DigiHub.Letters;

namespace DigiHub.Web.Letters;

/// <summary>What a letter of the outbox would say if it left now. Bodies are not kept, so a letter that has left is written anew.</summary>
public sealed class LetterPreviews(LetterMessages messages)
{
    /// <summary>
    /// Null when what it would tell of is gone, when it cannot be written, when its recipient was erased, and for sign-in links: whoever read one could come
    /// in as somebody else.
    /// </summary>
    public async Task<MailView?> Of(Letter letter, CancellationToken stop)
    {
        if (letter.Kind == LetterKind.SignInLink || letter.ForgottenAt is not null)
            return null;
        var (message, _) = await messages.WriteToSend(letter, stop);
        using (message)
            return message is null ? null : MailView.Of(letter.Id.ToString(), message);
    }
}
