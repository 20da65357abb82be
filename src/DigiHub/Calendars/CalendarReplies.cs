using System.Globalization;
using DigiHub.Bookings;
using DigiHub.Bookings.Series;
using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Keys;
using DigiHub.Mail;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Registrations;
using DigiHub.Spaces;

namespace DigiHub.Calendars;

/// <summary>
/// What calendar programs answer (RFC 5546 3.2.3). Anybody can send such a mail in anybody's name, so a decline frees nothing: it has a
/// notification written to the person, once for each version of their entry; they cancel by its button.
/// </summary>
internal sealed class CalendarReplies(HubIdentity identity, Catalogue catalogue) : IInboundHandler
{
    public bool Handles(InboundMessage message) => message is InboundMessage.Reply;

    public async Task<string?> Handle(HubDb db, InboundMessage message, Instant now, CancellationToken stop)
    {
        var reply = (InboundMessage.Reply)message;
        var uids = new CalendarUid((await identity.Get(stop)).Text);
        if (uids.Event(reply.Uid) is { } eventId)
            return await ReplyToEvent(db, reply, eventId, now, stop);
        if (uids.Booking(reply.Uid) is { } bookingId)
            return await ReplyToBooking(db, reply, bookingId, now, stop);
        if (uids.Series(reply.Uid) is { } seriesId)
            return await ReplyToSeries(db, reply, seriesId, now, stop);
        return "unknown entry";
    }

    private static async Task<string> ReplyToEvent(HubDb db, InboundMessage.Reply reply, Guid eventId, Instant now, CancellationToken stop)
    {
        var attendee = reply.Attendee.Key;
        var registration = await db.Registrations.AsNoTracking()
            .SingleOrDefaultAsync(one => one.EventId == eventId && one.NormalizedEmail == attendee, stop);
        if (registration is null)
            return "not their entry";
        var evt = await db.Events.AsNoTracking().SingleAsync(one => one.Id == eventId, stop);
        if (registration.Status != RegistrationStatus.Confirmed || evt.Status != EventStatus.Published || evt.Start <= now)
            return "over";

        var sequence = evt.CalendarSequence + registration.CalendarSequence;
        if (reply.Sequence < sequence)
            return "stale";
        return reply.Answer != ReplyAnswer.Declined ? Noted(reply) : await Ask(db, RegistrationEmails.Of(
            registration, CalendarNotifications.DeclineToConfirm, evt, now, now,
            notAfter: evt.Start, revision: $"{sequence}", note: sequence.ToString(CultureInfo.InvariantCulture)), stop);
    }

    private static async Task<string> ReplyToBooking(
        HubDb db, InboundMessage.Reply reply, Guid bookingId, Instant now, CancellationToken stop)
    {
        var booking = await db.Bookings.AsNoTracking().SingleOrDefaultAsync(one => one.Id == bookingId, stop);
        return await ReplyToBooking(db, reply, booking, booking?.CalendarSequence ?? 0, now, stop);
    }

    /// <summary>
    /// To one date, or to all that is ahead. Programs keep the SEQUENCE of each date by itself, so that an older one is no sign of an old
    /// answer: the page that asks to confirm shows the date as it is.
    /// </summary>
    private async Task<string> ReplyToSeries(
        HubDb db, InboundMessage.Reply reply, Guid seriesId, Instant now, CancellationToken stop)
    {
        if (await db.BookingSeries.AsNoTracking().SingleOrDefaultAsync(one => one.Id == seriesId, stop) is not { } series)
            return "not their entry";
        if (reply.DateOfSeries is { } at)
        {
            LocalDate? date = (await catalogue.Map(stop)).Place(series.SiteId)!.Time.DateOf(at);
            var booking = await db.Bookings.AsNoTracking().OfSeries(seriesId).SingleOrDefaultAsync(one => one.SeriesDate == date, stop);
            return await ReplyToBooking(db, reply, booking, sequence: 0, now, stop);
        }

        var attendee = reply.Attendee.Key;
        var member = await db.Members.AsNoTracking().SingleAsync(one => one.Id == series.MemberId, stop);
        if (member.NormalizedEmail != attendee)
            return "not their entry";
        if (member.DisabledAt is not null
            || await db.Bookings.OfSeries(seriesId).Ahead(now).MaxAsync(one => (Instant?)one.Start, stop) is not { } last)
            return "over";
        if (reply.Sequence < series.CalendarSequence)
            return "stale";
        return reply.Answer != ReplyAnswer.Declined ? Noted(reply) : await Ask(db, Notification.To(
            Recipient.Of(member), CalendarNotifications.DeclineToConfirm,
            BookingSeries.Subject.Of(seriesId), now, revision: $"{series.CalendarSequence}",
            note: series.CalendarSequence.ToString(CultureInfo.InvariantCulture), notAfter: last), stop);
    }

    private static async Task<string> ReplyToBooking(
        HubDb db, InboundMessage.Reply reply, Booking? booking, int sequence, Instant now, CancellationToken stop)
    {
        var attendee = reply.Attendee.Key;
        var member = booking is null ? null : await db.Members.AsNoTracking().SingleAsync(one => one.Id == booking.MemberId, stop);
        if (booking is null || member!.NormalizedEmail != attendee)
            return "not their entry";
        if (!booking.IsStanding || booking.Start <= now || member.DisabledAt is not null)
            return "over";
        if (reply.Sequence < sequence)
            return "stale";
        return reply.Answer != ReplyAnswer.Declined ? Noted(reply) : await Ask(db, Notification.To(
            Recipient.Of(member), CalendarNotifications.DeclineToConfirm,
            Booking.Subject.Of(booking.Id), now, revision: $"{booking.CalendarSequence}",
            note: booking.CalendarSequence.ToString(CultureInfo.InvariantCulture), notAfter: booking.Start), stop);
    }

    private static string Noted(InboundMessage.Reply reply) => reply.Answer == ReplyAnswer.Accepted ? "accepted" : "tentative";

    private static async Task<string> Ask(HubDb db, Notification notification, CancellationToken stop)
    {
        var (purpose, email) = (notification.Purpose, notification.NormalizedEmail);
        if (await db.Notifications.AnyAsync(asked => asked.Purpose == purpose && asked.NormalizedEmail == email, stop))
            return "asked before";
        db.Write(notification);
        return "asked to confirm";
    }
}
