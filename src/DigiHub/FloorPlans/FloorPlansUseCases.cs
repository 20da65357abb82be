using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.FloorPlans;

/// <summary>Use cases of drawing and publishing the plans of floors.</summary>
internal static class FloorPlansUseCases
{
    public static void AddFloorPlans(this IServiceCollection services)
    {
        services.AddSingleton<EditedPlans>();
        services.AddSingleton<SavePlan>();
        services.AddSingleton<PublishPlan>();
        services.AddSingleton<BringBackPlan>();
        services.AddSingleton<SetPlanPicture>();
        services.AddSingleton<PlanPictures>();
    }
}
