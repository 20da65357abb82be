using System.CommandLine;
using DigiHub.Data;
using DigiHub.Demo;

namespace DigiHub.Web.Cli;

internal static class SeedCommand
{
    public static Command Make(Option<FileInfo?> config)
    {
        var demo = new Command("demo", "Fills an empty hub with made-up sites, members, bookings and events.");
        demo.SetAction(async (parsed, stop) =>
        {
            await using var hub = HubBuilder.ForOneAct(parsed, config);
            await hub.Services.GetRequiredService<Migrating>().Run(stop);
            var outcome = await hub.Services.GetRequiredService<SeedDemo>().Run(stop);
            return Answer.Tell(outcome, counts =>
                $"Put in {counts.Sites} sites, {counts.Spaces} spaces, {counts.Members} members, {counts.Bookings} bookings, {counts.Events} events.");
        });
        return new Command("seed", "Puts data into the hub.") { demo };
    }
}
