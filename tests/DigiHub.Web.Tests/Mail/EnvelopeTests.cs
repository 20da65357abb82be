using System.Diagnostics;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DigiHub.Keys;
using DigiHub.Mail;
using DigiHub.Notifications;
using DigiHub.Registrations;
using DigiHub.Reminders;
using DigiHub.Tests;
using DigiHub.Web.Mail;
using DigiHub.Web.Notifications;
using MailKit.Net.Smtp;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MimeKit;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Pkcs;

namespace DigiHub.Web.Tests.Mail;

/// <summary>Headers and envelope of an e-mail: signatures, return paths, threads, foreign addresses; as a real relay received it.</summary>
public sealed class EnvelopeTests(SqliteDatabase database) : IClassFixture<SqliteDatabase>, IDisposable
{
    private static readonly Instant Now = TestHub.Opening;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("digihub-envelope-");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ada@example.org")]
    [InlineData("jürgen@müller.example")]
    public async Task Both_signatures_convince_a_foreign_verifier_and_cover_the_ways_to_stop_emails(string to)
    {
        await using var server = await SmtpServer.Start(folder: folder);
        await using var web = await Open(server, ("Mail:Dkim:RsaKeyFile", RsaKey()), ("Mail:Dkim:Ed25519KeyFile", Ed25519Key()));
        await Lay(web, NewEmail(to, ReminderNotifications.OfEvent));

        Assert.Equal(1, await Deliver(web));
        await server.WaitFor(1);

        var verdicts = await Verify(web, File());
        Assert.Equal(["ed25519-sha256 good", "rsa-sha256 good"],
            verdicts.Select(line => string.Join(' ', line.Split(' ')[..2])).Order(StringComparer.Ordinal));
        Assert.All(verdicts, line => Assert.All([
            "from", "to", "subject", "date", "message-id", "content-type", "content-language", "list-unsubscribe", "list-unsubscribe-post"],
            field => Assert.Contains($" {field} ", line + " ", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Subject: ", "Subject: Free money. ")]
    [InlineData("Content-Type: multipart/alternative", "Content-Type: multipart/mixed")]
    [InlineData("List-Unsubscribe:", "List-Unsubscribe: <https://evil.example/>,")]
    [InlineData("IoT-", "Io1-")]
    public async Task A_signature_does_not_survive_a_change(string original, string changed)
    {
        await using var server = await SmtpServer.Start(folder: folder);
        await using var web = await Open(server, ("Mail:Dkim:RsaKeyFile", RsaKey()));
        await Lay(web, NewEmail("ada@example.org", ReminderNotifications.OfEvent));
        await Deliver(web);
        await server.WaitFor(1);

        var text = await System.IO.File.ReadAllTextAsync(File(), Stop);
        Assert.Contains(original, text, StringComparison.Ordinal);
        await System.IO.File.WriteAllTextAsync(File(), text.Replace(original, changed, StringComparison.Ordinal), Stop);

        Assert.StartsWith("rsa-sha256 bad", Assert.Single(await Verify(web, File())), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("RsaKeyFile", "/nowhere/dkim.pem")]
    [InlineData("RsaKeyFile", "short")]
    [InlineData("RsaKeyFile", "ed25519")]
    [InlineData("Ed25519KeyFile", "rsa")]
    [InlineData("Ed25519KeyFile", "empty")]
    public void A_key_that_cannot_be_meant_is_named_at_start(string setting, string file)
    {
        var path = file switch
        {
            "short" => RsaKey(1024),
            "rsa" => RsaKey(),
            "ed25519" => Ed25519Key(),
            "empty" => Write("empty.pem", ""),
            _ => file,
        };
        var settings = new ConfigurationManager { [$"DigiHub:Mail:Dkim:{setting}"] = path };

        var refused = Assert.Throws<BadSettingsException>(() => SettingsCheck.Read(settings));

        Assert.Contains($"DigiHub:Mail:Dkim:{setting}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_email_has_a_way_back_of_its_own_and_asks_to_be_told_of_failure_and_delay()
    {
        await using var server = await SmtpServer.Start(folder: folder);
        await using var web = await Open(server, ("Mail:BounceAddress", "bounce@hub.example"));
        var notification = NewEmail("ada@example.org");
        await Lay(web, notification);

        await Deliver(web);

        var arrived = Assert.Single(await server.WaitFor(1));
        Assert.Equal($"bounce+{notification.Id:N}@hub.example", arrived.Headers["X-Envelope-From"]);
        Assert.Equal($"{notification.Id:N}", arrived.Headers["X-Envelope-Envid"]);
        Assert.Equal("FAILURE,DELAY", arrived.Headers["X-Envelope-Notify"]);
        Assert.Equal("rfc822;ada@example.org", arrived.Headers["X-Envelope-Orcpt"]);
        Assert.Equal("hub@127.0.0.1", ((MailboxAddress)arrived.From[0]).Address);
    }

    [Fact]
    public async Task Emails_about_one_thing_form_a_thread_in_their_order()
    {
        await using var server = await SmtpServer.Start(folder: folder);
        await using var web = await Open(server);
        var first = NewEmail("ada@example.org");
        var second = Following(first, ReminderNotifications.OfEvent, Now + Duration.FromHours(1));
        var third = Following(first, RegistrationNotifications.Confirmed, Now + Duration.FromHours(2));
        await Lay(web, first, second, third);

        for (var hour = 0; hour < 3; hour++)
        {
            await Deliver(web);
            web.Clock.AdvanceHours(1);
        }

        var arrived = (await server.WaitFor(3)).ToDictionary(message => message.MessageId![..32], StringComparer.Ordinal);
        string[] ids = [.. new[] { first, second, third }.Select(notification => arrived[$"{notification.Id:N}"].MessageId!)];
        Assert.Empty(arrived[ids[0][..32]].References);
        Assert.Equal([ids[0]], arrived[ids[1][..32]].References);
        Assert.Equal([ids[0], ids[1]], arrived[ids[2][..32]].References);
        Assert.Equal(ids[1], arrived[ids[2][..32]].InReplyTo);
    }

    [Fact]
    public async Task An_email_handed_over_twice_is_the_same_email()
    {
        await using var server = await SmtpServer.Start(folder: folder);
        await using var web = await Open(server);
        await Lay(web, NewEmail("ada@cut.test"));

        await Deliver(web);
        web.Clock.AdvanceHours(1);
        await Deliver(web);

        var arrived = await server.WaitFor(2);
        foreach (var header in new[] { "Message-Id", "Date", "Subject", "From", "To" })
            Assert.Equal(arrived[0].Headers[header], arrived[1].Headers[header]);
        Assert.Equal(arrived[0].Body!.ToString(), arrived[1].Body!.ToString());
    }

    [Fact]
    public async Task Names_the_list_by_class_and_site_where_an_email_can_be_stopped()
    {
        await using var server = await SmtpServer.Start(folder: folder);
        await using var web = await Open(server);
        await Lay(web, NewEmail("ada@example.org", ReminderNotifications.OfEvent), NewEmail("bob@example.org"));

        await Deliver(web);

        var arrived = (await server.WaitFor(2)).ToDictionary(message => message.Headers["X-Envelope-To"]!, StringComparer.Ordinal);
        Assert.Equal($"DigiHub <reminder.east.{(await web.Name()).ListDomain}>", arrived["ada@example.org"].Headers[HeaderId.ListId]);
        Assert.Null(arrived["bob@example.org"].Headers[HeaderId.ListId]);
    }

    [Theory]
    [InlineData("Ada", "Ada")]
    [InlineData("Dr. Ada", "\"Dr. Ada\"")]
    [InlineData("Dr. Jörg Müller", "=?utf-8?q?Dr=2E_J=C3=B6rg_M=C3=BCller?=")]
    [InlineData("Müller, Jörg \"der Erste\"", "=?utf-8?q?M=C3=BCller=2C_J=C3=B6rg_=22der_Erste=22?=")]
    [InlineData("=?utf-8?q?Bob?=", "=?utf-8?q?=3D=3Futf-8=3Fq=3FBob=3F=3D?=")]
    [InlineData("Ada \"A\" L\\o", "\"Ada \\\"A\\\" L\\\\o\"")]
    public async Task A_name_is_quoted_or_encoded_as_a_whole(string name, string written)
    {
        await using var server = await SmtpServer.Start(folder: folder);
        await using var web = await Open(server, ("Name", name));
        await Lay(web, Named(name));

        await Deliver(web);

        var arrived = Assert.Single(await server.WaitFor(1));
        var raw = (await System.IO.File.ReadAllTextAsync(File(), Stop)).ReplaceLineEndings("\n")
            .Replace("\n ", " ", StringComparison.Ordinal);
        Assert.Contains($"\nTo: {written} <ada@example.org>\n", "\n" + raw, StringComparison.Ordinal);
        Assert.Contains($"\nFrom: {written} <hub@127.0.0.1>\n", "\n" + raw, StringComparison.Ordinal);
        Assert.Contains($"\nList-Id: {written} <", "\n" + raw, StringComparison.Ordinal);
        Assert.Equal((name, name), (arrived.To[0].Name, arrived.From[0].Name));
    }

    [Theory]
    [InlineData("Ö", 100)]
    [InlineData("ä😀", 33)]
    [InlineData("Ada ", 25)]
    public async Task A_long_name_arrives_in_short_lines(string part, int times)
    {
        var name = string.Concat(Enumerable.Repeat(part, times)).Trim();
        await using var server = await SmtpServer.Start(folder: folder);
        await using var web = await Open(server);
        await Lay(web, Named(name));

        await Deliver(web);

        Assert.Equal(name, Assert.Single(await server.WaitFor(1)).To[0].Name);
        var head = (await System.IO.File.ReadAllTextAsync(File(), Stop)).ReplaceLineEndings("\n").Split("\n\n")[0].Split('\n');
        Assert.All(head.Where(line => line.Contains("=?utf-8?q?", StringComparison.Ordinal)), line => Assert.InRange(line.Length, 1, 76));
    }

    [Theory]
    [InlineData("jürgen@müller.example", null)] // it would have to be of the type utf-8
    [InlineData("info@müller.example", null)]
    [InlineData("ada@example.org", "rfc822;ada@example.org")]
    public async Task Names_no_address_with_umlauts_as_one_of_ASCII(string to, string? original)
    {
        await using var server = await SmtpServer.Start(folder: folder);
        await using var web = await Open(server);
        await Lay(web, NewEmail(to));

        await Deliver(web);

        Assert.Equal(original, Assert.Single(await server.WaitFor(1)).Headers["X-Envelope-Orcpt"]);
    }

    [Theory]
    [InlineData("info@müller.example", NotificationState.Sent, "info@xn--mller-kva.example")]
    [InlineData("jürgen@example.org", NotificationState.Failed, null)]
    public async Task A_relay_that_knows_ASCII_only_gets_what_can_be_written_in_it(string to, NotificationState expected, string? arrivesAt)
    {
        await using var server = await SmtpServer.Start(new SmtpOptions { KnowsAsciiOnly = true }, folder);
        await using var web = await Open(server);
        await Lay(web, NewEmail(to));

        await Deliver(web);

        var row = await web.Read(db => db.Notifications.AsNoTracking().SingleAsync(Stop));
        Assert.Equal(expected, row.State);
        Assert.Equal(arrivesAt, server.Messages().SingleOrDefault()?.Headers["X-Envelope-To"]);
        if (expected == NotificationState.Failed)
            Assert.Contains("SMTPUTF8", row.SmtpReply, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(SmtpEncryption.StartTls, SmtpCertificate.Right, 1)]
    [InlineData(SmtpEncryption.StartTls, SmtpCertificate.Expired, 0)]
    [InlineData(SmtpEncryption.StartTls, SmtpCertificate.ForAnotherHost, 0)]
    [InlineData(SmtpEncryption.Implicit, SmtpCertificate.Expired, 0)]
    [InlineData(SmtpEncryption.Implicit, SmtpCertificate.ForAnotherHost, 0)]
    [InlineData(SmtpEncryption.None, SmtpCertificate.Right, 0)]
    public async Task Believes_a_certificate_only_from_a_known_signer_for_the_right_name_and_time(
        SmtpEncryption encryption, SmtpCertificate certificate, int sent)
    {
        await using var server = await SmtpServer.Start(new SmtpOptions(Encryption: encryption) { Certificate = certificate }, folder);
        await using var web =
            await Open(server, ("Mail:Host", "localhost"), ("Mail:Security", encryption == SmtpEncryption.Implicit ? "Tls" : "StartTls"));
        await Lay(web, NewEmail("ada@example.org"));

        Assert.Equal(sent, await Deliver(web));

        var relay = await web.Read(db => db.RelayNow(Stop));
        Assert.Equal(sent == 0 ? RelayTrouble.Refuses : null, relay.Trouble);
        Assert.Equal(sent, server.Count);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private async Task<WebTestHub> Open(SmtpServer server, params (string Key, string? Value)[] settings)
    {
        var all = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Jobs:Workers"] = "0", // the tests deliver by hand
            ["Mail:Mode"] = "Smtp",
            ["Mail:Host"] = "127.0.0.1",
            ["Mail:Port"] = $"{server.Port}",
            ["Mail:Security"] = "None",
            ["Mail:PerMinute"] = "0",
            ["Mail:PerMinuteAndDomain"] = "0",
        };
        foreach (var (key, value) in settings)
            all[key] = value;
        return await WebTestHub.Open(database, new WebTestHubOptions
        {
            Settings = all,
            Warnings = ["Warning DigiHub.Mail."], // of what a relay refuses
            ConfigureServices = services =>
                services.Replace(ServiceDescriptor.Singleton<Func<MailClient>>(() => BelievingTheSigner(server))),
        });
    }

    /// <summary>As if the signer of the server's certificate stood in the system's store; name and time are looked at as ever.</summary>
    private static MailClient BelievingTheSigner(SmtpServer server) => new()
    {
        CheckCertificateRevocation = false,
        ServerCertificateValidationCallback = (_, shown, _, errors) =>
        {
            using var chain = new X509Chain();
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            chain.ChainPolicy.CustomTrustStore.Add(server.Certificate!);
            return !errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) && chain.Build((X509Certificate2)shown!);
        },
    };

    private static async Task<int> Deliver(WebTestHub web)
    {
        await using var scope = web.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<DeliverNotifications>().Run(Stop);
    }

    private static async Task Lay(WebTestHub web, params Notification[] notifications)
    {
        await using var db = web.OpenDb();
        var evt = DueEmails.NewEvent(web.Cast, Now, Now + Duration.FromHours(20));
        db.Add(evt);
        foreach (var notification in notifications.DistinctBy(notification => notification.SubjectId))
            db.Add(DueEmails.NewRegistration(evt, notification.SubjectId, notification.RecipientEmail!.Shown));
        db.AddRange(notifications);
        await db.SaveChangesAsync(Stop);
    }

    private static Notification NewEmail(string to, NotificationType? kind = null) =>
        DueEmails.New(kind ?? RegistrationNotifications.Confirmed, to, Now, Now + Duration.FromHours(20));

    private static Notification Named(string name) => new()
    {
        Id = Guid.CreateVersion7(),
        Type = ReminderNotifications.OfEvent,
        Purpose = "named",
        RecipientName = PersonName.Of(name),
        RecipientEmail = EmailAddress.Of("ada@example.org"),
        Language = Language.German,
        SubjectKind = Registration.Subject.Name,
        SubjectId = Guid.CreateVersion7(),
        ScheduledForStart = Now + Duration.FromHours(20),
        WrittenAt = Now,
        DueAt = Now,
        NextAttemptAt = Now,
        NotAfter = Now + Duration.FromHours(20),
    };

    private static Notification Following(Notification first, NotificationType kind, Instant due) => new()
    {
        Id = Guid.CreateVersion7(),
        Type = kind,
        Purpose = $"{kind}:{due}",
        RecipientName = first.RecipientName,
        RecipientEmail = first.RecipientEmail,
        Language = first.Language,
        SubjectKind = Registration.Subject.Name,
        SubjectId = first.SubjectId,
        ScheduledForStart = first.NotAfter,
        WrittenAt = Now,
        DueAt = due,
        NextAttemptAt = due,
    };

    private string File() => folder.GetFiles("*.eml").Single().FullName;

    private static async Task<string[]> Verify(WebTestHub web, string file)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DIGIHUB_TEST_PYTHON")!)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "dkim_verify.py"));
        start.ArgumentList.Add(file);
        start.ArgumentList.Add($"{web.Clock.GetCurrentInstant().ToUnixTimeSeconds()}");
        foreach (var key in web.Services.GetRequiredService<DkimSigning>().Keys)
            start.ArgumentList.Add($"{key.RecordName}={key.Record}");
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(Stop);
        await process.WaitForExitAsync(Stop);
        TestContext.Current.TestOutputHelper?.WriteLine(output);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private string RsaKey(int bits = 2048)
    {
        using var key = RSA.Create(bits);
        return Write("rsa.pem", key.ExportPkcs8PrivateKeyPem());
    }

    private string Ed25519Key()
    {
        var key = new Ed25519PrivateKeyParameters(new Org.BouncyCastle.Security.SecureRandom());
        return Write("ed25519.pem",
            new string(PemEncoding.Write("PRIVATE KEY", PrivateKeyInfoFactory.CreatePrivateKeyInfo(key).GetDerEncoded())));
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(folder.FullName, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }
}
