using System.CommandLine;
using DigiHub.Access;
using DigiHub.Members;

namespace DigiHub.Web.Cli;

internal static class TokenCommand
{
    public static Command Make(Launch launch)
    {
        var email = new Option<string>("--email") { Description = "E-mail address of the token's member.", Required = true };
        return new Command("token", "Manage personal access tokens for the API.") { Add(launch, email), Revoke(launch, email) };
    }

    private static Command Add(Launch launch, Option<string> email)
    {
        var name = new Option<string>("--name") { Description = "What the token is for.", Required = true };
        var days = new Option<int>("--days")
        {
            Description = $"Days until the token expires, at most {AccessToken.LifeMax.Days}.",
            DefaultValueFactory = _ => AccessToken.LifeMax.Days,
        };
        days.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1 || result.GetValueOrDefault<int>() > AccessToken.LifeMax.Days)
                result.AddError($"--days must be a number from 1 to {AccessToken.LifeMax.Days}.");
        });
        var add = new Command("add", "Create a token and print it. It is not shown again.") { email, name, days };
        add.SetAction((parsed, stop) => ExistingDatabase.Act(parsed, launch, async hub =>
        {
            var member = await MemberArgument.Find(hub, parsed.GetRequiredValue(email), stop);
            if (!member.IsDone)
                return Answer.Refuse(member.Refusal);
            if (member.Value.DisabledAt is not null)
                return Answer.Refuse(ShutOut);
            var outcome = await hub.GetRequiredService<AccessTokens>().Make(
                member.Value.Id, parsed.GetRequiredValue(name), Duration.FromDays(parsed.GetValue(days)), stop);
            return Answer.Tell(outcome,
                made => $"{made.Secret}\nID for 'token revoke': {made.Token.Id}\nValid until {made.Token.ExpiresAt}. "
                    + "The member is notified by e-mail.");
        }, stop));
        return add;
    }

    private static Command Revoke(Launch launch, Option<string> email)
    {
        var id = new Argument<Guid>("id") { Description = "The ID that 'token add' printed." };
        var revoke = new Command("revoke", "Revoke a token immediately.") { email, id };
        revoke.SetAction((parsed, stop) => ExistingDatabase.Act(parsed, launch, async hub =>
        {
            var member = await MemberArgument.Find(hub, parsed.GetRequiredValue(email), stop);
            if (!member.IsDone)
                return Answer.Refuse(member.Refusal);
            var outcome = await hub.GetRequiredService<AccessTokens>().Revoke(member.Value.Id, parsed.GetValue(id), stop);
            return outcome is { IsDone: true, Value: false } ? Answer.Refuse(NoToken) : Answer.Tell(outcome, _ => "Token revoked.");
        }, stop));
        return revoke;
    }

    private static Refusal ShutOut { get; } = new("shut_out", new(
        "This member is disabled, so a token wouldn’t work. To enable the account, run 'member enable'.",
        "Dieses Mitglied ist gesperrt, ein Token würde nicht funktionieren. Mit 'member enable' heben Sie die Sperre auf.",
        "Dieses Mitglied ist gesperrt, ein Token würde nicht funktionieren. Mit 'member enable' hebst du die Sperre auf."));

    private static Refusal NoToken { get; } =
        new("no_token", new("This member has no valid token with this ID.", "Dieses Mitglied hat kein gültiges Token mit dieser ID."));
}
