namespace DigiHub.Mail;

/// <summary>
/// Which addresses the hub's relay can send to, checked before one is accepted, so that forms refuse what could not be sent. From the
/// settings, and from the relay's own capabilities once this process has connected.
/// </summary>
/// <param name="takesUtf8">The settings say that the relay has SMTPUTF8 (RFC 6531).</param>
public sealed class RelayReach(bool takesUtf8 = true)
{
    private volatile bool takes = takesUtf8;

    /// <summary>What the relay said when it was greeted.</summary>
    public void Learn(bool hasSmtpUtf8) => takes = hasSmtpUtf8;

    /// <summary>Null for one that can be written to; refuses with email_letters, of the field "email".</summary>
    public Refusal? WhyNot(EmailAddress email) => email.NeedsSmtpUtf8 && !takes ? OnlyAscii : null;

    private static Refusal OnlyAscii { get; } = new("email_letters", new(
        "Our mail server doesn’t support special characters before the @. Enter a different e-mail address.",
        "Unser Mailserver unterstützt keine Sonderzeichen vor dem @. Geben Sie eine andere E-Mail-Adresse an.",
        "Unser Mailserver unterstützt keine Sonderzeichen vor dem @. Gib eine andere E-Mail-Adresse an."))
    { Field = "email" };
}
