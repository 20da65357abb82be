using DigiHub.Bookings;
using DigiHub.Data;
using DigiHub.Mail;
using DigiHub.Notifications;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Reminders;

/// <summary>A reminder that a member will get.</summary>
/// <param name="Local">When it leaves, on the clock of the site it is about.</param>
/// <param name="About">What it reminds of: an event's title, a space's name; null for the overview of a day.</param>
/// <param name="Of">The start of that, or the day of the overview.</param>
/// <param name="IsMoved">The quiet hours have moved it.</param>
/// <param name="ByDigest">The overview of the day tells it instead.</param>
public sealed record ReminderToCome(
    NotificationType Type, Instant Leaves, LocalDateTime Local, Words? About, LocalDateTime Of, bool IsMoved, bool ByDigest);

/// <summary>"You will get these reminders, then": the next of a member, or all of one booking.</summary>
public sealed class RemindersToCome(HubDbFactory databases, Catalogue catalogue, IClock clock)
{
    public const int CountMax = 12;

    /// <summary>So far ahead overviews of days are told: what lies further ahead changes too often.</summary>
    private const int DigestDays = 7;

    /// <summary>By the time they leave, at most <see cref="CountMax"/>.</summary>
    public async Task<IReadOnlyList<ReminderToCome>> OfMember(Guid memberId, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        await using var db = databases.Open();
        var planned = await Planned(db, map, db.Notifications.Where(notification => notification.MemberId == memberId), memberId, stop);
        return [.. planned.Concat(await Digests(db, map, memberId, stop)).OrderBy(reminder => reminder.Leaves).Take(CountMax)];
    }

    /// <summary>Of one booking; whether its page may be seen is the caller's to ask.</summary>
    public async Task<IReadOnlyList<ReminderToCome>> OfBooking(Booking booking, CancellationToken stop)
    {
        await using var db = databases.Open();
        return await Planned(db, await catalogue.Map(stop), db.Notifications.About(Booking.Subject.Of(booking.Id)), booking.MemberId, stop);
    }

    private static async Task<List<ReminderToCome>> Planned(
        HubDb db, HubDirectory map, IQueryable<Notification> notifications, Guid memberId, CancellationToken stop)
    {
        var (events, registrations, bookings) = (db.Set<Events.Event>(), db.Set<Registrations.Registration>(), db.Bookings);
        var member = await db.Set<Members.Member>().AsNoTracking().SingleAsync(one => one.Id == memberId, stop);
        if (!member.WantsReminders)
            return [];
        var rows = await notifications.AsNoTracking().NotYetLeaving().OfReminderClass()
            .Where(notification => notification.Type != ReminderNotifications.DayDigest)
            .OrderBy(notification => notification.NextAttemptAt).Take(CountMax)
            .Select(notification => new
            {
                Notification = notification,
                Event = registrations.Where(one => one.Id == notification.SubjectId)
                    .Join(events, one => one.EventId, evt => evt.Id, (one, evt) => evt).FirstOrDefault(),
                Booking = bookings.FirstOrDefault(own => own.Id == notification.SubjectId),
            }).ToListAsync(stop);
        var (_, suppressed) = await db.SuppressedOf(rows.Select(row => row.Notification.NormalizedEmail), stop);
        return
        [
            .. from row in rows
               let notification = row.Notification
               let site = map.Place(row.Event?.SiteId ?? row.Booking?.SiteId ?? 0)?.Time
               where site is not null && !suppressed.Contains(notification.NormalizedEmail)
                   && (notification.Type == BookingNotifications.Reminder || member.WantsEventReminders)
               let name = row.Booking is { } own ? map.Space(own.SpaceId)?.Name : null
               select new ReminderToCome(notification.Type, notification.NextAttemptAt, site.Local(notification.NextAttemptAt),
                   row.Event?.Title.Words ?? (name is null ? null : new Words(name, name)),
                   (row.Event?.StartLocal ?? row.Booking?.StartLocal)!.Value,
                   notification.MovedFrom is not null, notification.DaysBefore == 1 && member.WantsDigest),
        ];
    }

    private async Task<List<ReminderToCome>> Digests(HubDb db, HubDirectory map, Guid memberId, CancellationToken stop)
    {
        var digests = new List<ReminderToCome>();
        var member = await db.Set<Members.Member>().AsNoTracking().SingleAsync(one => one.Id == memberId, stop);
        if (!member.WantsDigest || WriteDigests.HomeOf(map, member.HomeSiteId) is not { } home
            || (await db.SuppressedOf([member.NormalizedEmail], stop)).Reminders.Count > 0)
            return digests;
        var now = clock.GetCurrentInstant();
        for (var date = home.Time.DateOf(now); date <= home.Time.DateOf(now).PlusDays(DigestDays); date = date.PlusDays(1))
        {
            var (due, _) = WriteDigests.Leaves(member, date, home)!.Value;
            if (due > now && (await MemberDay.Of(db, map, memberId, date, home.Time, stop)).Items is [var first, ..])
                digests.Add(new ReminderToCome(ReminderNotifications.DayDigest, due, home.Time.Local(due),
                    About: null, first.Local.Start, IsMoved: false, ByDigest: false));
        }

        return digests;
    }
}
