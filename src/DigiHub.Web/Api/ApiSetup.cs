using DigiHub.Web.Account;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace DigiHub.Web.Api;

/// <summary>The door for programs: /api/v1, its document and its errors. The endpoints stand with their capabilities.</summary>
public static class ApiSetup
{
    public const string Prefix = "/api";

    public static void AddApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options => ApiJson.Configured(options.SerializerOptions));
        // A malformed request is answered by MalformedRequests in every environment, with the place of the fault.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddExceptionHandler<MalformedRequests>();
        services.AddSingleton<Idempotency>();
        services.AddOpenApi("v1", options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.ShouldInclude = endpoint => endpoint.RelativePath?.StartsWith("api/v1", StringComparison.Ordinal) == true;
            options.AddDocumentTransformer<ApiDocument>();
            options.AddOperationTransformer<ApiOperations>();
            options.AddSchemaTransformer<ApiSchemas>();
        });
    }

    /// <summary>To be called before routing: a POST that may be repeated is read twice, by its endpoint and by Idempotency.</summary>
    public static void UseApiBuffering(this WebApplication app) => app.Use((http, next) =>
    {
        if (http.Request.Path.StartsWithSegments(Prefix, StringComparison.OrdinalIgnoreCase) && http.Request.Headers.ContainsKey(Idempotency.Header))
            http.Request.EnableBuffering();
        return next(http);
    });

    /// <summary>The group every capability hangs its endpoints on: members only, errors as problems.</summary>
    public static RouteGroupBuilder MapApi(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        app.MapScalarApiReference("/api/docs", options => options.WithTitle("DigiHub API").WithOpenApiRoutePattern("/openapi/v1.json").DisableDefaultFonts())
            .AllowAnonymous();

        var api = app.MapGroup(Prefix + "/v1").RequireAuthorization(Policies.Member);
        app.Map(Prefix + "/{**anything}", () => Problems.NotFound).ExcludeFromDescription().AllowAnonymous();
        return api;
    }
}

/// <summary>A body or parameter that cannot be read is a 400 that says where and what, before any use case is asked.</summary>
internal sealed class MalformedRequests : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not BadHttpRequestException bad || !httpContext.Request.Path.StartsWithSegments(ApiSetup.Prefix, StringComparison.OrdinalIgnoreCase))
            return false;

        var problem = bad.StatusCode switch
        {
            StatusCodes.Status413PayloadTooLarge => Problems.Answer(bad.StatusCode, "too_large", new(
                "The request is too large.", "Die Anfrage ist zu groß.")),
            StatusCodes.Status415UnsupportedMediaType => Problems.Answer(bad.StatusCode, "not_json", new(
                "Send JSON: Content-Type: application/json.", "Senden Sie JSON: Content-Type: application/json.")),
            _ when bad.InnerException is System.Text.Json.JsonException json => Problems.Bad("malformed_json",
                new($"The JSON cannot be read here: {Said(json)}", $"Das JSON ist an dieser Stelle nicht lesbar: {Said(json)}"), Pointer(json)),
            _ => Problems.Bad("malformed_request", new(bad.Message, bad.Message)),
        };
        await problem.ExecuteAsync(httpContext);
        return true;
    }

    /// <summary>The reader's own words without its ".NET type" tail, which is nobody's business.</summary>
    private static string Said(System.Text.Json.JsonException json)
    {
        var said = json.Message.Split(" Path:")[0];
        var innermost = json.InnerException is NodaTime.Text.UnparsableValueException time ? time.Message.Split(" Value being parsed")[0] : null;
        return innermost ?? (said.Contains("could not be converted to", StringComparison.OrdinalIgnoreCase) ? "this value has the wrong type." : said.Replace("DigiHub.Web.", "", StringComparison.OrdinalIgnoreCase));
    }

    private static string? Pointer(System.Text.Json.JsonException json) =>
        json.Path is { Length: > 2 } path ? path[2..].Replace('.', '/').Replace("[", "/", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal) : null;
}
