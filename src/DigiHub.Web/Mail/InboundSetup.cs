using MailKit.Net.Imap;

namespace DigiHub.Web.Mail;

/// <summary>What comes back of e-mails: the mailbox, and the job that reads it.</summary>
public static class InboundSetup
{
    public static void AddInbound(this IServiceCollection services)
    {
        services.AddSingleton<Func<ImapClient>>(() => new ImapClient());
        services.AddSingleton<InboundMessages>();
        services.AddSingleton<InboundMailbox>();
        services.AddSingleton<ReadInbound>();
    }
}
