using System.Globalization;
using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Organisations;

namespace DigiHub.Memberships;

/// <summary>A change of somebody's membership by somebody else.</summary>
public enum MembershipChange { Added, MadeAdministrator, MadeMember, Ended, OrganisationRetired }

/// <summary>What the notification about it tells, as its Note carries it.</summary>
/// <param name="BookingsCancelled">How many were cancelled with it.</param>
public sealed record MembershipChangeNote(MembershipChange Change, int BookingsCancelled = 0)
{
    /// <summary>The colleague whose bookings they are now; null: nobody.</summary>
    public Guid? HandedOverTo { get; init; }

    /// <summary>By start; of a Note that is read those for which there was room.</summary>
    public IReadOnlyList<BookingThen> HandedOver { get; init; } = [];

    /// <summary>How many there were in all.</summary>
    public int HandedOverCount { get => field == 0 ? HandedOver.Count : field; private init; }

    public string Written
    {
        get
        {
            var written = string.Create(CultureInfo.InvariantCulture, $"{Change}\n{BookingsCancelled}");
            if (HandedOverTo is not { } to || HandedOver.Count == 0)
                return written;
            written += string.Create(CultureInfo.InvariantCulture, $"\n{to:N} {HandedOverCount}");
            foreach (var line in HandedOver.Select(one => "\n" + one.Written))
            {
                if (written.Length + line.Length > Notification.NoteMax)
                    break;
                written += line;
            }

            return written;
        }
    }

    public static MembershipChangeNote? Parse(string? note)
    {
        if (note?.Split('\n') is not [var change, var count, .. var more] || !Enum.TryParse<MembershipChange>(change, out var known)
            || !int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var cancelled))
            return null;
        return more is [var handedOver, .. var lines] && handedOver.Split(' ') is [var to, var all]
            && Guid.TryParseExact(to, "N", out var toId)
            && int.TryParse(all, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? new(known, cancelled)
                {
                    HandedOverTo = toId,
                    HandedOver = [.. lines.Select(BookingThen.Parse).OfType<BookingThen>()],
                    HandedOverCount = number,
                }
                : new(known, cancelled);
    }
}

/// <summary>What people are told about their organisation and theirs about them.</summary>
public static class MembershipNotifications
{
    /// <summary>Somebody else added the member to an organisation, took them out or changed their role in it.</summary>
    public static readonly NotificationType Changed = new(
        "membership_changed", NotificationClass.Transactional,
        words: new("Membership changed", "Zugehörigkeit geändert"),
        occasion: new(
            "because your membership of an organisation changed", "weil sich Ihre Zugehörigkeit zu einer Organisation geändert hat",
            "weil sich deine Zugehörigkeit zu einer Organisation geändert hat"));
}

internal static class MembershipTold
{
    extension(HubDb db)
    {
        /// <summary>Notifies the member, in the caller's transaction, of what somebody else did; nothing where it was themselves.</summary>
        public void TellMembershipChanged(
            Member member, Membership membership, MembershipChangeNote note, Guid? actorId, Instant now)
        {
            if (member.Id == actorId || member.DisabledAt is not null)
                return;
            db.Write(Notification.To(Recipient.Of(member), MembershipNotifications.Changed, Membership.Subject.Of(membership.Id), now,
                revision: $"{Guid.NewGuid():N}", note: note.Written));
        }

        /// <summary>Ends a membership that stands. Another one of the member becomes home in its place.</summary>
        public async Task EndMembership(Membership membership, Guid? actorId, Instant now, CancellationToken stop)
        {
            var wasHome = membership.IsHome;
            membership.End(now);
            db.Record(now, actorId, MembershipActs.Ended, membership.Id, onBehalfOf: membership.MemberId);
            await db.EndDelegationsWith(membership, stop);
            if (!wasHome)
                return;
            await db.SaveChangesAsync(stop); // one is home at a time
            var (memberId, endedId) = (membership.MemberId, membership.Id);
            var next = await db.Memberships.Standing().Where(one => one.MemberId == memberId && one.Id != endedId)
                .OrderBy(one => one.JoinedAt).FirstOrDefaultAsync(stop);
            if (next is not null)
                next.IsHome = true;
        }

        /// <summary>
        /// The member's new membership, home if it is their first; the one that stands if there is one. Under LockKey.OfAccess.
        /// Refuses with organisation_retired and organisation_full.
        /// </summary>
        public async Task<Outcome<Membership>> JoinOrganisation(
            Guid memberId, int organisationId, MembershipRole role, Guid? actorId, Instant now, CancellationToken stop)
        {
            if (await db.Organisations.AnyAsync(one => one.Id == organisationId && one.RetiredAt != null, stop))
                return OrganisationRules.Retired;
            var own = await db.Memberships.Standing().Where(one => one.MemberId == memberId).ToListAsync(stop);
            if (own.Find(one => one.OrganisationId == organisationId) is { } known)
                return known;
            if (await db.Memberships.Standing().CountAsync(one => one.OrganisationId == organisationId, stop) >= Organisation.PeopleMax)
                return OrganisationRules.Full;

            return db.NewMembership(memberId, organisationId, role, isHome: own.Count == 0, actorId, now);
        }

        /// <summary>For who has checked that the member does not belong there and that the organisation takes people.</summary>
        public Membership NewMembership(
            Guid memberId, int organisationId, MembershipRole role, bool isHome, Guid? actorId, Instant now)
        {
            var membership = Membership.Of(memberId, organisationId, now, role, isHome);
            db.Memberships.Add(membership);
            db.Record(now, actorId, MembershipActs.Created, membership.Id, role.ToString(), onBehalfOf: memberId);
            return membership;
        }
    }
}
