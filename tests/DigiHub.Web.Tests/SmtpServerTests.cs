using System.Security.Cryptography.X509Certificates;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace DigiHub.Web.Tests;

/// <summary>The tests' own SMTP server does what the tests of e-mails rely on.</summary>
public sealed class SmtpServerTests
{
    [Theory]
    [InlineData(SmtpEncryption.None, SecureSocketOptions.None, "no")]
    [InlineData(SmtpEncryption.StartTls, SecureSocketOptions.StartTls, "yes")]
    [InlineData(SmtpEncryption.Implicit, SecureSocketOptions.SslOnConnect, "yes")]
    public async Task Keeps_what_MailKit_sends(SmtpEncryption encryption, SecureSocketOptions options, string encrypted)
    {
        await using var server = await SmtpServer.Start(new SmtpOptions(Encryption: encryption, User: "hub", Password: "pass wörd"));

        await Send(server, options, "ada@example.org", ("hub", "pass wörd"));

        var notification = Assert.Single(await server.WaitFor(1));
        Assert.Equal("Grüße aus Berlin", notification.Subject);
        Assert.Equal("ada@example.org", notification.Headers["X-Envelope-To"]);
        Assert.Equal(encrypted, notification.Headers["X-Encrypted"]);
    }

    [Fact]
    public async Task Refuses_a_wrong_password()
    {
        await using var server =
            await SmtpServer.Start(new SmtpOptions(Encryption: SmtpEncryption.StartTls, User: "hub", Password: "right"));

        await Assert.ThrowsAsync<AuthenticationException>(() =>
            Send(server, SecureSocketOptions.StartTls, "ada@example.org", ("hub", "wrong")));
    }

    [Theory]
    [InlineData("ada@later.test", SmtpStatusCode.ErrorInProcessing)]
    [InlineData("ada@never.test", SmtpStatusCode.MailboxUnavailable)]
    public async Task Refuses_for_a_while_or_for_good(string to, SmtpStatusCode code)
    {
        await using var server = await SmtpServer.Start();

        var refusal = await Assert.ThrowsAsync<SmtpCommandException>(() => Send(server, SecureSocketOptions.None, to));

        Assert.Equal(code, refusal.StatusCode);
        Assert.Empty(server.Messages());
    }

    [Fact]
    public async Task Keeps_the_message_and_cuts_the_line_before_the_answer_once()
    {
        await using var server = await SmtpServer.Start();

        await Assert.ThrowsAsync<SmtpProtocolException>(() => Send(server, SecureSocketOptions.None, "ada@cut.test"));
        await Send(server, SecureSocketOptions.None, "ada@cut.test");

        Assert.Equal(2, server.Count);
    }

    private static async Task Send(
        SmtpServer server, SecureSocketOptions options, string to, (string User, string Password)? credentials = null)
    {
        using var notification = new MimeMessage(
            [new MailboxAddress("DigiHub", "hub@example.org")], [MailboxAddress.Parse(to)],
            "Grüße aus Berlin", new TextPart("plain") { Text = "Hallo" });
        using var client = new SmtpClient();
        client.ServerCertificateValidationCallback = (_, shown, _, _) =>
            shown?.GetCertHashString() == server.Certificate?.GetCertHashString();
        await client.ConnectAsync("localhost", server.Port, options);
        if (credentials is { } known)
            await client.AuthenticateAsync(known.User, known.Password);
        await client.SendAsync(notification);
        await client.DisconnectAsync(quit: true);
    }
}
