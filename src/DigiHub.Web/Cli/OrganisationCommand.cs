using System.CommandLine;
using DigiHub.Memberships;
using DigiHub.Organisations;

namespace DigiHub.Web.Cli;

/// <summary>Adds organisations, for those who write the set-up of a hub into a script.</summary>
internal static class OrganisationCommand
{
    public static Command Make(Launch launch) => new("organisation", "Manage organisations.") { Add(launch) };

    private static Command Add(Launch launch)
    {
        var name = new Option<string>("--name") { Description = "Name as people know it.", Required = true };
        var kind = new Option<string>("--kind")
        {
            Description = "start_up, company, mittelstand, research or a kind of the hub's own.",
            DefaultValueFactory = _ => OrganisationKind.Company,
        };
        var add = new Command("add", "Add an organisation.") { name, kind };
        add.SetAction((parsed, stop) => ExistingDatabase.Act(parsed, launch, async hub => Answer.Tell(
            await hub.GetRequiredService<AddOrganisation>().Run(
                actorId: null, parsed.GetRequiredValue(name), parsed.GetRequiredValue(kind), stop),
            organisation => $"Added {organisation.Name} as '{organisation.Slug}'."), stop));
        return add;
    }
}
