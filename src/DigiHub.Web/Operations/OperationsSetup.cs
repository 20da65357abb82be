using DigiHub.Operations;
using DigiHub.Web.Notifications;
using Microsoft.Extensions.Options;

namespace DigiHub.Web.Operations;

/// <summary>Operations: when something is an alarm, and the author of alarms.</summary>
public static class OperationsSetup
{
    public static void AddOperations(this IServiceCollection services)
    {
        services.AddSingleton<Func<AlarmOptions>>(provider =>
        {
            var settings = provider.GetRequiredService<IOptions<HubSettings>>();
            return () => new AlarmOptions
            {
                LagMax = Duration.FromMinutes(settings.Value.Mail.LateAfterMinutes),
                ReadsInbound = settings.Value.Mail.Inbound.IsOn,
                BackupAgeMax = settings.Value.Backup.AgeMax,
            };
        });
        services.AddSingleton<IEmailAuthor, AlarmEmails>();
        services.AddSingleton<JobsNow>();
        services.AddSingleton<SettingsInForce>();
    }
}
