using System.CommandLine;

namespace DigiHub.Web.Cli;

/// <summary>
/// The commands of the program. Without one it serves. Exit codes follow sysexits.h, so that a service manager can tell a
/// mistake in the settings (do not try again) from a database that is down (do).
/// </summary>
public static class CommandLine
{
    public const int Ok = 0;
    public const int Refused = 1;
    public const int Usage = 64;
    public const int Unavailable = 69;
    public const int ComeLater = 75;
    public const int BadSettings = 78;

    /// <summary>Options after which a word is their value, even where it looks like a setting.</summary>
    private static readonly HashSet<string> withValue = new(StringComparer.Ordinal)
    {
        "--config", "--urls", "--email", "--name", "--role", "--language", "--days", "--since",
        "--street", "--postcode", "--city", "--holidays", "--first-desk", "--room", "--kind", "--site", "--column",
        "--organisation",
    };

    /// <summary>Acts as the arguments say, on this process’s console, and returns the exit code; unknown failures are thrown.</summary>
    public static async Task<int> Run(string[] args)
    {
        var config = new Option<FileInfo?>("--config")
        {
            Description =
                "JSON file with settings (see appsettings.example.json). Can also be set with the environment variable DIGIHUB_CONFIG.",
            Recursive = true,
        };
        var urls = new Option<string?>("--urls")
        {
            Description = "Addresses to listen on, such as http://localhost:5001. Separate several with semicolons.",
            Recursive = true, // before the command or after it
        };
        var (settings, words) = Launch.Part(args, withValue);
        var launch = new Launch(config, urls, settings);
        var root = new RootCommand("DigiHub: desks, rooms and events of a hub with one site or more. Without a command, "
            + "it serves the hub. Settings for this run only, such as DigiHub:DataFolder=/srv/hub, can go before or after any command.")
        {
            ServeCommand.Make(launch),
            MigrateCommand.Make(launch),
            SeedCommand.Make(launch),
            DemoCommand.Make(launch),
            SiteCommand.Make(launch),
            OpenCommand.Make(launch),
            OrganisationCommand.Make(launch),
            InviteCommand.Make(launch),
            ImportCommand.Make(launch),
            ImportCommand.MakeExport(launch),
            MemberCommand.Make(launch),
            TokenCommand.Make(launch),
            MailCommand.Make(launch),
            BackupCommand.Make(launch),
            RestoreCommand.Make(launch),
            SettingsCommand.Make(launch),
            DoctorCommand.Make(launch),
        };
        foreach (var command in PersonCommands.Make(launch))
            root.Subcommands.Add(command);
        root.Options.Add(config);
        root.Options.Add(urls);
        ServeCommand.ActBy(root, launch);

        // Known exceptions are handled below; anything else is a bug, and its trace belongs in the log.
        var parsed = root.Parse(words);
        try
        {
            var code = await parsed.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null, // the host shuts down gracefully by itself, with exit code 0
            });
            return parsed.Errors.Count > 0 ? Usage : code;
        }
        catch (Exception exception) when (Failure.Of(exception) is { } failure)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return failure.ExitCode;
        }
    }
}
