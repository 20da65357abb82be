using DigiHub.Registrations;
using DigiHub.Web.Account;
using DigiHub.Web.Api;

namespace DigiHub.Web.Registrations;

/// <summary>Registering for events, one's own registrations, and the organiser's list.</summary>
internal static class RegistrationsApi
{
    public static void MapRegistrationsApi(this RouteGroupBuilder api)
    {
        api.MapPost("/events/{eventId:guid}/registrations", Post).WithTags("Registrations").AddEndpointFilter<Idempotency>()
            .WithSummary("Register the token's member: a seat, or a place on the waiting list").Produces<RegistrationShape>(StatusCodes.Status201Created);
        api.MapGet("/events/{eventId:guid}/registrations", Roll).WithTags("Registrations")
            .WithSummary("Who comes, in the order of joining; for the organiser").Produces<Page<RegistrationShape>>();
        api.MapPost("/registrations/{id:guid}/check-in", CheckInPost).WithTags("Registrations").AddEndpointFilter<Idempotency>()
            .WithSummary("Check in; for the organiser and the front desk").Produces<RegistrationShape>();
        api.MapGet("/registrations", Mine).WithTags("Registrations")
            .WithSummary("The token's member's own, soonest first, then past").Produces<Page<RegistrationShape>>();
        api.MapGet("/registrations/{id:guid}", Get).WithTags("Registrations").WithSummary("One of one's own").Produces<RegistrationShape>();
        api.MapDelete("/registrations/{id:guid}", Delete).WithTags("Registrations")
            .WithSummary("Give the seat back").Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> Post(Guid eventId, HttpContext http, Register register, CancellationToken stop)
    {
        var registered = await register.Run(new RegisterRequest(eventId, http.User.MemberId()), stop);
        if (!registered.IsDone)
            return registered.Refusal.ToProblem();
        var registration = registered.Value.Registration!;
        http.Response.SetETag(registration.Revision);
        http.Response.Headers.Location = $"{ApiSetup.Prefix}/v1/registrations/{registration.Id}";
        return Results.Json(RegistrationShape.Of(registration, registered.Value.Place), ApiJson.Options,
            statusCode: registered.Value.WasAlready ? StatusCodes.Status200OK : StatusCodes.Status201Created);
    }

    private static async Task<IResult> Roll(
        Guid eventId, string? search, RegistrationStatus? status, string? cursor, int? limit, HttpContext http, EventRoll roll, CancellationToken stop)
    {
        if (cursor is not null && Cursor.Number(cursor) is null)
            return Cursor.Malformed;
        var page = await roll.Run(new EventRollQuery(
            eventId, http.User.MemberId()!.Value, search, status, Cursor.Number(cursor) ?? 0, Cursor.Limit(limit)), stop);
        return page is null
            ? Problems.NotFound
            : Results.Ok(new Page<RegistrationShape>(
                [.. page.Rows.Select(row => RegistrationShape.Of(row, null))], page.Next is { } next ? Cursor.Of(next) : null));
    }

    private static async Task<IResult> CheckInPost(Guid id, HttpContext http, CheckIn checkIn, CancellationToken stop)
    {
        var done = await checkIn.Run(id, http.User.MemberId()!.Value, stop);
        return done.IsDone ? Results.Ok(RegistrationShape.Of(done.Value.Registration, null)) : done.Refusal.ToProblem();
    }

    private static async Task<IResult> Mine(HttpContext http, MyRegistrations mine, CancellationToken stop) =>
        // Bounded by the question itself (at most MyRegistrations.CountMax): one page is all there is.
        Results.Ok(new Page<RegistrationShape>(
            [.. (await mine.Run(http.User.MemberId()!.Value, stop)).Select(held => RegistrationShape.Of(held.Registration, held.Place))], null));

    private static async Task<IResult> Get(Guid id, HttpContext http, MyRegistrations mine, CancellationToken stop)
    {
        if (await mine.One(id, http.User.MemberId()!.Value, stop) is not { } held)
            return Problems.NotFound;
        http.Response.SetETag(held.Registration.Revision);
        return Results.Ok(RegistrationShape.Of(held.Registration, held.Place));
    }

    private static async Task<IResult> Delete(Guid id, HttpContext http, CancelRegistration cancel, MyRegistrations mine, CancellationToken stop)
    {
        var (revision, problem) = Preconditions.IfMatch(http.Request);
        if (problem is not null)
            return problem;
        var actorId = http.User.MemberId()!.Value;
        if (revision is not null && await mine.One(id, actorId, stop) is { } held && held.Registration.Revision != revision)
            return Problems.Answer(StatusCodes.Status412PreconditionFailed, "stale", new(
                "The registration has changed since you saw it. Read it again.",
                "Die Anmeldung hat sich seither geändert. Bitte lesen Sie sie neu."));
        var cancelled = await cancel.Run(id, actorId, stop);
        return cancelled.IsDone ? Results.NoContent() : cancelled.Refusal.ToProblem();
    }
}

/// <param name="Place">Place on the waiting list, from 1; for one's own registration only.</param>
public sealed record RegistrationShape(
    Guid Id, Guid EventId, RegistrationStatus Status, int Number, int? Place, string Name, string Email,
    Instant RegisteredAt, Instant? CheckedInAt, int Revision)
{
    internal static RegistrationShape Of(Registration registration, int? place) => new(
        registration.Id, registration.EventId, registration.Status, registration.Number, place, registration.Name, registration.Email,
        registration.RegisteredAt, registration.CheckedInAt, registration.Revision);
}
