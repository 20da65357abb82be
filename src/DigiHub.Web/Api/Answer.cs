using System.Globalization;
using System.Text.Json;

namespace DigiHub.Web.Api;

/// <summary>The API's response to an act, as text, so that it can be stored and replayed.</summary>
internal sealed record Answer(int Status, string Body, string? Location = null, string? ETag = null) : IResult
{
    /// <param name="location">Below the API's prefix, such as v1/bookings/...; null for none.</param>
    public static Answer Of<T>(int status, T body, int revision, string? location = null) => new(
        status, JsonSerializer.Serialize(body, ApiJson.Options),
        location is null ? null : $"{Paths.Folders.Api}/{location}",
        string.Create(CultureInfo.InvariantCulture, $"\"{revision}\""));

    /// <summary>About something without versions.</summary>
    /// <param name="location">As above.</param>
    public static Answer Of<T>(int status, T body, string? location = null) => new(
        status, JsonSerializer.Serialize(body, ApiJson.Options), location is null ? null : $"{Paths.Folders.Api}/{location}");

    public static Answer Of(Refusal refusal)
    {
        var problem = Problems.Of(refusal);
        return new(problem.Status, JsonSerializer.Serialize(problem, ApiJson.Options));
    }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.ContentType = Status < 400 ? "application/json; charset=utf-8" : Problems.ContentType;
        if (Location is not null)
            response.Headers.Location = Location;
        if (ETag is not null)
            response.Headers.ETag = ETag;
        return response.WriteAsync(Body, httpContext.RequestAborted);
    }
}
