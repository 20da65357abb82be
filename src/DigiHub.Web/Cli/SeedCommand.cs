using System.CommandLine;
using DigiHub.Demo;

namespace DigiHub.Web.Cli;

internal static class SeedCommand
{
    public static Command Make(Launch launch)
    {
        var demo = new Command("demo", "Fill an empty hub with sample sites, members, bookings and events.");
        demo.SetAction((parsed, stop) => ExistingDatabase.Act(parsed, launch, async hub =>
        {
            var outcome = await hub.GetRequiredService<SeedDemo>().Run(stop);
            return Answer.Tell(outcome, counts =>
                $"Added {counts.Sites} sites, {counts.Spaces} desks and rooms, {counts.Members} members, "
                    + $"{counts.Bookings} bookings and {counts.Events} events.");
        }, stop));
        return new Command("seed", "Add data to the hub.") { demo };
    }
}
