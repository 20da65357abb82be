using System.Globalization;
using DigiHub.Access;
using DigiHub.Mail;
using DigiHub.Notifications;
using DigiHub.Operations;
using DigiHub.Web.Account;
using DigiHub.Web.Components;
using DigiHub.Web.Layout;
using DigiHub.Web.Mail;
using DigiHub.Web.Reader;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace DigiHub.Web.Notifications;

/// <summary>The buttons of the outbox, and the e-mail for its frame. Each act stands in activity with who did it.</summary>
public static class OutboxEndpoints
{
    public static void MapOutbox(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/admin/outbox/{id:guid}/html", Html).RequireAuthorization(nameof(Permission.SeeOutbox));
        var notifications = routes.MapGroup("/admin/outbox").RequireAuthorization(nameof(Permission.ManageOutbox));
        notifications.MapPost("/{id:guid}/send", async (Guid id, HttpContext http, SendNow send) =>
            Back(id, "send", await send.Run(id, http.User.MemberId(), http.RequestAborted)));
        notifications.MapPost("/{id:guid}/stop", async (Guid id, HttpContext http, CancelNotification stopNotification) =>
            Back(id, "stop", await stopNotification.Run(id, http.User.MemberId()!.Value, http.RequestAborted)));
        notifications.MapPost("/{id:guid}/requeue", async (Guid id, HttpContext http, RetryNotifications requeue) =>
            Back(id, "requeue", await requeue.One(id, http.User.MemberId(), http.RequestAborted)));
        notifications.MapPost("/requeue-failed", RequeueFailed);
        notifications.MapPost("/resume", async ([FromForm] string? returnUrl, HttpContext http, ResumeRelay resume) =>
        {
            await resume.Run(http.User.MemberId(), http.RequestAborted);
            return Results.LocalRedirect(LocalUrl.OrHome(returnUrl)); // resumed by somebody else meanwhile is as good
        });
        notifications.MapPost("/release", Release);
    }

    private static async Task<IResult> Html(Guid id, HttpContext http, Outbox outbox, EmailPreviews previews)
    {
        if (await outbox.Find(id, http.RequestAborted) is not { } found
            || await previews.Of(found.Notification, http.RequestAborted) is not { } preview)
            return Results.NotFound();
        return FramedEmail.Of(http, preview);
    }

    private static async Task<IResult> Release(
        [FromForm] string? overdue, [FromForm] string? returnUrl, HttpContext http, ReleaseSending release)
    {
        // What is not understood skips: nothing goes out twice by a mistake.
        var chosen = string.Equals(overdue, "send", StringComparison.Ordinal) ? Overdue.Send : Overdue.Skip;
        await release.Run(chosen, http.User.MemberId(), http.RequestAborted);
        return Results.LocalRedirect(LocalUrl.OrHome(returnUrl)); // released by somebody else meanwhile is as good
    }

    private static async Task<IResult> RequeueFailed(
        [FromForm] string? since, [FromForm] string? returnUrl, HttpContext http, RetryNotifications requeue, DateWords dates)
    {
        var url = LocalUrl.OrHome(returnUrl);
        if (FormParse.Date(since) is not { } day)
            return Results.LocalRedirect(url);
        var outcome = await requeue.Failed(dates.StartOf(day), http.User.MemberId(), http.RequestAborted);
        return Results.LocalRedirect(outcome.IsDone
            ? QueryHelpers.AddQueryString(url, new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["done"] = "requeued",
                ["count"] = outcome.Value.ToString(CultureInfo.InvariantCulture),
            })
            : url);
    }

    private static IResult Back(Guid id, string act, Outcome<Guid> outcome) => outcome switch
    {
        { IsDone: true } => Results.LocalRedirect($"{Paths.OutboxEmail(id)}?done={act}"),
        { Refusal: { } refusal } => Results.LocalRedirect($"{Paths.OutboxEmail(id)}?refused={refusal.Code}"),
        _ => Results.NotFound(),
    };
}
