using DigiHub.Web.Notifications;

namespace DigiHub.Web.Operations;

/// <summary>Operations: the author of alarms.</summary>
public static class OperationsSetup
{
    public static void AddOperations(this IServiceCollection services)
    {
        services.AddSingleton<IEmailAuthor, AlarmEmails>();
    }
}
