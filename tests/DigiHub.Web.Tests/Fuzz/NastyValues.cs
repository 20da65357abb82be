using System.Globalization;

namespace DigiHub.Web.Tests.Fuzz;

/// <summary>What no page should be sent, and what lies just at the edge of what it may be: the inputs of every round.</summary>
internal static class NastyValues
{
    /// <summary>As they stand in an address, a form or a header's value; escaped by the sender.</summary>
    public static readonly string[] Texts =
    [
        "", " ", "0", "-0", "1", "-1", "2147483647", "2147483648", "-2147483648",
        "9223372036854775807", "9223372036854775808", "18446744073709551616",
        "1e400", "1.5", "0x10", "+1", "01", "१२", "NaN", "Infinity", "null",
        "undefined", "true", "True", "yes", "on", "[]", "{}", "[1]", "\"x\"",
        "0001-01-01", "1582-10-15", "1994-12-31", "1995-01-01", "2026-02-29",
        "2026-02-30", "2026-13-01", "2026-11-29", "2026-12-25", "2299-12-31", "2300-01-01",
        "9999-12-31", "9999-99-99", "10000-01-01", "-9998-01-01", "-0001-01-01", "2026-11-24", "24.11.2026", "tomorrow",
        "00:00", "23:59", "24:00", "25:00", "09:00:00", "9:00", "02:30", "12:60", "-01:00",
        "2026-03-29T02:30", "2026-10-25T02:30", "2026-11-24T09:00", "2026-11-24T09:00:00",
        "2026-11-24T09:00:00Z", "2026-11-24T09:00:00+01:00", "9999-12-31T23:59",
        "9999-12-31T23:59:59.9999999", "0001-01-01T00:00", "2299-12-31T23:59", "2026-11-24/2026-11-25",
        "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff",
        "{019a0000-0000-7000-8000-000000000000}", "019a000000007000800000000000000",
        "17639424000000000.019a0000000070008000000000000000", "-99999999999999999.019a0000000070008000000000000000",
        "99999999999999999999.x", "9.9", "1~x", "99999999999999999~a",
        "room", "Room", "desk", "fin_tech", "FinTech", "morning", "Confirmed",
        "1,2", "Desk, Room", "east", "west", "nowhere", "plan", "booked-1",
        "\0", "a\0b", "\r\nX-Injected: 1", "\t", "\u0085", "\u2028", "\uFEFF", "\uFFFE",
        "\u202Eabc\u202C", "שלום", "مرحبا", "👩‍👩‍👧‍👦", "e\u0301\u0302\u0303", "İıſß", "𝒳", "\u200B", "ﷺ",
        "' OR 1=1 --", "%", "%%", "_", "\\", "'", "\"", "<script>alert(1)</script>", "{{7*7}}", "${7*7}",
        "../../etc/passwd", "..\\..", "/dev/null", "CON", "//evil.example", "javascript:alert(1)",
        "ada@example.org", "a@b", "@", "a@b@c", "\"a b\"@example.org", "a@xn--bcher-kva.example",
        "jörg@müller.example", "a@example.org, b@example.org", "=1+1", "BEGIN:VALARM",
    ];

    /// <summary>Escapes that decode to nothing good; put into an address as they stand.</summary>
    public static readonly string[] Escapes =
    [
        "%00", "%C3%28", "%FF", "%ED%A0%80", "%F0%9F%98%80", "%E2%80%AE", "%2F", "%2E%2E%2F", "%5C",
        "%", "%zz", "%u0041", "%0D%0A", "%25%30%30", "%C0%AE", "+", "%20", ";", ":", "@", "~", "..", ".",
    ];

    /// <summary>Tokens of JSON, not all of them allowed there.</summary>
    public static readonly string[] Json =
    [
        "null", "true", "false", "0", "-0", "-1", "1", "1.5", "1e400", "-1e400", "2147483648",
        "9223372036854775808", "1e-400", "NaN", "Infinity", "\"\"", "\" \"", "\"\\u0000\"", "\"a\\u0000b\"",
        "\"\\ud800\"", "\"\\udc00x\"", "\"\\ud83d\\ude00\"", "\"\\u202e\"", "[]", "{}", "[1]", "[null]",
        "{\"a\":1}", "\"9999-12-31\"", "\"9999-12-31T23:59\"", "\"0001-01-01\"", "\"2026-03-29T02:30\"",
        "\"24:00\"", "\"02:30\"", "\"02:30:00\"", "\"Room\"", "\"room\"", "1e9", "\"NaN\"",
        "\"\\r\\n\"", "\"-1\"", "\"\\q\"", "'x'", "01", "+1", ".5", "\"unterminated", "\"\t\"",
    ];

