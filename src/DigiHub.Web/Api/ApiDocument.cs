using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace DigiHub.Web.Api;

/// <summary>The head of the OpenAPI document: what the API is and how to authenticate.</summary>
internal sealed class ApiDocument : IOpenApiDocumentTransformer
{
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "DigiHub API",
            Version = "v1",
            Description = """
                Sites, desks and rooms, availability, bookings, events and registrations of the hub.

                **Times** of bookings and events are local times of their site ("2026-11-23T09:00"). The site names its IANA time zone. Times
                at which something happened are in UTC. **Errors** are problem details (RFC 9457) with a stable `code` and, where something
                else is free, the nearest `alternatives`. **Lists** are paged by `cursor` and `limit` (at most 100). **Changes** of what
                has an ETag need `If-Match` with the one you’ve seen. A PATCH is a merge patch (RFC 7396): omitted fields stay, null
                removes a value. Fields without a value are null. A **POST** with an `Idempotency-Key` can be repeated for 24 hours. It’s carried out once, and the
                first answer is given again.
                """,
        };
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Tags = context.DescriptionGroups.SelectMany(group => group.Items)
            .SelectMany(operation => operation.ActionDescriptor.EndpointMetadata.OfType<ITagsMetadata>().SelectMany(tags => tags.Tags))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(name => new OpenApiTag { Name = name }).ToHashSet();
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
        TimesAndWordsAreNeverNull(document.Components);
        return Task.CompletedTask;
    }

    /// <summary>
    /// A property that may be null says so beside the reference; which property the framework meets first must not decide for all.
    /// </summary>
    private static void TimesAndWordsAreNeverNull(OpenApiComponents components)
    {
        foreach (var schema in (components.Schemas?.Values ?? []).OfType<OpenApiSchema>().Where(schema => schema.Enum is { Count: > 0 }))
        {
            schema.Type &= ~JsonSchemaType.Null;
            schema.Enum = [.. schema.Enum!.Where(word => word is not null && word.GetValueKind() != JsonValueKind.Null)];
        }

        foreach (var name in new[] { nameof(Instant), nameof(LocalDate), nameof(LocalDateTime), nameof(LocalTime) })
        {
            if (components.Schemas?.TryGetValue(name, out var known) == true && known is OpenApiSchema schema)
                schema.Type = JsonSchemaType.String;
        }
    }
}

/// <summary>What every operation has: problems, its parameters in the form of the JSON, and its headers.</summary>
internal sealed class ApiOperations : IOpenApiOperationTransformer
{
    private const string ProblemId = nameof(Problem);

    public async Task TransformAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        await AddProblems(operation, context, cancellationToken);
        operation.Parameters ??= [];
        foreach (var described in context.Description.ParameterDescriptions)
        {
            if (described.ParameterDescriptor is IParameterInfoParameterDescriptor { ParameterInfo: { } parameter })
                await Describe(operation, parameter, context, cancellationToken);
        }

