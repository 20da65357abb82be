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
            title => new($"{title}: you have a seat", $"{title}: Sie sind dabei")),
        new Kind(LetterKind.RegistrationToConfirm, typeof(RegistrationToConfirmLetter),
            title => new($"{title}: please confirm your registration", $"{title}: bitte Anmeldung bestätigen")),
        new Kind(LetterKind.RegistrationPromoted, typeof(RegistrationPromotedLetter),
            title => new($"{title}: a seat for you", $"{title}: ein Platz für Sie")),
        new Kind(LetterKind.RegistrationWaiting, typeof(RegistrationWaitingLetter),
            title => new($"{title}: you are on the waiting list", $"{title}: Sie stehen auf der Warteliste")),
        new Kind(LetterKind.RegistrationStandBy, typeof(RegistrationStandByLetter),
            title => new($"{title}: no seat so far", $"{title}: bisher kein Platz frei")),
        new Kind(LetterKind.RegistrationCancelled, typeof(RegistrationCancelledLetter),
            title => new($"{title}: registration cancelled", $"{title}: Anmeldung storniert")),
        new Kind(LetterKind.EventReminder, typeof(EventReminderLetter),
            title => new($"{title} (reminder)", $"{title} (Erinnerung)")),
        new Kind(LetterKind.EventChanged, typeof(EventChangedLetter),
            title => new($"{title}: please note the change", $"{title}: bitte Änderung beachten")),
        new Kind(LetterKind.EventCancelled, typeof(EventCancelledLetter),
            title => new($"{title}: cancelled", $"{title}: abgesagt")),
    }.ToDictionary(kind => kind.Is);

    public bool Writes(LetterKind kind) => kinds.ContainsKey(kind);

    public async Task<LetterDraft?> Draft(HubDb db, Letter letter, CancellationToken stop)
    {
        var registration = await db.Registrations.AsNoTracking().FirstOrDefaultAsync(known => known.Id == letter.RegistrationId, stop);
        if (registration is null)
            return null;
        var hosted = await db.Events.AsNoTracking().FirstAsync(known => known.Id == registration.EventId, stop);
        var kind = kinds[letter.Kind];
        var stopReminders = letter.Class == LetterClass.Reminder ? await links.Unsubscribe(registration.Id, stop) : null;
        var facts = new RegistrationLetterFacts(
            registration, hosted, await catalogue.Map(stop), links.Event(hosted.Slug), await links.Registration(registration.Id, stop),
            await links.Ticket(registration.Id, stop), await WaitingPlace(db, registration, stop), letter.Note, stopReminders);
        var title = hosted.Title.In(letter.Language);
        return new LetterDraft(LetterSubject.Of(hosted.StartLocal, kind.Subject(title)).In(letter.Language), kind.Body, facts)
        {
            Calendar = letter.Told is { } told ? await Calendar(db, told, letter.Kind, hosted, registration, facts.Map, stop) : null,
            TicketCode = facts.HasTicket && letter.Kind is LetterKind.RegistrationConfirmed or LetterKind.RegistrationPromoted
                ? () => Code(facts.Ticket)
                : null,
            Site = hosted.SiteId is { } siteId ? facts.Map.Place(siteId)?.Site : null,
            Unsubscribe = stopReminders,
        };
    }

    // One person who leaves does not cancel the event: only an event that is cancelled itself says so in its STATUS.
    private async Task<LetterCalendar> Calendar(
        HubDb db, CalendarTold told, LetterKind kind, Event hosted, Registration registration, HubMap map, CancellationToken stop)
    {
        var memberId = registration.MemberId;
        var member = memberId is null ? null : await db.Members.AsNoTracking().SingleOrDefaultAsync(one => one.Id == memberId, stop);
        return new LetterCalendar(
            told.IsWithdrawal ? CalendarMethod.Cancel : CalendarMethod.Request,
            Entries.For(member, (await links.Entries(stop)).Of(hosted, registration, map)) with
            {
                Sequence = told.Sequence,
                IsCancelled = told.IsWithdrawal && (hosted.Status == DigiHub.Events.EventStatus.Cancelled || kind == LetterKind.EventCancelled),
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
