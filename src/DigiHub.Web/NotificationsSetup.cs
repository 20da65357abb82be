using DigiHub.Data;
using DigiHub.Mail;
using DigiHub.Notifications;
using DigiHub.Web.Account;
using DigiHub.Web.Bookings;
using DigiHub.Web.Calendars;
using DigiHub.Web.Mail;
using DigiHub.Web.Notifications;
using DigiHub.Web.Operations;
using DigiHub.Web.Registrations;
using DigiHub.Web.Reminders;
using DigiHub.Web.Sites;
using MailKit.Net.Smtp;
using Microsoft.Extensions.Options;

namespace DigiHub.Web;

/// <summary>E-mails: rendering, transport and job signals. Their authors are registered by the capabilities.</summary>
public static class NotificationsSetup
{
    public static void AddEmails(this IServiceCollection services, MailSettings mail)
    {
        services.AddSingleton<EmailLinks>();
        services.AddSingleton<EmailRenderer>();
        services.AddSingleton<EmailMessages>();
        services.AddSingleton<EmailPreviews>();
        services.AddSingleton<FolderSender>();
        services.AddSingleton<PickupFolder>();
        services.AddSingleton<EmailGallery>();
        services.AddSingleton<Func<MailClient>>(() => new MailClient());
        services.AddSingleton<SmtpConnections>();
        services.AddSingleton<DkimSigning>();
        services.AddSingleton<SmtpSender>();
        services.AddSingleton<TestMail>();
        services.AddInbound();
        services.AddSingleton<IMailSender>(provider => mail.Mode == MailMode.Smtp
            ? provider.GetRequiredService<SmtpSender>()
            : provider.GetRequiredService<FolderSender>());
        services.AddSingleton(new DeliveryPace
        {
            AtOnce = mail.Connections,
            PerMinute = mail.Mode == MailMode.Smtp ? mail.PerMinute : 0,
            PerMinuteAndDomain = mail.Mode == MailMode.Smtp ? mail.PerMinuteAndDomain : 0,
            HandOverLife = Duration.FromSeconds(mail.UncertainAfterSeconds),
            LeaseLife = Duration.FromSeconds(Math.Min(120, mail.UncertainAfterSeconds)),
        });
        services.AddSingleton(new RelayReach(mail.Mode != MailMode.Smtp || mail.SmtpUtf8));
        services.AddSingleton<Func<NotificationKeeping>>(provider =>
        {
            var settings = provider.GetRequiredService<IOptions<HubSettings>>();
            return () => new NotificationKeeping { ByName = Duration.FromDays(settings.Value.Mail.KeepDays) };
        });
        services.AddSingleton<PrometheusText>();
        services.AddSingleton<TidyPickup>();
        services.AddSingleton<JobTrigger>();
        services.AddSingleton<IJobSignal>(provider => provider.GetRequiredService<JobTrigger>());
        services.AddHostedService(provider => provider.GetRequiredService<JobTrigger>());
    }
}
