using DigiHub.Access;
using DigiHub.Notifications;
using DigiHub.Web.Account;
using DigiHub.Web.Notifications;
using DigiHub.Web.Reader;
using DigiHub.Webhooks;
using Microsoft.AspNetCore.Mvc;

namespace DigiHub.Web.Webhooks;

/// <summary>Webhooks: their transport, and the buttons of their pages.</summary>
public static class WebhooksSetup
{
    public static void AddWebhooks(this IServiceCollection services, HubSettings settings)
    {
        services.AddSingleton(new WebhookOptions(settings.PublicUrl) { Kept = Duration.FromDays(settings.Webhooks.KeepDays) });
        services.AddSingleton(new WebhookTrust());
        services.AddSingleton<EgressGuard>();
        services.AddSingleton<IWebhookSender, WebhookSender>();
        services.AddSingleton<IEmailAuthor, WebhookEmails>();
    }

    public static void MapWebhooks(this IEndpointRouteBuilder routes)
    {
        var webhooks = routes.MapGroup("/webhooks/{id:guid}").RequireAuthorization(nameof(Permission.ManageWebhooks));
        // [FromForm] makes the framework validate the antiforgery token; these forms have no other fields.
        webhooks.MapPost("/ping", async (Guid id, [FromForm(Name = "_")] string? _, HttpContext http, WebhookEndpoints endpoints) =>
            Back(id, await endpoints.Ping(Me(http), id, http.RequestAborted)));
        webhooks.MapPost("/stop", async (Guid id, [FromForm(Name = "_")] string? _, HttpContext http, WebhookEndpoints endpoints) =>
            Back(id, await endpoints.Stop(Me(http), id, http.RequestAborted)));
        webhooks.MapPost("/resume", async (Guid id, [FromForm(Name = "_")] string? _, HttpContext http, WebhookEndpoints endpoints) =>
            Back(id, await endpoints.Resume(Me(http), id, http.RequestAborted)));
        webhooks.MapPost("/remove", async (Guid id, [FromForm(Name = "_")] string? _, HttpContext http, WebhookEndpoints endpoints) =>
            (await endpoints.Remove(Me(http), id, http.RequestAborted)).IsDone
                ? Results.LocalRedirect(Paths.Webhooks + "?done=removed")
                : Results.NotFound());
        webhooks.MapPost("/deliveries/{deliveryId:guid}/again",
            async (Guid id, Guid deliveryId, [FromForm(Name = "_")] string? _, HttpContext http, WebhookEndpoints endpoints) =>
                Back(id, await endpoints.Redeliver(Me(http), deliveryId, http.RequestAborted)));
    }

    private static Guid Me(HttpContext http) => http.User.MemberId()!.Value;

    private static IResult Back(Guid id, Outcome<Guid> outcome) =>
        outcome.IsDone || outcome.Refusal.IsTransient ? Results.LocalRedirect(Paths.Webhook(id)) : Results.NotFound();
}
