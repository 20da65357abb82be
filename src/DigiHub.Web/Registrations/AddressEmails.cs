using DigiHub.Data;
using DigiHub.Demo;
using DigiHub.Events;
using DigiHub.Notifications;
using DigiHub.Registrations;
using DigiHub.Spaces;
using DigiHub.Web.Notifications;

namespace DigiHub.Web.Registrations;

/// <summary>Writes the e-mail by which an address is proven good.</summary>
public sealed class AddressEmails(Catalogue catalogue, EmailLinks links) : IEmailAuthor
{
    public bool Writes(NotificationType type) => type == RegistrationNotifications.AddressToConfirm;

    public IEnumerable<EmailSample> Samples(SampleWorld world)
    {
        var check = new AddressCheck
        {
            Id = new Guid("0198b1a0-0000-7000-8000-00000000a002"),
            RegistrationId = world.Seated.Id,
            Email = DemoCast.Ada.Email,
            AskedAt = world.Now,
            ExpiresAt = world.Now + AddressCheck.Life,
        };
        return [new EmailSample(RegistrationNotifications.AddressToConfirm, Registration.Subject.Of(world.Seated.Id))
        {
            Note = check.Note,
            Rows = [check],
        }];
    }

    public async Task<EmailDraft?> Draft(HubDb db, Notification notification, CancellationToken stop)
    {
        if (AddressCheck.OfNote(notification.Note) is not { } checkId
            || await db.AddressChecks.AsNoTracking().SingleOrDefaultAsync(one => one.Id == checkId, stop) is not { } check
            || await db.Registrations.AsNoTracking().SingleOrDefaultAsync(one => one.Id == check.RegistrationId,
                stop) is not { } registration)
            return null;
        var evt = await db.Events.AsNoTracking().SingleAsync(one => one.Id == registration.EventId, stop);
        var place = (await catalogue.Map(stop)).Place(evt.SiteId)!;
        return new EmailDraft(
            new Words($"Confirm your e-mail address for {evt.Title.Words.English}",
                $"Bestätigen Sie Ihre Adresse: {evt.Title.Words.German}",
                $"Bestätige deine Adresse: {evt.Title.Words.Familiar}").In(notification.Language),
            typeof(AddressToConfirmEmail),
            new AddressEmailFacts(evt, place, await links.Address(check.Id, stop)));
    }
}

public sealed record AddressEmailFacts(Event Event, SiteContext Place, Uri Link)
{
    public string Title => Event.Title.Here;
}
