using System.Diagnostics;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MailKit.Net.Imap;
using MailKit.Security;
using MimeKit;

namespace DigiHub.Web.Tests;

/// <summary>
/// A real Dovecot in a folder of its own on 127.0.0.1: IMAP over TLS, with StartTls and in clear text, and LMTP to deliver to it.
/// It knows the mailboxes it is started with, all with one password. It dies with the test process, even if that is killed.
/// </summary>
public sealed class ImapServer : IAsyncDisposable
{
    public const string Password = "pass word";

    private const int PortTriesMax = 5;

    private static readonly string? Dovecot = Environment.GetEnvironmentVariable("DIGIHUB_TEST_DOVECOT");

    private readonly Process process;
    private readonly DirectoryInfo folder;
    private readonly X509Certificate2 certificate;
    private bool isDown;

    private ImapServer(Process process, DirectoryInfo folder, X509Certificate2 certificate, int tlsPort, int port, int lmtpPort)
    {
        this.process = process;
        this.folder = folder;
        this.certificate = certificate;
        (TlsPort, Port, LmtpPort) = (tlsPort, port, lmtpPort);
    }

    /// <summary>TLS from the first byte.</summary>
    public int TlsPort { get; }

    /// <summary>Clear text, and StartTls.</summary>
    public int Port { get; }

    /// <summary>Refuses recipients without a mailbox: 550 5.1.1.</summary>
    public int LmtpPort { get; }

    /// <summary>Skips the test where Dovecot is not installed.</summary>
    /// <param name="mailboxes">Whole addresses; what follows a plus sign in a recipient's is let go.</param>
    public static async Task<ImapServer> Start(params string[] mailboxes)
    {
        Assert.SkipWhen(Dovecot is null, "No IMAP server: DIGIHUB_TEST_DOVECOT is not set (tests/run sets it).");

        for (var attempt = 1; ; attempt++)
        {
            var home = Directory.CreateTempSubdirectory("digihub-imap-");
            ImapServer? server = null;
            try
            {
                server = await Launch(home, mailboxes);
                await server.WaitUntilItListens();
                return server;
            }
            catch (Exception exception)
            {
                // Somebody took a port between our look at it and Dovecot's taking it?
                var isPortTaken = exception is InvalidOperationException
                    && server?.Log().Contains("Address already in use", StringComparison.Ordinal) == true;
                if (server is null)
                    home.Delete(recursive: true);
                else
                    await server.DisposeAsync();
                if (!isPortTaken || attempt == PortTriesMax)
                    throw;
            }
        }
    }

    private static async Task<ImapServer> Launch(DirectoryInfo home, string[] mailboxes)
    {
        var (certificate, file, keyFile) = OwnCertificate.Write(home);
        var (tlsPort, port, lmtpPort) = (Ports.Free(), Ports.Free(), Ports.Free());
        var isRoot = Environment.UserName == "root";
        // Dovecot reads mail as nobody's business but a user's: root it refuses. Who is not root can only be themselves.
        var (user, group) = isRoot ? ("nobody", "nogroup") : (Environment.UserName, Environment.UserName);
        Directory.CreateDirectory(Path.Combine(home.FullName, "mail"));
        await File.WriteAllLinesAsync(Path.Combine(home.FullName, "users"),
            mailboxes.Select(mailbox => $"{mailbox}:{{PLAIN}}{Password}::::::"));
        await File.WriteAllTextAsync(Path.Combine(home.FullName, "dovecot.conf"), Configuration());
        if (isRoot && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(home.FullName, (UnixFileMode)0b111_001_001);
            File.SetUnixFileMode(Path.Combine(home.FullName, "mail"), (UnixFileMode)0b111_111_111);
        }

        // The shell waits for the end of its input, which comes with the end of this process, however it ends.
        var start = new ProcessStartInfo("/bin/sh") { UseShellExecute = false, RedirectStandardInput = true };
        foreach (var argument in new[] { "-c", "\"$0\" -F -c \"$1\" < /dev/null & cat > /dev/null; kill $! 2> /dev/null; wait",
            Dovecot!, Path.Combine(home.FullName, "dovecot.conf") })
            start.ArgumentList.Add(argument);
        return new ImapServer(Process.Start(start)!, home, certificate, tlsPort, port, lmtpPort);

        string Configuration() => $$"""
            base_dir = {{home.FullName}}/run
            state_dir = {{home.FullName}}/run
            log_path = {{home.FullName}}/dovecot.log
            protocols = imap lmtp
            listen = 127.0.0.1
            ssl = yes
            ssl_cert = <{{file}}
            ssl_key = <{{keyFile}}
            disable_plaintext_auth = no
            default_login_user = {{user}}
            default_internal_user = {{user}}
            default_internal_group = {{group}}
            first_valid_uid = 1
            mail_location = maildir:{{home.FullName}}/mail/%u
            recipient_delimiter = +
            lmtp_hdr_delivery_address = original
            passdb {
              driver = passwd-file
              args = scheme=PLAIN username_format=%u {{home.FullName}}/users
            }
            userdb {
              driver = passwd-file
              args = username_format=%u {{home.FullName}}/users
              default_fields = uid={{user}} gid={{group}} home={{home.FullName}}/mail/%u
            }
            service anvil {
              chroot =
            }
            service imap-login {
              chroot =
              inet_listener imap {
                port = {{port}}
              }
              inet_listener imaps {
                port = {{tlsPort}}
                ssl = yes
              }
            }
            service lmtp {
              inet_listener lmtp {
                address = 127.0.0.1
                port = {{lmtpPort}}
              }
            }
            """;
    }

