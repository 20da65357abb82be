using MailKit;
using MailKit.Security;
using MimeKit;

namespace DigiHub.Web.Letters;

/// <summary>Sends one trial mail through the relay, past the queue of letters, so that an operator sees at once what the relay says.</summary>
public sealed class MailTrial(LetterMessages messages, DkimSigning signing, SmtpConnections connections)
{
    /// <summary>What must stand in DNS for receivers to believe the hub's signatures.</summary>
    public IEnumerable<string> Records => signing.Keys.Select(key => $"{key.RecordName}. IN TXT \"{key.Record}\"");

    /// <summary>Whether the relay took it, and its own words.</summary>
    public async Task<(bool Taken, string Reply)> Run(MailboxAddress recipient, CancellationToken stop)
    {
        using var line = await connections.Take(stop);
        using var message = messages.Trial(recipient);
        try
        {
            signing.Sign(message, FormatOptions.Default);
            await line.Connect(stop);
            return (true, await line.Client.SendAsync(message, stop));
        }
        catch (Exception exception) when (exception is IOException or System.Net.Sockets.SocketException or ProtocolException or CommandException
            or SslHandshakeException or AuthenticationException or OperationCanceledException or NotSupportedException)
        {
            return (false, exception.Message);
        }
    }
}
