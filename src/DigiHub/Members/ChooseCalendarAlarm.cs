using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Time;

namespace DigiHub.Members;

/// <summary>
/// How long before something begins a member's own calendar is to remind them of it (VALARM, RFC 5545 3.6.6): in every entry they get from
/// now on, and in the calendar they subscribe to. Refuses with calendar_alarm and not_found.
/// </summary>
public sealed class ChooseCalendarAlarm(UnitOfWork unitOfWork, IClock clock)
{
    /// <summary>Minutes before: when it begins, ten minutes, a quarter and half an hour, one and two hours, a day.</summary>
    public static IReadOnlyList<int> MinutesChoices { get; } = [0, 10, 15, 30, 60, 120, 24 * 60];

    /// <param name="minutesBefore">One of <see cref="MinutesChoices"/>; null for none.</param>
    public async Task<Outcome<Member>> Run(Guid memberId, int? minutesBefore, CancellationToken stop)
    {
        if (minutesBefore is { } minutes && !MinutesChoices.Contains(minutes))
            return BadMinutes;
        return await unitOfWork.Run<Member>(async db =>
        {
            await db.AcquireLocks([LockKey.OfSubject(memberId)], stop);
            if (await db.Members.SingleOrDefaultAsync(one => one.Id == memberId, stop) is not { } member)
                return Refusal.NotFound;
            if (member.CalendarAlarmMinutesBefore == minutesBefore)
                return member;
            var now = clock.GetCurrentInstant();
            member.CalendarAlarmMinutesBefore = minutesBefore;
            member.CalendarAlarmChosenAt = LastChange.After(member.CalendarAlarmChosenAt ?? member.CreatedAt, now);
            db.Record(now, memberId, MemberActs.CalendarAlarmChanged, memberId);
            return member;
        }, stop);
    }

    private static Refusal BadMinutes { get; } = new("calendar_alarm", new(
        "Choose one of the times offered for the calendar alarm.", "Wählen Sie eine der angebotenen Zeiten für den Kalenderalarm.",
        "Wähle eine der angebotenen Zeiten für den Kalenderalarm."))
    { Field = "calendarAlarm" };
}
