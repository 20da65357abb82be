using System.CommandLine;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Web.Account;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace DigiHub.Web.Cli;

internal static class MemberCommand
{
    public static Command Make(Option<FileInfo?> config)
    {
        var email = new Option<string>("--email") { Description = "The address to sign in with.", Required = true };
        var name = new Option<string>("--name") { Description = "The name others see.", Required = true };
        var roles = new Option<Roles[]>("--role") { Description = "administrator, organiser, frontdesk; may be given several times. Without one: a member who books.", DefaultValueFactory = _ => [] };
        var language = new Option<string>("--language") { Description = "de or en: the language of pages and letters.", DefaultValueFactory = _ => "de" };
        language.AcceptOnlyFromAmong("de", "en");
        var passwordOnStdin = new Option<bool>("--password-stdin") { Description = "Reads a password from standard input. Without it they sign in by a link in a letter." };

        var add = new Command("add", "Lets somebody in; the way to the first administrator.") { email, name, roles, language, passwordOnStdin };
        add.SetAction(async (parsed, stop) =>
        {
            await using var hub = HubBuilder.ForOneAct(parsed, config);
            string? hash = null;
            if (parsed.GetValue(passwordOnStdin))
            {
                var password = (await Console.In.ReadLineAsync(stop) ?? "").TrimEnd('\r');
                var hubName = hub.Services.GetRequiredService<IOptions<HubSettings>>().Value.Name;
                if (PasswordRules.WhyNot(password, parsed.GetRequiredValue(name), parsed.GetRequiredValue(email), hubName) is { } refusal)
                    return Answer.Refuse(refusal);
                hash = hub.Services.GetRequiredService<IPasswordHasher<Member>>().HashPassword(null!, password);
            }

            await hub.Services.GetRequiredService<Migrating>().Run(stop);
            var outcome = await hub.Services.GetRequiredService<AddMember>().Run(new AddMemberRequest(
                parsed.GetRequiredValue(name),
                parsed.GetRequiredValue(email),
                (parsed.GetValue(roles) ?? []).Aggregate(Roles.Member, (all, role) => all | role),
                Languages.Parse(parsed.GetValue(language)) ?? Language.German,
                hash), stop);
            return Answer.Tell(outcome, member => $"Added {member.Email} ({member.Roles}).");
        });
        return new Command("member", "People of the hub.") { add };
    }
}
