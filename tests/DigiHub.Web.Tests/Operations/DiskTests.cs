using System.Diagnostics;
using System.Net;
using DigiHub.Data;
using DigiHub.Web.Tests.Cli;

namespace DigiHub.Web.Tests.Operations;

/// <summary>The folder the hub keeps its files in: whose it is, and what happens when it takes nothing more.</summary>
public sealed class DiskTests : IDisposable
{
    private const UnixFileMode Others = (UnixFileMode)0b000_111_111;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("digihub-disk-");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Closes_what_is_there_and_makes_nothing_that_others_may_read()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Rights are another matter there.");
            return;
        }

        var data = folder.CreateSubdirectory("data");
        var mail = data.CreateSubdirectory("mail");
        foreach (var old in new[] { Path.Combine(data.FullName, "backup.db"), Path.Combine(mail.FullName, "old.eml") })
        {
            await File.WriteAllTextAsync(old, "", Stop);
            File.SetUnixFileMode(old, (UnixFileMode)0b110_100_100);
        }

        data.UnixFileMode = mail.UnixFileMode = (UnixFileMode)0b111_101_101;

        await using (var hub = await HubProcess.Start(new DataOptions(null, Path.Combine(data.FullName, "digihub.db")), ("Demo", "false")))
        {
            var all = data.EnumerateFileSystemInfos("*", SearchOption.AllDirectories).Append(data).ToList();
            Assert.Contains(all, entry => entry.Name == "digihub.db-wal");
            Assert.Contains(all, entry => entry.Name == "digihub.db.migrating");
            foreach (var entry in all)
                Assert.True((entry.UnixFileMode & Others) == UnixFileMode.None, $"{entry.Name}: {entry.UnixFileMode}");
        }
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_ends_the_start_at_once_in_words()
    {
        var inTheWay = Path.Combine(folder.FullName, "file");
        await File.WriteAllTextAsync(inTheWay, "", Stop);

        foreach (var command in new[] { "serve", "migrate" })
        {
            var (code, text) = await HubCommand.RunAlone(null, [("DataFolder", Path.Combine(inTheWay, "data"))], command);

            Assert.Equal(78, code);
            Assert.Contains("DigiHub:DataFolder", text, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Is_not_ready_while_its_disk_is_full_and_says_so_in_the_log()
    {
        await using var disk = await SmallDisk.Mount(folder.CreateSubdirectory("disk"));
        await using var hub = await HubProcess.Start(new DataOptions(null, Path.Combine(disk.Path, "digihub.db")), ("Demo", "false"));
        Assert.Equal(HttpStatusCode.OK, await Ready(hub));

        disk.Fill();
        await Becomes(hub, HttpStatusCode.ServiceUnavailable);
        Assert.Contains(hub.Output, line => line.Contains("The data folder cannot be written", StringComparison.Ordinal));

        disk.Empty();
        await Becomes(hub, HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_disk_that_is_read_only_ends_the_start_at_once_in_words()
    {
        await using var disk = await SmallDisk.Mount(folder.CreateSubdirectory("disk"));
        await disk.MakeReadOnly();

        var (code, text) = await HubCommand.RunAlone(null, [("DataFolder", disk.Path)], "serve");

        Assert.Equal(78, code);
        Assert.Contains("cannot be written", text, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static async Task<HttpStatusCode> Ready(HubProcess hub)
    {
        using var answer = await hub.Client.GetAsync(new Uri("/health/ready", UriKind.Relative), Stop);
        return answer.StatusCode;
    }

    private static async Task Becomes(HubProcess hub, HttpStatusCode status)
    {
        for (var tries = 0; tries < 60 && await Ready(hub) != status; tries++)
            await Task.Delay(500, Stop);
        Assert.Equal(status, await Ready(hub));
    }
}

/// <summary>A file system of a few megabytes, where the tests may mount one.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    /// <summary>Skips the test where nothing may be mounted.</summary>
    public static async Task<SmallDisk> Mount(DirectoryInfo at)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && await Run("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", at.FullName) == 0,
            "No file system may be mounted here.");
        return new SmallDisk(at.FullName);
    }

    public void Fill()
    {
        using var filler = File.Create(System.IO.Path.Combine(Path, "filler"));
        try
        {
            while (true)
                filler.Write(new byte[64 << 10]);
        }
        catch (IOException)
        {
            // Full: what was asked for.
        }
    }

    public void Empty() => File.Delete(System.IO.Path.Combine(Path, "filler"));

    public async Task MakeReadOnly() => Assert.Equal(0, await Run("mount", "-o", "remount,ro", Path));

    public async ValueTask DisposeAsync() => await Run("umount", "-l", Path);

    private static async Task<int> Run(string command, params string[] words)
    {
        try
        {
            using var process =
                Process.Start(new ProcessStartInfo(command, words) { UseShellExecute = false, RedirectStandardError = true })!;
            await process.WaitForExitAsync();
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return -1;
        }
    }
}
