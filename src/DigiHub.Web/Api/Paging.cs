namespace DigiHub.Web.Api;

/// <summary>A page of a list and the way to the next one.</summary>
/// <param name="Next">To be given back as ?cursor=; null on the last page.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>How many items a page of a list holds.</summary>
public static class Paging
{
    public const int LimitMax = 100;
    public const int LimitDefault = 50;

    /// <param name="asked">From 1 to LimitMax: the endpoint says so by Range.</param>
    public static int Limit(Asked<int>? asked) => asked?.Value ?? LimitDefault;
}
