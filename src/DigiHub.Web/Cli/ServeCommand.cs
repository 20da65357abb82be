using System.CommandLine;
using DigiHub.Web.Operations;

namespace DigiHub.Web.Cli;

internal static class ServeCommand
{
    public static Command Make(Option<FileInfo?> config)
    {
        var command = new Command("serve", "Brings the database up to date and serves the hub (the default).");
        ActBy(command, config);
        return command;
    }

    public static void ActBy(Command command, Option<FileInfo?> config)
    {
        var urls = new Option<string?>("--urls") { Description = "Where to listen, such as http://localhost:5001; several by semicolons." };
        var settings = new Argument<string[]>("settings")
        {
            Description = "Settings for this run alone: DigiHub:Demo=true",
            Arity = ArgumentArity.ZeroOrMore,
        };
        settings.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => !IsSetting(token.Value)))
                result.AddError($"'{token.Value}' is no command and no setting. Settings look like DigiHub:Demo=true; --help lists the commands.");
        });
        command.Options.Add(urls);
        command.Arguments.Add(settings);
        command.SetAction(async (parsed, stop) =>
        {
            string[] overrides = [.. (parsed.GetValue(settings) ?? []).Select(setting => "--" + setting.TrimStart('-'))];
            if (parsed.GetValue(urls) is { } addresses)
                overrides = [.. overrides, "--urls=" + addresses];
            await Serve(HubBuilder.New(parsed, config, overrides));
            return CommandLine.Ok;
        });
    }

    private static bool IsSetting(string token) =>
        token.Contains('=', StringComparison.Ordinal) && token.TrimStart('-').Split(':')[0] is HubSettings.Section or "Kestrel" or "Logging";

    private static async Task Serve(WebApplicationBuilder builder)
    {
        builder.AddLogs();
        builder.AddHub();
        await using var app = builder.Build();
        await app.PrepareHub();
        app.UseHub();
        await app.RunAsync();
    }
}
