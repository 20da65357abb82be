using DigiHub.Bookings;
using DigiHub.Bookings.Guests;
using DigiHub.Calendars;
using DigiHub.Data;
using DigiHub.Demo;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Spaces;
using DigiHub.Time;
using DigiHub.Web.Components;
using DigiHub.Web.Notifications;

namespace DigiHub.Web.Bookings;

/// <summary>Writes to guests: where to go, who expects them, the network, and the entry for their calendar.</summary>
public sealed class GuestEmails(Catalogue catalogue, EmailLinks links) : IEmailAuthor
{
    private static readonly Guid guestId = new("0198b1a0-0000-7000-8000-00000000b301");

    public bool Writes(NotificationType type) => GuestNotifications.All.Contains(type);

    public IEnumerable<EmailSample> Samples(SampleWorld world)
    {
        var guest = new BookingGuest
        {
            Id = guestId,
            BookingId = world.Booking.Id,
            Name = DemoCast.Ada.Name,
            Email = DemoCast.Ada.Email,
            Language = Language.English,
            AddedAt = world.Now,
        };
        return GuestNotifications.All.Select((type, index) => new EmailSample(type, BookingGuest.Subject.Of(guest.Id))
        {
            Told = type == GuestNotifications.Withdrawn ? EmailSample.Withdraws : EmailSample.Invites,
            Rows = index == 0 ? [guest] : [],
        });
    }

    public async Task<EmailDraft?> Draft(HubDb db, Notification notification, CancellationToken stop)
    {
        var (map, guestId) = (await catalogue.Map(stop), notification.SubjectId);
        if (await db.BookingGuests.AsNoTracking().SingleOrDefaultAsync(one => one.Id == guestId, stop) is not { } guest
            || await db.Bookings.AsNoTracking().SingleOrDefaultAsync(one => one.Id == guest.BookingId, stop) is not { } booking
            || map.Space(booking.SpaceId) is not { } space)
            return null;
        var host = await db.Members.Where(one => one.Id == booking.MemberId && one.Id != Nobody.Id).Select(one => one.Name)
            .SingleOrDefaultAsync(stop);
        var facts = new GuestEmailFacts(
            notification.Type, booking, space, map.PlaceOf(space), host, await links.Guest(guest.Id, stop));
        var what = facts.What;
        return new EmailDraft(EmailSubject.Of(what, booking.StartLocal).In(notification.Language), typeof(GuestEmail), facts)
        {
            Calendar = notification.Told is not { } told ? null : new EmailCalendar(
                told.IsWithdrawal ? CalendarMethod.Cancel : CalendarMethod.Request,
                [
                    (await links.Entries(stop)).OfGuest(booking, guest, host, map, facts.Page) with
                    {
                        Sequence = told.Sequence,
                        IsCancelled = told.IsWithdrawal,
                    },
                ]),
            Site = facts.Place.Site,
        };
    }
}

/// <param name="Host">Null: not known any more.</param>
/// <param name="Page">The visit's own page, good without an account.</param>
public sealed record GuestEmailFacts(
    NotificationType Type, Booking Booking, Space Space, SiteContext Place, PersonName? Host, Uri Page)
{
    public Words What => Type == GuestNotifications.Withdrawn
        ? new($"Visit cancelled: {Place.Site.Name}", $"Besuch abgesagt: {Place.Site.Name}")
        : Type == GuestNotifications.Changed
        ? new($"Visit moved: {Place.Site.Name}", $"Besuch verlegt: {Place.Site.Name}")
        : new($"Your visit: {Place.Site.Name}", $"Ihr Besuch: {Place.Site.Name}", $"Dein Besuch: {Place.Site.Name}");

    public Words Title => Type == GuestNotifications.Withdrawn
        ? new("Your visit was cancelled", "Ihr Besuch wurde abgesagt", "Dein Besuch wurde abgesagt")
        : Type == GuestNotifications.Changed
        ? new("Your visit was moved", "Ihr Besuch wurde verlegt", "Dein Besuch wurde verlegt")
        : Host is { } name
        ? new($"{name.Isolated} expects you", $"{name.Isolated} erwartet Sie", $"{name.Isolated} erwartet dich")
        : new("You are expected", "Sie werden erwartet", "Du wirst erwartet");

    public bool IsOff => Type == GuestNotifications.Withdrawn;

    public IReadOnlyList<EmailFact> Lines =>
    [
        new(Speak.T("When", "Wann"), TimeWords.Span(Booking.LocalSpan).Here),
        new(Speak.T("Where", "Wo"), $"{Place.Site.Name}, {Place.Site.Street}, {Place.Site.PostCode} {Place.Site.City}"),
        new(Speak.T("Room", "Raum"), SpaceWords.Named(Space).Here),
        .. Host is { } name ? [new EmailFact(Speak.T("With", "Bei"), name.Isolated)] : Array.Empty<EmailFact>(),
        .. IsOff || Place.Site.GuestRoute.IsEmpty
            ? Array.Empty<EmailFact>() : [new EmailFact(Speak.T("Route", "Weg"), Place.Site.GuestRoute.Here)],
        .. IsOff || Place.Site.GuestNetwork.IsEmpty
            ? Array.Empty<EmailFact>() : [new EmailFact(Speak.T("Wi-Fi", "WLAN"), Place.Site.GuestNetwork.Here)],
    ];
}
