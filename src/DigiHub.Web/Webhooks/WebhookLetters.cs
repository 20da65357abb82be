using DigiHub.Data;
using DigiHub.Letters;
using DigiHub.Web.Letters;
using DigiHub.Webhooks;

namespace DigiHub.Web.Webhooks;

/// <summary>Writes to the owner of an endpoint that it is told nothing any more.</summary>
public sealed class WebhookLetters(LetterLinks links) : ILetterAuthor
{
    public bool Writes(LetterKind kind) => kind == LetterKind.WebhookStopped;

    public Task<LetterDraft?> Draft(HubDb db, Letter letter, CancellationToken stop) => Task.FromResult(WebhookStopNote.Parse(letter.Note) is { } note
        ? new LetterDraft(
            new Words($"Webhook “{note.Name}” stopped", $"Webhook „{note.Name}“ angehalten").In(letter.Language),
            typeof(WebhookStoppedLetter), new WebhookStoppedFacts(note, links.To($"/webhooks/{note.EndpointId}"), links.HubName))
        : null);
}

public sealed record WebhookStoppedFacts(WebhookStopNote Note, Uri Page, string HubName);
