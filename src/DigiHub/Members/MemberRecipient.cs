using DigiHub.Notifications;

namespace DigiHub.Members;

public static class MemberRecipient
{
    extension(Recipient)
    {
        public static Recipient Of(Member member) => new(member.Name, member.Email, member.Language, member.Id);
    }
}
