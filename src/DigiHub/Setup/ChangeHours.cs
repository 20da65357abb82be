using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Sites;
using DigiHub.Time;

namespace DigiHub.Setup;

/// <summary>
/// Gives a site another week from a date on. It replaces what was planned from that date on; what is booked stays, and what now lies
/// outside the hours is listed (<see cref="OutsideHours"/>).
/// </summary>
public sealed class ChangeHours(UnitOfWork unitOfWork, IClock clock)
{
    /// <summary>More weeks, with those that are over, than anybody plans.</summary>
    public const int WeeksMax = 100;

    /// <summary>
    /// False if these hours count already. Refuses with not_found (also for who may not), hours_missing, closes_before_opening, from_past,
    /// date_out_of_range and too_many_weeks.
    /// </summary>
    /// <param name="actorId">Null: the operator, by a command.</param>
    /// <param name="from">The first day, on the site's calendar; today or later.</param>
    public async Task<Outcome<bool>> Run(
        Guid? actorId, int siteId, LocalDate from, IReadOnlyList<DraftHours> week, CancellationToken stop)
    {
        if (Refusal.AllOf([.. SiteRules.WrongWeek(week), .. DateRules.Wrong(from, "from")]) is { } refusal)
            return refusal;

        return await unitOfWork.Run<bool>(async db =>
        {
            await db.AcquireLocks([LockKey.OfCatalogue], stop); // bookings in progress are decided by the old hours, later ones by the new
            var now = clock.GetCurrentInstant();
            if (await db.SiteToManage(actorId, siteId, Permission.ManageSites, now, stop) is not { } site)
                return Refusal.NotFound;
            if (from < SiteTime.Of(site.ZoneId).DateOf(now))
                return DateRules.Past("from");

            List<WeeklyHours> wanted = [.. week.DistinctBy(hours => hours.Day).OrderBy(hours => hours.Day).Select(hours =>
                new WeeklyHours { SiteId = siteId, From = from, Day = hours.Day, Opens = hours.Opens, Closes = hours.Closes })];
            List<WeeklyHours> planned = [.. site.Week.Where(hours => hours.From >= from && hours.From > WeeklyHours.FromTheStart)];
            if (planned.Count == 0 && IsSame(site.WeekOn(from), wanted))
                return false;
            if (site.Week.Select(hours => hours.From).Distinct().Count() >= WeeksMax)
                return TooMany;

            // Deleted by statements: a row of the same key is added in the same transaction.
            await db.Set<WeeklyHours>().Where(hours => hours.SiteId == siteId && hours.From >= from).ExecuteDeleteAsync(stop);
            foreach (var hours in planned)
                db.Entry(hours).State = EntityState.Detached;
            db.AddRange(wanted);
            db.ChangesCatalogue = true;
            db.Record(now, actorId, SetupActs.HoursChanged, siteId, $"{from:uuuu-MM-dd}: {Written(wanted)}");
            return true;
        }, stop);
    }

    private static bool IsSame(IReadOnlyList<WeeklyHours> now, List<WeeklyHours> wanted) =>
        now.Select(hours => (hours.Day, hours.Opens, hours.Closes)).SequenceEqual(
            wanted.Select(hours => (hours.Day, hours.Opens, hours.Closes)));

    private static string Written(IEnumerable<WeeklyHours> week) =>
        string.Join(", ", week.Select(hours => $"{hours.Day} {hours.Opens:HH:mm}-{hours.Closes:HH:mm}"));

    private static Refusal TooMany { get; } = new("too_many_weeks", new(
        $"A site keeps at most {WeeksMax} weeks of hours.", $"Ein Standort hat höchstens {WeeksMax} Wochen mit Zeiten."));
}

internal static class DateRules
{
    public static IEnumerable<Refusal> Wrong(LocalDate date, string field)
    {
        if (!SiteTime.Reaches(date))
            yield return new("date_out_of_range", new(
                $"Enter a year from {SiteTime.YearMin} to {SiteTime.YearMax}.",
                $"Geben Sie ein Jahr von {SiteTime.YearMin} bis {SiteTime.YearMax} an.",
                $"Gib ein Jahr von {SiteTime.YearMin} bis {SiteTime.YearMax} an."))
            { Field = field };
    }

    public static Refusal Past(string field) => new("from_past", new(
        "This day is over. Choose today or later.", "Dieser Tag ist vorbei. Wählen Sie heute oder später.",
        "Dieser Tag ist vorbei. Wähle heute oder später."))
    { Field = field };
}
