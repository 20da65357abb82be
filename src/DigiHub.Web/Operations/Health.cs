using DigiHub.Data;
using DigiHub.Notifications;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DigiHub.Web.Operations;

/// <summary>
/// GET /health/live: the process answers. GET /health/ready: it can serve, because its database answers and has this
/// version's shape, and its disk takes what is written. Late e-mails are reported but do not make it unready: that would not send them.
/// </summary>
public static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => TypedResults.Text("live")).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/health/ready", Ready).AllowAnonymous().ExcludeFromDescription();
        routes.MapMailHealth();
        routes.MapMetrics();
    }

    private sealed record Readiness(string Database, string Disk, int MigrationsMissing, long? OldestDueEmailSeconds);

    private static async Task<JsonHttpResult<Readiness>> Ready(
        HubDbFactory databases, Migrating migrating, DiskWatch disk, IClock clock, HttpResponse response, CancellationToken stop)
    {
        response.Headers.CacheControl = "no-store";
        // The reason is only logged: it names paths.
        var canWrite = disk.WhyNot() is null;
        var room = canWrite ? "can be written" : "cannot be written";
        try
        {
            var missing = await migrating.Missing(stop);
            var late = missing.Count == 0 ? await OldestDueEmail(databases, clock, stop) : null;
            return TypedResults.Json(
                new Readiness("answers", room, missing.Count, late is { } age ? (long)age.TotalSeconds : null),
                statusCode: missing.Count == 0 && canWrite ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
        }
        catch (Exception exception) when (exception is System.Data.Common.DbException or InvalidOperationException or TimeoutException)
        {
            return TypedResults.Json(new Readiness("does not answer", room, 0, null), statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    /// <summary>How long the e-mail that waits longest is overdue; null if none is.</summary>
    internal static async Task<Duration?> OldestDueEmail(HubDbFactory databases, IClock clock, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        await using var db = databases.Open();
        var oldest = await db.Notifications
            .Where(notification => (notification.State == NotificationState.Planned || notification.State == NotificationState.Retry)
                && notification.NextAttemptAt <= now)
            .OrderBy(notification => notification.NextAttemptAt)
            .Select(notification => (Instant?)notification.NextAttemptAt)
            .FirstOrDefaultAsync(stop);
        return oldest is { } since ? now - since : null;
    }
}
