using DigiHub.Data;
using DigiHub.Letters;
using DigiHub.Operations;
using DigiHub.Web.Account;
using DigiHub.Web.Bookings;
using DigiHub.Web.Letters;
using DigiHub.Web.Operations;
using DigiHub.Web.Registrations;
using DigiHub.Web.Reminders;
using DigiHub.Web.Returns;
using DigiHub.Web.Sites;
using MailKit.Net.Smtp;

namespace DigiHub.Web;

/// <summary>Letters: who writes them, by which post they go, who signals for them.</summary>
public static class LettersSetup
{
    public static void AddLetters(this IServiceCollection services, MailSettings mail)
    {
        services.AddSingleton<ILetterAuthor, SignInLetters>();
        services.AddSingleton<ILetterAuthor, AccountAddressLetters>();
        services.AddSingleton<ILetterAuthor, TokenLetters>();
        services.AddSingleton<ILetterAuthor, BookingLetters>();
        services.AddSingleton<ILetterAuthor, RegistrationLetters>();
        services.AddSingleton<ILetterAuthor, DigestLetters>();
        services.AddSingleton<ILetterAuthor, AddressLetters>();
        services.AddSingleton<ILetterAuthor, ClosureLetters>();
        services.AddSingleton<ILetterAuthor, AlarmLetters>();
        services.AddSingleton<LetterLinks>();
        services.AddSingleton<LetterRenderer>();
        services.AddSingleton<LetterMessages>();
        services.AddSingleton<LetterPreviews>();
        services.AddSingleton<PickupPost>();
        services.AddSingleton<PickupFolder>();
        services.AddSingleton<LetterGallery>();
        services.AddSingleton<Func<LetterClient>>(() => new LetterClient());
        services.AddSingleton<SmtpConnections>();
        services.AddSingleton<DkimSigning>();
        services.AddSingleton<SmtpPost>();
        services.AddSingleton<TestMail>();
        services.AddReturns();
        services.AddSingleton<IPost>(provider => mail.Mode == MailMode.Smtp
            ? provider.GetRequiredService<SmtpPost>()
            : provider.GetRequiredService<PickupPost>());
        services.AddSingleton(new DeliveryPace
        {
            AtOnce = mail.Connections,
            PerMinute = mail.Mode == MailMode.Smtp ? mail.PerMinute : 0,
            PerMinuteAndDomain = mail.Mode == MailMode.Smtp ? mail.PerMinuteAndDomain : 0,
            HandOverLife = Duration.FromSeconds(mail.UncertainAfterSeconds),
            ClaimLife = Duration.FromSeconds(Math.Min(120, mail.UncertainAfterSeconds)),
        });
        services.AddSingleton(new RelayReach(mail.Mode != MailMode.Smtp || mail.SmtpUtf8));
        services.AddSingleton(new AlarmManners { LagMax = Duration.FromMinutes(mail.LateAfterMinutes), ReadsReturns = mail.Returns.IsOn });
        services.AddSingleton(new LetterKeeping { ByName = Duration.FromDays(mail.KeepDays) });
        services.AddSingleton<PrometheusText>();
        services.AddSingleton<TidyPickup>();
        services.AddSingleton<JobTrigger>();
        services.AddSingleton<IJobSignal>(provider => provider.GetRequiredService<JobTrigger>());
        services.AddHostedService(provider => provider.GetRequiredService<JobTrigger>());
    }
}
