using DigiHub.Data;
using DigiHub.Members;

namespace DigiHub.Events;

/// <summary>Who may do what with an event.</summary>
internal static class Hosting
{
    /// <summary>Null for nobody, or somebody who may no longer sign in.</summary>
    public static Task<Member?> Actor(HubDb db, Guid? actorId, CancellationToken stop) =>
        db.Members.AsNoTracking().SingleOrDefaultAsync(member => member.Id == actorId && member.DisabledAt == null, stop);

    public static bool MayHost(this Member? actor) => actor is not null && actor.IsOneOf(Roles.Organiser | Roles.Administrator);

    /// <summary>Its organiser, or an administrator.</summary>
    public static bool MayEdit(this Member? actor, Event evt) =>
        actor is not null && (actor.IsOneOf(Roles.Administrator) || (evt.OrganiserId == actor.Id && actor.IsOneOf(Roles.Organiser)));

    /// <summary>Sees who comes and checks them in: the front desk too.</summary>
    public static bool MayReceive(this Member? actor, Event evt) =>
        actor is not null && (actor.MayEdit(evt) || actor.IsOneOf(Roles.FrontDesk));
}
