using DigiHub.Web.Account;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace DigiHub.Web.Api;

/// <summary>The REST API: /api/v1, its document and its errors. Endpoints are declared by their capabilities.</summary>
public static class ApiSetup
{
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

    /// <summary>The group every capability hangs its endpoints on: members only, errors as problems.</summary>
    public static RouteGroupBuilder MapApi(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName:regex(^v1$)}.json").AllowAnonymous();
        app.MapScalarApiReference("/api/docs", options => options.WithTitle("DigiHub API")
            .WithOpenApiRoutePattern(Paths.ApiDocument).DisableDefaultFonts())
            .AllowAnonymous();

        var api = app.MapGroup(Paths.Folders.ApiV1).RequireAuthorization(Policies.Member);
        api.AddEndpointFilterFactory(AskedFilter.Of);
        return api;
    }
}
