using DigiHub.Bookings;
using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Registrations;
using DigiHub.Spaces;
using Microsoft.Extensions.Logging;
using NodaTime.Text;

namespace DigiHub.Reminders;

/// <summary>
/// Writes the digests that are due: one for a member and a day that has something on it. Its content is that of the day when the
/// notification leaves. Safe to run twice, on several machines, or hours late: the digest of an evening still helps early the next morning,
/// that of a morning until noon. Its value is how many were written.
/// </summary>
public sealed class WriteDigests(
    UnitOfWork unitOfWork, HubDbFactory databases, Catalogue catalogue, IClock clock, ILogger<WriteDigests> log)
{
    /// <summary>Members looked at in one commit.</summary>
    private const int AtOnce = 100;

    private static readonly LocalTime eveningsLast = new(9, 0), morningsLast = new(12, 0);

    public async Task<int> Run(CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        var now = clock.GetCurrentInstant();
        var written = 0;
        foreach (var place in map.Places)
        {
            foreach (var some in (await Due(map, place, now, stop)).Chunk(AtOnce))
            {
                var outcome = await unitOfWork.Run<int>(async db => await Write(db, map, some, now, stop), stop);
                if (outcome.IsDone)
                    written += outcome.Value;
                else
                    log.LogWarning("{Count} digests could not be written yet: {Code}", some.Length, outcome.Refusal.Code);
            }
        }

        return written;
    }

    /// <summary>The day's date stands in the Note.</summary>
    public static LocalDate? DateOf(Notification digest) =>
        LocalDatePattern.Iso.Parse(digest.Note ?? "") is { Success: true } date ? date.Value : null;

    /// <summary>The site whose clock applies to a member: the home site, else the first.</summary>
    public static SiteContext? HomeOf(HubDirectory map, int? homeSiteId) =>
        (homeSiteId is { } id ? map.Place(id) : null) ?? (map.Places is [var first, ..] ? first : null);

    /// <summary>When the digest of a day leaves that this member wants, and the last moment it helps; null for none.</summary>
    public static (Instant Due, Instant NotAfter)? Leaves(Member member, LocalDate date, SiteContext home)
    {
        if (!member.WantsDigest)
            return null;
        var notAfter = home.Time.Shifted(date + (member.DigestOnTheDay ? morningsLast : eveningsLast));
        var asked = home.Time.Shifted(date.PlusDays(member.DigestOnTheDay ? 0 : -1) + member.DigestAt!.Value);
        return (home.OutsideQuietHours(asked, notAfter), notAfter);
    }

    private sealed record DueDigest(Member Member, LocalDate Date, SiteContext Home, Instant Due, Instant NotAfter)
    {
        public string Revision => LocalDatePattern.Iso.Format(Date);

        public string Purpose => Notification.PurposeOf(ReminderNotifications.DayDigest, Member.Subject.Of(Member.Id), Revision);
    }

    /// <summary>Those at home here whose digest is due and not written yet.</summary>
    private async Task<List<DueDigest>> Due(HubDirectory map, SiteContext place, Instant now, CancellationToken stop)
    {
        var today = place.Time.DateOf(now);
        var (siteId, isFirst) = (place.Site.Id, place == map.Places[0]);
        await using var db = databases.Open();
        var members = await db.Members.AsNoTracking()
            .Where(member => member.DigestAt != null && member.WantsReminders && member.DisabledAt == null
                && (member.HomeSiteId == siteId || (isFirst && member.HomeSiteId == null))).ToListAsync(stop);
        var due =
            from member in members
            from date in new[] { today, today.PlusDays(1) }
            let leaves = Leaves(member, date, place)
            where leaves.Value.Due <= now && now < leaves.Value.NotAfter
            select new DueDigest(member, date, place, leaves.Value.Due, leaves.Value.NotAfter);
        var wanted = new List<DueDigest>();
        foreach (var some in due.Chunk(AtOnce))
            wanted.AddRange(await NotWritten(db, some, stop));
        return wanted;
    }

    /// <summary>Without those whose day is empty, so that nothing is locked for them.</summary>
    private static async Task<IEnumerable<DueDigest>> NotWritten(HubDb db, DueDigest[] some, CancellationToken stop)
    {
        string[] purposes = [.. some.Select(digest => digest.Purpose)];
        Guid[] ids = [.. some.Select(digest => digest.Member.Id)];
        var (from, until) =
            (some.Min(digest => digest.Home.Time.DayOf(digest.Date).Start), some.Max(digest => digest.Home.Time.DayOf(digest.Date).End));
        var events = db.Events;
        var written = await db.Notifications.Where(notification => EF.Parameter(purposes).Contains(notification.Purpose))
            .Select(notification => notification.Purpose).ToHashSetAsync(stop);
        var busy = await db.Bookings.Where(
            own => EF.Parameter(ids).Contains(own.MemberId) && own.Status == BookingStatus.Confirmed && own.Start < until && own.End > from)
            .Select(own => own.MemberId).Distinct().ToHashSetAsync(stop);
        busy.UnionWith(await db.Registrations
            .Where(own => EF.Parameter(ids).Contains(own.MemberId!.Value) && own.Status == RegistrationStatus.Confirmed
                && events.Any(evt => evt.Id == own.EventId && evt.Status == EventStatus.Published && evt.Start < until && evt.End > from))
            .Select(own => own.MemberId!.Value).Distinct().ToListAsync(stop));
        return some.Where(digest => !written.Contains(digest.Purpose) && busy.Contains(digest.Member.Id));
    }

    private static async Task<int> Write(HubDb db, HubDirectory map, DueDigest[] some, Instant now, CancellationToken stop)
    {
        await db.AcquireLocks(some.Select(digest => LockKey.OfSubject(digest.Member.Id)).Distinct(), stop);
        string[] purposes = [.. some.Select(digest => digest.Purpose)];
        var written = await db.Notifications.Where(notification => EF.Parameter(purposes).Contains(notification.Purpose))
            .Select(notification => notification.Purpose).ToHashSetAsync(stop);
        var count = 0;
        foreach (var digest in some.Where(digest => !written.Contains(digest.Purpose)))
        {
            var day = await MemberDay.Of(db, map, digest.Member.Id, digest.Date, digest.Home.Time, stop);
            // What was booked after the digest was due has had its confirmation just now.
            if (!day.Items.Any(item => item.Since < digest.Due))
                continue;
            db.Write(Of(digest, now));
            count++;
        }

        return count;
    }

    private static Notification Of(DueDigest digest, Instant now) => Notification.To(
        Recipient.Of(digest.Member), ReminderNotifications.DayDigest, Members.Member.Subject.Of(digest.Member.Id), now, digest.Due,
        revision: digest.Revision, note: digest.Revision, notAfter: digest.NotAfter, siteId: digest.Home.Site.Id);
}
