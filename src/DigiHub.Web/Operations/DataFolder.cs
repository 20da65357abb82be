using Microsoft.Extensions.Options;

namespace DigiHub.Web.Operations;

/// <summary>The folder of the hub's files: it must exist, be writable, have space and be private.</summary>
public sealed class DataFolder(IOptions<HubSettings> settings, ILogger<DataFolder> log)
{
    /// <summary>Below this a write may still go through, but SQLite's log has no room to grow.</summary>
    private const long FreeBytesMin = 1 << 20;

    private const int ProbeBytes = 64 << 10; // more than the last bits of a block that any file system still gives away
    private const int NoRoom = 28, NoQuota = 122; // ENOSPC, EDQUOT

    private readonly HubSettings hub = settings.Value;

    public string FullPath => Path.GetFullPath(hub.DataFolder);

    /// <summary>Where backups go when nobody says where; made when it is needed.</summary>
    public string Backups => Path.Combine(FullPath, "backups");

    /// <summary>False where PostgreSQL keeps the rows and a relay takes the e-mails: then nothing is kept here.</summary>
    public bool IsUsed => string.IsNullOrWhiteSpace(hub.Database.Postgres) || hub.Mail.Mode == MailMode.Pickup;

    /// <summary>A folder that is the system's or the program's is not ours to close: in it, only what the hub itself has made.</summary>
    public bool IsShared
    {
        get
        {
            if (OperatingSystem.IsWindows())
                return false;
            var isSticky = Directory.Exists(FullPath) && (File.GetUnixFileMode(FullPath) & UnixFileMode.StickyBit) != UnixFileMode.None;
            return isSticky || IsAbove(AppContext.BaseDirectory)
                || IsAbove(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile));
        }
    }

    /// <summary>Makes the folder if it is missing, tries to write there, and closes it with all it holds.</summary>
    /// <exception cref="BadSettingsException">It cannot be made or written.</exception>
    /// <exception cref="IOException">There is no room.</exception>
    public void Prepare()
    {
        if (!IsUsed)
            return;
        try
        {
            Directory.CreateDirectory(FullPath);
            Probe();
        }
        catch (Exception exception)
            when (exception is UnauthorizedAccessException || exception is IOException { HResult: not (NoRoom or NoQuota) })
        {
            throw new BadSettingsException([
                $"DigiHub:DataFolder: {FullPath} cannot be written: "
                    + $"{exception.Message} Give the user the hub runs as write access, or choose another folder."]);
        }

        Close();
    }

    /// <summary>Null while files can be written there; else why not. Touches the disk.</summary>
    public string? WhyNotWritten()
    {
        try
        {
            Probe();
            var free = new DriveInfo(FullPath).AvailableFreeSpace;
            return free >= FreeBytesMin ? null : $"only {free >> 10} KB are left on its disk";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception.Message;
        }
    }

    /// <summary>What in it others may read or enter, by name, at most 20; nothing where the folder itself keeps them out.</summary>
    public IReadOnlyList<string> OpenToOthers() => !PrivateFiles.IsOpen(FullPath)
        ? []
        : [.. Ours().Where(entry => entry.LinkTarget is null && PrivateFiles.IsOpen(entry.FullName)).Select(entry => entry.Name).Take(20)];

    private void Probe()
    {
        using var file = new FileStream(Path.Combine(FullPath, $".probe-{Guid.NewGuid():N}"), new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Options = FileOptions.DeleteOnClose,
            BufferSize = 0,
        });
        file.Write(new byte[ProbeBytes]);
        file.Flush(flushToDisk: true);
    }

    private void Close()
    {
        var left = Ours().Where(entry => !PrivateFiles.Close(entry)).Select(entry => entry.Name).ToList();
        if (left.Count > 0)
            log.LogWarning("Others may read {Count} files of the data folder that belong to another user, {First} among them: "
                + "close them by 'chmod -R go= {Folder}'",
                left.Count, left[0], FullPath);
    }

    /// <summary>The folder and everything in it; of one that is shared only what the hub makes.</summary>
    private IEnumerable<FileSystemInfo> Ours()
    {
        var folder = new DirectoryInfo(FullPath);
        if (!folder.Exists)
            return [];
        var all = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            AttributesToSkip = FileAttributes.ReparsePoint,
            IgnoreInaccessible = true,
        };
        if (!IsShared)
            return [folder, .. folder.EnumerateFileSystemInfos("*", all)];
        var mail = new DirectoryInfo(Path.Combine(FullPath, "mail"));
        IEnumerable<FileSystemInfo> notifications = mail.Exists ? [mail, .. mail.EnumerateFiles("*.eml")] : [];
        return [.. folder.EnumerateFiles("digihub.db*"), .. notifications];
    }

    private bool IsAbove(string path)
    {
        var (folder, below) = (WithEnd(FullPath), WithEnd(Path.GetFullPath(path.Length > 0 ? path : AppContext.BaseDirectory)));
        return below.StartsWith(folder, StringComparison.Ordinal);
    }

    private static string WithEnd(string folder) =>
        Path.TrimEndingDirectorySeparator(folder) + (folder.Length > 1 ? Path.DirectorySeparatorChar : "");
}
