using System.CommandLine;
using DigiHub.Members;
using DigiHub.Web.Account;
using DigiHub.Web.Letters;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace DigiHub.Web.Cli;

internal static class MemberCommand
{
    public static Command Make(Launch launch)
    {
        var member = new Command("member", "People of the hub: who comes in, and as what.") { Add(launch), Link(launch) };
        foreach (var command in MemberAccessCommands.Make(launch))
            member.Subcommands.Add(command);
        return member;
    }

    /// <summary>Roles given one by one.</summary>
    public static Roles Together(Roles[]? roles) => (roles ?? []).Aggregate(Roles.Member, (all, role) => all | role);

    private static Command Add(Launch launch)
    {
        var email = new Option<string>("--email") { Description = "The address to sign in with.", Required = true };
        var name = new Option<string>("--name") { Description = "The name others see.", Required = true };
        var roles = new Option<Roles[]>("--role") { Description = "administrator, organiser, frontdesk; may be given several times. Without one: a member who books.", DefaultValueFactory = _ => [] };
        var language = new Option<string>("--language") { Description = "de or en: the language of pages and letters.", DefaultValueFactory = _ => "de" };
        language.AcceptOnlyFromAmong("de", "en");
        var passwordOnStdin = new Option<bool>("--password-stdin") { Description = "Reads a password from standard input. Without it a link to sign in by is printed, once." };

        var add = new Command("add", "Lets somebody in; the way to the first administrator.") { email, name, roles, language, passwordOnStdin };
        add.SetAction((parsed, stop) => DatabaseAtHand.Act(parsed, launch, async hub =>
        {
            var (person, address) = (PersonName.Parse(parsed.GetRequiredValue(name)), EmailAddress.Parse(parsed.GetRequiredValue(email)));
            if ((person.Refusal ?? address.Refusal) is { } misread)
                return Answer.Misread(misread);
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
                Together(parsed.GetValue(roles)),
                Languages.Parse(parsed.GetValue(language)) ?? Language.German,
                hash), stop);
            var code = Answer.Tell(outcome, member => $"Added {member.Email} ({member.Roles}).");
            return code == CommandLine.Ok && hash is null ? await PrintLink(hub, outcome.Value, stop) : code;
        }, stop));
        return add;
    }

    private static Command Link(Launch launch)
    {
        var link = new Command("link", "Prints a link by which a member signs in, once: where no letter arrives yet.");
        var who = new MemberAtHand();
        who.AddTo(link);
        link.SetAction((parsed, stop) => DatabaseAtHand.Act(parsed, launch, async hub =>
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
        Console.WriteLine(await hub.GetRequiredService<LetterLinks>().SignIn(outcome.Value.Id, stop));
        Console.WriteLine($"Whoever opens this link is signed in as {member.Email}: once, within {SignInLink.Life.TotalMinutes:0} minutes, while the hub runs. 'member link {member.Email}' prints another.");
        return CommandLine.Ok;
    }

    private static Refusal ShutOut { get; } = new("shut_out", new(
        "This member is shut out. 'member enable' lets them in again.", "Dieses Mitglied ist gesperrt. „member enable“ lässt es wieder herein."));
}
