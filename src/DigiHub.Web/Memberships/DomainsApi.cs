using DigiHub.Memberships;
using DigiHub.Web.Api;
using DigiHub.Web.Reader;

namespace DigiHub.Web.Memberships;

/// <summary>The domains of an organisation, for who looks after it.</summary>
internal static class DomainsApi
{
    public static void MapDomainsApi(this RouteGroupBuilder api)
    {
        var domains = api.MapGroup("/organisations/{slug}/domains").WithTags("Organisations");
        domains.MapGet("/", List).WithName("listDomains")
            .WithSummary("List the domains of an organisation that I look after, by name").Produces<Page<DomainShape>>();
        domains.MapPost("/", Add).WithName("addDomain")
            .WithSummary("Add a domain to an organisation that I look after; its record verifies it")
            .Produces<DomainShape>(StatusCodes.Status201Created);
        domains.MapPost("/{domainId:guid}/check", Check).WithName("checkDomain")
            .WithSummary("Look whether the record of a domain is there").Produces<CheckedDomainShape>();
        domains.MapDelete("/{domainId:guid}", Remove).WithMetadata(Unversioned.Mark).WithName("removeDomain")
            .WithSummary("Remove a domain").Produces<DomainShape>();
    }

    // Bounded by the organisation itself (OrganisationDomain.CountMax): one page is all there is.
    private static async Task<IResult> List(string slug, HttpContext http, OrganisationDomains domains, CancellationToken stop) =>
        await domains.Of(slug, http.User.MemberId()!.Value, stop) is { } rows
            ? Results.Ok(new Page<DomainShape>([.. rows.Select(DomainShape.Of)], Next: null))
            : Problems.NotFound;

    private static Task<IResult> Add(
        string slug, DomainInput input, HttpContext http, OrganisationDomains domains, Idempotency once, CancellationToken stop) =>
        once.Run<OrganisationDomain>(
            http,
            along => domains.Add(slug, input.Domain, http.User.MemberId()!.Value, stop, along),
            added => Answer.Of(StatusCodes.Status201Created, DomainShape.Of(added), $"v1/organisations/{slug}/domains"));

    private static async Task<IResult> Check(string slug, Guid domainId, HttpContext http, CheckDomain check, CancellationToken stop)
    {
        var looked = await check.Run(slug, domainId, http.User.MemberId()!.Value, stop);
        return looked.IsDone
            ? Results.Ok(new CheckedDomainShape(DomainShape.Of(looked.Value.Domain), looked.Value.Finding))
            : looked.Refusal.ToProblem();
    }

    private static async Task<IResult> Remove(
        string slug, Guid domainId, HttpContext http, OrganisationDomains domains, CancellationToken stop)
    {
        var removed = await domains.Remove(slug, domainId, http.User.MemberId()!.Value, stop);
        return removed.IsDone ? Results.Ok(DomainShape.Of(removed.Value)) : removed.Refusal.ToProblem();
    }
}

[FieldsMayBeLeftOut]
public sealed record DomainInput
{
    /// <summary>What stands behind the @ of addresses: "example.org".</summary>
    public string? Domain { get; init; }
}

/// <param name="Domain">In ASCII and small letters.</param>
/// <param name="Record">The text of the TXT record to set, at the domain itself or at _digihub. before it.</param>
/// <param name="VerifiedAt">Null: not verified, or no longer.</param>
/// <param name="MissingSince">Of a verified one, since when its record is not found; after 7 days it is verified no longer.</param>
public sealed record DomainShape(Guid Id, string Domain, string Record, Instant AddedAt, Instant? VerifiedAt, Instant? MissingSince)
{
    internal static DomainShape Of(OrganisationDomain one) =>
        new(one.Id, one.Domain, one.Record, one.AddedAt, one.VerifiedAt, one.MissingSince);
}

/// <param name="Finding">found, missing, or no_answer where the name servers do not answer.</param>
public sealed record CheckedDomainShape(DomainShape Domain, DomainFinding Finding);
