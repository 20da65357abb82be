using Microsoft.Extensions.Logging.Console;

namespace DigiHub.Web.Operations;

/// <summary>
/// What is logged, and how: acts of the hub with ids, warnings and errors; one line of JSON each, for whoever collects them,
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
        // The framework tells of each request with its address, of each statement and each job: too much, and too much in it.
        foreach (var talker in new[] { "Microsoft", "System", "Hangfire", "Npgsql" })
            builder.Logging.AddFilter(talker, LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
        // Refused by the database as a rule of the house says (a taken slot, a second registration): the hub answers for it.
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore.Database.Command", LogLevel.Critical);
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore.Update", LogLevel.Critical);
    }
}
