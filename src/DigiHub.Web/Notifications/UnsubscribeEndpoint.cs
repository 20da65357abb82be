using DigiHub.Notifications;
using DigiHub.Reminders;
using DigiHub.Web.Components;

namespace DigiHub.Web.Notifications;

public static class UnsubscribeEndpoint
{
    /// <summary>
    /// Pressed on the page, or by a mailbox provider on its reader's behalf (RFC 8058): without cookie, token or redirect, so the order puts
    /// it before the page, which answers GET.
    /// </summary>
    public static void MapUnsubscribe(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/unsubscribe/{token}", Press).AllowAnonymous().DisableAntiforgery().WithOrder(-1);

    private static async Task<IResult> Press(string token, HttpRequest request, StopReminders stopReminders, CancellationToken stop)
    {
        // Read by hand: a button without a name sends an empty form, which binding takes for a malformed request.
        var form = request.HasFormContentType ? await request.ReadFormAsync(stop) : FormCollection.Empty;
        var outcome = form["resume"] == "true" ? await stopReminders.Resume(token, stop) : await stopReminders.ByLink(token, stop);
        if (outcome.Refusal is { } refusal)
            return TypedResults.StatusCode(refusal.IsTransient ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status404NotFound);
        return form.ContainsKey("List-Unsubscribe") ? TypedResults.Text("OK") : TypedResults.LocalRedirect(Paths.Unsubscribe(token));
    }
}
