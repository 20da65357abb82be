using System.CommandLine;
using System.Globalization;
using DigiHub.Members;

namespace DigiHub.Web.Cli;

/// <summary>Who may come in, and as what: all of it counts for the running hub at the member's next request.</summary>
internal static class MemberAccessCommands
{
    public static IEnumerable<Command> Make(Launch launch) =>
    [
        Access(launch, "disable", "Disable a member. Ends sessions, sign-in links, tokens and the calendar link. Bookings stay.", async (hub, member, stop) =>
            Answer.Tell(await hub.GetRequiredService<DisableMember>().Run(member.Id, actorId: null, stop),
                changed => changed ? $"{member.Email} is disabled. To undo this, run 'member enable'." : $"{member.Email} is already disabled.")),
        Access(launch, "enable", "Enable a disabled member again. Tokens and the calendar link stay ended and must be created again.", async (hub, member, stop) =>
            Answer.Tell(await hub.GetRequiredService<EnableMember>().Run(member.Id, actorId: null, stop),
                changed => changed ? $"{member.Email} is enabled." : $"{member.Email} is already enabled.")),
        Roles(launch, "grant", "Give a member roles.", async (hub, member, roles, stop) =>
            Answer.Tell(await hub.GetRequiredService<GrantRoles>().Run(member.Id, roles, actorId: null, stop),
                changed => changed ? $"{member.Email} is now {member.Roles | roles}." : $"{member.Email} is already {member.Roles}.")),
        Roles(launch, "revoke", "Take roles from a member.", async (hub, member, roles, stop) =>
            Answer.Tell(await hub.GetRequiredService<RevokeRoles>().Run(member.Id, roles, actorId: null, stop),
                changed => changed ? $"{member.Email} is now {member.Roles & ~roles}." : $"{member.Email} has none of these roles.")),
        new Command("sessions", "Manage a member's sessions.")
        {
            Access(launch, "end", "Sign a member out everywhere. Unused sign-in links end too.", async (hub, member, stop) =>
                Answer.Tell(await hub.GetRequiredService<EndSessions>().Run(member.Id, actorId: null, stop),
                    ended => $"Sessions ended for {member.Email}: {ended.ToString(CultureInfo.InvariantCulture)}.")),
        },
    ];

    private static Command Roles(Launch launch, string name, string description, Func<IServiceProvider, Member, Roles, CancellationToken, Task<int>> act)
    {
        var command = new Command(name, description);
        var roles = new Option<Roles[]>("--role") { Description = "administrator, organiser or frontdesk. Can be given several times.", Required = true };
        command.Options.Add(roles);
        return Act(launch, command, (parsed, hub, member, stop) => act(hub, member, MemberCommand.Together(parsed.GetValue(roles)), stop));
    }

    private static Command Access(Launch launch, string name, string description, Func<IServiceProvider, Member, CancellationToken, Task<int>> act) =>
        Act(launch, new Command(name, description), (_, hub, member, stop) => act(hub, member, stop));

    private static Command Act(Launch launch, Command command, Func<ParseResult, IServiceProvider, Member, CancellationToken, Task<int>> act)
    {
        var who = new MemberAtHand();
        who.AddTo(command);
        command.SetAction((parsed, stop) => DatabaseAtHand.Act(parsed, launch, async hub =>
        {
            var found = await who.Find(parsed, hub, stop);
            return found.IsDone ? await act(parsed, hub, found.Value, stop) : Answer.Refuse(found.Refusal);
        }, stop));
        return command;
    }
}
