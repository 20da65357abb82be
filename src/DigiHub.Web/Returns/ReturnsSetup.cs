using DigiHub.Web.Notifications;
using MailKit.Net.Imap;

namespace DigiHub.Web.Returns;

/// <summary>What comes back of e-mails: the mailbox, and the e-mail and page that ask whether a decline is meant.</summary>
public static class ReturnsSetup
{
    public static void AddReturns(this IServiceCollection services)
    {
        services.AddSingleton<Func<ImapClient>>(() => new ImapClient());
        services.AddSingleton<ReturnedMessages>();
        services.AddSingleton<ReturnsMailbox>();
        services.AddSingleton<ReadReturns>();
        services.AddSingleton<IEmailAuthor, DeclineEmails>();
    }
}
