using DigiHub.Web.Notifications;

namespace DigiHub.Web.Privacy;

/// <summary>Data protection: the author of the e-mail with which one can come back.</summary>
public static class PrivacySetup
{
    public static void AddPrivacy(this IServiceCollection services) => services.AddSingleton<IEmailAuthor, ErasureEmails>();
}
