using DigiHub.Activity;
using DigiHub.Sites;
using DigiHub.Spaces;

namespace DigiHub.Setup;

/// <summary>What is done to sites and spaces themselves.</summary>
public static class SetupActs
{
    public static readonly Act<int> SiteCreated = Site.Subject.Act("created");
    public static readonly Act<int> SiteEdited = Site.Subject.Act("edited");
    public static readonly Act<int> HoursChanged = Site.Subject.Act("hours_changed");
    public static readonly Act<int> SpecialHoursSet = Site.Subject.Act("special_hours_set");
    public static readonly Act<int> SpecialHoursRemoved = Site.Subject.Act("special_hours_removed");
    public static readonly Act<int> SpaceCreated = Space.Subject.Act("created");
    public static readonly Act<int> SpaceEdited = Space.Subject.Act("edited");
    public static readonly Act<int> SpaceDeleted = Space.Subject.Act("deleted");
    public static readonly Act<int> SpaceRetired = Space.Subject.Act("retired");
    public static readonly Act<int> SpaceBroughtBack = Space.Subject.Act("brought_back");
    public static readonly Act<int> SiteRetired = Site.Subject.Act("retired");
    public static readonly Act<int> SiteBroughtBack = Site.Subject.Act("brought_back");
    public static readonly Act<int> SiteDeleted = Site.Subject.Act("deleted");
    public static readonly Act<int> PartsChanged = Space.Subject.Act("parts_changed");
    public static readonly Act<int> PoolCreated = Pool.Subject.Act("created");
    public static readonly Act<int> PoolEdited = Pool.Subject.Act("edited");
    public static readonly Act<int> PoolDeleted = Pool.Subject.Act("deleted");
    public static readonly Act<int> RulesCreated = RuleSet.Subject.Act("created");
    public static readonly Act<int> RulesEdited = RuleSet.Subject.Act("edited");
    public static readonly Act<int> RulesDeleted = RuleSet.Subject.Act("deleted");
}
