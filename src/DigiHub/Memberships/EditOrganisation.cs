using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Organisations;

namespace DigiHub.Memberships;

/// <summary>Gives an organisation another name or kind. Its name in addresses stays.</summary>
public sealed class EditOrganisation(UnitOfWork unitOfWork, IClock clock)
{
    /// <summary>
    /// Refuses with not_found (also for who may not), name_missing, name_too_long, organisation_name_taken, kind_unknown.
    /// </summary>
    /// <param name="name">Null: it stays.</param>
    /// <param name="kind">The key of an <see cref="OrganisationKind"/>; null: it stays.</param>
    public Task<Outcome<Organisation>> Run(string slug, Guid actorId, string? name, string? kind, CancellationToken stop) =>
        unitOfWork.Run(async db =>
        {
            await db.AcquireLocks([LockKey.OfAccess], stop);
            var now = clock.GetCurrentInstant();
            if ((await db.Viewer(actorId, now, stop))?.May(Permission.ManageOrganisations) != true
                || await db.Organisations.SingleOrDefaultAsync(one => one.Slug == slug, stop) is not { } organisation)
                return Refusal.NotFound;
            var (called, sort) = (name ?? organisation.Name, kind ?? organisation.Kind);
            if (await db.WhyNotOrganisation(called, sort, organisation.Id, stop) is { } refusal)
                return refusal;

            (organisation.Name, organisation.Kind) = (TypedText.Line(called)!, sort);
            if (FieldChanges.Of(db, organisation, except: [nameof(Organisation.NameKey)]) is { } changes)
                db.Record(now, actorId, OrganisationActs.Edited, organisation.Id, changes: changes);
            return (Outcome<Organisation>)organisation;
        }, stop);
}
