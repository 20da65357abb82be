using System.Globalization;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Notifications;
using NodaTime.Text;

namespace DigiHub.Access;

/// <summary>A change of a member's access by somebody else.</summary>
public enum AccessChange { Granted, Revoked, Disabled, Enabled }

/// <summary>What the notification about it tells, as its Note carries it.</summary>
/// <param name="Roles">Empty where no role was given or taken.</param>
/// <param name="SiteId">Null: for the whole hub.</param>
/// <param name="Through">The last day that granted roles hold, at the site; null: without end.</param>
/// <param name="ActorId">Null: the operator.</param>
public sealed record AccessChangeNote(
    AccessChange Change, IReadOnlyList<Role> Roles, int? SiteId, LocalDate? Through, Guid? ActorId)
{
    private static readonly LocalDatePattern day = LocalDatePattern.Iso;

    public string Written => string.Create(CultureInfo.InvariantCulture,
        $"{Change}\n{string.Join(',', Roles)}\n{SiteId}\n{(Through is { } last ? day.Format(last) : "")}\n{ActorId:N}");

    public static AccessChangeNote? Parse(string? note)
    {
        if (note?.Split('\n') is not [var change, var roles, var site, var through, var actor]
            || !Enum.TryParse<AccessChange>(change, out var known))
            return null;
        return new(
            known,
            [.. roles.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<Role>)],
            int.TryParse(site, NumberStyles.None, CultureInfo.InvariantCulture, out var siteId) ? siteId : null,
            day.Parse(through) is { Success: true, Value: var last } ? last : null,
            Guid.TryParseExact(actor, "N", out var id) ? id : null);
    }
}

internal static class AccessChangeNotifications
{
    extension(HubDb db)
    {
        /// <summary>Notifies the member, in the caller's transaction; disabled members, too.</summary>
        public void TellAccessChanged(Member member, AccessChangeNote note, Instant now) => db.Write(Notification.To(
            Recipient.Of(member), MemberNotifications.AccessChanged, Member.Subject.Of(member.Id), now, revision: $"{Guid.NewGuid():N}",
            note: note.Written));
    }
}
