using DigiHub.Operations;
using DigiHub.Web.Notifications;

namespace DigiHub.Web.Operations;

/// <summary>Operations: when something is an alarm, and the author of alarms.</summary>
public static class OperationsSetup
{
    public static void AddOperations(this IServiceCollection services, HubSettings settings)
    {
        services.AddSingleton(new AlarmOptions
        {
            LagMax = Duration.FromMinutes(settings.Mail.LateAfterMinutes),
            ReadsInbound = settings.Mail.Inbound.IsOn,
            BackupAgeMax = settings.Backup.AgeMax,
        });
        services.AddSingleton<IEmailAuthor, AlarmEmails>();
        services.AddSingleton<JobsNow>();
        services.AddSingleton<SettingsInForce>();
    }
}
