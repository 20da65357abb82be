using System.Globalization;
using DigiHub.Bookings;

namespace DigiHub.Web.Components;

public enum ActionResultKind { Booked, Moved, Cancelled, Reinstated, CheckedIn, KeptLonger }

/// <summary>Where a booking stood before it was moved, and its revision since: what it takes to move it back.</summary>
public sealed record MovedFrom(int SpaceId, LocalDateTime Start, LocalDateTime End, int Revision)
{
    private const char Between = '~';

    /// <summary>Null where nothing was moved, or where it cannot be moved back: a running booking that was shortened.</summary>
    public static MovedFrom? Of(Booking before, Booking after, BookingStage stage) =>
        stage == BookingStage.Upcoming && after.IsStanding && (before.SpaceId != after.SpaceId || before.LocalSpan != after.LocalSpan)
            ? new(before.SpaceId, before.StartLocal, before.EndLocal, after.Revision)
            : null;

    public string Written => string.Create(
        CultureInfo.InvariantCulture, $"{SpaceId}{Between}{FormParse.Write(Start)}{Between}{FormParse.Write(End)}{Between}{Revision}");

    public static MovedFrom? Parse(string text) =>
        text.Split(Between) is [var space, var start, var end, var revision]
        && FormParse.Number(space) is { } spaceId && FormParse.DateTime(start) is { } from
        && FormParse.DateTime(end) is { } to && FormParse.Number(revision) is { } known
            ? new(spaceId, from, to, known)
            : null;
}

/// <summary>What was just done to a booking, carried by the address one is led back to: <c>?done=booked-019a…</c>.</summary>
public sealed record ActionResult(ActionResultKind Kind, Guid BookingId)
{
    private const string Key = "done";
    private const string BeforeKey = "before";

    /// <summary>For what was moved and can be moved back.</summary>
    public MovedFrom? Before { get; init; }

    /// <summary>The address with this result, replacing an older one.</summary>
    public string On(string url)
    {
        var (path, query) = url.IndexOf('?', StringComparison.Ordinal) is >= 0 and var mark ? (url[..mark], url[(mark + 1)..]) : (url, "");
        List<string> pairs = [.. query.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Where(pair => !pair.StartsWith($"{Key}=", StringComparison.Ordinal)
                && !pair.StartsWith($"{BeforeKey}=", StringComparison.Ordinal))];
        pairs.Add($"{Key}={Kind.ToString().ToLowerInvariant()}-{BookingId}");
        if (Before is not null)
            pairs.Add($"{BeforeKey}={Uri.EscapeDataString(Before.Written)}");
        return $"{path}?{string.Join('&', pairs)}";
    }

    /// <summary>Null for anything else.</summary>
    public static ActionResult? Read(HttpRequest request)
    {
        var text = request.Query[Key].ToString();
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        return dash > 0 && Guid.TryParseExact(text.AsSpan(dash + 1), "D", out var id) && Parse(text[..dash]) is { } kind
            ? new(kind, id) { Before = kind == ActionResultKind.Moved ? MovedFrom.Parse(request.Query[BeforeKey].ToString()) : null }
            : null;
    }

    private static ActionResultKind? Parse(string text) => text switch
    {
        "booked" => ActionResultKind.Booked,
        "moved" => ActionResultKind.Moved,
        "cancelled" => ActionResultKind.Cancelled,
        "reinstated" => ActionResultKind.Reinstated,
        "checkedin" => ActionResultKind.CheckedIn,
        "keptlonger" => ActionResultKind.KeptLonger,
        _ => null,
    };
}