    public static readonly string[] ContentTypes =
    [
        "application/json", "application/json; charset=utf-8", "application/json; charset=bogus",
        "application/json; charset=utf-7", "application/json; charset=utf-16", "application/json; charset=iso-8859-1",
        "application/json; charset=\"", "application/merge-patch+json", "text/plain", "text/json",
        "application/xml", "application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=bogus",
        "application/x-www-form-urlencoded; charset=utf-7", "multipart/form-data", "multipart/form-data; boundary=x",
        "multipart/form-data; boundary=" + "0123456789012345678901234567890123456789012345678901234567890123456789012345678901",
        "application/octet-stream", "*/*", "json", ";", "application/json;;", "",
    ];

    public static readonly (string Name, string[] Values)[] Headers =
    [
        ("Accept-Language", ["de", "en", "*", "fr, en;q=0.5", "de;q=2", ";;;", "xx-YY-ZZ",
            "de-DE-1996,,,", ",", "i-klingon", "q=", "en;q=NaN", "\u00e4\u00f6"]),
        ("Accept", ["*/*", "application/json", "text/html;q=0", "garbage", ";;", "image/*"]),
        ("Accept-Encoding", ["gzip", "br;q=0", "identity;q=0", "*;q=0", "x,,;", "zstd"]),
        ("If-Match", ["*", "\"1\"", "W/\"1\"", "\"", "\"\"", "1", "\"1\", \"2\"", "\"99999999999999999999\"", "\"-1\"", "*, \"1\""]),
        ("If-None-Match", ["*", "\"\"", "W/\"x\"", "\"", "x", ",", "\"a\", \"b\", W/\"c\""]),
        ("If-Modified-Since", ["never", "Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", "0"]),
        ("If-Range", ["\"x\"", "x", "Fri, 31 Dec 9999 23:59:59 GMT"]),
        ("Range", ["bytes=0-", "bytes=-1", "bytes=9999999999999999999-", "bytes=5-2", "bytes=0-0,2-2,4-4", "items=0-1", "bytes=", "x"]),
        ("Cookie", [".AspNetCore.Culture=c=xx|uic=", ".AspNetCore.Culture=%00", ".AspNetCore.Culture=c%3D",
            "theme=<x>", "theme=", "=", ";;;", "a", "a=b; a=c", "digihub=AAAA", "hub=; hub=x", "__Host-hub=%FF"]),
        ("Sec-Fetch-Site", ["cross-site", "same-origin", "none", "x"]),
        ("Origin", ["null", "https://evil.example", "x"]),
        ("Referer", ["https://evil.example/", "x", "about:blank"]),
        ("X-Forwarded-For", ["1.2.3.4", "x", "::1, 127.0.0.1", "999.1.1.1:99999"]),
        ("X-Forwarded-Proto", ["https", "gopher", "https, http"]),
        ("X-HTTP-Method-Override", ["DELETE"]),
        ("Idempotency-Key", ["k", "", " ", "\u00e4",
            "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789", "a,b"]),
        ("User-Agent", ["", "() { :;}; echo", "\u00ff"]),
        ("Prefer", ["return=minimal", "wait=999999999999"]),
        ("Traceparent", ["00-0-0-00", "x", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"]),
    ];

    public static string Text(Random dice) => dice.Next(20) switch
    {
        0 => new string('x', dice.Next(1, 6_000)),
        1 => string.Concat(Enumerable.Repeat("😀", dice.Next(1, 300))),
        2 => dice.NextInt64(long.MinValue, long.MaxValue).ToString(CultureInfo.InvariantCulture),
        3 => new LocalDate(1, 1, 1).PlusDays(dice.Next(0, 3_600_000)).ToString("uuuu-MM-dd", CultureInfo.InvariantCulture),
        4 => Guid.CreateVersion7().ToString(),
        5 => Of(dice, Texts) + Of(dice, Texts),
        _ => Of(dice, Texts),
    };

    public static T Of<T>(Random dice, IReadOnlyList<T> all) => all[dice.Next(all.Count)];
}
