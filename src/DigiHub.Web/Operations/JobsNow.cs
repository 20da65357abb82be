using System.Globalization;
using Hangfire;
using Hangfire.Storage;

namespace DigiHub.Web.Operations;

/// <summary>A recurring job as it stands.</summary>
/// <param name="Name">As <see cref="Schedule"/> has it: "deliver-notifications".</param>
/// <param name="LastAt">When it was last begun; null: not yet.</param>
/// <param name="Took">Null while it runs, after a failure, and half an hour later, when Hangfire has forgotten.</param>
/// <param name="Error">What the last one failed with, or why it cannot be run; null when all is well.</param>
public sealed record RecurringJobNow(string Name, Instant? LastAt, Duration? Took, bool IsRunning, string? Error, Instant? NextAt)
{
    /// <summary>What it does, for people.</summary>
    public Words Does => JobWords.Of(Name);
}

/// <summary>The recurring jobs of all processes, as Hangfire has them, and the way to run one at once.</summary>
public sealed class JobsNow(JobStorage storage, IRecurringJobManager jobs)
{
    private const int ErrorMax = 300;

    public IReadOnlyList<RecurringJobNow> All()
    {
        using var connection = storage.GetConnection();
        var monitoring = storage.GetMonitoringApi();
        return [.. connection.GetRecurringJobs().OrderBy(job => job.Id, StringComparer.Ordinal).Select(job => Now(job, monitoring))];
    }

    /// <summary>False: there is no such job.</summary>
    public bool Run(string name)
    {
        using (var connection = storage.GetConnection())
        {
            if (connection.GetRecurringJobs([name]) is not [{ Removed: false }])
                return false;
        }

        jobs.Trigger(name);
        return true;
    }

    private static RecurringJobNow Now(RecurringJobDto job, IMonitoringApi monitoring)
    {
        var last = job.LastJobId is null ? null : monitoring.JobDetails(job.LastJobId)?.History.FirstOrDefault();
        Duration? took = last?.StateName == "Succeeded" && last.Data.TryGetValue("PerformanceDuration", out var text)
            && long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var milliseconds)
                ? Duration.FromMilliseconds(milliseconds) : null;
        var failed = last?.StateName == "Failed" && last.Data.TryGetValue("ExceptionMessage", out var message) ? message : null;
        var error = job.Error ?? failed ?? job.LoadException?.Message;
        return new RecurringJobNow(job.Id, At(job.LastExecution), took, (last?.StateName ?? job.LastJobState) == "Processing",
            error?.Length > ErrorMax ? error[..ErrorMax] : error, At(job.NextExecution));
    }

    private static Instant? At(DateTime? time) => time is { } known
        ? Instant.FromDateTimeUtc(DateTime.SpecifyKind(known, DateTimeKind.Utc)) : null;
}
