using System.CommandLine;
using DigiHub.Data;
using DigiHub.Members;

namespace DigiHub.Web.Cli;

internal static class TokenCommand
{
    public static Command Make(Option<FileInfo?> config)
    {
        var email = new Option<string>("--email") { Description = "The member for whom the token speaks.", Required = true };
        return new Command("token", "Personal access tokens for the API.") { Add(config, email), Revoke(config, email) };
    }

    private static Command Add(Option<FileInfo?> config, Option<string> email)
    {
        var name = new Option<string>("--name") { Description = "What it is for.", Required = true };
        var days = new Option<int>("--days") { Description = $"Days until it expires, {AccessToken.LifeMax.Days} at most.", DefaultValueFactory = _ => AccessToken.LifeMax.Days };
        days.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1 || result.GetValueOrDefault<int>() > AccessToken.LifeMax.Days)
                result.AddError($"--days is a number from 1 to {AccessToken.LifeMax.Days}.");
        });
        var add = new Command("add", "Makes a token and prints it, this once.") { email, name, days };
        add.SetAction(async (parsed, stop) =>
        {
            await using var hub = HubBuilder.ForOneAct(parsed, config);
            if (await MemberIdOf(hub, parsed.GetRequiredValue(email), stop) is not { } member)
                return Answer.Refuse(NoMember);
            var outcome = await hub.Services.GetRequiredService<AccessTokens>().Make(
                member, parsed.GetRequiredValue(name), Duration.FromDays(parsed.GetValue(days)), stop);
            return Answer.Tell(outcome, made => $"{made.Secret}\nIts id, to revoke it by: {made.Token.Id}\nGood until {made.Token.ExpiresAt}; the member gets a letter about it.");
        });
        return add;
    }

    private static Command Revoke(Option<FileInfo?> config, Option<string> email)
    {
        var id = new Argument<Guid>("id") { Description = "The id that 'token add' printed." };
        var revoke = new Command("revoke", "Makes a token void; running processes notice within five seconds.") { email, id };
        revoke.SetAction(async (parsed, stop) =>
        {
            await using var hub = HubBuilder.ForOneAct(parsed, config);
            if (await MemberIdOf(hub, parsed.GetRequiredValue(email), stop) is not { } member)
                return Answer.Refuse(NoMember);
            var outcome = await hub.Services.GetRequiredService<AccessTokens>().Revoke(member, parsed.GetValue(id), stop);
            return outcome is { IsDone: true, Value: false } ? Answer.Refuse(NoToken) : Answer.Tell(outcome, _ => "Revoked.");
        });
        return revoke;
    }

    private static async Task<Guid?> MemberIdOf(WebApplication hub, string email, CancellationToken stop)
    {
        await using var db = hub.Services.GetRequiredService<HubDbFactory>().Open();
        var normalized = Member.Normalize(email);
        return await db.Members.Where(member => member.NormalizedEmail == normalized).Select(member => (Guid?)member.Id).SingleOrDefaultAsync(stop);
    }

    private static Refusal NoMember { get; } = new("no_member", new("There is no member with this address.", "Es gibt kein Mitglied mit dieser Adresse."));

    private static Refusal NoToken { get; } = new("no_token", new("This member has no such standing token.", "Dieses Mitglied hat kein solches gültiges Token."));
}
