namespace DigiHub.Web.Api;

/// <summary>
/// Marks an endpoint that changes something of which there are no versions to compare: the change itself says all, so the last one counts
/// and no If-Match is asked for.
/// </summary>
internal sealed class Unversioned
{
    public static Unversioned Mark { get; } = new();
}
