using System.CommandLine;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;

namespace DigiHub.Web.Cli;

/// <summary>Puts the hub together for any command: the same settings, the same services.</summary>
internal static class HubBuilder
{
    private const string ConfigVariable = "DIGIHUB_CONFIG";

    public static WebApplicationBuilder New(ParseResult parsed, Launch launch)
    {
        string[] overrides = parsed.GetValue(launch.Urls) is { } addresses
            ? [.. launch.Settings, "--urls=" + addresses]
            : [.. launch.Settings];
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = overrides,
            ApplicationName = typeof(HubBuilder).Assembly.GetName().Name,
            // Started from anywhere, a published hub finds its own files beside it.
            ContentRootPath = Directory.Exists("wwwroot") ? Directory.GetCurrentDirectory() : AppContext.BaseDirectory,
        });
        AddConfigFile(builder.Configuration, parsed.GetValue(launch.Config)?.FullName
            ?? Environment.GetEnvironmentVariable(ConfigVariable));
        return builder;
    }

    /// <summary>The hub for a command that does one thing and ends: no hosted service starts, and only warnings are logged.</summary>
    public static WebApplication ForOneAct(ParseResult parsed, Launch launch)
    {
        var builder = New(parsed, launch);
        builder.Logging.ClearProviders().AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning);
        // an unreachable database is the command's own error message
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Critical);
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console =>
            console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.AddHub();
        return builder.Build();
    }

    // Overrides the files beside the program; environment and command line override it.
    private static void AddConfigFile(ConfigurationManager configuration, string? path)
    {
        if (string.IsNullOrEmpty(path))
            return;
        if (!File.Exists(path))
            throw new BadSettingsException([$"Settings file not found: {path} (--config or {ConfigVariable})."]);

        var file = new JsonConfigurationSource { Path = Path.GetFullPath(path), Optional = false, ReloadOnChange = false };
        file.ResolveFileProvider();
        var sources = ((IConfigurationBuilder)configuration).Sources;
        var environment = sources.Select((source, index) => (source, index))
            .Last(one => one.source is EnvironmentVariablesConfigurationSource { Prefix: null or "" }).index;
        try
        {
            sources.Insert(environment, file);
        }
        catch (InvalidDataException malformed)
        {
            throw new BadSettingsException(
                [$"Settings file {path} is not valid JSON: {malformed.InnerException?.Message ?? malformed.Message}"]);
        }
    }
}