        switch (context.Description.HttpMethod)
        {
            case "POST":
                operation.Parameters.Add(
                    Header(Idempotency.Header, false, "A request repeated with the same key is carried out only once."));
                break;
            case "PATCH" or "DELETE" or "PUT" when IsVersioned(context.Description):
                operation.Parameters.Add(Header("If-Match", true, "The ETag of the version you’ve seen, or *."));
                break;
        }
    }

    private static bool IsVersioned(ApiDescription operation) =>
        !operation.ActionDescriptor.EndpointMetadata.OfType<Unversioned>().Any();

    private static async Task AddProblems(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken stop)
    {
        var document = context.Document!;
        document.AddComponent(ProblemId, await context.GetOrCreateSchemaAsync(typeof(Problem), null, stop));
        operation.Responses ??= [];
        foreach (var (status, meaning) in StatusesOf(context.Description))
            operation.Responses.TryAdd(status, ProblemResponse(meaning, document));
    }

    private static IEnumerable<(string Status, string Meaning)> StatusesOf(ApiDescription operation)
    {
        var changes = operation.HttpMethod is not "GET";
        yield return ("400", "Malformed. The answer names the field or parameter.");
        yield return ("401", "The token is missing or invalid.");
        if (changes || operation.ActionDescriptor.EndpointMetadata.OfType<IAuthorizeData>().Any(asked => asked.Policy is not null))
            yield return ("403", "You don’t have permission for this.");
        yield return ("404", "Not found, or you don’t have access.");
        yield return ("409", "A rule forbids it. The code names the rule.");
        if (changes)
        {
            yield return ("413", "The data is too large.");
            yield return ("415", "The body isn’t JSON in UTF-8.");
        }

        if (operation.HttpMethod is "POST")
            yield return ("422", "The Idempotency-Key was already used for another request.");
        if (operation.HttpMethod is "PATCH" or "DELETE" && IsVersioned(operation))
        {
            yield return ("412", "Changed since the version named by If-Match.");
            yield return ("428", "If-Match is missing.");
        }

        yield return ("429", "Too many requests. Retry-After says when to try again.");
        yield return ("500", "Something went wrong on our side.");
        yield return ("503", "Busy. Nothing was changed. Try again.");
    }

    private static OpenApiResponse ProblemResponse(string meaning, OpenApiDocument document) => new()
    {
        Description = meaning,
        Content = new Dictionary<string, OpenApiMediaType>
        {
            [Problems.ContentType] = new() { Schema = new OpenApiSchemaReference(ProblemId, document) },
        },
    };

    /// <summary>The framework takes what is parsed from text for any string.</summary>
    private static async Task Describe(
        OpenApiOperation operation, ParameterInfo parameter, OpenApiOperationTransformerContext context, CancellationToken stop)
    {
        if (operation.Parameters!.OfType<OpenApiParameter>().FirstOrDefault(known => known.Name == parameter.Name) is not { } shown)
            return;
        shown.Required |= AskedFilter.IsRequired(parameter);
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        if (!type.IsAssignableTo(typeof(IAsked)))
            return;
        shown.Schema = await context.GetOrCreateSchemaAsync(type.GetGenericArguments()[0], null, stop);
        if (AskedFilter.RangeOf(parameter) is { } range && shown.Schema is OpenApiSchema schema)
            (schema.Minimum, schema.Maximum) = (Number(range.Minimum), Number(range.Maximum));
    }

    private static string Number(object bound) => Convert.ToString(bound, CultureInfo.InvariantCulture)!;

    private static OpenApiParameter Header(string name, bool required, string description) => new()
    {
        Name = name,
        In = ParameterLocation.Header,
        Required = required,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };
}

/// <summary>NodaTime's values are strings on the wire, whatever their properties are in C#; and an answer has all its properties.</summary>
internal sealed class ApiSchemas : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        var isNullable = type != context.JsonTypeInfo.Type || schema.Type?.HasFlag(JsonSchemaType.Null) == true;
        var (format, example) = type switch
        {
            _ when type == typeof(Instant) => ("date-time", "2026-11-23T08:00:00Z"),
            _ when type == typeof(LocalDateTime) => ("local-date-time", "2026-11-23T09:00:00"),
            _ when type == typeof(LocalDate) => ("date", "2026-11-23"),
            _ when type == typeof(LocalTime) => ("local-time", "09:00:00"),
            _ => (null, null),
        };
        if (format is not null && example is not null)
        {
            schema.Type = isNullable ? JsonSchemaType.String | JsonSchemaType.Null : JsonSchemaType.String;
            schema.Format = format;
            schema.Examples = [example];
            schema.Properties = null;
            schema.Required = null;
        }
        else if (context.JsonTypeInfo.Kind == JsonTypeInfoKind.Object && IsAnswer(type))
        {
            schema.Required = context.JsonTypeInfo.Properties
                .Where(property => property.AttributeProvider?.IsDefined(typeof(JsonIgnoreAttribute), inherit: true) != true)
                .Select(property => property.Name).ToHashSet(StringComparer.Ordinal);
        }

        return Task.CompletedTask;
    }

    private static bool IsAnswer(Type type) =>
        type.Assembly == typeof(ApiSchemas).Assembly && !type.IsAssignableTo(typeof(MergePatch))
        && !type.IsDefined(typeof(FieldsMayBeLeftOutAttribute), inherit: false);
}

/// <summary>On what callers send: not every field has to be there, as it has in what is answered.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class FieldsMayBeLeftOutAttribute : Attribute;
