using DigiHub.Opening;
using DigiHub.Spaces;
using DigiHub.Web.Components;
using DigiHub.Web.Security;
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

    public static void MapOpening(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/logo/{hash}", Logo).AllowAnonymous().WithMetadata(SameForEverybody.Mark);

    /// <summary>For an img; opened by its own address it is in a sandbox where nothing may load.</summary>
    private static async Task<IResult> Logo(string hash, HttpContext http, SetLogo logo)
    {
        if (hash.Length != PlanPicture.HashLength || await logo.Find(hash, http.RequestAborted) is not { } picture)
            return Results.NotFound();
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable"; // its name changes with its bytes
        return Results.Bytes(picture.Bytes, picture.MediaType);
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
