using System.Formats.Tar;
using System.Security.Cryptography;

namespace DigiHub.Data.Backups;

/// <summary>
/// A backup as one file: a tar archive of the manifest, the database as its engine writes it, and last the checksum of everything before.
/// Any tar program takes the database out. Not a byte of the file can change unnoticed: what follows the checksummed part follows from the
/// checksum.
/// </summary>
public static class BackupFile
{
    public const string Ending = ".tar";

    /// <summary>Of a file that is being written.</summary>
    internal const string PartEnding = ".part";

    private const string ManifestName = "manifest.json";
    private const string ChecksumName = "sha256";
    private const int ManifestBytesMax = 1 << 20;
    private const int EndOfArchiveBytes = 1024;
    private const int BufferBytes = 1 << 20;

    private static readonly int tailBytes = Tail(new byte[SHA256.HashSizeInBytes]).Length;

    /// <summary>Writes it beside its final name first, so that a file of that name is always whole.</summary>
    /// <exception cref="IOException">No room, or a file of that name is there.</exception>
    internal static async Task Write(string path, BackupManifest manifest, string payload, string payloadName, CancellationToken stop)
    {
        var part = path + PartEnding;
        try
        {
            await using (var file = new FileStream(part, FileMode.Create, FileAccess.ReadWrite, FileShare.None, BufferBytes))
            {
                await using (var tar = new TarWriter(file, TarEntryFormat.Pax, leaveOpen: true))
                {
                    using var first = new MemoryStream(manifest.Written);
                    await tar.WriteEntryAsync(Entry(ManifestName, first), stop);
                    await using var database = File.OpenRead(payload);
                    await tar.WriteEntryAsync(Entry(payloadName, database), stop);
                }

                file.SetLength(file.Length - EndOfArchiveBytes); // comes again behind the checksum
                file.Position = 0;
                var sum = await SHA256.HashDataAsync(file, stop);
                await file.WriteAsync(Tail(sum), stop);
                file.Flush(flushToDisk: true);
            }

            File.Move(part, path, overwrite: false);
        }
        finally
        {
            File.Delete(part);
        }
    }

    /// <summary>Checks every byte and writes the database in it to a new file. Refuses with backup_damaged, leaving none.</summary>
    internal static async Task<Outcome<BackupManifest>> Unpack(string path, string payload, CancellationToken stop)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes);
        if (!await IsWhole(file, stop))
            return Damaged;
        file.Position = 0;
        await using var tar = new TarReader(file, leaveOpen: true);
        if (await Manifest(tar, stop) is not { } manifest
            || await tar.GetNextEntryAsync(copyData: false, stop) is not { DataStream: { } data })
            return Damaged;

        await using (var written = new FileStream(payload, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, BufferBytes))
        {
            await data.CopyToAsync(written, stop);
            written.Flush(flushToDisk: true);
            written.Position = 0;
            var sum = Convert.ToHexStringLower(await SHA256.HashDataAsync(written, stop));
            if (written.Length == manifest.Bytes && string.Equals(sum, manifest.Sha256, StringComparison.Ordinal))
                return manifest;
        }

        File.Delete(payload);
        return Damaged;
    }

    /// <summary>Of the whole file, in hexadecimal: by it a file is known again, wherever it was copied.</summary>
    public static async Task<string> Sha256Of(string path, CancellationToken stop)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, stop));
    }

    private static async Task<bool> IsWhole(FileStream file, CancellationToken stop)
    {
        var checkedBytes = file.Length - tailBytes;
        if (checkedBytes <= 0)
            return false;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferBytes];
        for (var left = checkedBytes; left > 0;)
        {
            var read = await file.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)), stop);
            if (read == 0)
                return false;
            hash.AppendData(buffer, 0, read);
            left -= read;
        }

        var tail = new byte[tailBytes];
        await file.ReadExactlyAsync(tail, stop);
        return tail.AsSpan().SequenceEqual(Tail(hash.GetHashAndReset()));
    }

    private static async Task<BackupManifest?> Manifest(TarReader tar, CancellationToken stop)
    {
        if (await tar.GetNextEntryAsync(copyData: false,
            stop) is not { Name: ManifestName, Length: < ManifestBytesMax, DataStream: { } data })
            return null;
        using var written = new MemoryStream();
        await data.CopyToAsync(written, stop);
        return BackupManifest.Parse(written.GetBuffer().AsSpan(0, (int)written.Length));
    }

    /// <summary>The end of a file whose other bytes have this checksum: no other end belongs to them.</summary>
    private static byte[] Tail(byte[] sum)
    {
        using var tail = new MemoryStream();
        using (var tar = new TarWriter(tail, TarEntryFormat.Ustar, leaveOpen: true))
        {
            using var text = new MemoryStream(System.Text.Encoding.ASCII.GetBytes(Convert.ToHexStringLower(sum) + "\n"));
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, ChecksumName)
            {
                DataStream = text,
                ModificationTime = DateTimeOffset.UnixEpoch,
            });
        }

        return tail.ToArray();
    }

    private static PaxTarEntry Entry(string name, Stream data) => new(TarEntryType.RegularFile, name)
    {
        DataStream = data,
        Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
    };

    private static Refusal Damaged { get; } = new("backup_damaged", new(
        "This file is not a complete and unchanged backup of DigiHub: its checksum does not match. Use another backup.",
        "Diese Datei ist kein vollständiges, unverändertes Backup von DigiHub: Ihre Prüfsumme stimmt nicht. "
            + "Verwenden Sie ein anderes Backup.",
        "Diese Datei ist kein vollständiges, unverändertes Backup von DigiHub: Die Prüfsumme stimmt nicht. Verwende ein anderes Backup."));
}
