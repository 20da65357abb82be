using System.Runtime.InteropServices;

namespace DigiHub.Web.Operations;

/// <summary>
/// Keeps the hub's files private to its user: they hold the database with its keys, and e-mails with sign-in links. The umask
/// covers all new files; <see cref="DataFolder"/> covers existing ones.
/// </summary>
internal static class PrivateFiles
{
    private const UnixFileMode OwnersAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const uint OthersAll = 0b000_111_111;

    private static uint inherited;

    /// <summary>Makes new files and folders of this process private, whichever library creates them.</summary>
    public static void CloseNewOnes()
    {
        if (!OperatingSystem.IsWindows())
            inherited = Umask(OthersAll);
    }

    /// <summary>
    /// A socket in the file system is for a proxy that runs as another user: it gets the rights that the umask at start gave it.
    /// </summary>
    public static void OpenSockets(IEnumerable<string> addresses)
    {
        const string Unix = "http://unix:";
        if (OperatingSystem.IsWindows())
            return;
        foreach (var address in addresses)
        {
            if (address.StartsWith(Unix, StringComparison.Ordinal) && File.Exists(address[Unix.Length..]))
                File.SetUnixFileMode(address[Unix.Length..], (UnixFileMode)(0b111_111_111 & ~inherited));
        }
    }

    /// <summary>
    /// True where the group or others have any right to it; false for what is not there and on Windows, where rights are inherited lists.
    /// </summary>
    public static bool IsOpen(string path) =>
        !OperatingSystem.IsWindows() && Path.Exists(path)
            && (File.GetUnixFileMode(path) & ~(OwnersAll | UnixFileMode.StickyBit)) != UnixFileMode.None;

    /// <summary>Removes all rights but the owner's; false if the hub may not change them. Follows no link.</summary>
    public static bool Close(FileSystemInfo entry)
    {
        if (OperatingSystem.IsWindows() || entry.LinkTarget is not null || !IsOpen(entry.FullName))
            return true;
        try
        {
            File.SetUnixFileMode(entry.FullName, File.GetUnixFileMode(entry.FullName) & OwnersAll);
            return true;
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            return entry is not { Exists: true }; // gone meanwhile, or somebody else's
        }
    }

    [DllImport("libc", EntryPoint = "umask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint Umask(uint mask);
}
