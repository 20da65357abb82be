namespace DigiHub.Web.Components;

/// <summary>A site's short name where only its slug is at hand.</summary>
public static class SiteWords
{
    /// <summary>"East", "Ost"; a slug the house does not know stands for itself.</summary>
    public static Words Of(string slug) => slug switch
    {
        "east" => new("East", "Ost"),
        "west" => new("West", "West"),
        _ => new(slug, slug),
    };
}
