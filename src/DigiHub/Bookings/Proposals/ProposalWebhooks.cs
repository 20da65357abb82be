using DigiHub.Activity;
using DigiHub.Data;

namespace DigiHub.Bookings.Proposals;

/// <summary>
/// What programs of others are told of proposals: about which booking; never who. What comes of one is told of the bookings.
/// </summary>
internal sealed class ProposalWebhooks : IWebhookSubject
{
    public SubjectKind Kind => BookingProposal.Subject;

    public IReadOnlyList<WebhookType> Types { get; } =
    [
        new("booking.swap_proposed", new("Swap of bookings proposed", "Tausch von Buchungen vorgeschlagen"), ProposalActs.SwapProposed),
        new("booking.hand_over_proposed", new("Hand-over of a booking proposed", "Übergabe einer Buchung vorgeschlagen"),
            ProposalActs.HandOverProposed),
        new("booking.proposal_ended", new("Proposal answered or ended", "Vorschlag beantwortet oder beendet"), ProposalActs.Accepted,
            ProposalActs.Declined, ProposalActs.Withdrawn, ProposalActs.Lapsed),
    ];

    public async Task<WebhookFacts?> Facts(HubDb db, Subject subject, CancellationToken stop)
    {
        if (await db.BookingProposals.FindAsync([subject.Id], stop) is not { } proposal
            || await db.Bookings.FindAsync([proposal.BookingId], stop) is not { } booking)
            return null;
        return new WebhookFacts
        {
            Ids = new Dictionary<string, object> { ["bookingId"] = booking.Id, ["spaceId"] = booking.SpaceId },
            SiteId = booking.SiteId,
            Path = $"/bookings/{booking.Id}",
        };
    }
}
