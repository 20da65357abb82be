using DigiHub.Data;
using DigiHub.Keys;
using DigiHub.Members;
using DigiHub.Registrations;
using DigiHub.Reminders;
using DigiHub.Web.Parts;

namespace DigiHub.Web.Letters;

/// <param name="EventTitle">Null where all of a member's reminders are meant.</param>
public sealed record RemindersOfLink(string? EventTitle, bool Wanted);

/// <summary>Stops reminders by the sealed link of one: those of one event, or all of a member's. The seal is the right to do so.</summary>
public sealed class Unsubscribing(RegistrationByLink registrations, StopReminders stopReminders, HubSeal seals, HubDbFactory databases)
{
    /// <summary>Null for a wrong seal.</summary>
    public async Task<RemindersOfLink?> Look(string seal, CancellationToken stop)
    {
        if (await registrations.Unsubscribe(seal, stop) is { } held)
            return new RemindersOfLink(held.Event.Title.Here, held.Registration.WantsReminders);
        return await Member(seal, stop) is { } member ? new RemindersOfLink(null, member.WantsReminders) : null;
    }

    /// <summary>Refuses with not_found for a wrong seal.</summary>
    public async Task<Refusal?> Want(string seal, bool wanted, CancellationToken stop)
    {
        if (await Member(seal, stop) is { } member)
            return (await stopReminders.ForMember(member.Id, wanted, stop)).Refusal;
        var outcome = wanted ? await stopReminders.Resume(seal, stop) : await stopReminders.ByLink(seal, stop);
        return outcome.Refusal;
    }

    private async Task<Member?> Member(string seal, CancellationToken stop)
    {
        if ((await seals.Get(stop)).Open(SealPurpose.Unsubscribe, seal) is not { } id)
            return null;
        await using var db = databases.Open();
        return await db.Members.AsNoTracking().FirstOrDefaultAsync(member => member.Id == id, stop);
    }
}

public static class UnsubscribeEndpoint
{
    /// <summary>
    /// Pressed on the page, or by a mailbox provider on its reader's behalf (RFC 8058): without cookie, token or redirect, so the order puts
    /// it before the page, which answers GET.
    /// </summary>
    public static void MapUnsubscribe(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/unsubscribe/{seal}", Press).AllowAnonymous().DisableAntiforgery().WithOrder(-1);

    private static async Task<IResult> Press(string seal, HttpRequest request, Unsubscribing unsubscribing, CancellationToken stop)
    {
        // Read by hand: a button without a name sends an empty form, which binding takes for a malformed request.
        var form = request.HasFormContentType ? await request.ReadFormAsync(stop) : FormCollection.Empty;
        if (await unsubscribing.Want(seal, wanted: form["resume"] == "true", stop) is { } refusal)
            return refusal.IsTransient ? TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable) : TypedResults.Text(Speak.T("This link is not ours.", "Diesen Link gibt es hier nicht."), statusCode: StatusCodes.Status404NotFound);
        return form.ContainsKey("List-Unsubscribe") ? TypedResults.Text("OK") : TypedResults.LocalRedirect($"/unsubscribe/{seal}");
    }
}
