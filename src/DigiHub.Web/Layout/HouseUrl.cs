using System.Buffers;

namespace DigiHub.Web.Layout;

/// <summary>Addresses to come back to. They arrive in forms and query strings, so they are never trusted.</summary>
public static class HouseUrl
{
    /// <summary>Longer ones lead home as well: no page of ours needs them.</summary>
    public const int LengthMax = 2_000;

    // Browsers read "\" as "/" and drop tabs and line breaks, which turns "/\evil.example" into a foreign address.
    private static readonly SearchValues<char> Treacherous = SearchValues.Create("\\\t\r\n\0");

    /// <summary>The address itself if it is a path of this house ("/desks?day=…"), else "/".</summary>
    public static string OrHome(string? url) => IsOfTheHouse(url) ? url! : Paths.Home;

    private static bool IsOfTheHouse(string? url) =>
        url is ['/', ..] and not ['/', '/', ..]
        && url.Length <= LengthMax
        && !url.AsSpan().ContainsAny(Treacherous)
        && url.All(sign => sign is > ' ' and <= '~'); // a browser escapes all others before it sends them, and a header cannot hold them
}
