using DigiHub.Activity;

namespace DigiHub.Bookings.Proposals;

/// <summary>What is done to proposals of swapping bookings and handing them over.</summary>
public static class ProposalActs
{
    public static readonly Act<Guid> SwapProposed = BookingProposal.Subject.Act("swap_proposed");

    public static readonly Act<Guid> HandOverProposed = BookingProposal.Subject.Act("hand_over_proposed");

    public static readonly Act<Guid> Accepted = BookingProposal.Subject.Act("accepted");

    public static readonly Act<Guid> Declined = BookingProposal.Subject.Act("declined");

    public static readonly Act<Guid> Withdrawn = BookingProposal.Subject.Act("withdrawn");

    /// <summary>Nobody answered in time, or a booking is no longer as it was.</summary>
    public static readonly Act<Guid> Lapsed = BookingProposal.Subject.Act("lapsed");
}
