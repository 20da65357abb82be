using System.CommandLine;
using DigiHub.Opening;

namespace DigiHub.Web.Cli;

/// <summary>"open": the last step of setting a hub up, as the button on the page of set-up does it.</summary>
internal static class OpenCommand
{
    public static Command Make(Launch launch)
    {
        var open = new Command("open", "Open the hub, once its imprint is complete and it has a site: events can then be published.");
        open.SetAction((parsed, stop) => ExistingDatabase.Act(parsed, launch, async hub => Answer.Tell(
            await hub.GetRequiredService<OpenHub>().Run(
                actorId: null, (await hub.GetRequiredService<Imprint>().Get(stop)).IsComplete, stop),
            isNew => isNew ? "The hub is open." : "The hub was open already."), stop));
        return open;
    }
}
