using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace DigiHub.Time;

/// <summary>
/// Where a list in order of time goes on: the sort key of the last row shown, as it stood then, so that what follows does not depend on
/// what is added or changed meanwhile. Its text is opaque to its holder. It needs no signature: made up, it only skips
/// rows of a list they may read anyway.
/// </summary>
public sealed record Cursor(Instant At, Guid Id)
{
    private const int LengthMax = 100;

    public static readonly Refusal Malformed = new("malformed_cursor", new(
        "This cursor isn’t valid. Leave it out to start at the first page.",
        "Dieser Cursor ist ungültig. Lassen Sie ihn weg, um bei der ersten Seite zu beginnen.",
        "Dieser Cursor ist ungültig. Lass ihn weg, um bei der ersten Seite zu beginnen."))
    { Field = "cursor" };

    /// <summary>Fit for a query string.</summary>
    public override string ToString() => Encode($"{At.ToUnixTimeTicks().ToString(CultureInfo.InvariantCulture)}.{Id:N}");

    /// <returns>Null for what is no cursor of this kind, or lies outside the years that both databases can compare with.</returns>
    public static Cursor? Parse(string? text) =>
        Decode(text)?.Split('.') is [var ticks, var id] && Moment(ticks) is { } at && Guid.TryParseExact(id, "N", out var guid)
            ? new Cursor(at, guid)
            : null;

    /// <summary>The cursor of a list in order of a number.</summary>
    public static string OfNumber(int number) => Encode(number.ToString(CultureInfo.InvariantCulture));

    /// <returns>Null for what is no cursor of this kind.</returns>
    public static int? ParseNumber(string? text) =>
        int.TryParse(Decode(text), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static Instant? Moment(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var ticks)
        && ticks >= Instant.MinValue.ToUnixTimeTicks() && ticks <= Instant.MaxValue.ToUnixTimeTicks()
        && Instant.FromUnixTimeTicks(ticks) is var instant && SiteTime.Reaches(instant)
            ? instant
            : null;

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.ASCII.GetBytes(text));

    private static string? Decode(string? text) =>
        text is { Length: <= LengthMax } && Base64Url.IsValid(text) ? Encoding.ASCII.GetString(Base64Url.DecodeFromChars(text)) : null;
}
