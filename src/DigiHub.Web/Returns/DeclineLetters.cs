using DigiHub.Data;
using DigiHub.Letters;
using DigiHub.Returns;
using DigiHub.Spaces;
using DigiHub.Web.Letters;

namespace DigiHub.Web.Returns;

/// <summary>Writes the letter that asks whether a calendar's "no" is meant.</summary>
public sealed class DeclineLetters(Catalogue catalogue, LetterLinks links, IClock clock) : ILetterAuthor
{
    public bool Writes(LetterKind kind) => kind == LetterKind.DeclineToConfirm;

    public async Task<LetterDraft?> Draft(HubDb db, Letter letter, CancellationToken stop)
    {
        if (await Declined.Of(db, letter, clock.GetCurrentInstant(), stop) is not { } declined)
            return null;
        var facts = DeclinedFacts.Of(declined, await catalogue.Map(stop)) with { Link = await links.Decline(letter.Id, stop) };
        return new LetterDraft(
            LetterSubject.Of(new($"Please confirm: can’t make it? {facts.Title}", $"Bitte bestätigen: Sie kommen nicht? {facts.Title}"), facts.When.Start).In(letter.Language),
            typeof(DeclineToConfirmLetter), facts);
    }
}
