using DigiHub.Activity;
using DigiHub.Organisations;

namespace DigiHub.Memberships;

/// <summary>What is done to organisations themselves.</summary>
public static class OrganisationActs
{
    public static readonly Act<int> Created = Organisation.Subject.Act("created");
    public static readonly Act<int> Edited = Organisation.Subject.Act("edited");
    public static readonly Act<int> Retired = Organisation.Subject.Act("retired");
    public static readonly Act<int> Deleted = Organisation.Subject.Act("deleted");
}
