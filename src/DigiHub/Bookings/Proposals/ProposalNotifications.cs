using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Notifications;

namespace DigiHub.Bookings.Proposals;

/// <summary>What members are told about proposals.</summary>
public static class ProposalNotifications
{
    public static readonly NotificationType SwapProposed = new(
        "swap_proposed", NotificationClass.Transactional,
        words: new("Question: swap bookings?", "Frage: Buchungen tauschen?"),
        occasion: new("because someone would like to swap bookings with you", "weil jemand mit Ihnen eine Buchung tauschen möchte",
            "weil jemand mit dir eine Buchung tauschen möchte"));

    public static readonly NotificationType HandOverProposed = new(
        "hand_over_proposed", NotificationClass.Transactional,
        words: new("Question: take over a booking?", "Frage: Buchung übernehmen?"),
        occasion: new("because a colleague would like to hand over a booking to you",
            "weil Ihnen jemand aus Ihrer Organisation eine Buchung übergeben möchte",
            "weil dir jemand aus deiner Organisation eine Buchung übergeben möchte"));

    /// <summary>To who asked: it was declined, or nobody answered.</summary>
    public static readonly NotificationType Ended = new(
        "proposal_ended", NotificationClass.Transactional,
        words: new("No swap or hand-over", "Kein Tausch, keine Übergabe"),
        occasion: new("because you asked to swap or hand over a booking", "weil Sie eine Buchung tauschen oder übergeben wollten",
            "weil du eine Buchung tauschen oder übergeben wolltest"));
}

/// <summary>A question is sent only as long as it can be answered.</summary>
internal sealed class ProposalNotificationCheck : INotificationCheck
{
    public bool Concerns(NotificationType type) => type.IsOneOf(
        ProposalNotifications.SwapProposed, ProposalNotifications.HandOverProposed, ProposalNotifications.Ended);

    public async Task<NotificationReason?> WhyNot(HubDb db, Notification notification, Instant now, CancellationToken stop)
    {
        var id = notification.SubjectId;
        if (notification.MemberId is { } memberId && !await db.Members.AnyAsync(one => one.Id == memberId && one.DisabledAt == null, stop))
            return NotificationReason.Gone;
        if (await db.BookingProposals.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, stop) is not { } proposal)
            return NotificationReason.Gone;
        if (notification.Type == ProposalNotifications.Ended)
            return null;
        return proposal.Status != ProposalStatus.Open ? NotificationReason.Changed
            : proposal.IsOpenAt(now) ? null
            : NotificationReason.Past;
    }
}
