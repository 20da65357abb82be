using System.CommandLine;
using DigiHub.Web.Operations;

namespace DigiHub.Web.Cli;

internal static class ServeCommand
{
    public static Command Make(Launch launch)
    {
        var command = new Command("serve", "Update the database and serve the hub (default).");
        ActBy(command, launch);
        return command;
    }

    public static void ActBy(Command command, Launch launch)
    {
        var strangers = new Argument<string[]>("settings")
        {
            Description = "Settings for this run only, such as DigiHub:Demo=true.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        // Settings were removed before, so whatever is left is unknown.
        strangers.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
                result.AddError($"'{token.Value}' is neither a command nor a setting. "
                    + "Settings look like DigiHub:Demo=true. --help lists the commands.");
        });
        command.Arguments.Add(strangers);
        command.SetAction(async (parsed, _) =>
        {
            await Serve(HubBuilder.New(parsed, launch));
            return CommandLine.Ok;
        });
    }

    private static async Task Serve(WebApplicationBuilder builder)
    {
        builder.AddLogs();
        builder.AddHub();
        await using var app = builder.Build();
        // Half of the time that a start takes is the database's model: on another core, while the pipeline is put together.
        var prepared = Task.Run(app.PrepareHub);
        try
        {
            app.UseHub();
        }
        finally
        {
            await prepared; // what is wrong with the database is told first, and nothing is left running
        }

        foreach (var doubt in app.Services.GetRequiredService<PublicAddress>().Doubts())
            app.Logger.LogWarning("{Doubt}", doubt);
        app.Lifetime.ApplicationStarted.Register(() => PrivateFiles.OpenSockets(app.Urls));
        await app.RunAsync();
    }
}
