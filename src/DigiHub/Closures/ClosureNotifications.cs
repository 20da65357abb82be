using System.Globalization;
using DigiHub.Bookings;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Sites;
using DigiHub.Spaces;
using NodaTime.Text;

namespace DigiHub.Closures;

/// <param name="Closure">That it falls on; null: the site is open then after all.</param>
public sealed record ToldBooking(Booking Booking, Space Space, Closure? Closure);

/// <summary>
/// Notifies people whose bookings lie on days that have been closed, or no longer do: one e-mail a person, written when it leaves from
/// the current state. It waits for <see cref="Calm"/>, so that a mistake corrected in time is never sent.
/// </summary>
public static class ClosureNotifications
{
    /// <summary>A site was closed on days on which its reader has bookings, or is open on them after all.</summary>
    public static readonly NotificationType SiteClosure = new(
        "site_closure", NotificationClass.Transactional,
        words: new("Closed days", "Schließtage"),
        occasion: new(
            "because the site is closed on days you booked", "weil der Standort an Tagen geschlossen ist, die Sie gebucht haben",
            "weil der Standort an Tagen geschlossen ist, die du gebucht hast"));

    public static readonly Duration Calm = Duration.FromMinutes(5);

    /// <summary>In the transaction that closes, changes or ends, after its rows are saved; says to how many.</summary>
    /// <param name="before">The days as they were; null for a new closure.</param>
    internal static async Task<int> Write(
        HubDb db, SiteContext place, Closure closure, ClosedDates? before, Instant now, CancellationToken stop)
    {
        var about = db.Notifications.About(Closure.Subject.Of(closure.Id)).Where(notification => notification.Type == SiteClosure);
        await about.Withdraw(NotificationReason.Superseded, stop);
        var told = (await about.Where(notification => notification.State == NotificationState.Sent
            || notification.State == NotificationState.Sending)
            .Select(notification => notification.MemberId).ToListAsync(stop)).ToHashSet();

        var days = before is null ? new ClosedDates(closure.From, closure.Through)
            : new ClosedDates(LocalDate.Min(before.From, closure.From), LocalDate.Max(before.Through, closure.Through));
        var affected = await StandingOnClosedDays.Bookings(db, place, days, now).AsNoTracking().ToListAsync(stop);
        var closures = await ClosuresOf(db, place, stop);
        var count = 0;
        foreach (var theirs in affected.GroupBy(one => one.MemberId))
        {
            var isClosed = theirs.Any(one => ClosureOn(closures, one) is not null);
            if (!isClosed && !told.Contains(theirs.Key))
                continue; // was never notified
            var member = await db.Members.AsNoTracking().SingleAsync(one => one.Id == theirs.Key, stop);
            if (member.DisabledAt is not null)
                continue;
            db.Write(About(closure, days, member, now));
            count++;
        }

        return count;
    }

    /// <summary>
    /// What a notification of this kind tells, as things stand: the reader's bookings on those days that stand, by start. Null: not
    /// such a notification, or no such site.
    /// </summary>
    public static async Task<(SiteContext Place, IReadOnlyList<ToldBooking> Bookings)?> Of(
        HubDb db, HubDirectory map, Notification notification, CancellationToken stop)
    {
        if (notification.MemberId is not { } memberId
            || Parse(notification.Note) is not var (siteId, days) || map.Place(siteId) is not { } place)
            return null;
        var closures = await ClosuresOf(db, place, stop);
        var bookings = await StandingOnClosedDays.Bookings(db, place, days, notification.WrittenAt).AsNoTracking()
            .Where(booking => booking.MemberId == memberId)
            .OrderBy(booking => booking.Start).Take(BookingRules.OpenBookingsMax).ToListAsync(stop);
        return (place, [.. bookings.Where(booking => map.Space(booking.SpaceId) is not null)
            .Select(booking => new ToldBooking(booking, map.Space(booking.SpaceId)!, ClosureOn(closures, booking)))]);
    }

    /// <summary>What stands in the Note of such a notification: the site and the days it is about.</summary>
    public static string NoteOf(int siteId, LocalDate from, LocalDate through) =>
        string.Create(CultureInfo.InvariantCulture, $"{siteId}/{LocalDatePattern.Iso.Format(from)}/{LocalDatePattern.Iso.Format(through)}");

    private static (int SiteId, ClosedDates Days)? Parse(string? note) => note?.Split('/') is [var site, var from, var through]
        && int.TryParse(site, NumberStyles.None, CultureInfo.InvariantCulture, out var siteId)
        && LocalDatePattern.Iso.Parse(from) is { Success: true, Value: var first }
        && LocalDatePattern.Iso.Parse(through) is { Success: true, Value: var last }
            ? (siteId, new ClosedDates(first, last))
            : null;

    private static async Task<List<Closure>> ClosuresOf(HubDb db, SiteContext place, CancellationToken stop)
    {
        var siteId = place.Site.Id;
        return await db.Set<Closure>().AsNoTracking().Where(closure => closure.SiteId == siteId).ToListAsync(stop);
    }

    private static Closure? ClosureOn(List<Closure> closures, Booking booking) =>
        closures.Find(closure => booking.StartLocal.Date <= closure.Through && booking.LocalSpan.LastDate >= closure.From);

    private static Notification About(Closure closure, ClosedDates days, Member member, Instant now) => Notification.To(
        Recipient.Of(member), SiteClosure, Closure.Subject.Of(closure.Id), now, now + Calm, revision: $"{Guid.NewGuid():N}",
        note: NoteOf(closure.SiteId, days.From, days.Through));
}

/// <summary>A notification about closed days leaves only while its reader has a booking on them.</summary>
internal sealed class ClosureNotificationCheck(Catalogue catalogue) : INotificationCheck
{
    public bool Concerns(NotificationType type) => type == ClosureNotifications.SiteClosure;

    public async Task<NotificationReason?> WhyNot(HubDb db, Notification notification, Instant now, CancellationToken stop) =>
        await ClosureNotifications.Of(db, await catalogue.Map(stop), notification, stop) is { Bookings.Count: > 0 }
            ? null
            : NotificationReason.Cancelled;
}
