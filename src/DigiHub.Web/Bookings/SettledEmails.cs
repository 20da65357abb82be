using DigiHub.Bookings;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Spaces;
using DigiHub.Time;
using DigiHub.Web.Components;
using DigiHub.Web.Notifications;

namespace DigiHub.Web.Bookings;

/// <summary>Writes the e-mail about several bookings that were moved or cancelled together, as they are when it leaves.</summary>
public sealed class SettledEmails(Catalogue catalogue, EmailLinks links) : IEmailAuthor
{
    public bool Writes(NotificationType type) =>
        type.IsOneOf(BookingNotifications.Settled, BookingNotifications.CancelledTogether);

    public IEnumerable<EmailSample> Samples(SampleWorld world)
    {
        Booking[] cancelled = [Cancelled(world.Booking, 1), Cancelled(world.Booking, 2)];
        return
        [
            new EmailSample(BookingNotifications.Settled, Member.Subject.Of(world.MemberId))
            {
                Note = new SettledNote(new("Der Raum wird umgebaut.", "The room is being rebuilt."),
                [
                    new(world.Booking.Id, world.DeskElsewhere.SpaceId, IsMoved: true),
                    new(world.DeskElsewhere.Id, world.Booking.SpaceId, IsMoved: true),
                ]).Written,
            },
            new EmailSample(BookingNotifications.CancelledTogether, Member.Subject.Of(world.MemberId))
            {
                Note = new SettledNote(LocalisedText.Of(new(
                    "You’re away: Tue 1 December", "Sie sind nicht da: Di., 1. Dezember", "Du bist nicht da: Di., 1. Dezember")),
                    [.. cancelled.Select(one => new SettledLine(one.Id, one.SpaceId, IsMoved: false))]).Written,
                Rows = cancelled,
            },
        ];
    }

    private static Booking Cancelled(Booking booking, int days) => new()
    {
        Id = new Guid($"0198b1a0-0000-7000-8000-00000000510{days}"),
        SpaceId = booking.SpaceId,
        SiteId = booking.SiteId,
        MemberId = booking.MemberId,
        BookedById = booking.MemberId,
        StartLocal = booking.StartLocal.PlusDays(days),
        EndLocal = booking.EndLocal.PlusDays(days),
        Start = booking.Start + Duration.FromDays(days),
        End = booking.End + Duration.FromDays(days),
        Status = BookingStatus.Cancelled,
        CreatedAt = booking.CreatedAt,
    };

    public async Task<EmailDraft?> Draft(HubDb db, Notification notification, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        if (await SettledBookings.Of(db, map, notification, stop) is not var (reason, bookings) || bookings.Count == 0)
            return null;
        var facts = new SettledEmailFacts(map.PlaceOf(bookings[0].From), bookings, reason, links.Booking, links.To(Paths.MyBookings))
        {
            Map = map,
            IsOwnAct = notification.Type == BookingNotifications.CancelledTogether,
        };
        var day = TimeWords.ShortDay(bookings[0].Booking.StartLocal.Date);
        return new EmailDraft(
            new Words($"{facts.Title.English}, from {day.English}", $"{facts.Title.German}, ab {day.German}",
                $"{facts.Title.Familiar}, ab {day.Familiar}").In(notification.Language),
            typeof(SettledEmail), facts)
        { Site = facts.Place.Site };
    }
}

/// <param name="Place">Where they were.</param>
/// <param name="Bookings">At least one, by start.</param>
/// <param name="Reason">Empty: none is told.</param>
public sealed record SettledEmailFacts(
    SiteContext Place, IReadOnlyList<ToldSettled> Bookings, LocalisedText Reason, Func<Guid, Uri> PageOf, Uri All)
{
    /// <summary>Where the pools have their names.</summary>
    public required HubDirectory Map { get; init; }

    /// <summary>More are behind the link: a mail stays readable.</summary>
    public const int ShownMax = 20;

    /// <summary>The member cancelled them, or had them cancelled.</summary>
    public bool IsOwnAct { get; init; }

    public IEnumerable<ToldSettled> Moved => Bookings.Where(one => one.IsMoved);

    public IEnumerable<ToldSettled> Cancelled => Bookings.Where(one => !one.IsMoved);

    public Words Title => (Moved.Any(), Cancelled.Any()) switch
    {
        (true, false) => new("Your bookings have another place", "Ihre Buchungen haben einen anderen Platz",
            "Deine Buchungen haben einen anderen Platz"),
        (false, true) => new("Your bookings are cancelled", "Ihre Buchungen sind storniert", "Deine Buchungen sind storniert"),
        _ => new("Your bookings have changed", "Ihre Buchungen haben sich geändert", "Deine Buchungen haben sich geändert"),
    };

    public IReadOnlyList<EmailFact> LinesOf(ToldSettled one) =>
    [
        new(Speak.T("When", "Wann"), TimeWords.Span(one.Booking.LocalSpan).Here),
        one.IsMoved
            ? new(Speak.T("What", "Was"),
                Speak.T($"{one.Space.Name} instead of {one.From.Name}", $"{one.Space.Name} statt {one.From.Name}"))
            : new(Speak.T("What", "Was"), SpaceWords.Named(one.From).Here),
        .. Map.Pool(one.Booking.PoolId) is { } pool ? [new EmailFact(Speak.T("Pool", "Pool"), PoolWords.Any(pool).Here)] : NoFacts,
    ];

    private static readonly EmailFact[] NoFacts = [];
}
