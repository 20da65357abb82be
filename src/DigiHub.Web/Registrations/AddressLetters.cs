using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Letters;
using DigiHub.Registrations;
using DigiHub.Spaces;
using DigiHub.Web.Letters;

namespace DigiHub.Web.Registrations;

/// <summary>Writes the letter by which an address is proven good.</summary>
public sealed class AddressLetters(Catalogue catalogue, LetterLinks links) : ILetterAuthor
{
    public bool Writes(LetterKind kind) => kind == LetterKind.AddressToConfirm;

    public async Task<LetterDraft?> Draft(HubDb db, Letter letter, CancellationToken stop)
    {
        var check = await db.AddressChecks.AsNoTracking().SingleOrDefaultAsync(one => one.Id == letter.AddressCheckId, stop);
        if (check is null || await db.Registrations.AsNoTracking().SingleOrDefaultAsync(one => one.Id == check.RegistrationId, stop) is not { } registration)
            return null;
        var evt = await db.Events.AsNoTracking().SingleAsync(one => one.Id == registration.EventId, stop);
        var place = (await catalogue.Map(stop)).Place(evt.SiteId)!;
        return new LetterDraft(
            new Words($"Confirm your e-mail address for {evt.Title.English}", $"Bestätigen Sie Ihre Adresse: {evt.Title.German}").In(letter.Language),
            typeof(AddressToConfirmLetter),
            new AddressLetterFacts(evt, place, await links.Address(check.Id, stop)));
    }
}

public sealed record AddressLetterFacts(Event Event, SiteContext Place, Uri Link)
{
    public string Title => Event.Title.Here;
}
