using DigiHub.Reminders;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Events;

/// <summary>A draft with everything filled in and found possible; ready to be written into an event.</summary>
internal sealed record FilledDraft(
    EventDraft Draft, SiteContext Place, Space? Room, LocalSpan Local, Span Real, Instant? RegistrationOpens, Instant? RegistrationCloses)
{
    public int Capacity => Draft.Capacity ?? Room?.Capacity ?? DraftRules.CapacityWithoutRoom;

    public int SetUpMinutes => Draft.SetUpMinutes ?? Room?.Rules.SetUpMinutes ?? 0;

    public int TearDownMinutes => Draft.TearDownMinutes ?? Room?.Rules.TearDownMinutes ?? 0;

    /// <summary>No two alike.</summary>
    public IReadOnlyList<ReminderTime> Reminders { get; } = [.. (Draft.Reminders ?? ReminderTime.Usual).Distinct()];

    /// <summary>A new draft of this organiser; it has no address that anybody could guess.</summary>
    public Event NewEvent(Guid organiserId, Instant now)
    {
        var id = Guid.CreateVersion7(now.ToDateTimeOffset());
        var written = new Event
        {
            Id = id,
            Slug = $"draft-{id:N}",
            OrganiserId = organiserId,
            Format = Draft.Format,
            SiteId = Place.Site.Id,
            StartLocal = Local.Start,
            EndLocal = Local.End,
            Start = Real.Start,
            End = Real.End,
            Capacity = Capacity,
            CreatedAt = now,
        };
        WriteInto(written, now);
        return written;
    }

    /// <summary>Overwrites everything; unchanged reminder rules keep their rows.</summary>
    public void WriteInto(Event evt, Instant now)
    {
        Draft.WriteInto(evt);
        (evt.SiteId, evt.SpaceId) = (Place.Site.Id, Room?.Id);
        (evt.StartLocal, evt.EndLocal, evt.Start, evt.End) = (Local.Start, Local.End, Real.Start, Real.End);
        (evt.SetUpMinutes, evt.TearDownMinutes, evt.Capacity) = (SetUpMinutes, TearDownMinutes, Capacity);
        (evt.RegistrationOpens, evt.RegistrationCloses) = (RegistrationOpens, RegistrationCloses);

        evt.ReminderRules.RemoveAll(rule => !Reminders.Contains(rule.Time));
        foreach (var time in Reminders.Where(time => evt.ReminderRules.TrueForAll(rule => rule.Time != time)))
            evt.ReminderRules.Add(new ReminderRule
            {
                Id = Guid.CreateVersion7(now.ToDateTimeOffset()),
                EventId = evt.Id,
                Kind = time.Kind,
                Amount = time.Amount,
                At = time.At,
            });
    }
}
