namespace DigiHub.Web.Security;

/// <summary>
/// Marks an endpoint whose response depends neither on the language nor on cookies. All others
/// send Vary, so that no cache hands one reader's response to another.
/// </summary>
public sealed class SameForEverybody
{
    public static SameForEverybody Mark { get; } = new();

    public static bool Is(Endpoint? endpoint) => endpoint?.Metadata.GetMetadata<SameForEverybody>() is not null;
}
