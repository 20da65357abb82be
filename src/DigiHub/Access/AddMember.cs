using System.Security.Cryptography;
using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Mail;
using DigiHub.Members;
using DigiHub.Notifications;

namespace DigiHub.Access;

/// <param name="Roles">Without end; a last day is given by <see cref="GrantRoles"/>.</param>
/// <param name="PasswordHash">Null: signs in by link until they set a password.</param>
/// <param name="ActorId">Who manages members; null for the operator.</param>
public sealed record AddMemberRequest(
    PersonName Name, EmailAddress Email, IReadOnlyCollection<HeldRole> Roles, Language Language, string? PasswordHash,
    Guid? ActorId = null);

/// <summary>Adds a member; the operator also adds the first administrator this way.</summary>
public sealed class AddMember(UnitOfWork unitOfWork, RelayReach reach, IClock clock)
{
    /// <summary>
    /// Refuses as RelayReach does, with "email_taken" if there is a member with that address, and with not_found for who may not.
    /// </summary>
    public async Task<Outcome<Member>> Run(AddMemberRequest request, CancellationToken stop)
    {
        if (reach.WhyNot(request.Email) is { } unreachable)
            return unreachable;
        try
        {
            return await Add(request, stop);
        }
        catch (DbUpdateException exception) when (DatabaseRefusals.Of(exception) == DatabaseRefusal.Duplicate)
        {
            return Taken; // lost a race
        }
    }

    private Task<Outcome<Member>> Add(AddMemberRequest request, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        return unitOfWork.Run<Member>(async db =>
        {
            if (request.ActorId is { } actorId
                && (await db.Viewer(actorId, now, stop) is not { } actor || !actor.May(Permission.ManageMembers)))
                return Refusal.NotFound;
            if (await db.IsMember(request.Email, stop))
                return Taken;
            return db.NewMember(request, now);
        }, stop);
    }

    internal static Refusal Taken { get; } = new("email_taken", new(
        "There’s already a member with this address.", "Es gibt schon ein Mitglied mit dieser Adresse."))
    { Field = "email" };
}

internal static class NewMembers
{
    extension(HubDb db)
    {
        /// <summary>Whether somebody has this address already.</summary>
        public Task<bool> IsMember(EmailAddress email, CancellationToken stop)
        {
            var normalized = email.Key;
            return db.Members.AnyAsync(other => other.NormalizedEmail == normalized, stop);
        }

        /// <summary>Adds them with their roles and the row of activity, in the caller's transaction.</summary>
        public Member NewMember(AddMemberRequest request, Instant now)
        {
            var member = new Member
            {
                Id = Guid.CreateVersion7(now.ToDateTimeOffset()),
                Name = request.Name,
                Email = request.Email,
                Language = request.Language,
                PasswordHash = request.PasswordHash,
                SecurityStamp = Convert.ToHexString(RandomNumberGenerator.GetBytes(20)),
                CreatedAt = now,
            };
            db.Members.Add(member);
            db.RoleGrants.AddRange(request.Roles.Distinct().Select(held => new RoleGrant
            {
                Id = Guid.CreateVersion7(now.ToDateTimeOffset()),
                MemberId = member.Id,
                Role = held.Role,
                SiteId = held.SiteId,
                GrantedAt = now,
            }));
            db.Record(now, request.ActorId, MemberActs.Added, member.Id, string.Join(", ", request.Roles));
            return member;
        }
    }
}
