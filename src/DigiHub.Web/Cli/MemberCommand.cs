using System.CommandLine;
using DigiHub.Access;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Web.Account;
using DigiHub.Web.Notifications;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace DigiHub.Web.Cli;

internal static class MemberCommand
{
    public static Command Make(Launch launch)
    {
        var member = new Command("member", "Manage members.") { Add(launch), Link(launch) };
        foreach (var command in MemberAccessCommands.Make(launch))
            member.Subcommands.Add(command);
        return member;
    }

    private static Command Add(Launch launch)
    {
        var email = new Option<string>("--email") { Description = "E-mail address to sign in with.", Required = true };
        var name = new Option<string>("--name") { Description = "Name that others see.", Required = true };
        var roles = new RoleOptions();
        var language =
            new Option<string>("--language") { Description = "Language of pages and e-mails: de or en.", DefaultValueFactory = _ => "de" };
        language.AcceptOnlyFromAmong("de", "en");
        var passwordOnStdin = new Option<bool>("--password-stdin")
        { Description = "Read a password from standard input. Without it, a one-time sign-in link is printed." };

        var add = new Command("add", "Add a member. Use --role administrator for the first one.") { email, name };
        roles.AddTo(add, isRequired: false);
        add.Options.Add(language);
        add.Options.Add(passwordOnStdin);
        add.SetAction((parsed, stop) => ExistingDatabase.Act(parsed, launch, async hub =>
        {
            var (person, address) = (PersonName.Parse(parsed.GetRequiredValue(name)), EmailAddress.Parse(parsed.GetRequiredValue(email)));
            if ((person.Refusal ?? address.Refusal) is { } misread)
                return Answer.Misread(misread);
            var site = await roles.Site(parsed, hub, stop);
            if (!site.IsDone)
                return Answer.Refuse(site.Refusal);
            string? hash = null;
            if (parsed.GetValue(passwordOnStdin))
            {
                var password = (await Console.In.ReadLineAsync(stop) ?? "").TrimEnd('\r');
                var hubName = hub.GetRequiredService<IOptions<HubSettings>>().Value.Name;
                if (PasswordRules.WhyNot(password, person.Value, address.Value, hubName) is { } refusal)
                    return Answer.Refuse(refusal);
                hash = hub.GetRequiredService<IPasswordHasher<Member>>().HashPassword(null!, password);
            }

            var outcome = await hub.GetRequiredService<AddMember>().Run(new AddMemberRequest(
                person.Value,
                address.Value,
                [.. roles.Roles(parsed).Select(role => new HeldRole(role, site.Value))],
                Languages.Parse(parsed.GetValue(language)) ?? Language.German,
                hash), stop);
            var held = outcome.IsDone ? await RoleOptions.Held(hub, outcome.Value.Id, stop) : "";
            var code = Answer.Tell(outcome, member => $"Added {member.Email} ({held}).");
            return code == CommandLine.Ok && hash is null ? await PrintLink(hub, outcome.Value, stop) : code;
        }, stop));
        return add;
    }

    private static Command Link(Launch launch)
    {
        var link = new Command("link", "Print a one-time sign-in link for a member, for when e-mails do not work yet.");
        var who = new MemberArgument();
        who.AddTo(link);
        link.SetAction((parsed, stop) => ExistingDatabase.Act(parsed, launch, async hub =>
        {
            var found = await who.Find(parsed, hub, stop);
            return found.IsDone ? await PrintLink(hub, found.Value, stop) : Answer.Refuse(found.Refusal);
        }, stop));
        return link;
    }

    private static async Task<int> PrintLink(IServiceProvider hub, Member member, CancellationToken stop)
    {
        var outcome = await hub.GetRequiredService<MakeSignInLink>().Run(member.Id, stop);
        if (!outcome.IsDone)
            return Answer.Refuse(outcome.Refusal == Refusal.NotFound ? ShutOut : outcome.Refusal);
        Console.WriteLine(await hub.GetRequiredService<EmailLinks>().SignIn(outcome.Value.Id, stop));
        Console.WriteLine($"This link signs anyone in as {member.Email}. It works once, for {SignInLink.Life.TotalMinutes:0} minutes, "
            + $"while the hub is running. For another one, run 'member link {member.Email}'.");
        return CommandLine.Ok;
    }

    private static Refusal ShutOut { get; } = new("shut_out", new(
        "This member is disabled. To enable the account, run 'member enable'.",
        "Dieses Mitglied ist gesperrt. Mit 'member enable' heben Sie die Sperre auf.",
        "Dieses Mitglied ist gesperrt. Mit 'member enable' hebst du die Sperre auf."));
}
