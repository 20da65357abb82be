using System.Diagnostics;
using System.Net.Sockets;

namespace DigiHub.Web.Tests;

/// <summary>
/// A real Postfix with a queue and settings of its own on 127.0.0.1: takes mail for hub.test from this machine, hands it to an LMTP
/// server, and writes bounces for what that refuses. It asks no name server and knows no other domain. It dies with the test process,
/// even if that is killed. Postfix starts for root only.
/// </summary>
public sealed class PostfixServer : IAsyncDisposable
{
    public const string Domain = "hub.test";

    private const int PortTriesMax = 5;
    private static readonly string? Postfix = Environment.GetEnvironmentVariable("DIGIHUB_TEST_POSTFIX");

    private readonly Process process;
    private readonly DirectoryInfo folder;

    private PostfixServer(Process process, DirectoryInfo folder, int port)
    {
        this.process = process;
        this.folder = folder;
        Port = port;
    }

    public int Port { get; }

    /// <summary>Skips the test where Postfix is not installed, or this is not root.</summary>
    public static async Task<PostfixServer> Start(int lmtpPort)
    {
        Assert.SkipWhen(Postfix is null, "No Postfix: DIGIHUB_TEST_POSTFIX is not set (tests/run sets it for root).");

        for (var attempt = 1; ; attempt++)
        {
            var home = Directory.CreateTempSubdirectory("digihub-postfix-");
            PostfixServer? server = null;
            try
            {
                server = await Launch(home, lmtpPort);
                await server.WaitUntilItListens();
                return server;
            }
            catch (Exception exception)
            {
                // Somebody took the port between our look at it and Postfix's taking it?
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

    public string Log() =>
        File.Exists(Path.Combine(folder.FullName, "postfix.log")) ? File.ReadAllText(Path.Combine(folder.FullName, "postfix.log")) : "";

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(120));
        process.Dispose();
        folder.Delete(recursive: true);
    }

    private static async Task<PostfixServer> Launch(DirectoryInfo home, int lmtpPort)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(home.FullName, (UnixFileMode)0b111_101_101); // the services of Postfix are another user's
        var port = Ports.Free();
        var config = home.CreateSubdirectory("etc");
        home.CreateSubdirectory("queue");
        await File.WriteAllTextAsync(Path.Combine(config.FullName, "main.cf"), MainCf(home, lmtpPort));
        await File.WriteAllTextAsync(Path.Combine(config.FullName, "master.cf"), MasterCf(port));

        // The shell waits for the end of its input, which comes with the end of this process, however it ends; Postfix knows its own pid.
        var start = new ProcessStartInfo("/bin/sh") { UseShellExecute = false, RedirectStandardInput = true };
        foreach (var argument in new[] { "-c", "install -d -o postfix \"$2\" && \"$0\" -c \"$1\" start < /dev/null > \"$3\" 2>&1; "
            + "cat > /dev/null; \"$0\" -c \"$1\" stop >> \"$3\" 2>&1", Postfix!, config.FullName,
            Path.Combine(home.FullName, "data"), Path.Combine(home.FullName, "start.log") })
            start.ArgumentList.Add(argument);
        return new PostfixServer(Process.Start(start)!, home, port);
    }

    private static string MainCf(DirectoryInfo home, int lmtpPort) => $"""
        compatibility_level = 3.6
        queue_directory = {home.FullName}/queue
        data_directory = {home.FullName}/data
        maillog_file = {home.FullName}/postfix.log
        maillog_file_prefixes = {home.FullName}
        inet_interfaces = 127.0.0.1
        inet_protocols = ipv4
        myhostname = relay.test
        myorigin = relay.test
        mydestination =
        mynetworks = 127.0.0.0/8
        alias_maps =
        local_recipient_maps =
        recipient_delimiter = +
        relay_domains = {Domain}
        relay_recipient_maps =
        relay_transport = lmtp:inet:127.0.0.1:{lmtpPort}
        default_transport = error:5.1.2 no other domain here
        smtpd_relay_restrictions = permit_mynetworks, reject
        smtpd_peername_lookup = no
        smtpd_client_restrictions =
        smtp_dns_support_level = disabled
        lmtp_dns_support_level = disabled
        smtp_host_lookup = native
        lmtp_host_lookup = native
        notify_classes =
        """ + "\n";

    private static string MasterCf(int port) => $"""
        127.0.0.1:{port} inet n - n - - smtpd
        pickup    unix  n - n 60 1 pickup
        cleanup   unix  n - n - 0 cleanup
        qmgr      unix  n - n 300 1 qmgr
        rewrite   unix  - - n - - trivial-rewrite
        bounce    unix  - - n - 0 bounce
        defer     unix  - - n - 0 bounce
        trace     unix  - - n - 0 bounce
        verify    unix  - - n - 1 verify
        flush     unix  n - n 1000? 0 flush
        proxymap  unix  - - n - - proxymap
        proxywrite unix - - n - 1 proxymap
        smtp      unix  - - n - - smtp
        relay     unix  - - n - - smtp
        error     unix  - - n - - error
        retry     unix  - - n - - error
        discard   unix  - - n - - discard
        lmtp      unix  - - n - - lmtp
        anvil     unix  - - n - 1 anvil
        scache    unix  - - n - 1 scache
        postlog   unix-dgram n - n - 1 postlogd
        """ + "\n";

    private async Task WaitUntilItListens()
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var socket = new TcpClient();
                await socket.ConnectAsync("127.0.0.1", Port);
                using var reader = new StreamReader(socket.GetStream());
                if ((await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(10)))?.StartsWith("220", StringComparison.Ordinal) == true)
                    return;
            }
            catch (SocketException) when (watch.Elapsed < TimeSpan.FromSeconds(120))
            {
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Postfix did not start: {exception.Message}\n{await StartLog()}\n{Log()}", exception);
            }

            await Task.Delay(50);
        }
    }

    private Task<string> StartLog() => File.ReadAllTextAsync(Path.Combine(folder.FullName, "start.log"));
}
