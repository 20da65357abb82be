using Microsoft.Extensions.Options;
using MimeKit;
using MimeKit.Cryptography;

namespace DigiHub.Web.Letters;

/// <summary>
/// Signs letters in the name of the hub's domain (DKIM, RFC 6376), with RSA for all receivers and with Ed25519 (RFC 8463) for those that know
/// it, as the settings have it. Normally the relay does that; a relay of one's own may not.
/// </summary>
public sealed class DkimSigning
{
    /// <summary>
    /// Everything a program acts upon or shows; the ways to stop letters must be among them (RFC 8058). MimeKit leaves the fields that begin
    /// with Content- out of what it signs, so they must not be named.
    /// </summary>
    private static readonly HeaderId[] covered =
    [
        HeaderId.From, HeaderId.To, HeaderId.Subject, HeaderId.Date, HeaderId.MessageId, HeaderId.ReplyTo, HeaderId.InReplyTo, HeaderId.References,
        HeaderId.MimeVersion, HeaderId.AutoSubmitted,
        HeaderId.ListId, HeaderId.ListUnsubscribe, HeaderId.ListUnsubscribePost,
    ];

    private readonly IReadOnlyList<Signer> signers;

    public DkimSigning(IOptions<HubSettings> settings, IClock clock)
    {
        Keys = DkimKey.Read(settings.Value.Mail.Dkim, settings.Value.SenderAddress[(settings.Value.SenderAddress.LastIndexOf('@') + 1)..]);
        signers = [.. Keys.Select(key => new Signer(key, clock))];
    }

    public IReadOnlyList<DkimKey> Keys { get; }

    /// <summary>Nothing of the message may be changed afterwards.</summary>
    /// <param name="format">The very one it will be sent in.</param>
    public void Sign(MimeMessage message, FormatOptions format)
    {
        if (signers.Count == 0)
            return;
        message.Prepare(EncodingConstraint.SevenBit); // no relay on the way has a reason to write it anew
        var headers = covered.Where(message.Headers.Contains).ToArray();
        foreach (var signer in signers)
            signer.Sign(format, message, headers);
    }

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
