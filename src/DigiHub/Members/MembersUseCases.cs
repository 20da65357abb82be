using DigiHub.Notifications;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Members;

/// <summary>Use cases of members.</summary>
internal static class MembersUseCases
{
    public static void AddMembers(this IServiceCollection services)
    {
        services.AddSingleton<OneMember>();
        services.AddSingleton<LastChangeBy>();
        services.AddSingleton<SendSignInLink>();
        services.AddSingleton<AskAddressChange>();
        services.AddSingleton<INotificationCheck, AddressChangeCheck>();
        services.AddSingleton<INotificationCheck, MemberAddedCheck>();
        services.AddSingleton<UseSignInLink>();
        services.AddSingleton<EditAccount>();
        services.AddSingleton<ShowPresence>();
        services.AddSingleton<KeepForm>();
        services.AddSingleton<MakeSignInLink>();
        services.AddSingleton<ChooseCalendarAlarm>();
    }
}
