using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Sites;
using DigiHub.Time;

namespace DigiHub.Setup;

/// <param name="ActorId">Null: the operator, by a command.</param>
/// <param name="Closes">Midnight is the end of the day.</param>
/// <param name="Reason">What members read; a blank half falls back to the other language.</param>
public sealed record SpecialHoursRequest(
    Guid? ActorId, int SiteId, LocalDate Date, LocalTime Opens, LocalTime Closes, LocalisedText Reason);

/// <summary>
/// Gives one date of a site other hours than usual, also on a day that would be closed; or the usual ones again. What is booked stays
/// (<see cref="OutsideHours"/>).
/// </summary>
public sealed class SetSpecialHours(UnitOfWork unitOfWork, IClock clock)
{
    /// <summary>From today on.</summary>
    public const int DaysMax = 200;

    /// <summary>
    /// Hours that the date has are replaced. Refuses with not_found (also for who may not), closes_before_opening, from_past,
    /// date_out_of_range, reason_missing, reason_too_long and too_many_days.
    /// </summary>
    public async Task<Outcome<SpecialHours>> Run(SpecialHoursRequest request, CancellationToken stop)
    {
        var reason = request.Reason.Each(TypedText.Line);
        if (Refusal.AllOf([.. Wrong(request, reason)]) is { } refusal)
            return refusal;

        return await unitOfWork.Run(async db =>
        {
            await db.AcquireLocks([LockKey.OfCatalogue], stop);
            var now = clock.GetCurrentInstant();
            if (await db.SiteToManage(request.ActorId, request.SiteId, Permission.ManageClosures, now, stop) is not { } site)
                return Refusal.NotFound;
            var today = SiteTime.Of(site.ZoneId).DateOf(now);
            if (request.Date < today)
                return DateRules.Past("date");

            if (site.Special.Find(one => one.Date == request.Date) is { } known)
            {
                (known.Opens, known.Closes, known.Reason) = (request.Opens, request.Closes, reason);
            }
            else if (site.Special.Count(one => one.Date >= today) >= DaysMax)
            {
                return TooMany;
            }
            else
            {
                known = new SpecialHours
                {
                    SiteId = site.Id,
                    Date = request.Date,
                    Opens = request.Opens,
                    Closes = request.Closes,
                    Reason = reason,
                };
                db.Add(known);
            }

            db.Record(now, request.ActorId, SetupActs.SpecialHoursSet, site.Id,
                $"{request.Date:uuuu-MM-dd} {request.Opens:HH:mm}-{request.Closes:HH:mm}");
            return (Outcome<SpecialHours>)known;
        }, stop);
    }

    /// <summary>False if the date had none. Refuses with not_found, also for who may not.</summary>
    public Task<Outcome<bool>> Remove(Guid? actorId, int siteId, LocalDate date, CancellationToken stop) =>
        unitOfWork.Run<bool>(async db =>
        {
            await db.AcquireLocks([LockKey.OfCatalogue], stop);
            var now = clock.GetCurrentInstant();
            if (await db.SiteToManage(actorId, siteId, Permission.ManageClosures, now, stop) is not { } site)
                return Refusal.NotFound;
            if (site.Special.Find(one => one.Date == date) is not { } known)
                return false;
            db.Remove(known);
            db.Record(now, actorId, SetupActs.SpecialHoursRemoved, site.Id, $"{date:uuuu-MM-dd}");
            return true;
        }, stop);

    private static IEnumerable<Refusal> Wrong(SpecialHoursRequest request, LocalisedText reason)
    {
        foreach (var wrong in DateRules.Wrong(request.Date, "date"))
            yield return wrong;
        if (!SiteRules.CanBe(request.Opens, request.Closes))
            yield return SiteRules.ClosesBeforeOpening("closes");
        if (reason.IsEmpty)
            yield return new("reason_missing", new(
                "Give a reason. Members will see it.", "Geben Sie einen Grund an. Die Mitglieder sehen ihn.",
                "Gib einen Grund an. Die Mitglieder sehen ihn."))
            { Field = "reasonGerman" };
        if (reason.Words.English.Length > Closure.ReasonMax || reason.Words.German.Length > Closure.ReasonMax)
            yield return new("reason_too_long", new(
                $"Use at most {Closure.ReasonMax} characters.", $"Höchstens {Closure.ReasonMax} Zeichen sind möglich."))
            { Field = "reasonGerman" };
    }

    private static Refusal TooMany { get; } = new("too_many_days", new(
        $"A site has at most {DaysMax} days with special hours ahead.",
        $"Ein Standort hat höchstens {DaysMax} kommende Tage mit besonderen Zeiten."))
    { Field = "date" };
}
