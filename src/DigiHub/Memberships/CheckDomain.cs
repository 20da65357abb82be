using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Organisations;
using Microsoft.Extensions.Logging;

namespace DigiHub.Memberships;

/// <param name="Domain">As it stands after the look.</param>
public sealed record DomainChecked(OrganisationDomain Domain, DomainFinding Finding);

/// <summary>
/// Looks whether the record of a domain is there: when somebody asks for it, and every night for those that are proven. The domain
/// name system is asked between two transactions, never inside one.
/// </summary>
public sealed class CheckDomain(
    HubDbFactory databases, UnitOfWork unitOfWork, ITxtRecords records, IClock clock, ILogger<CheckDomain> log)
{
    private const int AtOnce = 4;

    /// <summary>Refuses with not_found (also for who may not), checked_just_now and domain_taken.</summary>
    public async Task<Outcome<DomainChecked>> Run(string slug, Guid id, Guid actorId, CancellationToken stop)
    {
        var asked = await unitOfWork.Run<OrganisationDomain>(async db =>
        {
            await db.AcquireLocks([LockKey.OfAccess], stop);
            var now = clock.GetCurrentInstant();
            if (await db.DomainLookedAfter(slug, id, actorId, now, stop) is not { } domain)
                return Refusal.NotFound;
            if (now - domain.CheckedAt < OrganisationDomain.CheckPause)
                return DomainRules.CheckedJustNow;
            domain.CheckedAt = now;
            return domain;
        }, stop);
        return asked.IsDone ? await Note(asked.Value, actorId, stop) : asked.Refusal;
    }

    /// <summary>All that are proven. Says how many are so no longer.</summary>
    public async Task<int> RunNightly(CancellationToken stop)
    {
        List<OrganisationDomain> proven;
        await using (var db = databases.Open())
            proven = await db.OrganisationDomains.AsNoTracking().Where(one => one.VerifiedAt != null).OrderBy(one => one.Id)
                .ToListAsync(stop);
        var lapsed = 0;
        await Parallel.ForEachAsync(proven, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop },
            async (domain, token) =>
            {
                var noted = await Note(domain, actorId: null, token);
                if (noted is { IsDone: true, Value.Domain.IsVerified: false })
                    Interlocked.Increment(ref lapsed);
                else if (!noted.IsDone && noted.Refusal != Refusal.NotFound)
                    log.LogWarning("Domain {Domain} could not be checked: {Code}", domain.Id, noted.Refusal.Code);
            });
        return lapsed;
    }

    private async Task<Outcome<DomainChecked>> Note(OrganisationDomain seen, Guid? actorId, CancellationToken stop)
    {
        var finding = await Look(seen, stop);
        return await unitOfWork.Run<DomainChecked>(async db =>
        {
            await db.AcquireLocks([LockKey.OfAccess], stop);
            if (await db.OrganisationDomains.SingleOrDefaultAsync(one => one.Id == seen.Id, stop) is not { } domain)
                return Refusal.NotFound; // removed meanwhile
            var now = clock.GetCurrentInstant();
            if (finding == DomainFinding.Found && !domain.IsVerified
                && await db.IsProvenElsewhere(domain.Domain, domain.OrganisationId, stop))
                return DomainRules.Taken;

            if (domain.Note(finding, now))
            {
                db.Record(now, actorId, domain.IsVerified ? OrganisationDomainActs.Verified : OrganisationDomainActs.Lapsed, domain.Id,
                    domain.Domain);
                if (!domain.IsVerified)
                    await TellLapsed(db, domain, now, stop);
            }

            return new DomainChecked(domain, finding);
        }, stop);
    }

    private async Task<DomainFinding> Look(OrganisationDomain domain, CancellationToken stop)
    {
        var answers = await Task.WhenAll(
            records.Of(domain.Domain, stop), records.Of(OrganisationDomain.HostPrefix + domain.Domain, stop));
        if (answers.Any(texts => texts?.Any(text => text.Trim() == domain.Record) == true))
            return DomainFinding.Found;
        return answers.Any(texts => texts is null) ? DomainFinding.NoAnswer : DomainFinding.Missing;
    }

    private static async Task TellLapsed(HubDb db, OrganisationDomain domain, Instant now, CancellationToken stop)
    {
        foreach (var administrator in await db.AdministratorsOf(domain.OrganisationId, stop))
            db.Write(Notification.To(Recipient.Of(administrator), DomainNotifications.Lapsed,
                OrganisationDomain.Subject.Of(domain.Id), now, revision: $"{Guid.NewGuid():N}"));
    }
}

internal static class OrganisationAdministrators
{
    extension(HubDb db)
    {
        /// <summary>Those who can sign in.</summary>
        public async Task<IReadOnlyList<Member>> AdministratorsOf(int organisationId, CancellationToken stop)
        {
            var administrators = db.Memberships.Standing()
                .Where(one => one.OrganisationId == organisationId && one.Role == MembershipRole.Administrator);
            return await db.Members.AsNoTracking()
                .Where(member => member.DisabledAt == null && administrators.Any(one => one.MemberId == member.Id))
                .OrderBy(member => member.Id).ToListAsync(stop);
        }
    }
}
