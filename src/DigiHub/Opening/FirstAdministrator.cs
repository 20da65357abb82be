using DigiHub.Access;
using DigiHub.Data;
using DigiHub.Mail;
using DigiHub.Members;

namespace DigiHub.Opening;

/// <param name="Code">As typed.</param>
public sealed record FirstAdministratorRequest(
    string? Code, PersonName Name, EmailAddress Email, Language Language, string PasswordHash);

/// <summary>
/// Makes the hub's first administrator, for whom can read the code that the program printed. It works once in the life of a hub: looking
/// whether there is one and making one are one transaction, and all who try at the same time wait for each other.
/// </summary>
public sealed class FirstAdministrator(UnitOfWork unitOfWork, RelayReach reach, IClock clock)
{
    private sealed record Tried(Member? Member, int TriesLeft);

    /// <summary>
    /// Refuses with not_found once the hub has had an administrator, setup_code_void, setup_code_wrong (which says how many tries are
    /// left), email_taken, and as RelayReach does.
    /// </summary>
    public async Task<Outcome<Member>> Run(FirstAdministratorRequest request, CancellationToken stop)
    {
        if (reach.WhyNot(request.Email) is { } unreachable)
            return unreachable;
        var now = clock.GetCurrentInstant();
        var outcome = await unitOfWork.Run<Tried>(async db =>
        {
            await db.AcquireLocks([LockKey.OfAccess], stop);
            if (await db.HasHadAdministrator(stop))
                return Refusal.NotFound;
            var code = await db.Set<SetupCode>().SingleOrDefaultAsync(stop);
            if (code?.IsGood(now) != true)
                return CodeVoid;
            if (!code.Is(request.Code))
            {
                code.WrongTries++; // is committed, so this is no refusal yet
                return new Tried(null, code.TriesLeft);
            }

            if (await db.IsMember(request.Email, stop))
                return AddMember.Taken;
            var member = db.NewMember(
                new(request.Name, request.Email, [HeldRole.HubAdministrator], request.Language, request.PasswordHash), now);
            db.Remove(code);
            return new Tried(member, 0);
        }, stop);
        if (!outcome.IsDone)
            return outcome.Refusal;
        return outcome.Value switch
        {
            { Member: { } member } => member,
            { TriesLeft: 0 } => CodeVoid,
            { TriesLeft: var left } => CodeWrong(left),
        };
    }

    private static Refusal CodeVoid { get; } = new("setup_code_void", new(
        "This code is no longer valid. Start the program again for a new one.",
        "Dieser Code gilt nicht mehr. Starten Sie das Programm neu, um einen neuen zu erhalten.",
        "Dieser Code gilt nicht mehr. Starte das Programm neu, um einen neuen zu erhalten."))
    { Field = "code" };

    private static Refusal CodeWrong(int left) => new("setup_code_wrong", left == 1
        ? new("That is not the code. 1 try left.", "Das ist nicht der Code. Noch 1 Versuch.")
        : new($"That is not the code. {left} tries left.", $"Das ist nicht der Code. Noch {left} Versuche."))
    { Field = "code" };
}
