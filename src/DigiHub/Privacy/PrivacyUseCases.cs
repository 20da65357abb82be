using DigiHub.Notifications;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Privacy;

/// <summary>Use cases of data protection.</summary>
internal static class PrivacyUseCases
{
    public static void AddPrivacy(this IServiceCollection services)
    {
        services.AddSingleton<OwnData>();
        services.AddSingleton<AskErasure>();
        services.AddSingleton<TakeBackErasure>();
        services.AddSingleton<ErasePerson>();
        services.AddSingleton<ForgetPast>();
        services.AddSingleton<INotificationCheck, ErasureCheck>();
    }
}
