using System.CommandLine;
using System.Globalization;
using DigiHub.Demo;

namespace DigiHub.Web.Cli;

/// <summary>Makes a hub of real people of the demo.</summary>
internal static class DemoCommand
{
    public static Command Make(Launch launch)
    {
        var keep = new Option<bool>("--keep-sites") { Description = "Keep the sites with their hours, floors, desks and rooms." };
        var remove = new Command("remove", "Remove the demo's members, bookings, events and e-mails, and its sites.") { keep };
        remove.SetAction((parsed, stop) => ExistingDatabase.Act(parsed, launch, async hub =>
        {
            var keepsSites = parsed.GetValue(keep);
            return Answer.Tell(await hub.GetRequiredService<RemoveDemo>().Run(keepsSites, stop), removed => string.Create(
                CultureInfo.InvariantCulture,
                $"Removed {removed.Members} members, {removed.Bookings} bookings and {removed.Events} events of the demo; the sites "
                    + $"{(keepsSites ? "stay" : "went, too")}.\nSet DigiHub:Demo to false, and add the first administrator: "
                    + $"'member add --role administrator'."));
        }, stop));
        return new Command("demo", "Turn the demo into a hub of your own.") { remove };
    }
}
