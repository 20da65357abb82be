using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Setup;

/// <summary>Use cases of setting up sites and what can be booked there.</summary>
internal static class SetupUseCases
{
    public static void AddSetup(this IServiceCollection services)
    {
        services.AddSingleton<AddSite>();
        services.AddSingleton<AddSpaces>();
        services.AddSingleton<EditSite>();
        services.AddSingleton<ChangeHours>();
        services.AddSingleton<SetSpecialHours>();
        services.AddSingleton<OutsideHours>();
        services.AddSingleton<EditSpaces>();
        services.AddSingleton<EditRuleSets>();
        services.AddSingleton<EditPools>();
        services.AddSingleton<EditParts>();
        services.AddSingleton<RetireSite>();
        services.AddSingleton<CancelOutside>();
        services.AddSingleton<PlanRetirement>();
        services.AddSingleton<RetireSpaces>();
    }
}
