namespace DigiHub.Web.Layout;

/// <summary>Marks a page that can be read before the hub has an administrator; all others lead to the set-up page until then.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class BeforeSetUpAttribute : Attribute
{
    /// <summary>True for the set-up page itself, which has no navigation: all of it would lead back here.</summary>
    public bool IsSetUp { get; init; }
}
