using DigiHub.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace DigiHub.Bench;

/// <summary>The hub's own parts in this process, for what is measured without requests.</summary>
internal static class InsideHub
{
    /// <param name="settings">Below the section DigiHub.</param>
    public static WebApplication On(BenchDatabase database, params IEnumerable<(string Key, string Value)> settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(HubSettings).Assembly.GetName().Name,
            EnvironmentName = "Production",
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Configuration.AddInMemoryCollection(
            settings.Append(database.Setting).Append(("PublicUrl", "http://localhost:5000")).Append(("Jobs:Workers", "0"))
                .Select(pair => KeyValuePair.Create<string, string?>("DigiHub:" + pair.Item1, pair.Item2)));
        builder.AddHub();
        builder.Logging.ClearProviders().AddSimpleConsole().SetMinimumLevel(LogLevel.Warning);
        return builder.Build();
    }
}
