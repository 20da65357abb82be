using DigiHub.Calendars;
using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Letters;
using DigiHub.Members;
using DigiHub.Registrations;
using DigiHub.Spaces;
using DigiHub.Web.Letters;
using QRCoder;

namespace DigiHub.Web.Registrations;

/// <summary>Writes the letters to attendees: about their registration, and about its event.</summary>
public sealed class RegistrationLetters(Catalogue catalogue, LetterLinks links) : ILetterAuthor
{
    private sealed record Kind(LetterKind Is, Type Body, Func<string, Words> Subject);

    private static readonly Dictionary<LetterKind, Kind> kinds = new[]
    {
        new Kind(LetterKind.RegistrationConfirmed, typeof(RegistrationConfirmedLetter),
            title => new($"You’re in: {title}", $"Sie sind dabei: {title}")),
        new Kind(LetterKind.RegistrationToConfirm, typeof(RegistrationToConfirmLetter),
            title => new($"Confirm your registration: {title}", $"Bestätigen Sie Ihre Anmeldung: {title}")),
        new Kind(LetterKind.RegistrationPromoted, typeof(RegistrationPromotedLetter),
            title => new($"You’re in: {title}", $"Sie sind dabei: {title}")),
        new Kind(LetterKind.RegistrationWaiting, typeof(RegistrationWaitingLetter),
            title => new($"Waiting list: {title}", $"Warteliste: {title}")),
        new Kind(LetterKind.RegistrationStandBy, typeof(RegistrationStandByLetter),
            title => new($"Still on the waiting list: {title}", $"Noch auf der Warteliste: {title}")),
        new Kind(LetterKind.RegistrationCancelled, typeof(RegistrationCancelledLetter),
            title => new($"Cancelled: your registration for {title}", $"Anmeldung storniert: {title}")),
        new Kind(LetterKind.EventReminder, typeof(EventReminderLetter),
            title => new($"Reminder: {title}", $"Erinnerung: {title}")),
        new Kind(LetterKind.EventChanged, typeof(EventChangedLetter),
            title => new($"Changed: {title}", $"Geändert: {title}")),
        new Kind(LetterKind.EventCancelled, typeof(EventCancelledLetter),
            title => new($"Cancelled: {title}", $"Abgesagt: {title}")),
    }.ToDictionary(kind => kind.Is);

    public bool Writes(LetterKind kind) => kinds.ContainsKey(kind);

    public async Task<LetterDraft?> Draft(HubDb db, Letter letter, CancellationToken stop)
    {
        var registration = await db.Registrations.AsNoTracking().FirstOrDefaultAsync(known => known.Id == letter.RegistrationId, stop);
        if (registration is null)
            return null;
        var evt = await db.Events.AsNoTracking().FirstAsync(known => known.Id == registration.EventId, stop);
        var kind = kinds[letter.Kind];
        var stopReminders = letter.Class == LetterClass.Reminder ? await links.Unsubscribe(registration.Id, stop) : null;
        var facts = new RegistrationLetterFacts(
            registration, evt, await catalogue.Map(stop), links.Event(evt.Slug), await links.Registration(registration.Id, stop),
            await links.Ticket(registration.Id, stop), await WaitingPlace(db, registration, stop), letter.Note, stopReminders);
        var title = evt.Title.In(letter.Language);
        return new LetterDraft(LetterSubject.Of(kind.Subject(title), evt.StartLocal).In(letter.Language), kind.Body, facts)
        {
            About = LetterSubject.Of(new(title, title), evt.StartLocal).In(letter.Language),
            Calendar = letter.Told is { } told ? await Calendar(db, told, letter.Kind, evt, registration, facts.Map, stop) : null,
            TicketCode = facts.HasTicket && letter.Kind is LetterKind.RegistrationConfirmed or LetterKind.RegistrationPromoted
                ? () => Code(facts.Ticket)
                : null,
            Site = evt.SiteId is { } siteId ? facts.Map.Place(siteId)?.Site : null,
            Unsubscribe = stopReminders,
        };
    }

    // One person who leaves does not cancel the event: only an event that is cancelled itself says so in its STATUS.
    private async Task<LetterCalendar> Calendar(
        HubDb db, CalendarTold told, LetterKind kind, Event evt, Registration registration, HubDirectory map, CancellationToken stop)
    {
        var memberId = registration.MemberId;
        var member = memberId is null ? null : await db.Members.AsNoTracking().SingleOrDefaultAsync(one => one.Id == memberId, stop);
        return new LetterCalendar(
            told.IsWithdrawal ? CalendarMethod.Cancel : CalendarMethod.Request,
            Entries.For(member, (await links.Entries(stop)).Of(evt, registration, map)) with
            {
                Sequence = told.Sequence,
                IsCancelled = told.IsWithdrawal && (evt.Status == DigiHub.Events.EventStatus.Cancelled || kind == LetterKind.EventCancelled),
            });
    }

    private static async Task<int?> WaitingPlace(HubDb db, Registration registration, CancellationToken stop) =>
        registration.Status != RegistrationStatus.Waiting ? null : 1 + await db.Registrations.CountAsync(
            other => other.EventId == registration.EventId && other.Status == RegistrationStatus.Waiting && other.Number < registration.Number, stop);

    // As picture and not as SVG: mail programs show no SVG.
    private static byte[] Code(Uri ticket)
    {
        using var data = QRCodeGenerator.GenerateQrCode(ticket.ToString(), QRCodeGenerator.ECCLevel.M);
        using var code = new PngByteQRCode(data);
        return code.GetGraphic(pixelsPerModule: 6);
    }
}
