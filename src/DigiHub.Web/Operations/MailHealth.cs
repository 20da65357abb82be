using DigiHub.Mail;
using DigiHub.Notifications;
using DigiHub.Operations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DigiHub.Web.Operations;

/// <summary>
/// GET /health/mail: whether e-mails leave in time. Separate from readiness: a web server whose relay is down still serves, and
/// taking it away would send no e-mail. 503 when the oldest is overdue by more than Mail:LateAfterMinutes; a pause of the relay is
/// told at once as "degraded", and so is a mailbox of returned e-mails that cannot be read for half an hour.
/// </summary>
public static class MailHealth
{
    public static void MapMailHealth(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/health/mail", Look).AllowAnonymous().ExcludeFromDescription();

    private sealed record EmailsReport(
        string Status, int Due, long LagSeconds, bool RelayPaused, int GivenUpWithinADay, int CameBackWithinADay, bool InboundUnread);

    private static async Task<JsonHttpResult<EmailsReport>> Look(
        NotificationsNow notifications, InboundNow inbound, Func<AlarmOptions> whenAlarm, HttpResponse response, CancellationToken stop)
    {
        response.Headers.CacheControl = "no-store";
        try
        {
            var look = await notifications.Run(stop);
            var unread = (await inbound.Run(stop)).IsUnread(whenAlarm().InboundUnreadMax);
            var paused = look.Relay.PausedSince is not null;
            var status = look.IsLate(whenAlarm().LagMax) ? "unhealthy" : paused || unread ? "degraded" : "healthy";
            return TypedResults.Json(
                new EmailsReport(status, look.Due, (long)(look.Lag?.TotalSeconds ?? 0), paused, look.GivenUp, look.CameBack, unread),
                statusCode: status == "unhealthy" ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
        }
        catch (Exception exception) when (exception is System.Data.Common.DbException or InvalidOperationException or TimeoutException)
        {
            return TypedResults.Json(new EmailsReport("unknown", 0, 0, false, 0, 0, false),
                statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
