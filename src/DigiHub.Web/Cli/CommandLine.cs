using System.CommandLine;

namespace DigiHub.Web.Cli;

/// <summary>
/// The commands of the program. Without one it serves. Exit codes follow sysexits.h, so that a service manager can tell a
/// mistake in the settings (do not try again) from a database that is down (do).
/// </summary>
internal static class CommandLine
{
    public const int Ok = 0;
    public const int Refused = 1;
    public const int Usage = 64;
    public const int Unavailable = 69;
    public const int ComeLater = 75;
    public const int BadSettings = 78;

    public static async Task<int> Run(string[] args)
    {
        var config = new Option<FileInfo?>("--config")
        {
            Description = "A JSON file with settings, as appsettings.example.json explains them. Also by the environment variable DIGIHUB_CONFIG.",
            Recursive = true,
        };
        var root = new RootCommand("DigiHub: desks, rooms and events of Berlin's two digital hubs. Without a command it serves.")
        {
            ServeCommand.Make(config),
            MigrateCommand.Make(config),
            SeedCommand.Make(config),
            MemberCommand.Make(config),
            TokenCommand.Make(config),
            MailCommand.Make(config),
            DoctorCommand.Make(config),
        };
        root.Options.Add(config);
        ServeCommand.ActBy(root, config);

        // Exceptions of our own are answered below; what else is thrown is a bug, and its trace belongs into the log.
        var parsed = root.Parse(args);
        try
        {
            var code = await parsed.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null, // the host itself ends in order when it is told to, and then with 0
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
