using Microsoft.Extensions.Logging.Console;

namespace DigiHub.Web.Operations;

/// <summary>
/// What is logged, and how: acts of the hub with ids, warnings and errors; one line of JSON each, for log collectors,
/// or plain lines while developing. No addresses of requests (they may hold the secret of a ticket or feed) and no names.
/// </summary>
internal static class Logs
{
    public static void AddLogs(this WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        if (builder.Environment.IsDevelopment())
        {
            builder.Logging.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.TimestampFormat = "HH:mm:ss ";
            });
        }
        else
        {
            builder.Logging.AddJsonConsole(console =>
            {
                console.UseUtcTimestamp = true;
                console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
                console.IncludeScopes = false; // the scopes of a request name its address
            });
        }

        builder.Logging.SetMinimumLevel(LogLevel.Information);
        // The framework logs each request with its address, each statement and each job: too much, and secrets among it.
        foreach (var talker in new[] { "Microsoft", "System", "Hangfire", "Npgsql" })
            builder.Logging.AddFilter(talker, LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
        // Constraint violations are expected (a taken slot, a second registration) and handled by the code.
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore.Database.Command", LogLevel.Critical);
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore.Update", LogLevel.Critical);
    }
}
