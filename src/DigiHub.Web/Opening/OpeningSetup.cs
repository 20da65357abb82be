using DigiHub.Opening;
using DigiHub.Web.Components;
using Microsoft.Extensions.Options;

namespace DigiHub.Web.Opening;

/// <summary>From an empty database to an open hub.</summary>
internal static class OpeningSetup
{
    public static void AddOpening(this IServiceCollection services)
    {
        services.AddSingleton<Imprint>();
        services.AddSingleton<SetupSteps>();
    }

    /// <summary>
    /// Prints the code that the set-up page asks for, as long as nobody ever administrated the hub: who can read the program's output may
    /// become its first administrator, nobody else.
    /// </summary>
    public static async Task PrintSetupCode(this WebApplication app, CancellationToken stop)
    {
        if (await app.Services.GetRequiredService<MakeSetupCode>().Run(stop) is not { } code)
            return;
        var address = new Uri(app.Services.GetRequiredService<IOptions<HubSettings>>().Value.PublicUrl, Paths.SetUp);
        app.Logger.LogInformation(
            "Nobody looks after this hub yet. Open {Address} and enter this code within an hour: {Code}", address, code);
    }
}
