using System.CommandLine;
using System.Globalization;
using DigiHub.Access;
using DigiHub.Members;
using NodaTime.Text;

namespace DigiHub.Web.Cli;

/// <summary>Members' access and roles; every change takes effect in the running hub at the member's next request.</summary>
internal static class MemberAccessCommands
{
    public static IEnumerable<Command> Make(Launch launch) =>
    [
        Access(launch, "disable", "Disable a member. Ends sessions, sign-in links, tokens and the calendar link. Bookings stay.",
            async (hub, member, stop) =>
                Answer.Tell(await hub.GetRequiredService<DisableMember>().Run(member.Id, actorId: null, stop),
                    changed => changed
                        ? $"{member.Email} is disabled. To undo this, run 'member enable'."
                        : $"{member.Email} is already disabled.")),
        Access(launch, "enable", "Enable a disabled member again. Tokens and the calendar link stay ended and must be created again.",
            async (hub, member, stop) =>
                Answer.Tell(await hub.GetRequiredService<EnableMember>().Run(member.Id, actorId: null, stop),
                    changed => changed ? $"{member.Email} is enabled." : $"{member.Email} is already enabled.")),
        Grant(launch),
        Revoke(launch),
        new Command("sessions", "Manage a member's sessions.")
        {
            Access(launch, "end", "Sign a member out everywhere. Unused sign-in links end too.", async (hub, member, stop) =>
                Answer.Tell(await hub.GetRequiredService<EndSessions>().Run(member.Id, actorId: null, stop),
                    ended => $"Sessions ended for {member.Email}: {ended.ToString(CultureInfo.InvariantCulture)}.")),
        },
    ];

    private static Command Grant(Launch launch)
    {
        var through = new Option<string?>("--through")
        { Description = "Last day the role holds, for example 2026-12-31. Default: without end." };
        through.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && !LocalDatePattern.Iso.Parse(text).Success)
                result.AddError("--through must be a day such as 2026-12-31.");
        });
        return Roles(launch, new Command("grant", "Give a member roles, or another last day.") { through },
            async (parsed, hub, member, roles, siteId, stop) =>
            {
                LocalDate? last = parsed.GetValue(through) is { } text ? LocalDatePattern.Iso.Parse(text).Value : null;
                var outcome = await hub.GetRequiredService<GrantRoles>().Run(
                    new GrantRolesRequest(member.Id, roles, ActorId: null, siteId, last), stop);
                var held = await RoleOptions.Held(hub, member.Id, stop);
                return Answer.Tell(outcome, changed => changed ? $"{member.Email} is now {held}." : $"{member.Email} is already {held}.");
            });
    }

    private static Command Revoke(Launch launch) =>
        Roles(launch, new Command("revoke", "Take roles from a member."), async (_, hub, member, roles, siteId, stop) =>
        {
            var outcome =
                await hub.GetRequiredService<RevokeRoles>().Run(new RevokeRolesRequest(member.Id, roles, ActorId: null, siteId), stop);
            var held = await RoleOptions.Held(hub, member.Id, stop);
            return Answer.Tell(outcome, changed => changed ? $"{member.Email} is now {held}." : $"{member.Email} has none of these roles.");
        });

    private static Command Roles(
        Launch launch, Command command, Func<ParseResult, IServiceProvider, Member, Role[], int?, CancellationToken, Task<int>> act)
    {
        var roles = new RoleOptions();
        roles.AddTo(command, isRequired: true);
        return Act(launch, command, async (parsed, hub, member, stop) =>
        {
            var site = await roles.Site(parsed, hub, stop);
            return site.IsDone ? await act(parsed, hub, member, roles.Roles(parsed), site.Value, stop) : Answer.Refuse(site.Refusal);
        });
    }

    private static Command Access(
        Launch launch, string name, string description, Func<IServiceProvider, Member, CancellationToken, Task<int>> act) =>
        Act(launch, new Command(name, description), (_, hub, member, stop) => act(hub, member, stop));

    private static Command Act(
        Launch launch, Command command, Func<ParseResult, IServiceProvider, Member, CancellationToken, Task<int>> act)
    {
        var who = new MemberArgument();
        who.AddTo(command);
        command.SetAction((parsed, stop) => ExistingDatabase.Act(parsed, launch, async hub =>
        {
            var found = await who.Find(parsed, hub, stop);
            return found.IsDone ? await act(parsed, hub, found.Value, stop) : Answer.Refuse(found.Refusal);
        }, stop));
        return command;
    }
}
