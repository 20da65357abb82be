using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MimeKit;

namespace DigiHub.Web.Tests;

/// <summary>How the server of a test behaves; by default it takes every message at once, in clear text, from anybody.</summary>
/// <param name="Port">0 takes a free one.</param>
/// <param name="User">With a name, nobody may send without signing in.</param>
public sealed record SmtpOptions(
    int Port = 0, SmtpEncryption Encryption = SmtpEncryption.None, string? User = null, string? Password = null)
{
    /// <summary>The wait between the end of a message and the answer to it: the moment in which a crash costs most.</summary>
    public Duration AnswerAfter { get; init; } = Duration.Zero;

    /// <summary>Addresses in e-mails beyond ASCII are strange to it (no SMTPUTF8).</summary>
    public bool KnowsAsciiOnly { get; init; }

    public SmtpCertificate Certificate { get; init; } = SmtpCertificate.Right;
}

public enum SmtpEncryption { None, StartTls, Implicit }

/// <summary>Whether the certificate is what a client should believe if it trusts its signer.</summary>
public enum SmtpCertificate { Right, Expired, ForAnotherHost }

/// <summary>
/// A real SMTP server as a process of its own on 127.0.0.1, which keeps each message as a file. Recipients at later.test,
/// never.test and cut.test meet faults, see smtp_server.py. It dies with the test process, even if that is killed.
/// </summary>
public sealed class SmtpServer : IAsyncDisposable
{
    private static readonly string? Python = Environment.GetEnvironmentVariable("DIGIHUB_TEST_PYTHON");

    private readonly Process process;
    private readonly DirectoryInfo folder;
    private readonly bool ownsFolder;

    private SmtpServer(Process process, DirectoryInfo folder, bool ownsFolder, int port, X509Certificate2? certificate)
    {
        this.process = process;
        this.folder = folder;
        this.ownsFolder = ownsFolder;
        Port = port;
        Certificate = certificate;
    }

    public int Port { get; }

    /// <summary>Who may send; null for anybody.</summary>
    public string? User { get; private init; }

    /// <summary>What the server shows for TLS: signed by itself, for localhost and 127.0.0.1. Null without encryption.</summary>
    public X509Certificate2? Certificate { get; }

    /// <summary>Skips the test where no SMTP server is installed.</summary>
    /// <param name="folder">Where to keep the messages; null makes one that is removed with the server.</param>
    public static async Task<SmtpServer> Start(SmtpOptions? options = null, DirectoryInfo? folder = null)
    {
        Assert.SkipWhen(Python is null, "No SMTP server: DIGIHUB_TEST_PYTHON is not set (tests/run sets it).");

        options ??= new SmtpOptions();
        var kept = folder ?? Directory.CreateTempSubdirectory("digihub-smtp-");
        var certificate = options.Encryption == SmtpEncryption.None ? null : Certified(options.Certificate);
        var start = new ProcessStartInfo(Python) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var argument in Arguments(options, kept, certificate))
            start.ArgumentList.Add(argument);

        var started = Process.Start(start)!;
        var port = await started.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(90))
            ?? throw new InvalidOperationException("The SMTP server ended before it listened; its words stand above.");
        return new SmtpServer(started, kept, folder is null, int.Parse(port, CultureInfo.InvariantCulture), certificate)
        { User = options.User };
    }

    /// <summary>From now on; see smtp_server.py for the words. Without any it clears up.</summary>
    public void SetFaults(params string[] lines)
    {
        var path = Path.Combine(folder.FullName, "faults");
        File.WriteAllLines(path + ".part", lines);
        File.Move(path + ".part", path, overwrite: true);
    }

    /// <summary>Connections: open now, open at most at once, and made in all.</summary>
    public (int Now, int Most, int Ever) Lines()
    {
        var path = Path.Combine(folder.FullName, "lines");
        var counts = File.Exists(path) ? File.ReadAllText(path).Split(' ') : ["0", "0", "0"];
        return (Number(counts[0]), Number(counts[1]), Number(counts[2]));

        static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
    }

    /// <summary>What arrived so far, in the order of arrival.</summary>
    public IReadOnlyList<MimeMessage> Messages() =>
        [.. folder.GetFiles("*.eml").OrderBy(file => file.Name, StringComparer.Ordinal).Select(file => MimeMessage.Load(file.FullName))];

    /// <summary>The same, with the moment at which each was there.</summary>
    public IReadOnlyList<(Instant At, MimeMessage Message)> Arrivals() =>
        [.. folder.GetFiles("*.eml").OrderBy(file => file.Name, StringComparer.Ordinal)
            .Select(file => (Instant.FromDateTimeUtc(file.LastWriteTimeUtc), MimeMessage.Load(file.FullName)))];

    public int Count => folder.GetFiles("*.eml").Length;

    /// <summary>Waits until at least so many arrived.</summary>
    /// <exception cref="TimeoutException">
    /// They did not arrive in time (20 s unless told otherwise); the message says how many did.
    /// </exception>
    public async Task<IReadOnlyList<MimeMessage>> WaitFor(int count, Duration? atMost = null)
    {
        var limit = atMost ?? Duration.FromSeconds(90);
        var watch = Stopwatch.StartNew();
        while (Count < count)
        {
            if (watch.Elapsed > limit.ToTimeSpan())
                throw new TimeoutException($"{Count} of {count} e-mails arrived within {limit.TotalSeconds} s.");
            await Task.Delay(20);
        }

        return Messages();
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        Certificate?.Dispose();
        if (ownsFolder)
            folder.Delete(recursive: true);
    }

    private static List<string> Arguments(SmtpOptions options, DirectoryInfo folder, X509Certificate2? certificate)
    {
        List<string> arguments = [Path.Combine(AppContext.BaseDirectory, "smtp_server.py"), folder.FullName];
        arguments.AddRange(["--port", options.Port.ToString(CultureInfo.InvariantCulture)]);
        arguments.AddRange(["--answer-after-seconds", options.AnswerAfter.TotalSeconds.ToString(CultureInfo.InvariantCulture)]);
        if (options.User is not null)
            arguments.AddRange(["--user", options.User, "--password", options.Password ?? ""]);
        if (options.KnowsAsciiOnly)
            arguments.Add("--ascii");
        if (options.Encryption == SmtpEncryption.Implicit)
            arguments.Add("--implicit-tls");
        if (certificate is not null)
            arguments.AddRange(["--certificate", Write(".crt", certificate.ExportCertificatePem()),
                "--key", Write(".key", OwnCertificate.PrivateKey(certificate))]);
        return arguments;

        string Write(string ending, string pem)
        {
            var path = Path.Combine(folder.FullName, "server" + ending);
            File.WriteAllText(path, pem);
            return path;
        }
    }

    private static X509Certificate2 Certified(SmtpCertificate kind) => OwnCertificate.Make(
        kind == SmtpCertificate.ForAnotherHost ? "other.example" : "localhost", kind == SmtpCertificate.Expired ? 2020 : 2100);
}
