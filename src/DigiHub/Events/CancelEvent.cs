namespace DigiHub.Events;

/// <param name="Note">The organiser's words to those concerned; at most <see cref="CancelEvent.NoteMax"/>.</param>
public sealed record CancelEventRequest(Guid EventId, Guid ActorId, string? Note = null, int? IfRevision = null);

/// <summary>Calls a published event off.</summary>
public sealed class CancelEvent
{
    public const int NoteMax = 1_000;

    /// <summary>How long it may be taken back; only then the letters leave.</summary>
    public static readonly Duration UndoWindow = Duration.FromMinutes(5);

    public Task<Outcome<Event>> Run(CancelEventRequest request, CancellationToken stop) => throw new NotSupportedException();
}
