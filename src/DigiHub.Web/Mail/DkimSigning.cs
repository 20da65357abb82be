using DigiHub.Keys;
using Microsoft.Extensions.Options;
using MimeKit;
using MimeKit.Cryptography;

namespace DigiHub.Web.Mail;

/// <summary>
/// Signs e-mails in the name of the hub's domain (DKIM, RFC 6376), with RSA for all receivers and with Ed25519 (RFC 8463) for those that
/// know it, as the settings have it. Normally the relay does that; a relay of one's own may not.
/// </summary>
public sealed class DkimSigning
{
    /// <summary>
    /// Everything a program acts upon or shows; the ways to stop e-mails must be among them (RFC 8058), and what says where the parts begin
    /// and how they are to be read: by another boundary the signed body would be another message.
    /// </summary>
    private static readonly HeaderId[] covered =
    [
        HeaderId.From, HeaderId.To, HeaderId.Subject, HeaderId.Date,
        HeaderId.MessageId, HeaderId.ReplyTo, HeaderId.InReplyTo, HeaderId.References,
        HeaderId.MimeVersion, HeaderId.ContentType, HeaderId.ContentTransferEncoding, HeaderId.ContentLanguage, HeaderId.AutoSubmitted,
        HeaderId.ListId, HeaderId.ListUnsubscribe, HeaderId.ListUnsubscribePost,
    ];

    private readonly IReadOnlyList<Signer> signers;

    public DkimSigning(IOptions<HubSettings> settings, IClock clock)
    {
        Keys = DkimKey.Read(settings.Value.Mail.Dkim, settings.Value.SenderAddress.Domain);
        signers = [.. Keys.Select(key => new Signer(key, clock))];
    }

    public IReadOnlyList<DkimKey> Keys { get; }

    /// <summary>Nothing of the message may be changed afterwards.</summary>
    /// <param name="format">The very one it will be sent in.</param>
    public void Sign(MimeMessage message, FormatOptions format)
    {
        if (signers.Count == 0)
            return;
        message.Prepare(EncodingConstraint.SevenBit); // so that no relay re-encodes it
        var headers = covered.Where(field => Of(message, field).Contains(field)).ToArray();
        foreach (var signer in signers)
            signer.Sign(format, message, headers);
    }

    /// <summary>MimeKit keeps the fields that begin with Content- with the body, and looks for them nowhere else when it signs.</summary>
    private static HeaderList Of(MimeMessage message, HeaderId field) =>
        field is HeaderId.ContentType or HeaderId.ContentTransferEncoding or HeaderId.ContentLanguage
            ? message.Body!.Headers
            : message.Headers;

    private sealed class Signer : DkimSigner
    {
        private readonly IClock clock;

        public Signer(DkimKey key, IClock clock) : base(key.Private, key.Domain, key.Selector, key.Algorithm)
        {
            this.clock = clock;
            HeaderCanonicalizationAlgorithm = BodyCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed;
        }

        protected override long GetTimestamp() => clock.GetCurrentInstant().ToUnixTimeSeconds();
    }
}
