using System.Security.Cryptography;
using System.Text;
using DigiHub.Data;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Opening;

/// <summary>
/// The code that proves to the set-up page that its reader can read the program's output: 16 signs, kept as a hash, good for an hour and
/// for one use, void after five wrong tries. One row; each start of a program without an administrator writes another.
/// </summary>
public sealed class SetupCode
{
    public const int OnlyId = 1;
    public const int Signs = 16;
    public const int TriesMax = 5;

    /// <summary>Of Crockford's base 32: no letter can be taken for a digit or for another letter.</summary>
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    public static Duration GoodFor { get; } = Duration.FromHours(1);

    public int Id { get; init; } = OnlyId;

    /// <summary>SHA-256, hexadecimal. The code has 80 random bits, so no salt and no slow hash are needed.</summary>
    public required string Hash { get; set; }

    public required Instant ExpiresAt { get; set; }

    public int WrongTries { get; set; }

    public int TriesLeft => TriesMax - WrongTries;

    public bool IsGood(Instant now) => now < ExpiresAt && TriesLeft > 0;

    /// <param name="typed">With or without hyphens and blanks, in any case; letters that look like digits count as these.</param>
    public bool Is(string? typed) => CryptographicOperations.FixedTimeEquals(
        Encoding.ASCII.GetBytes(Hash), Encoding.ASCII.GetBytes(HashOf(typed ?? "")));

    /// <summary>As it is printed: "7F3K-9D2M-PQ4R-X0YZ".</summary>
    public static string New() =>
        string.Join('-', RandomNumberGenerator.GetString(Alphabet, Signs).Chunk(4).Select(four => new string(four)));

    public static string HashOf(string code)
    {
        var plain = new StringBuilder(Signs);
        foreach (var sign in code)
        {
            if (char.IsAsciiLetterOrDigit(sign) && plain.Length <= Signs)
                plain.Append(char.ToUpperInvariant(sign) switch { 'O' => '0', 'I' or 'L' => '1', var other => other });
        }

        return Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(plain.ToString())));
    }
}

internal sealed class SetupCodeTable : IEntityTypeConfiguration<SetupCode>
{
    public void Configure(EntityTypeBuilder<SetupCode> builder)
    {
        builder.ToTable("setup_code");
        builder.Property(code => code.Id).ValueGeneratedNever();
        builder.Property(code => code.Hash).HasMaxLength(64);
        builder.Ignore(code => code.TriesLeft);
    }
}
