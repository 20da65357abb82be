using System.ComponentModel;
using System.Text.Json.Serialization;

namespace DigiHub.Web.Api;

/// <summary>Problem details (RFC 9457): the body of every answer that is not what was asked for.</summary>
public sealed record Problem
{
    [Description("urn:digihub: followed by the code.")]
    public required string Type { get; init; }

    [Description("What is wrong, always in English.")]
    public required string Title { get; init; }

    public required int Status { get; init; }

    [Description("The same for people to read, in the language of Accept-Language (German or English).")]
    public required string Detail { get; init; }

    [Description("A stable code in snake_case. Programs should rely on this.")]
    public required string Code { get; init; }

    [Description("Where in the request the problem is. Left out when it’s the whole request.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Fault>? Errors { get; init; }

    [Description("What is free instead, nearest first. Left out when nothing is.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<AlternativeShape>? Alternatives { get; init; }

    [Description("Where to wait until it’s free, when it’s taken. Left out otherwise.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? WaitingList { get; init; }
}

/// <param name="Pointer">"#/" and the property of the body or the parameter of the query.</param>
public sealed record Fault(string Pointer, string Detail);

/// <summary>An alternative to what was refused; start and end are local times at the site.</summary>
/// <param name="PoolId">Any of this pool may be booked then, spaceId is one that is free.</param>
public sealed record AlternativeShape(
    AlternativeKind Kind, int SpaceId, string Space, string Site, LocalDateTime Start, LocalDateTime End, int? PoolId)
{
    public static AlternativeShape Of(Alternative alternative) => new(
        alternative.Kind, alternative.SpaceId, alternative.SpaceName, alternative.SiteSlug, alternative.Start, alternative.End,
        alternative.PoolId);
}
