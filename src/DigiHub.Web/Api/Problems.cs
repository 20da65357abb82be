using Microsoft.AspNetCore.Mvc;

namespace DigiHub.Web.Api;

/// <summary>How a refusal is told to a program: RFC 9457, with a stable type urn:digihub:code and the nearest yeses.</summary>
public static class Problems
{
    private const int RetryAfterSeconds = 1;

    /// <summary>The codes that are not simply a 409; a refusal about one field of the request stays a 409, named by its pointer.</summary>
    private static int StatusOf(Refusal refusal) => refusal.Code switch
    {
        "not_found" => StatusCodes.Status404NotFound,
        "not_allowed" => StatusCodes.Status403Forbidden,
        "stale" => StatusCodes.Status412PreconditionFailed,
        _ => refusal.IsTransient ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status409Conflict,
    };

    public static IResult ToProblem(this Refusal refusal) => new ProblemAnswer(Of(refusal));

    /// <summary>For a refusal that says the request itself is malformed.</summary>
    public static IResult ToBadRequest(this Refusal refusal) => Bad(refusal.Code, refusal.Message, refusal.Field);

    public static ProblemDetails Of(Refusal refusal)
    {
        var problem = Of(StatusOf(refusal), refusal.Code, refusal.Message, refusal.Field);
        if (refusal.Alternatives.Count > 0)
            problem.Extensions["alternatives"] = refusal.Alternatives.Select(AlternativeShape.Of).ToArray();
        return problem;
    }

    public static ProblemDetails Of(int status, string code, Words message, string? field = null)
    {
        var problem = new ProblemDetails
        {
            Status = status,
            Type = "urn:digihub:" + code,
            Title = message.English,
            Detail = message.Here,
            Extensions = { ["code"] = code },
        };
        if (field is not null)
            problem.Extensions["errors"] = new[] { new { pointer = "#/" + field, detail = message.Here } };
        return problem;
    }

    public static IResult Bad(string code, Words message, string? field = null) =>
        new ProblemAnswer(Of(StatusCodes.Status400BadRequest, code, message, field));

    public static IResult Answer(int status, string code, Words message) => new ProblemAnswer(Of(status, code, message));

    public static IResult UnknownSite(string slug) => Bad("unknown_site", new(
        $"There is no site \"{slug}\". GET /api/v1/sites lists them.",
        $"Es gibt keinen Standort „{slug}“. GET /api/v1/sites nennt alle."), "site");

    public static IResult NotFound { get; } = new NotFoundAnswer();

    private sealed class NotFoundAnswer : IResult
    {
        // Built anew for each request: the sentence is in the language of whoever asks.
        public Task ExecuteAsync(HttpContext httpContext) => new ProblemAnswer(Of(StatusCodes.Status404NotFound, "not_found", new(
            "There is nothing here, or nothing that you may see.",
            "Hier ist nichts, oder nichts, was Sie sehen dürfen."))).ExecuteAsync(httpContext);
    }

    private sealed class ProblemAnswer(ProblemDetails problem) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = problem.Status!.Value;
            if (problem.Status is StatusCodes.Status503ServiceUnavailable)
                httpContext.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            return httpContext.Response.WriteAsJsonAsync(problem, ApiJson.Options, "application/problem+json", httpContext.RequestAborted);
        }
    }
}

/// <summary>A nearest yes in an answer; start and end are the site's wall clock.</summary>
public sealed record AlternativeShape(string Kind, int SpaceId, string Space, string Site, LocalDateTime Start, LocalDateTime End)
{
    public static AlternativeShape Of(Alternative alternative) => new(
        System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(alternative.Kind.ToString()),
        alternative.SpaceId, alternative.SpaceName, alternative.SiteSlug, alternative.Start, alternative.End);
}
