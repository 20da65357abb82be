using System.CommandLine;
using System.Globalization;
using DigiHub.Members;

namespace DigiHub.Web.Cli;

/// <summary>Who may come in, and as what: all of it counts for the running hub at the member's next request.</summary>
internal static class MemberAccessCommands
{
    public static IEnumerable<Command> Make(Launch launch) =>
    [
        Access(launch, "disable", "Shuts a member out at once: sessions, sign-in links, tokens and the calendar feed end. Bookings stay.", async (hub, member, stop) =>
            Answer.Tell(await hub.GetRequiredService<DisableMember>().Run(member.Id, actorId: null, stop),
                changed => changed ? $"{member.Email} is shut out. 'member enable' lets them in again." : $"{member.Email} was shut out already.")),
        Access(launch, "enable", "Lets a member in again who was shut out. Tokens and feed stay ended: they make new ones.", async (hub, member, stop) =>
            Answer.Tell(await hub.GetRequiredService<EnableMember>().Run(member.Id, actorId: null, stop),
                changed => changed ? $"{member.Email} may come in again." : $"{member.Email} was not shut out.")),
        Roles(launch, "grant", "Gives a member roles.", async (hub, member, roles, stop) =>
            Answer.Tell(await hub.GetRequiredService<GrantRoles>().Run(member.Id, roles, actorId: null, stop),
                changed => changed ? $"{member.Email} is now {member.Roles | roles}." : $"{member.Email} was {member.Roles} already.")),
        Roles(launch, "revoke", "Takes roles from a member.", async (hub, member, roles, stop) =>
            Answer.Tell(await hub.GetRequiredService<RevokeRoles>().Run(member.Id, roles, actorId: null, stop),
                changed => changed ? $"{member.Email} is now {member.Roles & ~roles}." : $"{member.Email} had none of these roles.")),
        new Command("sessions", "Where a member is signed in.")
        {
            Access(launch, "end", "Signs a member out everywhere; sign-in links not used yet end as well.", async (hub, member, stop) =>
                Answer.Tell(await hub.GetRequiredService<EndSessions>().Run(member.Id, actorId: null, stop),
                    ended => $"{ended.ToString(CultureInfo.InvariantCulture)} sessions of {member.Email} ended.")),
        },
    ];

    private static Command Roles(Launch launch, string name, string description, Func<IServiceProvider, Member, Roles, CancellationToken, Task<int>> act)
    {
        var command = new Command(name, description);
        var roles = new Option<Roles[]>("--role") { Description = "administrator, frontdesk or organiser; may be given several times.", Required = true };
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