    /// <summary>One that trusts this server and no other.</summary>
    public ImapClient NewClient() => NewClient(new MailKit.NullProtocolLogger());

    /// <param name="listener">Hears every word of the conversation.</param>
    public ImapClient NewClient(MailKit.IProtocolLogger listener) =>
        new(listener)
        { ServerCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == certificate.GetCertHashString() };

    public async Task<ImapClient> SignIn(string mailbox)
    {
        var client = NewClient();
        await client.ConnectAsync("localhost", TlsPort, SecureSocketOptions.SslOnConnect);
        await client.AuthenticateAsync(mailbox, Password);
        return client;
    }

    /// <summary>What a person does who sorts their mail by hand: moves one to a folder of theirs. Returns when it is done.</summary>
    public void Take(string mailbox, int index, string to)
    {
        using var client = NewClient();
        client.Connect("localhost", TlsPort, SecureSocketOptions.SslOnConnect);
        client.Authenticate(mailbox, Password);
        var theirs = client.GetFolder(client.PersonalNamespaces[0]).Create(to, isMessageFolder: true)!;
        client.Inbox.Open(MailKit.FolderAccess.ReadWrite);
        client.Inbox.MoveTo(index, theirs);
        client.Disconnect(quit: true);
    }

    /// <summary>Lets the server read and write nothing in a folder that is there, until the answer is disposed of.</summary>
    public IDisposable Lock(string mailbox, string locked)
    {
        if (OperatingSystem.IsWindows())
            throw new PlatformNotSupportedException("Dovecot has never run there.");
        var path = Path.Combine(folder.FullName, "mail", mailbox, "." + locked);
        var before = File.GetUnixFileMode(path);
        File.SetUnixFileMode(path, UnixFileMode.None);
        return new Key(path, before);
    }

    private sealed class Key(string path, UnixFileMode before) : IDisposable
    {
        public void Dispose()
        {
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, before);
        }
    }

    /// <summary>Delivers mails byte for byte, which a mail library would re-encode.</summary>
    public async Task Lay(string mailbox, params IEnumerable<byte[]> mails)
    {
        foreach (var mail in mails)
            await Lay(mailbox, mail);
    }

    /// <summary>All mails of a folder, in the order of arrival; none where there is no such folder.</summary>
    public async Task<IReadOnlyList<MimeMessage>> Mails(string mailbox, string folder = "INBOX")
    {
        using var client = await SignIn(mailbox);
        try
        {
            var open = await client.GetFolderAsync(folder);
            await open.OpenAsync(MailKit.FolderAccess.ReadOnly);
            var mails = new List<MimeMessage>();
            for (var i = 0; i < open.Count; i++)
                mails.Add(await open.GetMessageAsync(i));
            return mails;
        }
        catch (MailKit.FolderNotFoundException)
        {
            return [];
        }
    }

    /// <summary>Waits until a folder has at least so many mails.</summary>
    /// <exception cref="TimeoutException">It had not within 30 s.</exception>
    public async Task<IReadOnlyList<MimeMessage>> WaitFor(string mailbox, int count, string folder = "INBOX")
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var mails = await Mails(mailbox, folder);
            if (mails.Count >= count)
                return mails;
            if (watch.Elapsed > TimeSpan.FromSeconds(120))
                throw new TimeoutException($"{mails.Count} of {count} mails came to {folder} of {mailbox}.\n{Log()}");
            await Task.Delay(100);
        }
    }

    public string Log() =>
        File.Exists(Path.Combine(folder.FullName, "dovecot.log")) ? File.ReadAllText(Path.Combine(folder.FullName, "dovecot.log")) : "";

    /// <summary>May be done early: for a test in which the server goes away.</summary>
    public async ValueTask DisposeAsync()
    {
        if (isDown)
            return;
        isDown = true;
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(90));
        process.Dispose();
        certificate.Dispose();
        folder.Delete(recursive: true);
    }

    private async Task Lay(string mailbox, byte[] mail)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", LmtpPort);
        await using var stream = socket.GetStream();
        using var reader = new StreamReader(stream);
        await Expect("220");
        await Say("LHLO test");
        await Say("MAIL FROM:<>");
        await Say($"RCPT TO:<{mailbox}>");
        await Say("DATA");
        await stream.WriteAsync(Dotted(mail));
        await Say("\r\n.");

        async Task Say(string line)
        {
            await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(line + "\r\n"));
            await Expect(line == "DATA" ? "354" : "250");
        }

        async Task Expect(string code)
        {
            string line;
            do
                line = await reader.ReadLineAsync() ?? throw new IOException("The LMTP server hung up.");
            while (line is [_, _, _, '-', ..]);
            if (!line.StartsWith(code, StringComparison.Ordinal))
                throw new IOException($"LMTP: {line}");
        }
    }

    private static byte[] Dotted(byte[] mail)
    {
        var text = System.Text.Encoding.Latin1.GetString(mail).ReplaceLineEndings("\n")
            .Replace("\n.", "\n..", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal);
        return System.Text.Encoding.Latin1.GetBytes(text.StartsWith('.') ? "." + text : text);
    }

    private async Task WaitUntilItListens()
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var client = await SignIn((await File.ReadAllLinesAsync(Path.Combine(folder.FullName, "users")))[0].Split(':')[0]);
                return;
            }
            catch (Exception exception) when (exception is SocketException or IOException or ImapProtocolException
                && !Log().Contains("Fatal", StringComparison.Ordinal) && watch.Elapsed < TimeSpan.FromSeconds(120))
            {
                await Task.Delay(50);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Dovecot did not start: {exception.Message}\n{Log()}", exception);
            }
        }
    }
}
