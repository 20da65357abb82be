using System.Buffers.Text;
using System.Globalization;
using System.Text;
using DigiHub.Time;

namespace DigiHub.Web.Api;

/// <summary>A page of a list and the way to the next one.</summary>
/// <param name="Next">To be given back as ?cursor=; null on the last page.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>
/// Where a list goes on: the sort key of the last row, opaque to the caller so that it can change. It needs no signature;
/// a made-up cursor only skips rows of a list that its caller may read anyway.
/// </summary>
public static class Cursor
{
    public const int LimitMax = 100;
    public const int LimitDefault = 50;

    /// <param name="asked">From 1 to LimitMax: the endpoint says so by Range.</param>
    public static int Limit(Asked<int>? asked) => asked?.Value ?? LimitDefault;

    public static string Of(Instant at, Guid id) => Encode($"{at.ToUnixTimeTicks().ToString(CultureInfo.InvariantCulture)}.{id:N}");

    public static string Of(int number) => Encode(number.ToString(CultureInfo.InvariantCulture));

    public static (Instant At, Guid Id)? Moment(string? cursor) =>
        Decode(cursor)?.Split('.') is [var ticks, var id] && SiteTime.AtTicks(ticks) is { } at && Guid.TryParseExact(id, "N", out var guid)
            ? (at, guid)
            : null;

    public static int? Number(string? cursor) =>
        int.TryParse(Decode(cursor), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static IResult Malformed => Problems.Bad("malformed_cursor", new(
        "This cursor isn’t valid. Leave it out to start at the first page.",
        "Dieser Cursor ist ungültig. Lassen Sie ihn weg, um bei der ersten Seite zu beginnen."), "cursor");

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.ASCII.GetBytes(text));

    private static string? Decode(string? cursor)
    {
        if (cursor is null || cursor.Length > 100 || !Base64Url.IsValid(cursor))
            return null;
        return Encoding.ASCII.GetString(Base64Url.DecodeFromChars(cursor));
    }
}
