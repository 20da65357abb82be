using DigiHub.Audit;
using DigiHub.Data;

namespace DigiHub.Members;

/// <summary>What members may change about themselves; their address, organisation and roles are others' to change.</summary>
public sealed record EditAccountRequest(Guid MemberId, string Name, Language Language, bool WantsReminders, int? BookingReminderMinutesBefore);

public sealed class EditAccount(WriteDoor door, IClock clock)
{
    /// <summary>The choices of the form: none, a quarter of an hour, an hour, two hours, the day before at the same time.</summary>
    public static IReadOnlyList<int> ReminderChoicesMinutes { get; } = [15, 60, 120, 24 * 60];

    /// <summary>Refuses with "name" for a missing or too long one, "reminder_minutes" for what is no choice; null for a member who is not there.</summary>
    public Task<Outcome<Member?>> Run(EditAccountRequest request, CancellationToken stop)
    {
        var name = request.Name.Trim();
        return door.Run<Member?>(async db =>
        {
            if (name.Length is 0 or > Member.NameMax || name.Any(char.IsControl))
                return BadName;
            if (request.BookingReminderMinutesBefore is { } minutes && !ReminderChoicesMinutes.Contains(minutes))
                return BadMinutes;

            var member = await db.Members.SingleOrDefaultAsync(candidate => candidate.Id == request.MemberId, stop);
            if (member is null)
                return (Member?)null;
            member.Name = name;
            member.Language = request.Language;
            member.WantsReminders = request.WantsReminders;
            member.BookingReminderMinutesBefore = request.BookingReminderMinutesBefore;
            db.Record(clock.GetCurrentInstant(), member.Id, "member.edited", member.Id);
            return member;
        }, stop);
    }

    private static Refusal BadName { get; } = new("name", new(
        $"Enter a name of at most {Member.NameMax} characters.", $"Geben Sie einen Namen aus höchstens {Member.NameMax} Zeichen ein."))
    { Field = "name" };

    private static Refusal BadMinutes { get; } = new("reminder_minutes", new(
        "Choose one of the times offered for your reminder.", "Wählen Sie eine der angebotenen Zeiten für Ihre Erinnerung."))
    { Field = "bookingReminderMinutesBefore" };
}
