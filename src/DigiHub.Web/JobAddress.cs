using System.Globalization;
using Hangfire;
using Hangfire.AspNetCore;
using Microsoft.Extensions.Options;

namespace DigiHub.Web;

/// <summary>
/// Jobs keep German sentences, too, such as what is wrong with a row of an import: in the form of address of this hub. Not a filter of
/// Hangfire, for those are the same for all hubs of a process.
/// </summary>
internal sealed class JobAddress(IServiceScopeFactory scopes, IOptions<HubSettings> settings) : AspNetCoreJobActivator(scopes)
{
    public override JobActivatorScope BeginScope(JobActivatorContext context)
    {
        CultureInfo.CurrentUICulture = Languages.Here.Culture(settings.Value.FormOfAddress);
        return base.BeginScope(context);
    }
}
