using System.Globalization;

namespace DigiHub.Web.Api;

/// <summary>Refusals as problem details (RFC 9457), with a stable type urn:digihub:code and alternatives.</summary>
public static class Problems
{
    public const string ContentType = "application/problem+json";

    private const int RetryAfterSeconds = 1;

    public static IResult ToProblem(this Refusal refusal) => new ProblemAnswer(() => Of(refusal));

    /// <summary>For a refusal that says the request itself is malformed.</summary>
    public static IResult ToBadRequest(this Refusal refusal) => Bad(refusal.Code, refusal.Message, refusal.Field);

    public static Problem Of(Refusal refusal)
    {
        var problem = Of(refusal.Status, refusal.Code, refusal.Message, refusal.Field) with
        { WaitingList = refusal.Code is "slot_taken" or "pool_taken" ? Paths.Folders.ApiWaitingList : null };
        return refusal.Alternatives.Count == 0 ? problem : problem with
        { Alternatives = [.. refusal.Alternatives.Select(AlternativeShape.Of)] };
    }

    public static Problem Of(int status, string code, Words message, string? field = null) =>
        Of(status, code, message, message.Here, field);

    /// <param name="detail">The message in the language of the person who asks, where that is no longer the current one.</param>
    public static Problem Of(int status, string code, Words message, string detail, string? field) => new()
    {
        Status = status,
        Type = "urn:digihub:" + code,
        Title = message.English,
        Detail = detail,
        Code = code,
        Errors = field is null ? null : [new Fault("#/" + field, detail)],
    };

    public static IResult Bad(string code, Words message, string? field = null) =>
        new ProblemAnswer(() => Of(StatusCodes.Status400BadRequest, code, message, field));

    public static IResult Answer(int status, string code, Words message) => new ProblemAnswer(() => Of(status, code, message));

    public static IResult UnknownSite(string slug) => Bad("unknown_site", new(
        $"There’s no site \"{slug}\". GET /api/v1/sites lists them.",
        $"Es gibt keinen Standort „{slug}“. GET /api/v1/sites nennt alle."), "site");

    public static IResult NotFound { get; } = Answer(StatusCodes.Status404NotFound, "not_found", new(
        "Not found, or you don’t have access.",
        "Nicht gefunden, oder Ihnen fehlt die Berechtigung.",
        "Nicht gefunden, oder dir fehlt die Berechtigung."));

    public static async Task Write(HttpResponse response, Problem problem, CancellationToken stop)
    {
        response.StatusCode = problem.Status;
        if (problem.Status is StatusCodes.Status503ServiceUnavailable && response.Headers.RetryAfter.Count == 0)
            response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        await response.WriteAsJsonAsync(problem, ApiJson.Options, ContentType, stop);
    }

    // Made when it is written: the sentence is in the language of the person who asks, also where the answer is the same for all.
    private sealed class ProblemAnswer(Func<Problem> problem) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => Write(httpContext.Response, problem(), httpContext.RequestAborted);
    }
}
