using DigiHub.Activity;
using DigiHub.Sites;
using DigiHub.Spaces;

namespace DigiHub.Setup;

/// <summary>What is done to sites and spaces themselves.</summary>
public static class SetupActs
{
    public static readonly Act<int> SiteCreated = Site.Subject.Act("created");
    public static readonly Act<int> SpaceCreated = Space.Subject.Act("created");
}
