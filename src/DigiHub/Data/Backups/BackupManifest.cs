using System.Text.Json;

namespace DigiHub.Data.Backups;

/// <summary>What a backup says of itself: a check that the database in it is the one that was saved, and all of it.</summary>
/// <param name="Format">Of the file: <see cref="FormatNow"/>.</param>
/// <param name="At">When it was made, ISO 8601 in UTC.</param>
/// <param name="Version">Of the program that made it.</param>
/// <param name="Engine">"sqlite" or "postgres": a backup goes back into the engine it came from.</param>
/// <param name="Migration">The newest of its database.</param>
/// <param name="Sha256">Of the database in it, in hexadecimal.</param>
/// <param name="Bytes">Length of the database in it.</param>
/// <param name="Rows">Of every table, counted in the moment that was saved.</param>
public sealed record BackupManifest(
    int Format, string At, string Version, string Engine, string Migration, string Sha256, long Bytes,
    IReadOnlyDictionary<string, long> Rows)
{
    public const int FormatNow = 1;

    private static readonly JsonSerializerOptions json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static string VersionNow { get; } = typeof(BackupManifest).Assembly.GetName().Version?.ToString() ?? "0";

    internal byte[] Written => JsonSerializer.SerializeToUtf8Bytes(this, json);

    /// <summary>Null for what is none.</summary>
    internal static BackupManifest? Parse(ReadOnlySpan<byte> written)
    {
        try
        {
            return JsonSerializer.Deserialize<BackupManifest>(written, json) is { Format: FormatNow, Rows: not null } known ? known : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
