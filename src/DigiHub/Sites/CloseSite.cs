using DigiHub.Audit;
using DigiHub.Data;
using DigiHub.Time;

namespace DigiHub.Sites;

/// <param name="Reason">What members read; a blank half falls back to the other language.</param>
public sealed record CloseSiteRequest(Guid ActorId, int SiteId, LocalDate From, LocalDate Through, Words Reason);

/// <summary>
/// Closes a site on whole days. What is booked on them stays: whoever closes decides what to tell those people, and nothing new
/// can be booked. The caller lets the Catalogue forget afterwards.
/// </summary>
public sealed class CloseSite(WriteDoor door, IClock clock)
{
    public const int DaysMax = 366;

    public static Refusal ReasonMissing { get; } = new("reason_missing", new(
        "Say why: members read it.", "Bitte nennen Sie den Grund: Die Mitglieder lesen ihn."))
    { Field = "reasonGerman" };

    /// <summary>Refuses with not_found, ends_before_it_starts, too_long, date_out_of_range, reason_missing and reason_too_long.</summary>
    public async Task<Outcome<Closure>> Run(CloseSiteRequest request, CancellationToken stop)
    {
        var reason = new Words(First(request.Reason.English, request.Reason.German), First(request.Reason.German, request.Reason.English));
        if (WhyNot(request, reason) is { } refusal)
            return refusal;

        return await door.Run(async db =>
        {
            if (!await db.Sites.AnyAsync(site => site.Id == request.SiteId, stop))
                return Refusal.NotFound;

            var closure = new Closure
            {
                SiteId = request.SiteId,
                From = request.From,
                Through = request.Through,
                ReasonEnglish = reason.English,
                ReasonGerman = reason.German,
            };
            db.Add(closure);
            db.Record(clock.GetCurrentInstant(), request.ActorId, "site.closed", Guid.Empty, $"{request.SiteId}: {request.From:uuuu-MM-dd}/{request.Through:uuuu-MM-dd}");
            return (Outcome<Closure>)closure;
        }, stop);
    }

    private static Refusal? WhyNot(CloseSiteRequest request, Words reason) => Refusal.AllOf([.. Wrong(request, reason)]);

    private static IEnumerable<Refusal> Wrong(CloseSiteRequest request, Words reason)
    {
        if (request.From.Year is < SiteTime.YearMin or > SiteTime.YearMax)
            yield return DateOut("from");
        if (request.Through.Year is < SiteTime.YearMin or > SiteTime.YearMax)
            yield return DateOut("through");
        else if (request.Through < request.From)
            yield return new("ends_before_it_starts", new(
                "The last day must not lie before the first.", "Der letzte Tag darf nicht vor dem ersten liegen."))
            { Field = "through" };
        else if (request.From.Year >= SiteTime.YearMin && Period.DaysBetween(request.From, request.Through) >= DaysMax)
            yield return new("too_long", new($"Close at most {DaysMax} days at once.", $"Schließen Sie höchstens {DaysMax} Tage auf einmal."))
            { Field = "through" };
        if (reason.English.Length == 0)
            yield return ReasonMissing;
        if (reason.English.Length > Closure.ReasonMax || reason.German.Length > Closure.ReasonMax)
            yield return new("reason_too_long", new($"At most {Closure.ReasonMax} letters.", $"Höchstens {Closure.ReasonMax} Zeichen.")) { Field = "reasonGerman" };
    }

    private static Refusal DateOut(string field) => new("date_out_of_range", new("Please check the year.", "Bitte prüfen Sie die Jahreszahl.")) { Field = field };

    private static string First(string? wanted, string? other) =>
        string.IsNullOrWhiteSpace(wanted) ? other?.Trim() ?? "" : wanted.Trim();
}
