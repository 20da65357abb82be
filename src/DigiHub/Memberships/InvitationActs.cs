using DigiHub.Activity;

namespace DigiHub.Memberships;

/// <summary>What is done to invitations.</summary>
public static class InvitationActs
{
    public static readonly Act<Guid> Sent = Invitation.Subject.Act("sent");
    public static readonly Act<Guid> Renewed = Invitation.Subject.Act("renewed");
    public static readonly Act<Guid> Withdrawn = Invitation.Subject.Act("withdrawn");
    public static readonly Act<Guid> Accepted = Invitation.Subject.Act("accepted");
    public static readonly Act<Guid> AskedAgain = Invitation.Subject.Act("asked_again");
}
