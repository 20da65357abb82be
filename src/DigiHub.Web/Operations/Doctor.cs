using System.Net.Sockets;
using DigiHub.Data;
using DigiHub.Keys;
using DigiHub.Mail;
using DigiHub.Notifications;
using DigiHub.Opening;
using DigiHub.Operations;
using DigiHub.Web.Mail;
using DigiHub.Web.Notifications;
using Microsoft.Extensions.Options;

namespace DigiHub.Web.Operations;

/// <summary>One finding: the state, the reason, and what to do about a problem.</summary>
/// <param name="Advice">Null when all is well.</param>
public sealed record Finding(string Name, bool IsWell, string Why, string? Advice = null);

/// <summary>Checks everything the hub needs from its environment.</summary>
public sealed class Doctor(
    HubDbFactory databases, DataOptions data, DataFolder folder, PublicAddress address,
    Migrating migrating, DkimSigning signing, IOptions<HubSettings> options,
    InboundMailbox inbound, SetupState setup, Imprint imprint, BackupsNow backups, RestingSending resting, IClock clock)
{
    private static readonly TimeSpan reachMax = TimeSpan.FromSeconds(5);

    private readonly HubSettings settings = options.Value;

    /// <summary>Each finding as it comes; what builds on something broken is left out.</summary>
    public async IAsyncEnumerable<Finding> Look([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop = default)
    {
        yield return PublicUrl();
        if (folder.IsUsed)
        {
            yield return Folder();
            yield return Rights();
        }

        var database = await Database(stop);
        yield return database;
        var isUsable = false;
        if (database.IsWell)
        {
            var migrations = await Migrations(stop);
            yield return migrations;
            isUsable = migrations.IsWell;
            if (data.IsPostgres)
                yield return await Clock(stop);
        }

        yield return Operator(isUsable ? await imprint.Get(stop) : settings.Imprint);
        if (isUsable)
        {
            var progress = await setup.Run(stop);
            yield return Sites(progress);
            yield return Administrators(progress);
            yield return Opened(progress);
            yield return await Keys(stop);
            yield return await Backups(stop);
            yield return await Notifications(stop);
        }

        if (settings.Mail.Mode == MailMode.Pickup)
            yield return Pickup();
        if (settings.Mail.Mode == MailMode.Smtp)
        {
            yield return await Relay(stop);
            foreach (var key in signing.Keys)
                yield return new("signature", true, $"E-mails are signed. Publish in DNS: {key.RecordName}. IN TXT \"{key.Record}\"");
        }

        if (settings.Mail.Inbound.IsOn)
            yield return await Inbound(stop);
    }

    private Finding PublicUrl() => address.Doubts().FirstOrDefault() is { } doubt
        ? new("public address", false, settings.PublicUrl.ToString(), doubt)
        : !address.IsPublic
            ? new("public address", true, $"{settings.PublicUrl} works on this machine only, and so do links in e-mails.")
            : new("public address", true, settings.PublicUrl.ToString());

    // Optional for a hub on localhost, required for one that people reach.
    private Finding Wanted(string name, bool isThere, string why, string advice) =>
        isThere || !address.IsPublic ? new(name, true, why) : new(name, false, why, advice);

    private Finding Operator(ImprintSettings inForce) => Wanted("imprint", inForce.IsComplete,
        inForce.IsComplete
            ? $"{inForce.Operator} is named as the operator."
            : "Operator, Address or Email is empty, so pages and e-mails show a sample.",
        $"Set them in DigiHub:Imprint or on {Paths.EditImprint}. German law (§ 5 DDG) requires an imprint.");

    private Finding Pickup() => Wanted("mail", isThere: false, "E-mails are saved in the folder 'mail' of the data folder and not sent.",
        "Set DigiHub:Mail:Mode to Smtp and DigiHub:Mail:Host to your mail server, then run 'mail test'.");

    private Finding Sites(HubProgress progress) => Wanted("sites", progress is { Sites: > 0, Spaces: > 0 },
        progress switch
        {
            { Sites: 0 } => "None, so nothing can be booked.",
            { Spaces: 0 } => $"{progress.Sites}, without desks and rooms, so nothing can be booked.",
            _ => $"{progress.Sites}, with {progress.Spaces} desks and rooms.",
        },
        $"Add sites with their desks and rooms on {Paths.Admin}, or by 'site add' and 'site spaces'.");

    private Finding Administrators(HubProgress progress) => Wanted("administrators", progress.Administrators > 0,
        progress.Administrators > 0 ? $"{progress.Administrators}." : "None, so no one gets alerts or helps members.",
        $"Start the hub and open {Paths.SetUp} with the code it prints; or run 'member add --role administrator', "
            + "or 'member grant --role administrator' for an existing member.");

    private Finding Opened(HubProgress progress) => Wanted("opened", progress.OpenedAt is not null,
        progress.OpenedAt is not null ? "The hub is open." : "The hub is not open yet: events cannot be published.",
        $"Open it on {Paths.OpenHub}, or run 'open'.");

    private Finding Folder()
    {
        if (!Directory.Exists(folder.FullPath))
            return new("data folder", false, $"{folder.FullPath} does not exist.",
                "Check DigiHub:DataFolder. The first start, or 'migrate', creates the folder.");
        if (folder.WhyNotWritten() is { } why)
            return new("data folder", false, $"{folder.FullPath} cannot be written: {why}",
                "Give the user the hub runs as write access, free up disk space, or change DigiHub:DataFolder.");
        var freeMegabytes = new DriveInfo(folder.FullPath).AvailableFreeSpace >> 20;
        return freeMegabytes > 500
            ? new("data folder", true, $"{folder.FullPath} can be written, {freeMegabytes} MB free.")
            : new("data folder", false, $"{folder.FullPath} has only {freeMegabytes} MB left.",
                "Free up disk space. Bookings are refused when the disk is full.");
    }

    private Finding Rights()
    {
        if (folder.IsShared)
            return new("rights", false, $"{folder.FullPath} is a shared folder.",
                "Use a folder for the hub alone (DigiHub:DataFolder). In a shared folder, others can add or remove files.");
        return folder.OpenToOthers() is { Count: > 0 } open
            ? new("rights", false, $"Other users of this machine can read {string.Join(", ", open.Take(3))}.",
                "Restart the hub, or run 'chmod -R go=' on the data folder.")
            : new("rights", true, "Only the user the hub runs as can read the data folder.");
    }

    private async Task<Finding> Database(CancellationToken stop)
    {
        if (!data.IsPostgres && !File.Exists(data.SqliteFile))
            return new("database", false, $"Not found at {Path.GetFullPath(data.SqliteFile)}.",
                "Check DigiHub:DataFolder (--config names the hub's settings file). For a new hub, run 'migrate'.");
        var name = data.IsPostgres ? "PostgreSQL" : $"SQLite, {Path.GetFullPath(data.SqliteFile)}";
        try
        {
            await using var db = databases.Open();
            await db.Database.OpenConnectionAsync(stop);
            return new("database", true, $"{name} responds.");
        }
        catch (Exception exception)
            when (exception is System.Data.Common.DbException or IOException or UnauthorizedAccessException or SocketException)
        {
            return new("database", false, $"{name}: {exception.Message}", data.IsPostgres
                ? "Check that the server is running, and check DigiHub:Database:Postgres."
                : "Check the data folder.");
        }
    }

    private async Task<Finding> Migrations(CancellationToken stop)
    {
        var (missing, unknown) = await migrating.Shape(stop);
        if (unknown.Count > 0)
            return new("migrations", false, $"Another version of DigiHub created this database: {string.Join(", ", unknown)}.",
                "Start that version, or use another database.");
        return missing.Count == 0
            ? new("migrations", true, "The database is up to date.")
            : new("migrations", false, $"The database is out of date ({missing.Count} missing).", "Run 'migrate' or start the hub.");
    }

    private async Task<Finding> Clock(CancellationToken stop)
    {
        await using var db = databases.Open();
        var before = clock.GetCurrentInstant();
        var there = (await db.Database.SqlQuery<Instant>($"SELECT clock_timestamp() AS \"Value\"").ToListAsync(stop))[0];
        var apart = there - before;
        return Duration.FromSeconds(-2) < apart && apart < Duration.FromSeconds(2)
            ? new("clock", true, "Matches the database server.")
            : new("clock", false, $"{Math.Abs(apart.TotalSeconds):0} s off from the database server.",
                "Synchronise both machines with NTP.");
    }

    private async Task<Finding> Keys(CancellationToken stop)
    {
        await using var db = databases.Open();
        var count = await db.Keys.CountAsync(stop);
        return new("keys", true, count == 0 ? "None yet. The first start creates them." : $"{count} in the database.");
    }

    private async Task<Finding> Backups(CancellationToken stop)
    {
        var saved = await backups.Run(stop);
        if (settings.Backup.AgeMax is not { } ageMax)
            return new("backups", true, "Not watched (DigiHub:Backup:AlertAfterHours is 0).");
        if (saved.UnsavedFor is not { } unsaved)
            return new("backups", true, "Nothing needs saving yet.");
        var last = saved.Last switch
        {
            null => "None was made.",
            { WhyNot: { } why } => $"The last is not good: {why}",
            { VerifiedAt: null } => "The last was not verified.",
            _ => $"The last good one was made {Math.Floor(unsaved.TotalHours):0} h ago.",
        };
        return Wanted("backups", !saved.IsMissing(ageMax), saved.IsMissing(ageMax) && saved.LastGoodAt is not null
                ? $"No good one for {Math.Floor(unsaved.TotalHours):0} h. {last}" : last,
            "Run 'backup', then 'backup verify' with the file it names, once a day.");
    }

    private async Task<Finding> Notifications(CancellationToken stop)
    {
        if (await resting.Run(stop) is { } rest)
            return new("e-mails", false, $"E-mails and webhooks have rested since the restore at {rest.Since}.",
                "Run 'mail release' to see what would leave, and to let it go.");
        var late = await Health.OldestDueEmail(databases, clock, stop);
        return late is not { } age || age < Duration.FromMinutes(10)
            ? new("e-mails", true, "None are overdue.")
            : new("e-mails", false, $"The oldest is {age.TotalMinutes:0} min overdue.",
                "Check that the hub is running and that the mail server accepts e-mails (see below).");
    }

    private async Task<Finding> Relay(CancellationToken stop)
    {
        var where = $"{settings.Mail.Host}:{settings.Mail.Port}";
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(reachMax);
        try
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(settings.Mail.Host!, settings.Mail.Port, patience.Token);
            return new("mail server", true, $"{where} can be reached. Run 'mail test <address>' to send a test e-mail.");
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            return new("mail server", false,
                $"{where}: {(exception is OperationCanceledException ? "no answer within 5 s" : exception.Message)}",
                "Check DigiHub:Mail:Host and Port, and that no firewall blocks the connection.");
        }
    }

    private async Task<Finding> Inbound(CancellationToken stop)
    {
        var where = $"{settings.Mail.Inbound.Folder} on {settings.Mail.Inbound.Host}:{settings.Mail.Inbound.Port}";
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(2 * reachMax);
        try
        {
            await using var open = await inbound.Open(patience.Token);
            return new("inbound mailbox", true, $"{where} can be read.");
        }
        catch (Exception exception) when (InboundMailbox.IsTrouble(exception) && !stop.IsCancellationRequested)
        {
            return new("inbound mailbox", false,
                $"{where}: {(exception is OperationCanceledException ? "no answer within 10 s" : exception.Message)}",
                "Check DigiHub:Mail:Inbound, its password and the server's certificate. Until then, bounces go unnoticed.");
        }
    }
}
