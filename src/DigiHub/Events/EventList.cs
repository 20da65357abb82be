using DigiHub.Time;

namespace DigiHub.Events;

/// <summary>A bounded part of a list of events, in order of their start.</summary>
/// <param name="Next">Ask with it for the part that follows; null at the end.</param>
public sealed record EventList(IReadOnlyList<EventSummary> Events, Cursor? Next);
