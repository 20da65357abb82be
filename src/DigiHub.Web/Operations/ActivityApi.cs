using DigiHub.Access;
using DigiHub.Operations;
using DigiHub.Spaces;
using DigiHub.Web.Api;
using DigiHub.Web.Components;
using DigiHub.Web.Reader;

namespace DigiHub.Web.Operations;

/// <summary>What was done, and what the hub does by itself, for those who answer for it.</summary>
internal static class ActivityApi
{
    public static void MapActivityApi(this RouteGroupBuilder api)
    {
        api.MapGet("/audit", List).WithTags("Operations").RequireAuthorization(nameof(Permission.SeeActivity)).WithName("listActivity")
            .WithSummary("List who did what, the newest first. Reading is noted, too").Produces<Page<ActivityShape>>();
        api.MapGet("/work", Jobs)
            .WithTags("Operations").RequireAuthorization(nameof(Permission.SeeJobs)).WithName("listJobs")
            .WithSummary("List the recurring jobs with their last and next runs").Produces<Page<JobShape>>();
        api.MapPost("/work/{job}", (string job, JobsNow jobs) => jobs.Run(job)
                ? Results.Ok(JobShape.Of(jobs.All().Single(one => one.Name == job)))
                : Problems.NotFound)
            .WithTags("Operations").RequireAuthorization(nameof(Permission.RunJobs)).WithName("runJob")
            .WithSummary("Run a recurring job now").Produces<JobShape>();
    }

    private static IResult Jobs(HttpContext http, JobsNow jobs)
    {
        // What went wrong may tell of other sites.
        var ofHub = http.Viewer().May(Permission.SeeJobs);
        return Results.Ok(new Page<JobShape>(
            [.. jobs.All().Select(job => ofHub ? JobShape.Of(job) : JobShape.Of(job) with { Message = "" })], Next: null));
    }

    private static async Task<IResult> List(
        string? who, string? kind, string? site, Asked<LocalDate>? from, Asked<LocalDate>? through, string? cursor,
        HttpContext http, AllActivity activity, Catalogue catalogue, DateWords dates, CancellationToken stop)
    {
        if (kind is not null && ActWords.Kinds.All(one => one.Name != kind))
            return UnknownKind.ToBadRequest();
        if (cursor is not null && !Guid.TryParse(cursor, out _))
            return DigiHub.Time.Cursor.Malformed.ToProblem();
        var place = site is null ? null : (await catalogue.Map(stop)).Place(site);
        if (site is not null && place is null)
            return Problems.NotFound;
        var asked = new ActivityFilter(who, kind, from?.Value, through?.Value, cursor is null ? null : Guid.Parse(cursor), place);
        return await activity.Run(asked.Query(dates), http.Viewer(), stop) is { } found
            ? Results.Ok(new Page<ActivityShape>([.. found.Rows.Select(ActivityShape.Of)], found.Next?.ToString()))
            : Problems.NotFound;
    }

    private static Refusal UnknownKind => new("unknown_kind", new(
        $"There is no such kind of thing. There are: {Kinds}.", $"Diese Art gibt es nicht. Es gibt: {Kinds}."))
    { Field = "kind" };

    private static string Kinds => string.Join(", ", ActWords.Kinds.Select(one => one.Name).Order(StringComparer.Ordinal));
}

/// <param name="Act">“booking.created”.</param>
/// <param name="Actor">Null for the hub itself, a guest by link, or somebody who is forgotten; the id stays.</param>
/// <param name="OnBehalfOf">For whom, where that is another member.</param>
/// <param name="Subject">“booking:019a…”: the kind of thing and its id; null for acts on the hub itself.</param>
/// <param name="Changes">Names of fields, with values before and after where these tell nothing of a person.</param>
public sealed record ActivityShape(
    Guid Id, Instant At, string Act, Guid? ActorId, string? Actor, Guid? OnBehalfOfId, string? OnBehalfOf, string? Subject,
    string? Detail, IReadOnlyList<FieldChangeShape> Changes)
{
    internal static ActivityShape Of(ActivityRow row) => new(
        row.Entry.Id, row.Entry.At, row.Entry.Act, row.Entry.ActorId, row.Actor, row.Entry.OnBehalfOfId, row.OnBehalfOf,
        row.Entry.Subject?.ToString(), row.Entry.Detail,
        [.. FieldChange.Of(row.Entry.Changes).Select(change => new FieldChangeShape(change.Field, change.Values))]);
}

/// <param name="Values">Before and after; null where they may be personal.</param>
public sealed record FieldChangeShape(string Field, string? Values);

/// <param name="Name">“deliver-notifications”.</param>
/// <param name="LastAt">When it was last begun; null: not yet.</param>
/// <param name="Message">
/// What the last run failed with; empty where it did not fail, and for who answers for one site alone.
/// </param>
/// <param name="NextAt">The beginning of 1970 where it will not run by itself.</param>
public sealed record JobShape(string Name, string Does, JobState State, Instant? LastAt, string Message, Instant NextAt)
{
    internal static JobShape Of(RecurringJobNow job) => new(
        job.Name, job.Does.Here, StateOf(job), job.LastAt, job.Error ?? "", job.NextAt ?? NodaConstants.UnixEpoch);

    private static JobState StateOf(RecurringJobNow job) => job switch
    {
        { Error: not null } => JobState.Failed,
        { IsRunning: true } => JobState.Running,
        { LastAt: null } => JobState.NotYet,
        _ => JobState.Well,
    };
}

public enum JobState { NotYet, Running, Well, Failed }
