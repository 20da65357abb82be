using DigiHub.Activity;

namespace DigiHub.Events;

/// <summary>What is done to events.</summary>
public static class EventActs
{
    public static readonly Act<Guid> Drafted = Event.Subject.Act("drafted");
    public static readonly Act<Guid> DraftEdited = Event.Subject.Act("draft_edited");
    public static readonly Act<Guid> Duplicated = Event.Subject.Act("duplicated");
    public static readonly Act<Guid> Deleted = Event.Subject.Act("deleted");
    public static readonly Act<Guid> Published = Event.Subject.Act("published");
    public static readonly Act<Guid> Moved = Event.Subject.Act("moved");
    public static readonly Act<Guid> Edited = Event.Subject.Act("edited");
    public static readonly Act<Guid> Recomputed = Event.Subject.Act("recomputed");
    public static readonly Act<Guid> LostSpace = Event.Subject.Act("lost_space");
    public static readonly Act<Guid> Cancelled = Event.Subject.Act("cancelled");
    public static readonly Act<Guid> Reinstated = Event.Subject.Act("reinstated");
    public static readonly Act<Guid> Promoted = Event.Subject.Act("promoted");
}
