using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using DigiHub.Data;
using DigiHub.Mail;
using DigiHub.Notifications;
using DigiHub.Web.Mail;
using DigiHub.Web.Notifications;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MimeKit;

namespace DigiHub.Bench;

/// <summary>
/// Ten thousand due reminders on PostgreSQL: leased and rendered; sent to a sink that takes everything, beside MailKit alone with the
/// same messages; and all of it together. Then the search for due ones among a million planned e-mails, on both engines. One process does
/// the work, with the driver, the sink and the database on the same cores.
/// </summary>
internal sealed class MailMeasurement(string postgres, string folder)
{
    private const int Notifications = 10_000;
    private const int Lines = 4;
    private const int Rounds = 3;

    private readonly Report report = new();
    private readonly Instant now = Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow());

    /// <returns>How many goals were missed.</returns>
    public async Task<int> Run()
    {
        using var sink = Sink.Start();
        Say($"load {File.ReadAllText("/proc/loadavg").Split(' ')[0]}, {Environment.ProcessorCount} processors");
        await using (var database = await BenchDatabase.Empty(postgres))
        {
            await using var hub = Hub(database, sink.Port);
            await DueReminders.Plant(hub.Services, Notifications, now);
            await Deliver(hub.Services, new Rendering(hub.Services), 500); // warm
            await Render(hub.Services);
            await ClaimAndRender(hub.Services);
            await HandOver(hub.Services, sink.Port);
            await Everything(hub.Services);
        }

        await using (var database = await BenchDatabase.Empty(postgres))
            await Sweep("PostgreSQL", database);
        await using (var database = await BenchDatabase.OnSqlite(folder, now))
            await Sweep("SQLite", database);
        report.Print();
        return report.Missed;
    }

    private async Task Render(IServiceProvider hub)
    {
        await using var db = hub.GetRequiredService<HubDbFactory>().Open();
        var due = await db.Notifications.AsNoTracking().ToListAsync();
        var messages = hub.GetRequiredService<EmailMessages>();
        var best = TimeSpan.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = Lines }, async (notification, stop) =>
            {
                using var message = await messages.Write(notification, stop) ?? throw new InvalidOperationException("Nothing to tell.");
                await message.WriteToAsync(Stream.Null, stop);
            });
            best = watch.Elapsed < best ? watch.Elapsed : best;
            Say($"{due.Count} rendered in {watch.Elapsed.TotalSeconds:0.0} s");
        }

        report.Goal(due.Count == Notifications && best.TotalSeconds < 15,
            $"{due.Count:N0} reminders read, rendered and written out in {best.TotalSeconds:0.0} s ",
            $"({due.Count / best.TotalSeconds:N0}/s); goal under 15 s");
    }

    private async Task ClaimAndRender(IServiceProvider hub)
    {
        var best = TimeSpan.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            await DueReminders.MakeDue(hub, now);
            var watch = Stopwatch.StartNew();
            await Deliver(hub, new Rendering(hub), Notifications);
            best = watch.Elapsed < best ? watch.Elapsed : best;
            Say($"{Notifications} claimed, looked at, rendered and recorded in {watch.Elapsed.TotalSeconds:0.0} s");
        }

        report.Goal(best.TotalSeconds < 20,
            $"{Notifications:N0} due reminders claimed, looked at, rendered and recorded in {best.TotalSeconds:0.0} s ",
            $"({Notifications / best.TotalSeconds:N0}/s); goal under 20 s");
    }

    /// <summary>Alternates, since a machine's speed varies: MailKit alone, and the hub's sender, with the same thousand messages.</summary>
    private async Task HandOver(IServiceProvider hub, int port)
    {
        var written = await DueReminders.Write(hub, 1_000);
        double alone = 0, sender = 0, ratio = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var before = await MailKitAlone(written, port);
            var ours = await ThroughSender(hub, written);
            var after = await MailKitAlone(written, port);
            Say($"MailKit alone {before:N0} and {after:N0}/s, the hub {ours:N0}/s");
            if (ours / ((before + after) / 2) > ratio)
                (alone, sender, ratio) = ((before + after) / 2, ours, ours / ((before + after) / 2));
        }

        report.Goal(ratio >= 0.8,
            $"handed to the sink over {Lines} lines: {sender:N0} e-mails/s, MailKit alone {alone:N0}/s: {ratio:P0}; goal at least 80 %");
    }

    private async Task Everything(IServiceProvider hub)
    {
        await DueReminders.MakeDue(hub, now);
        var watch = Stopwatch.StartNew();
        await Deliver(hub, hub.GetRequiredService<SmtpSender>(), Notifications);
        report.Goal(true,
            $"{Notifications:N0} reminders from the row to the sink and back in {watch.Elapsed.TotalSeconds:0.0} s ",
            $"({Notifications / watch.Elapsed.TotalSeconds:N0}/s)");
    }

    private static async Task<double> MailKitAlone(IReadOnlyList<MimeMessage> written, int port)
    {
        var left = new ConcurrentQueue<MimeMessage>(written);
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Lines).Select(async _ =>
        {
            using var client = new MailKit.Net.Smtp.SmtpClient();
            await client.ConnectAsync("127.0.0.1", port, MailKit.Security.SecureSocketOptions.None);
            while (left.TryDequeue(out var message))
                await client.SendAsync(message);
        }));
        return written.Count / watch.Elapsed.TotalSeconds;
    }

    private static async Task<double> ThroughSender(IServiceProvider hub, IReadOnlyList<MimeMessage> written)
    {
        var sender = hub.GetRequiredService<SmtpSender>();
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(written, new ParallelOptions { MaxDegreeOfParallelism = Lines }, async (message, stop) =>
        {
            var reply = await sender.Send(message, (MailboxAddress)message.From[0], () => Task.FromResult(true), stop);
            if (reply.Result != SendResult.Taken)
                throw new InvalidOperationException(reply.ToString());
        });
        return written.Count / watch.Elapsed.TotalSeconds;
    }

    private async Task Sweep(string engine, BenchDatabase database)
    {
        await using var hub = Hub(database, port: 25);
        Say($"{engine}: laying down a million planned e-mails");
        await DueReminders.PlanAMillion(hub.Services, now, due: 500);
        var times = new List<double>();
        for (var i = 0; i < 50; i++)
        {
            await using var db = hub.Services.GetRequiredService<HubDbFactory>().Open();
            var start = Stopwatch.GetTimestamp();
            var found = await db.Notifications.AsNoTracking().Where(notification => (notification.State == NotificationState.Planned
                || notification.State == NotificationState.Retry) && notification.NextAttemptAt <= now)
                .OrderBy(notification => notification.NextAttemptAt).Take(1_000).ToListAsync();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            if (found.Count != 500)
                throw new InvalidOperationException($"{found.Count} found instead of 500.");
        }

        await using var scope = hub.Services.CreateAsyncScope();
        var claim = Stopwatch.StartNew();
        var claimed = await scope.ServiceProvider.GetRequiredService<LeaseNotifications>().Run(500, onTrial: false, CancellationToken.None);
        var median = times.Order().ElementAt(times.Count / 2);
        report.Goal(median < 20,
            $"{engine}: the 500 due among a million planned e-mails found and read in {median:0.0} ms (median of 50); leased, ",
            $"{claimed.Count} mails of them, in {claim.Elapsed.TotalMilliseconds:0} ms; goal under 20 ms");
    }

    private static async Task Deliver(IServiceProvider hub, IMailSender sender, int count)
    {
        var sent = 0;
        while (sent < count)
        {
            await using var scope = hub.CreateAsyncScope();
            var breaker = ActivatorUtilities.CreateInstance<RelayCircuitBreaker>(scope.ServiceProvider, sender);
            var some = await ActivatorUtilities.CreateInstance<DeliverNotifications>(scope.ServiceProvider, sender, breaker)
                .Run(CancellationToken.None);
            sent += some > 0 ? some : throw new InvalidOperationException($"Only {sent} of {count} left.");
        }
    }

    private static WebApplication Hub(BenchDatabase database, int port) => InsideHub.On(database,
        ("Mail:Mode", "Smtp"), ("Mail:Host", "127.0.0.1"), ("Mail:Port", port.ToString(CultureInfo.InvariantCulture)),
        ("Mail:Security", "None"), ("Mail:Connections", Lines.ToString(CultureInfo.InvariantCulture)),
        ("Mail:PerMinute", "0"), ("Mail:PerMinuteAndDomain", "0"),
        ("Reminders:QuietFrom", "00:00"), ("Reminders:QuietUntil", "00:00"));

    private static void Say(FormattableString text) => Console.Error.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    /// <summary>Renders an e-mail and throws it away.</summary>
    private sealed class Rendering(IServiceProvider hub) : IMailSender
    {
        private readonly EmailMessages messages = hub.GetRequiredService<EmailMessages>();

        public async Task<SendReply> Send(Notification notification, Func<Task<bool>> mayLeave, CancellationToken stop)
        {
            using var message = await messages.Write(notification, stop) ?? throw new InvalidOperationException("Nothing to tell.");
            await message.WriteToAsync(Stream.Null, stop);
            return await mayLeave() ? new SendReply(SendResult.Taken, "thrown away") : SendReply.Cancelled;
        }

        public Task<SendReply> Greet(CancellationToken stop) => Task.FromResult(new SendReply(SendResult.Taken, "here"));
    }

    /// <summary>Postfix's smtp-sink: takes every e-mail and forgets it.</summary>
    private sealed class Sink : IDisposable
    {
        private const string Program = "/usr/sbin/smtp-sink";
        private readonly Process process;

        private Sink(Process process, int port) => (this.process, Port) = (process, port);

        public int Port { get; }

        public static Sink Start()
        {
            if (!File.Exists(Program))
                throw new InvalidOperationException($"{Program} is missing: install the package postfix.");
            using var free = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
            free.Start();
            var port = ((System.Net.IPEndPoint)free.LocalEndpoint).Port;
            free.Stop();
            string[] user = Environment.UserName == "root" ? ["-u", "nobody"] : [];
            return new Sink(Process.Start(Program, [.. user, $"127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}", "200"]), port);
        }

        public void Dispose()
        {
            process.Kill();
            process.Dispose();
        }
    }
}
