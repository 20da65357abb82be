using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Organisations;

namespace DigiHub.Memberships;

/// <summary>
/// The domains of an organisation, for who looks after it: named, and proven by a TXT record of the domain name system. Who has an address
/// of a proven one may ask to join (<see cref="AskOrganisation"/>).
/// </summary>
public sealed class OrganisationDomains(HubDbFactory databases, UnitOfWork unitOfWork, IClock clock)
{
    /// <summary>
    /// By name, at most <see cref="OrganisationDomain.CountMax"/>. Null: no such organisation, or not theirs to look after.
    /// </summary>
    public async Task<IReadOnlyList<OrganisationDomain>?> Of(string slug, Guid viewerId, CancellationToken stop)
    {
        await using var db = databases.Open();
        return await db.OrganisationLookedAfter(slug, viewerId, clock.GetCurrentInstant(), stop) is { } organisation
            ? await db.OrganisationDomains.AsNoTracking().Where(one => one.OrganisationId == organisation.Id)
                .OrderBy(one => one.Domain).ToListAsync(stop)
            : null;
    }

    /// <summary>
    /// Refuses with not_found (also for who may not), organisation_retired, domain_invalid, domain_open, domain_known, domain_taken and
    /// too_many_domains.
    /// </summary>
    public Task<Outcome<OrganisationDomain>> Add(
        string slug, string? typed, Guid actorId, CancellationToken stop, Alongside<OrganisationDomain>? along = null) =>
        unitOfWork.Run<OrganisationDomain>(async db =>
        {
            await db.AcquireLocks([LockKey.OfAccess], stop);
            var now = clock.GetCurrentInstant();
            if (await db.OrganisationLookedAfter(slug, actorId, now, stop) is not { } organisation)
                return Refusal.NotFound;
            if (organisation.RetiredAt is not null)
                return OrganisationRules.Retired;
            var parsed = DomainRules.Parse(typed);
            if (!parsed.IsDone)
                return parsed.Refusal;

            var (domain, organisationId) = (parsed.Value, organisation.Id);
            var own = await db.OrganisationDomains.AsNoTracking().Where(one => one.OrganisationId == organisationId).ToListAsync(stop);
            if (own.Exists(one => one.Domain == domain))
                return DomainRules.Known;
            if (await db.IsProvenElsewhere(domain, organisationId, stop))
                return DomainRules.Taken;
            if (own.Count >= OrganisationDomain.CountMax)
                return DomainRules.TooMany;

            var added = db.OrganisationDomains.Add(new OrganisationDomain
            {
                Id = Guid.CreateVersion7(now.ToDateTimeOffset()),
                OrganisationId = organisationId,
                Domain = domain,
                Token = OrganisationDomain.NewToken(),
                AddedAt = now,
            }).Entity;
            db.Record(now, actorId, OrganisationDomainActs.Added, added.Id, domain);
            return added;
        }, stop, along);

    /// <summary>Requests that were made by it are still decided. Refuses with not_found.</summary>
    public Task<Outcome<OrganisationDomain>> Remove(string slug, Guid id, Guid actorId, CancellationToken stop) =>
        unitOfWork.Run<OrganisationDomain>(async db =>
        {
            await db.AcquireLocks([LockKey.OfAccess], stop);
            var now = clock.GetCurrentInstant();
            if (await db.DomainLookedAfter(slug, id, actorId, now, stop) is not { } domain)
                return Refusal.NotFound;
            db.Remove(domain);
            db.Record(now, actorId, OrganisationDomainActs.Removed, id, domain.Domain);
            return domain;
        }, stop);
}

internal static class LookedAfter
{
    extension(HubDb db)
    {
        /// <summary>Null: no such organisation, or not theirs to look after.</summary>
        public async Task<Organisation?> OrganisationLookedAfter(string slug, Guid actorId, Instant now, CancellationToken stop) =>
            await db.Organisations.AsNoTracking().SingleOrDefaultAsync(one => one.Slug == slug, stop) is { } organisation
            && await db.LooksAfter(organisation.Id, actorId, now, stop) ? organisation : null;

        /// <summary>Tracked; null as above, and for one of another organisation.</summary>
        public async Task<OrganisationDomain?> DomainLookedAfter(string slug, Guid id, Guid actorId, Instant now, CancellationToken stop) =>
            await db.OrganisationLookedAfter(slug, actorId, now, stop) is { } organisation
                ? await db.OrganisationDomains.SingleOrDefaultAsync(one => one.Id == id && one.OrganisationId == organisation.Id, stop)
                : null;

        public Task<bool> IsProvenElsewhere(string domain, int organisationId, CancellationToken stop) => db.OrganisationDomains
            .AnyAsync(one => one.Domain == domain && one.OrganisationId != organisationId && one.VerifiedAt != null, stop);
    }
}
