using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Mail;
using DigiHub.Members;
using DigiHub.Settings;

namespace DigiHub.Memberships;

/// <summary>
/// Keeps what a visitor writes who wants to join, for who manages members to decide. Asking again changes what was written. Who has an
/// account gets the same answer, so that this reveals nothing about addresses. No e-mail is written: the address may be a stranger's.
/// </summary>
public sealed class AskToJoin(UnitOfWork unitOfWork, RelayReach reach, IClock clock)
{
    /// <summary>
    /// Refuses as PersonName.Parse, EmailAddress.Parse and RelayReach do, with text_too_long, hub_not_open and join_requests_full.
    /// </summary>
    /// <param name="language">In which they are answered.</param>
    public async Task<Outcome<bool>> Run(
        string? typedName, string? typedEmail, string? organisation, string? typedText, Language language, CancellationToken stop)
    {
        var (name, email) = (PersonName.Parse(typedName), EmailAddress.Parse(typedEmail));
        var text = TypedText.Lines(typedText);
        List<Refusal> wrong = [.. new[] { name.Refusal, email.Refusal }.OfType<Refusal>()];
        if (text?.Length > JoinRequest.TextMax)
            wrong.Add(TextTooLong);
        if (email.IsDone && reach.WhyNot(email.Value) is { } unreachable)
            wrong.Add(unreachable);
        if (Refusal.AllOf(wrong) is { } refusal)
            return refusal;

        return await unitOfWork.Run<bool>(async db =>
        {
            await db.AcquireLocks([LockKey.OfAccess], stop);
            if ((await db.HubStateNow(stop)).OpenedAt is null)
                return NotOpen;
            var (now, key) = (clock.GetCurrentInstant(), email.Value.Key);
            if (await db.Members.AnyAsync(member => member.NormalizedEmail == key, stop))
                return true;
            var known = await db.JoinRequests.SingleOrDefaultAsync(one => one.NormalizedEmail == key, stop);
            if (known is null && await db.JoinRequests.CountAsync(stop) >= JoinRequest.WaitingMax)
                return Full;

            var row = known ?? db.JoinRequests.Add(new JoinRequest
            {
                Id = Guid.CreateVersion7(now.ToDateTimeOffset()),
                Name = name.Value,
                Email = email.Value,
                Language = language,
                AskedAt = now,
            }).Entity;
            (row.Name, row.Language, row.AskedAt) = (name.Value, language, now);
            (row.Organisation, row.Text) = (TypedText.Line(organisation, JoinRequest.OrganisationMax), text);
            if (known is null)
                db.Record(now, actorId: null, JoinRequestActs.Created, row.Id);
            return true;
        }, stop);
    }

    private static Refusal TextTooLong { get; } = new("text_too_long", new(
        $"Use at most {JoinRequest.TextMax} characters.", $"Höchstens {JoinRequest.TextMax} Zeichen sind möglich."))
    { Field = "text" };

    private static Refusal NotOpen { get; } = new("hub_not_open", new(
        "This hub isn’t open yet. Come back later.", "Dieser Hub ist noch nicht eröffnet. Kommen Sie später wieder.",
        "Dieser Hub ist noch nicht eröffnet. Komm später wieder."));

    private static Refusal Full { get; } = new("join_requests_full", new(
        "Too many requests are waiting for an answer. Write to us instead; the address is in the imprint.",
        "Zu viele Anfragen warten auf eine Antwort. Schreiben Sie uns stattdessen, die Adresse steht im Impressum.",
        "Zu viele Anfragen warten auf eine Antwort. Schreib uns stattdessen, die Adresse steht im Impressum."));
}
