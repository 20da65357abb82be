using System.Runtime.CompilerServices;

namespace DigiHub.Web.Api;

/// <summary>
/// A body that is also taken as a JSON merge patch (RFC 7396): null takes a value away, what is left out stays. Each property
/// notes that it was there: <c>get; init => field = Given(value);</c>.
/// </summary>
public abstract record MergePatch
{
    private readonly HashSet<string> given = new(StringComparer.Ordinal);

    /// <summary>True if the property stood in the body, with a value or as null.</summary>
    internal bool Has(string property) => given.Contains(property);

    /// <summary>The problem to answer with if one of these, which every such thing has, is there as null; null if none is.</summary>
    internal IResult? Lacking(params ReadOnlySpan<(string Property, bool IsNull)> needed)
    {
        foreach (var (property, isNull) in needed)
        {
            if (!isNull || !Has(property))
                continue;
            var name = char.ToLowerInvariant(property[0]) + property[1..];
            return Problems.Bad("cannot_be_removed", new(
                $"\"{name}\" can’t be removed. Leave it out to keep it.",
                $"„{name}“ kann nicht entfernt werden. Lassen Sie es weg, um es zu behalten.",
                $"„{name}“ kann nicht entfernt werden. Lass es weg, um es zu behalten."), name);
        }

        return null;
    }

    protected T Given<T>(T value, [CallerMemberName] string property = "")
    {
        given.Add(property);
        return value;
    }
}

internal static class MergePatchEndpoints
{
    /// <summary>Takes plain JSON and application/merge-patch+json: both mean the same here.</summary>
    public static RouteHandlerBuilder AcceptsMergePatch<T>(this RouteHandlerBuilder endpoint)
        where T : MergePatch => endpoint.Accepts<T>("application/json", "application/merge-patch+json");
}
