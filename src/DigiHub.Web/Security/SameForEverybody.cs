namespace DigiHub.Web.Security;

/// <summary>
/// Says of an endpoint that it answers the same to everybody, in whatever language they read and whatever cookies they bring. All others
/// say Vary, so that no cache on the way hands one reader's answer to another.
/// </summary>
public sealed class SameForEverybody
{
    public static SameForEverybody Mark { get; } = new();

    public static bool Is(Endpoint? endpoint) => endpoint?.Metadata.GetMetadata<SameForEverybody>() is not null;
}
