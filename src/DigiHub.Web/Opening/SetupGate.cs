using DigiHub.Opening;
using DigiHub.Web.Layout;
using Microsoft.AspNetCore.Components.Endpoints;

namespace DigiHub.Web.Opening;

/// <summary>
/// As long as nobody ever administrated the hub, each of its pages leads to the set-up page; the legal ones stay readable. The API, files
/// and probes answer as ever.
/// </summary>
internal static class SetupGate
{
    public static void UseSetupGate(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (context.GetEndpoint()?.Metadata is { } page && page.GetMetadata<ComponentTypeMetadata>() is not null
            && page.GetMetadata<BeforeSetUpAttribute>() is null
            && !await context.RequestServices.GetRequiredService<SetupState>().HasHadAdministrator(context.RequestAborted))
        {
            context.Response.Redirect(Paths.SetUp);
            return;
        }

        await next(context);
    });
}
