using DigiHub.Bookings;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Spaces;
using DigiHub.Time;
using DigiHub.Web.Components;
using DigiHub.Web.Notifications;

namespace DigiHub.Web.Bookings;

/// <summary>Writes the e-mail about several bookings that have become a member's together, as they are when it leaves.</summary>
public sealed class ReceivedEmails(Catalogue catalogue, EmailLinks links) : IEmailAuthor
{
    public bool Writes(NotificationType type) => type == BookingNotifications.ReceivedSeveral;

    public IEnumerable<EmailSample> Samples(SampleWorld world) =>
    [
        new EmailSample(BookingNotifications.ReceivedSeveral, Member.Subject.Of(world.MemberId))
        {
            Note = new ReceivedNote(world.MemberId, [world.Booking.Id, world.DeskElsewhere.Id]).Written,
        },
        new EmailSample(BookingNotifications.ReceivedSeveral, Member.Subject.Of(world.MemberId))
        {
            Reading = "OfSeveral",
            Occasion = new("When an organisation is retired", "Wenn eine Organisation stillgelegt wird"),
            Note = new ReceivedNote(FromId: null, [world.Booking.Id, world.DeskElsewhere.Id]).Written,
        },
    ];

    public async Task<EmailDraft?> Draft(HubDb db, Notification notification, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        List<(Booking Booking, Space Space)> bookings = [];
        foreach (var booking in await ReceivedBookings.Of(db, notification, stop))
        {
            if (map.Space(booking.SpaceId) is { } space)
                bookings.Add((booking, space));
        }

        if (bookings.Count == 0 || ReceivedNote.Parse(notification.Note) is not { } note)
            return null;
        var fromId = note.FromId;
        var from = await db.Members.Where(one => one.Id == fromId).Select(one => one.Name).SingleOrDefaultAsync(stop);
        var facts = new ReceivedEmailFacts(map.PlaceOf(bookings[0].Space), bookings, from, links.Booking, links.To(Paths.MyBookings))
        {
            AreOfSeveral = fromId is null,
        };
        var day = TimeWords.ShortDay(bookings[0].Booking.StartLocal.Date);
        return new EmailDraft(
            new Words($"{facts.Title.English}, from {day.English}", $"{facts.Title.German}, ab {day.German}",
                $"{facts.Title.Familiar}, ab {day.Familiar}").In(notification.Language),
            typeof(ReceivedEmail), facts)
        { Site = facts.Place.Site };
    }
}

/// <param name="Place">Of the first.</param>
/// <param name="Bookings">At least one, by start.</param>
/// <param name="From">Whose they were; null if that is not known any more.</param>
public sealed record ReceivedEmailFacts(
    SiteContext Place, IReadOnlyList<(Booking Booking, Space Space)> Bookings, PersonName? From, Func<Guid, Uri> PageOf, Uri All)
{
    /// <summary>They were those of several people, none of whom is named.</summary>
    public bool AreOfSeveral { get; init; }

    /// <summary>More are behind the link: a mail stays readable.</summary>
    public const int ShownMax = 20;

    public Words Title => Bookings.Count == 1
        ? new("A booking is yours now", "Eine Buchung gehört jetzt Ihnen", "Eine Buchung gehört jetzt dir")
        : new($"{Bookings.Count} bookings are yours now", $"{Bookings.Count} Buchungen gehören jetzt Ihnen",
            $"{Bookings.Count} Buchungen gehören jetzt dir");

    public static IReadOnlyList<EmailFact> LinesOf(Booking booking, Space space) =>
    [
        new(Speak.T("When", "Wann"), TimeWords.Span(booking.LocalSpan).Here),
        new(Speak.T("What", "Was"), SpaceWords.Named(space).Here),
    ];
}
