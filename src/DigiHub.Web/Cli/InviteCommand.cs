using System.CommandLine;
using DigiHub.Members;
using DigiHub.Memberships;

namespace DigiHub.Web.Cli;

/// <summary>Invites people by e-mail, for those who write the set-up of a hub into a script.</summary>
internal static class InviteCommand
{
    public static Command Make(Launch launch)
    {
        var addresses = new Argument<string[]>("address")
        { Description = "E-mail addresses.", Arity = ArgumentArity.OneOrMore };
        var organisation = new Option<string?>("--organisation")
        { Description = "Name in addresses of the organisation they join, such as ledgerlicht. Default: to the hub alone." };
        var administrator = new Option<bool>("--administrator")
        { Description = "They look after the people of the organisation, too." };
        var language = new Option<string>("--language")
        { Description = "Language of the e-mail: de or en.", DefaultValueFactory = _ => "de" };
        language.AcceptOnlyFromAmong("de", "en");

        var invite = new Command("invite", "Invite people by e-mail. Inviting somebody again renews the invitation.")
        { addresses, organisation, administrator, language };
        invite.Validators.Add(result =>
        {
            if (result.GetValue(administrator) && result.GetValue(organisation) is null)
                result.AddError("--administrator needs --organisation.");
        });
        invite.SetAction((parsed, stop) => ExistingDatabase.Act(parsed, launch, async hub => Answer.Tell(
            await hub.GetRequiredService<InvitePeople>().Run(
                new InvitePeopleRequest(ActorId: null, parsed.GetValue(organisation),
                    string.Join('\n', parsed.GetRequiredValue(addresses)),
                    parsed.GetValue(administrator) ? MembershipRole.Administrator : MembershipRole.Member,
                    Languages.Parse(parsed.GetValue(language)) ?? Language.German), stop),
            invited => string.Join('\n', invited.Addresses.Select(one => one.Email.Shown + one.As switch
            {
                InvitedAs.New => " is invited.",
                InvitedAs.Renewed => " was invited before. The invitation is renewed.",
                _ => " belongs there already and gets no e-mail.",
            }))), stop));
        return invite;
    }
}
