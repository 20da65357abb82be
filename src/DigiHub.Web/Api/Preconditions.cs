using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace DigiHub.Web.Api;

/// <summary>ETag and If-Match (RFC 9110 13.1.1): who changes something says which revision they have seen.</summary>
public static class Preconditions
{
    public static void SetETag(this HttpResponse response, int revision) =>
        response.Headers.ETag = $"\"{revision.ToString(CultureInfo.InvariantCulture)}\"";

    /// <summary>
    /// The revision the caller has seen; "*" is any (null). A problem: 428 without the header, 400 for one that is not ours.
    /// </summary>
    public static (int? Revision, IResult? Problem) IfMatch(HttpRequest request)
    {
        var header = request.Headers.IfMatch.ToString();
        if (header.Length == 0)
            return (null, Problems.Answer(StatusCodes.Status428PreconditionRequired, "if_match_required", new(
                "Send the ETag of the version you’re changing as If-Match.",
                "Senden Sie das ETag der Fassung, die Sie ändern, als If-Match.",
                "Sende das ETag der Fassung, die du änderst, als If-Match.")));
        if (header == "*")
            return (null, null);
        return EntityTagHeaderValue.TryParse(header, out var tag) && !tag.IsWeak
            && int.TryParse(tag.Tag.AsSpan().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
                ? (revision, null)
                : (null, Problems.Bad("malformed_if_match", new(
                    "If-Match must contain exactly one ETag as you received it, such as \"3\".",
                    "If-Match muss genau ein ETag enthalten, so wie Sie es erhalten haben, etwa \"3\".",
                    "If-Match muss genau ein ETag enthalten, so wie du es erhalten hast, etwa \"3\".")));
    }
}
