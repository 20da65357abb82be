using DigiHub.Data;

namespace DigiHub.Access;

internal static class AdministratorEver
{
    extension(HubDb db)
    {
        /// <summary>
        /// Whether the whole hub ever had an administrator. Grants that have ended stay, and the last administrator for good cannot be
        /// removed, so this never becomes false.
        /// </summary>
        public Task<bool> HasHadAdministrator(CancellationToken stop) =>
            db.RoleGrants.AnyAsync(grant => grant.Role == Role.Administrator && grant.SiteId == null, stop);
    }
}
