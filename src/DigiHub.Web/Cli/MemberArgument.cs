using System.CommandLine;
using DigiHub.Data;
using DigiHub.Members;

namespace DigiHub.Web.Cli;

/// <summary>The member a command is about, named by their address: as its first word or by --email.</summary>
internal sealed class MemberArgument
{
    private readonly Argument<string?> address =
        new("address") { Description = "The member's e-mail address.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> email = new("--email") { Description = "Same as <address>." };

    public void AddTo(Command command)
    {
        command.Arguments.Add(address);
        command.Options.Add(email);
        command.Validators.Add(result =>
        {
            if ((result.GetValue(address) is null) == (result.GetValue(email) is null))
                result.AddError("Give the member's e-mail address once.");
        });
    }

    public async Task<Outcome<Member>> Find(ParseResult parsed, IServiceProvider hub, CancellationToken stop) =>
        await Find(hub, parsed.GetValue(address) ?? parsed.GetValue(email) ?? "", stop);

    /// <summary>Refuses with no_member.</summary>
    public static async Task<Outcome<Member>> Find(IServiceProvider hub, string email, CancellationToken stop)
    {
        await using var db = hub.GetRequiredService<HubDbFactory>().Open();
        var normalized = EmailAddress.KeyOfPart(email);
        return await db.Members.AsNoTracking().SingleOrDefaultAsync(member => member.NormalizedEmail == normalized, stop) is { } member
            ? member
            : NoMember;
    }

    private static Refusal NoMember { get; } = new("no_member",
        new("No member has this address. Check the spelling.", "Kein Mitglied hat diese Adresse. Prüfen Sie die Schreibweise.",
            "Kein Mitglied hat diese Adresse. Prüf die Schreibweise."));
}
