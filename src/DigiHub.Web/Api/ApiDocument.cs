using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace DigiHub.Web.Api;

/// <summary>The head of the OpenAPI document: what the API is and how to come in.</summary>
internal sealed class ApiDocument : IOpenApiDocumentTransformer
{
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "DigiHub API",
            Version = "v1",
            Description = """
                Sites, spaces, availability, bookings, events and registrations of the hub.

                **Times** of bookings and events are the wall clock of their site ("2026-11-23T09:00"); the site names its IANA zone. Moments
                that have happened are in UTC. **Errors** are problem details (RFC 9457) with a stable `type` and, for a no, the nearest
                `alternatives`. **Lists** are paged by `cursor` and `limit` (at most 100). **Changes** need `If-Match` with the ETag you
                have seen. A **POST** with an `Idempotency-Key` may be repeated for 24 hours and is carried out once.
                """,
        };
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            ["token"] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "A personal access token from your account page, beginning with hub_pat_.",
            },
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("token", document)] = [] }];
        return Task.CompletedTask;
    }
}

/// <summary>What every operation has: problems, and its headers.</summary>
internal sealed class ApiOperations : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        operation.Responses ??= [];
        operation.Responses["default"] = new OpenApiResponse
        {
            Description = "A problem (RFC 9457): type urn:digihub:code, title, detail, code, errors, alternatives.",
            Content = new Dictionary<string, OpenApiMediaType> { ["application/problem+json"] = new() },
        };
        operation.Parameters ??= [];
        switch (context.Description.HttpMethod)
        {
            case "POST":
                operation.Parameters.Add(Header(Idempotency.Header, false, "Repeat the request with the same key and it is carried out once."));
                break;
            case "PATCH" or "DELETE" or "PUT":
                operation.Parameters.Add(Header("If-Match", true, "The ETag of the version you have seen, or *."));
                break;
        }

        return Task.CompletedTask;
    }

    private static OpenApiParameter Header(string name, bool required, string description) => new()
    {
        Name = name,
        In = ParameterLocation.Header,
        Required = required,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };
}

/// <summary>NodaTime's values are strings on the wire, whatever their properties are in C#.</summary>
internal sealed class ApiSchemas : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        var (format, example) = type switch
        {
            _ when type == typeof(Instant) => ("date-time", "2026-11-23T08:00:00Z"),
            _ when type == typeof(LocalDateTime) => ("local-date-time", "2026-11-23T09:00:00"),
            _ when type == typeof(LocalDate) => ("date", "2026-11-23"),
            _ when type == typeof(LocalTime) => ("time", "09:00:00"),
            _ => (null, null),
        };
        if (format is not null && example is not null)
        {
            schema.Type = JsonSchemaType.String;
            schema.Format = format;
            schema.Examples = [example];
            schema.Properties = null;
            schema.Required = null;
        }

        return Task.CompletedTask;
    }
}
