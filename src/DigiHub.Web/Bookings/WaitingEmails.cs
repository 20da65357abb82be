using DigiHub.Bookings.Waiting;
using DigiHub.Data;
using DigiHub.Notifications;
using DigiHub.Spaces;
using DigiHub.Time;
using DigiHub.Web.Components;
using DigiHub.Web.Notifications;

namespace DigiHub.Web.Bookings;

/// <summary>Writes the e-mails of the waiting list: an offer, and the end of an entry that led to nothing.</summary>
public sealed class WaitingEmails(Catalogue catalogue, EmailLinks links) : IEmailAuthor
{
    private static readonly Guid entryId = new("0198b1a0-0000-7000-8000-00000000c001");
    private static readonly Guid offerId = new("0198b1a0-0000-7000-8000-00000000c002");

    public bool Writes(NotificationType type) => type.IsOneOf(WaitingNotifications.Offered, WaitingNotifications.Ended);

    public IEnumerable<EmailSample> Samples(SampleWorld world)
    {
        var booking = world.Booking;
        var entry = new WaitingEntry
        {
            Id = entryId,
            MemberId = world.MemberId,
            CreatedById = world.MemberId,
            SpaceId = booking.SpaceId,
            SiteId = booking.SiteId,
            Kind = world.SmallRoom.Kind,
            FromLocal = booking.StartLocal,
            UntilLocal = booking.EndLocal,
            JoinedAt = world.Now,
            EndsAt = booking.Start,
            WishKey = "sample",
        };
        var offer = new WaitingOffer
        {
            Id = offerId,
            EntryId = entryId,
            MemberId = world.MemberId,
            SpaceId = booking.SpaceId,
            StartLocal = booking.StartLocal,
            EndLocal = booking.EndLocal,
            Start = booking.Start,
            End = booking.End,
            OfferedAt = world.Now,
            Until = world.Now + OfferTime.Usual,
        };
        return
        [
            new EmailSample(WaitingNotifications.Offered, WaitingOffer.Subject.Of(offerId)) { Rows = [entry, offer] },
            new EmailSample(WaitingNotifications.Ended, WaitingEntry.Subject.Of(entryId))
            {
                Note = $"{WaitingStatus.Expired}",
                Rows = [entry],
            },
            new EmailSample(WaitingNotifications.Ended, WaitingEntry.Subject.Of(entryId), "dropped")
            {
                Occasion = new("after two offers without an answer", "nach zwei Angeboten ohne Antwort"),
                Note = $"{WaitingStatus.Dropped}",
                Rows = [entry],
            },
        ];
    }

    public async Task<EmailDraft?> Draft(HubDb db, Notification notification, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        return notification.Type == WaitingNotifications.Offered
            ? await Offered(db, notification, map, stop)
            : await Ended(db, notification, map, stop);
    }

    private async Task<EmailDraft?> Offered(HubDb db, Notification notification, HubDirectory map, CancellationToken stop)
    {
        var offer = await db.WaitingOffers.AsNoTracking().SingleOrDefaultAsync(one => one.Id == notification.SubjectId, stop);
        if (offer is null || map.Space(offer.SpaceId) is not { } space)
            return null;
        var place = map.PlaceOf(space);
        var facts = new OfferEmailFacts(offer, space, place, await links.WaitingOffer(notification.Id, stop));
        return new EmailDraft(
            EmailSubject.Of(new($"It’s free: {space.Name}", $"Frei geworden: {space.Name}"), offer.StartLocal).In(notification.Language),
            typeof(WaitingOfferEmail), facts)
        { Site = place.Site };
    }

    private async Task<EmailDraft?> Ended(HubDb db, Notification notification, HubDirectory map, CancellationToken stop)
    {
        var entry = await db.WaitingEntries.AsNoTracking().SingleOrDefaultAsync(one => one.Id == notification.SubjectId, stop);
        if (entry is null)
            return null;
        var place = entry.SiteId is { } siteId ? map.Place(siteId) : null;
        var view = new WaitingView(entry, default!, Place: 0, Offer: null)
        {
            Space = entry.SpaceId is { } spaceId ? map.Space(spaceId) : null,
            Pool = map.Pool(entry.PoolId),
            Site = place,
        };
        var facts = new WaitingEndedEmailFacts(
            view, map, place ?? map.Places[0], notification.Note == $"{WaitingStatus.Dropped}", links.To(Paths.WaitingList));
        var what = WaitingWords.What(view, map);
        return new EmailDraft(
            new Words($"Waiting list: {what.English}", $"Warteliste: {what.German}").In(notification.Language),
            typeof(WaitingEndedEmail), facts)
        { Site = facts.Place.Site };
    }
}

/// <param name="Answer">Where it is accepted or declined, without signing in.</param>
public sealed record OfferEmailFacts(WaitingOffer Offer, Space Space, SiteContext Place, Uri Answer)
{
    public Words Until
    {
        get
        {
            var local = Place.Time.Local(Offer.Until);
            var (day, clock) = (TimeWords.ShortDay(local.Date), TimeWords.Clock(local.TimeOfDay));
            return new($"{day.English}, {clock.English}", $"{day.German}, {clock.German} Uhr");
        }
    }

    public IReadOnlyList<EmailFact> Lines =>
    [
        new(Speak.T("What", "Was"), SpaceWords.Named(Space).Here),
        new(Speak.T("When", "Wann"), TimeWords.Span(Offer.LocalSpan).Here),
        new(Speak.T("Where", "Wo"), $"{Place.Site.Name}, {Place.Site.Street}, {Place.Site.PostCode} {Place.Site.City}"),
    ];
}

/// <param name="IsDropped">Two offers went unanswered; else its time has passed.</param>
public sealed record WaitingEndedEmailFacts(WaitingView View, HubDirectory Map, SiteContext Place, bool IsDropped, Uri List)
{
    public IReadOnlyList<EmailFact> Lines =>
    [
        new(Speak.T("What", "Was"), WaitingWords.What(View, Map).Here),
        new(Speak.T("When", "Wann"), WaitingWords.When(View.Entry).Here),
    ];
}
