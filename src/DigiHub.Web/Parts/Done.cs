namespace DigiHub.Web.Parts;

public enum DoneKind { Booked, Moved, Cancelled, Reinstated }

/// <summary>What was just done to a booking, carried by the address one is led back to: <c>?done=booked-019a…</c>.</summary>
public sealed record Done(DoneKind Kind, Guid BookingId)
{
    private const string Key = "done";

    /// <summary>The address, with this in place of any older news.</summary>
    public string On(string url)
    {
        var (path, query) = url.IndexOf('?', StringComparison.Ordinal) is >= 0 and var mark ? (url[..mark], url[(mark + 1)..]) : (url, "");
        var kept = query.Split('&', StringSplitOptions.RemoveEmptyEntries).Where(pair => !pair.StartsWith($"{Key}=", StringComparison.Ordinal));
        return $"{path}?{string.Join('&', [.. kept, $"{Key}={Kind.ToString().ToLowerInvariant()}-{BookingId}"])}";
    }

    /// <summary>Null for anything that is not exactly that.</summary>
    public static Done? Read(HttpRequest request)
    {
        var text = request.Query[Key].ToString();
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        return dash > 0 && Guid.TryParseExact(text.AsSpan(dash + 1), "D", out var id) && Parse(text[..dash]) is { } kind ? new(kind, id) : null;
    }

    private static DoneKind? Parse(string text) => text switch
    {
        "booked" => DoneKind.Booked,
        "moved" => DoneKind.Moved,
        "cancelled" => DoneKind.Cancelled,
        "reinstated" => DoneKind.Reinstated,
        _ => null,
    };
}
