using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Organisations;

namespace DigiHub.Memberships;

/// <summary>Adds an organisation; its people come by invitation.</summary>
public sealed class AddOrganisation(UnitOfWork unitOfWork, IClock clock)
{
    /// <summary>
    /// Refuses with not_found for who may not, name_missing, name_too_long, organisation_name_taken, kind_unknown and
    /// too_many_organisations.
    /// </summary>
    /// <param name="actorId">Null: the operator, by a command.</param>
    /// <param name="kind">The key of an <see cref="OrganisationKind"/>.</param>
    public Task<Outcome<Organisation>> Run(
        Guid? actorId, string? name, string? kind, CancellationToken stop, Alongside<Organisation>? along = null) =>
        unitOfWork.Run(async db =>
        {
            await db.AcquireLocks([LockKey.OfAccess], stop); // two who add one of the same name wait for each other
            var now = clock.GetCurrentInstant();
            if (actorId is not null && (await db.Viewer(actorId, now, stop))?.May(Permission.ManageOrganisations) != true)
                return Refusal.NotFound;
            if (await db.WhyNotOrganisation(name, kind, exceptId: null, stop) is { } refusal)
                return refusal;
            if (await db.Organisations.CountAsync(stop) >= OrganisationRules.OrganisationsMax)
                return OrganisationRules.TooMany;

            var line = TypedText.Line(name)!;
            var organisation = new Organisation { Slug = await db.SlugOfOrganisation(line, stop), Name = line, Kind = kind! };
            db.Add(organisation);
            await db.SaveChangesAsync(stop); // gives it its number
            db.Record(now, actorId, OrganisationActs.Created, organisation.Id, organisation.Name);
            return (Outcome<Organisation>)organisation;
        }, stop, along);
}
