using DigiHub.Notifications;
using DigiHub.Web.Components;
using DigiHub.Web.Notifications;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace DigiHub.Web.Mail;

/// <summary>What the viewer's and the gallery's pages show in a frame or hand out as a file; the viewer in demo mode only.</summary>
public static class MailEndpoints
{
    public static void MapMail(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/mail/{id}/html", Html).AllowAnonymous();
        routes.MapGet("/mail/{id}/raw", Raw).AllowAnonymous();
        routes.MapGet("/emails/{type}/{language}/html", Example).AllowAnonymous();
        routes.MapPost("/mail/to-come", SendNow).AllowAnonymous();
    }

    private static Results<ContentHttpResult, NotFound> Html(string id, HttpContext http, PickupFolder room, IOptions<HubSettings> settings)
    {
        if (!settings.Value.Demo || room.Open(id) is not { } notification)
            return TypedResults.NotFound();
        return FramedEmail.Of(http, notification);
    }

    private static async Task<Results<ContentHttpResult, NotFound>> Example(
        string type, string language, string? reading, HttpContext http,
        EmailGallery gallery, IOptions<HubSettings> settings, CancellationToken stop)
    {
        if (!GalleryPage.IsOpenTo(http.User, settings.Value) || Languages.Parse(language) is not { } read
            || (await gallery.Examples(stop)).FirstOrDefault(one => one.Sample.Type.Name == type
                && one.Sample.Reading == (reading ?? "") && one.Language == read)
                is not { } example)
            return TypedResults.NotFound();
        return FramedEmail.Of(http, example.Mail);
    }

    private static Results<PhysicalFileHttpResult, NotFound> Raw(string id, PickupFolder room, IOptions<HubSettings> settings) =>
        settings.Value.Demo && room.Find(id) is { } file
            ? TypedResults.PhysicalFile(file.FullName, "message/rfc822", file.Name)
            : TypedResults.NotFound();

    private static async Task<IResult> SendNow(
        [FromForm] string? notification, [FromForm] string? search,
        SendNow sendAhead, IOptions<HubSettings> settings, CancellationToken stop)
    {
        // Reads the form itself: outside demo mode every request gets a 404, whatever it contains.
        if (!settings.Value.Demo || FormParse.Id(notification) is not { } id)
            return TypedResults.NotFound();
        // One that left meanwhile is as good as sent: the page shows which.
        await sendAhead.Run(id, actorId: null, stop);
        return TypedResults.LocalRedirect(Paths.Mailbox + "?ahead=true"
            + (string.IsNullOrEmpty(search) ? "" : "&search=" + Uri.EscapeDataString(search)));
    }
}
