using System.Net.Mail;
using System.Security.Cryptography;
using DigiHub.Audit;
using DigiHub.Data;

namespace DigiHub.Members;

/// <param name="PasswordHash">Null: signs in by link until they set a password.</param>
public sealed record AddMemberRequest(string Name, string Email, Roles Roles, Language Language, string? PasswordHash);

/// <summary>Lets somebody in as a member; the operator adds the first administrator by it.</summary>
public sealed class AddMember(WriteDoor door, IClock clock)
{
    /// <summary>Refuses with "name", "name_address", "email" for what is none, and "email_taken" if there is a member with that address.</summary>
    public Task<Outcome<Member>> Run(AddMemberRequest request, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        var (name, email) = (request.Name.Trim(), request.Email.Trim());
        return door.Run<Member>(async db =>
        {
            if (name.Length is 0 or > Member.NameMax || name.Any(char.IsControl))
                return BadName;
            if (NameAddresses.AreIn(name))
                return NameAddresses.Refused;
            if (!IsAddress(email))
                return BadEmail;
            var normalized = Member.Normalize(email);
            if (await db.Members.AnyAsync(other => other.NormalizedEmail == normalized, stop))
                return Taken;

            var member = new Member
            {
                Id = Guid.CreateVersion7(now.ToDateTimeOffset()),
                Name = name,
                Email = email,
                NormalizedEmail = normalized,
                Roles = request.Roles,
                Language = request.Language,
                PasswordHash = request.PasswordHash,
                SecurityStamp = Convert.ToHexString(RandomNumberGenerator.GetBytes(20)),
                CreatedAt = now,
            };
            db.Members.Add(member);
            db.Record(now, actorId: null, "member.added", member.Id, member.Roles.ToString());
            return member;
        }, stop);
    }

    private static bool IsAddress(string email) =>
        email.Length <= Member.EmailMax && MailAddress.TryCreate(email, out var parsed) && parsed.Address == email && parsed.Host.Contains('.', StringComparison.Ordinal);

    private static Refusal BadName { get; } = new("name", new(
        $"Give a name of at most {Member.NameMax} characters.", $"Geben Sie einen Namen aus höchstens {Member.NameMax} Zeichen an."))
    { Field = "name" };

    private static Refusal BadEmail { get; } = new("email", new(
        "Give an e-mail address like name@example.org.", "Geben Sie eine E-Mail-Adresse wie name@example.org an."))
    { Field = "email" };

    private static Refusal Taken { get; } = new("email_taken", new(
        "There is a member with this address already.", "Es gibt schon ein Mitglied mit dieser Adresse."))
    { Field = "email" };
}
