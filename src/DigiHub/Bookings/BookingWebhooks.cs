using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Spaces;

namespace DigiHub.Bookings;

/// <summary>What programs of others are told of bookings: which space, and when.</summary>
internal sealed class BookingWebhooks : IWebhookSubject
{
    public SubjectKind Kind => Booking.Subject;

    public IReadOnlyList<WebhookType> Types { get; } =
    [
        new("booking.created", new("Desk or room booked", "Platz oder Raum gebucht"), BookingActs.Created, BookingActs.Reinstated,
            BookingActs.ReleaseUndone),
        new("booking.moved", new("Booking changed", "Buchung geändert"), BookingActs.Moved, BookingActs.Ended,
            BookingActs.Extended, BookingActs.HandedOver),
        new("booking.cancelled", new("Booking cancelled", "Buchung storniert"), BookingActs.Cancelled),
        new("booking.checked_in", new("Checked in to a booking", "Zu einer Buchung eingecheckt"), BookingActs.CheckedIn),
        new("booking.approval_asked", new("Booking waits for approval", "Buchung wartet auf Genehmigung"), BookingActs.ApprovalAsked),
        new("booking.approved", new("Booking approved", "Buchung genehmigt"), BookingActs.Approved),
        new("booking.declined", new("Booking declined", "Buchung abgelehnt"), BookingActs.Declined),
        new("booking.lapsed", new("Booking lapsed, nobody approved it", "Buchung verfallen, niemand hat sie genehmigt"),
            BookingActs.Lapsed),
        new("booking.no_show", new("Booking released, nobody checked in", "Buchung freigegeben, niemand eingecheckt"),
            BookingActs.Released),
    ];

    public async Task<WebhookFacts?> Facts(HubDb db, Subject subject, CancellationToken stop)
    {
        if (await db.Bookings.FindAsync([subject.Id], stop) is not { } booking)
            return null;
        var space = await db.Spaces.FindAsync([booking.SpaceId], stop);
        var ids = new Dictionary<string, object> { ["spaceId"] = booking.SpaceId };
        if (booking.MeetingId is { } meetingId)
            ids["meetingId"] = meetingId;
        return new WebhookFacts
        {
            Ids = ids,
            SiteId = booking.SiteId,
            Path = $"/bookings/{booking.Id}",
            Title = space is null ? null : (new(space.Name, space.Name), booking.StartLocal),
        };
    }
}
