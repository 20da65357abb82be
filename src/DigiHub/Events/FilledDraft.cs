using DigiHub.Reminders;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Events;

/// <summary>A draft with everything filled in and found possible; ready to be written into an event.</summary>
internal sealed record FilledDraft(
    EventDraft Draft, SitePlace Place, Space? Room, LocalSpan Local, Span Real, Instant? RegistrationOpens, Instant? RegistrationCloses)
{
    public int Capacity => Draft.Capacity ?? Room?.Capacity ?? DraftRules.CapacityWithoutRoom;

    public int SetUpMinutes => Draft.SetUpMinutes ?? Room?.SetUpMinutes ?? 0;

    public int TearDownMinutes => Draft.TearDownMinutes ?? Room?.TearDownMinutes ?? 0;

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
            Topic = Draft.Topic,
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

    /// <summary>Says everything anew; rules for reminders that are asked for again stay the same rows.</summary>
    public void WriteInto(Event hosted, Instant now)
    {
        (hosted.TitleGerman, hosted.TitleEnglish) = (TypedText.Line(Draft.TitleGerman), TypedText.Line(Draft.TitleEnglish));
        (hosted.TextGerman, hosted.TextEnglish) = (TypedText.Lines(Draft.TextGerman), TypedText.Lines(Draft.TextEnglish));
        (hosted.Topic, hosted.Format) = (Draft.Topic, Draft.Format);
        (hosted.SiteId, hosted.SpaceId, hosted.JoinLink) = (Place.Site.Id, Room?.Id, TypedText.Line(Draft.JoinLink));
        (hosted.StartLocal, hosted.EndLocal, hosted.Start, hosted.End) = (Local.Start, Local.End, Real.Start, Real.End);
        (hosted.SetUpMinutes, hosted.TearDownMinutes, hosted.Capacity) = (SetUpMinutes, TearDownMinutes, Capacity);
        (hosted.RegistrationOpens, hosted.RegistrationCloses) = (RegistrationOpens, RegistrationCloses);

        hosted.ReminderRules.RemoveAll(rule => !Reminders.Contains(rule.Time));
        foreach (var time in Reminders.Where(time => hosted.ReminderRules.TrueForAll(rule => rule.Time != time)))
            hosted.ReminderRules.Add(new ReminderRule
            {
                Id = Guid.CreateVersion7(now.ToDateTimeOffset()),
                EventId = hosted.Id,
                Kind = time.Kind,
                Amount = time.Amount,
                At = time.At,
            });
    }
}
