using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Displays;

/// <summary>Use cases of screens.</summary>
internal static class DisplaysUseCases
{
    public static void AddDisplays(this IServiceCollection services)
    {
        services.AddSingleton<ShowPairingCode>();
        services.AddSingleton<PairDevice>();
        services.AddSingleton<RevokeDevice>();
        services.AddSingleton<KnownDevices>();
        services.AddSingleton<RoomNow>();
        services.AddSingleton<LobbyToday>();
        services.AddSingleton<TakeAtDoor>();
        services.AddSingleton<CheckInAtDoor>();
        services.AddSingleton<EndAtDoor>();
    }
}
