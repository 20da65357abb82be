using System.CommandLine;
using DigiHub.Members;

namespace DigiHub.Web.Cli;

internal static class TokenCommand
{
    public static Command Make(Launch launch)
    {
        var email = new Option<string>("--email") { Description = "The member for whom the token speaks.", Required = true };
        return new Command("token", "Personal access tokens for the API.") { Add(launch, email), Revoke(launch, email) };
    }

    private static Command Add(Launch launch, Option<string> email)
    {
        var name = new Option<string>("--name") { Description = "What it is for.", Required = true };
        var days = new Option<int>("--days") { Description = $"Days until it expires, {AccessToken.LifeMax.Days} at most.", DefaultValueFactory = _ => AccessToken.LifeMax.Days };
        days.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1 || result.GetValueOrDefault<int>() > AccessToken.LifeMax.Days)
                result.AddError($"--days is a number from 1 to {AccessToken.LifeMax.Days}.");
        });
        var add = new Command("add", "Makes a token and prints it, this once.") { email, name, days };
        add.SetAction((parsed, stop) => DatabaseAtHand.Act(parsed, launch, async hub =>
        {
            var member = await MemberAtHand.Find(hub, parsed.GetRequiredValue(email), stop);
            if (!member.IsDone)
                return Answer.Refuse(member.Refusal);
            if (member.Value.DisabledAt is not null)
                return Answer.Refuse(ShutOut);
            var outcome = await hub.GetRequiredService<AccessTokens>().Make(
                member.Value.Id, parsed.GetRequiredValue(name), Duration.FromDays(parsed.GetValue(days)), stop);
            return Answer.Tell(outcome, made => $"{made.Secret}\nIts id, to revoke it by: {made.Token.Id}\nGood until {made.Token.ExpiresAt}; the member gets a letter about it.");
        }, stop));
        return add;
    }

    private static Command Revoke(Launch launch, Option<string> email)
    {
        var id = new Argument<Guid>("id") { Description = "The id that 'token add' printed." };
        var revoke = new Command("revoke", "Makes a token void, at once.") { email, id };
        revoke.SetAction((parsed, stop) => DatabaseAtHand.Act(parsed, launch, async hub =>
        {
            var member = await MemberAtHand.Find(hub, parsed.GetRequiredValue(email), stop);
            if (!member.IsDone)
                return Answer.Refuse(member.Refusal);
            var outcome = await hub.GetRequiredService<AccessTokens>().Revoke(member.Value.Id, parsed.GetValue(id), stop);
            return outcome is { IsDone: true, Value: false } ? Answer.Refuse(NoToken) : Answer.Tell(outcome, _ => "Revoked.");
        }, stop));
        return revoke;
    }

    private static Refusal ShutOut { get; } = new("shut_out", new(
        "This member is shut out: a token of theirs would open nothing. 'member enable' lets them in again.",
        "Dieses Mitglied ist gesperrt: Ein Token von ihm würde nichts öffnen. „member enable“ lässt es wieder herein."));

    private static Refusal NoToken { get; } = new("no_token", new("This member has no such standing token.", "Dieses Mitglied hat kein solches gültiges Token."));
}
