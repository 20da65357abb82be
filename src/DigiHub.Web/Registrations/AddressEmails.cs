using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Notifications;
using DigiHub.Registrations;
using DigiHub.Spaces;
using DigiHub.Web.Notifications;

namespace DigiHub.Web.Registrations;

/// <summary>Writes the e-mail by which an address is proven good.</summary>
public sealed class AddressEmails(Catalogue catalogue, EmailLinks links) : IEmailAuthor
{
    public bool Writes(NotificationType kind) => kind == NotificationType.AddressToConfirm;

    public async Task<EmailDraft?> Draft(HubDb db, Notification notification, CancellationToken stop)
    {
        var check = await db.AddressChecks.AsNoTracking().SingleOrDefaultAsync(one => one.Id == notification.AddressCheckId, stop);
        if (check is null || await db.Registrations.AsNoTracking().SingleOrDefaultAsync(one => one.Id == check.RegistrationId, stop) is not { } registration)
            return null;
        var evt = await db.Events.AsNoTracking().SingleAsync(one => one.Id == registration.EventId, stop);
        var place = (await catalogue.Map(stop)).Place(evt.SiteId)!;
        return new EmailDraft(
            new Words($"Confirm your e-mail address for {evt.Title.Words.English}", $"Bestätigen Sie Ihre Adresse: {evt.Title.Words.German}").In(notification.Language),
            typeof(AddressToConfirmEmail),
            new AddressEmailFacts(evt, place, await links.Address(check.Id, stop)));
    }
}

public sealed record AddressEmailFacts(Event Event, SiteContext Place, Uri Link)
{
    public string Title => Event.Title.Here;
}
