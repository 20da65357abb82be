using System.CommandLine;
using DigiHub.Demo;

namespace DigiHub.Web.Cli;

internal static class SeedCommand
{
    public static Command Make(Launch launch)
    {
        var demo = new Command("demo", "Fills an empty hub with made-up sites, members, bookings and events.");
        demo.SetAction((parsed, stop) => DatabaseAtHand.Act(parsed, launch, async hub =>
        {
            var outcome = await hub.GetRequiredService<SeedDemo>().Run(stop);
            return Answer.Tell(outcome, counts =>
                $"Put in {counts.Sites} sites, {counts.Spaces} spaces, {counts.Members} members, {counts.Bookings} bookings, {counts.Events} events.");
        }, stop));
        return new Command("seed", "Puts data into the hub.") { demo };
    }
}
