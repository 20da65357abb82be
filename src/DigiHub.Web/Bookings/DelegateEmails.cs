using DigiHub.Bookings;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Spaces;
using DigiHub.Time;
using DigiHub.Web.Components;
using DigiHub.Web.Notifications;

namespace DigiHub.Web.Bookings;

/// <summary>Tells a delegate how a booking stands that they made for somebody; its title is not theirs to read here.</summary>
public sealed class DelegateEmails(Catalogue catalogue, EmailLinks links) : IEmailAuthor
{
    public bool Writes(NotificationType type) => type == BookingNotifications.DelegateTold;

    public IEnumerable<EmailSample> Samples(SampleWorld world) =>
        [new EmailSample(BookingNotifications.DelegateTold, Booking.Subject.Of(world.Booking.Id))];

    public async Task<EmailDraft?> Draft(HubDb db, Notification notification, CancellationToken stop)
    {
        var (map, bookingId) = (await catalogue.Map(stop), notification.SubjectId);
        if (await db.Bookings.AsNoTracking().SingleOrDefaultAsync(one => one.Id == bookingId, stop) is not { } booking
            || map.Space(booking.SpaceId) is not { } space)
            return null;
        var name = await db.Members.Where(one => one.Id == booking.MemberId).Select(one => one.Name)
            .SingleOrDefaultAsync(stop);
        var facts = new DelegateEmailFacts(booking, space, map.PlaceOf(space), name, links.Booking(booking.Id));
        var state = facts.State;
        return new EmailDraft(
            EmailSubject.Of(
                new($"{state.English}: {space.Name}, for {facts.Whom.English}", $"{state.German}: {space.Name}, für {facts.Whom.German}",
                    $"{state.Familiar}: {space.Name}, für {facts.Whom.Familiar}"),
                booking.StartLocal).In(notification.Language),
            typeof(DelegateEmail), facts)
        { Site = facts.Place.Site };
    }
}

/// <param name="Name">Whose booking it is; null: not known any more.</param>
public sealed record DelegateEmailFacts(Booking Booking, Space Space, SiteContext Place, PersonName? Name, Uri Page)
{
    public Words Whom => Name is { Isolated: var name } ? new(name, name) : new("a colleague", "jemanden aus Ihrer Organisation",
        "jemanden aus deiner Organisation");

    public Words State => Booking switch
    {
        { IsPending: true } => new("Waits for approval", "Wartet auf Genehmigung"),
        { IsStanding: true } => new("Booked", "Gebucht"),
        { Status: BookingStatus.Declined } => new("Declined", "Abgelehnt"),
        { Status: BookingStatus.Lapsed } => new("Lapsed", "Verfallen"),
        { Status: BookingStatus.Released } => new("Released", "Freigegeben"),
        _ => new("Cancelled", "Storniert"),
    };

    public IReadOnlyList<EmailFact> Lines =>
    [
        new(Speak.T("For", "Für"), Whom.Here),
        new(Speak.T("When", "Wann"), TimeWords.Span(Booking.LocalSpan).Here),
        new(Speak.T("What", "Was"), SpaceWords.Named(Space).Here),
        new(Speak.T("Where", "Wo"), $"{Place.Site.Name}, {Place.Site.Street}, {Place.Site.PostCode} {Place.Site.City}"),
        new(Speak.T("Now", "Jetzt"), State.Here),
    ];
}
