using DigiHub.Data;
using DigiHub.Notifications;

namespace DigiHub.Members;

/// <summary>What somebody else did to a member's access.</summary>
public enum AccessChange { Granted, Revoked, Disabled, Enabled }

/// <summary>What the notification about it tells, as its Note carries it.</summary>
/// <param name="Roles">Their names, parted by commas; empty where no role was given or taken.</param>
/// <param name="ActorId">Null: the operator.</param>
public sealed record AccessChangeNote(AccessChange Change, string Roles, Guid? ActorId)
{
    public string Written => $"{Change}\n{Roles}\n{ActorId:N}";

    public static AccessChangeNote? Parse(string? note) => note?.Split('\n') is [var change, var roles, var actor] && Enum.TryParse<AccessChange>(change, out var known)
        ? new(known, roles, Guid.TryParseExact(actor, "N", out var id) ? id : null)
        : null;
}

internal static class AccessChangeNotifications
{
    extension(HubDb db)
    {
        /// <summary>Tells the member, in the caller's transaction. Nothing holds it back: who is shut out must learn it, too.</summary>
        public void TellAccessChanged(Member member, AccessChange change, string roles, Guid? actorId, Instant now) => db.Write(Notification.To(
            Recipient.Of(member), MemberNotifications.AccessChanged, Member.Subject.Of(member.Id), now, revision: $"{Guid.NewGuid():N}",
            note: new AccessChangeNote(change, roles, actorId).Written));
    }
}
