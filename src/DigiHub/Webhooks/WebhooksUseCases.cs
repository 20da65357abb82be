using DigiHub.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DigiHub.Webhooks;

/// <summary>Use cases of webhooks.</summary>
internal static class WebhooksUseCases
{
    public static void AddWebhooks(this IServiceCollection services)
    {
        services.AddSingleton<IBeforeCommit, WriteWebhooks>();
        services.AddSingleton<WebhookText>();
        services.AddSingleton<WebhookTypes>();
        services.AddSingleton<WebhookEndpoints>();
        services.AddSingleton<WebhooksNow>();
        services.AddSingleton<WebhookMeter>();
        services.AddScoped<DeliverWebhooks>();
        services.AddScoped<ForgetWebhooks>();
        services.TryAddSingleton(new WebhookOptions(new Uri("http://localhost/")));
    }
}
