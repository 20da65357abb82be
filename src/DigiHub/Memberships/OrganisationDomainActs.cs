using DigiHub.Activity;

namespace DigiHub.Memberships;

/// <summary>What is done to the domains of organisations.</summary>
public static class OrganisationDomainActs
{
    public static readonly Act<Guid> Added = OrganisationDomain.Subject.Act("added");

    /// <summary>Its record was found.</summary>
    public static readonly Act<Guid> Verified = OrganisationDomain.Subject.Act("verified");

    /// <summary>Its record was gone for too long.</summary>
    public static readonly Act<Guid> Lapsed = OrganisationDomain.Subject.Act("lapsed");

    public static readonly Act<Guid> Removed = OrganisationDomain.Subject.Act("removed");
}
