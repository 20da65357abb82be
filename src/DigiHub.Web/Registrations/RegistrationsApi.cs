using System.ComponentModel.DataAnnotations;
using DigiHub.Registrations;
using DigiHub.Time;
using DigiHub.Web.Account;
using DigiHub.Web.Api;
using DigiHub.Web.Reader;

namespace DigiHub.Web.Registrations;

/// <summary>Registering for events, one's own registrations, and the organiser's list.</summary>
internal static class RegistrationsApi
{
    public static void MapRegistrationsApi(this RouteGroupBuilder api)
    {
        api.MapPost("/events/{eventId:guid}/registrations", Post).WithTags("Registrations").WithName("register")
            .WithSummary("Register for an event: a seat, or the waiting list")
            .Produces<RegisteredShape>().Produces<RegisteredShape>(StatusCodes.Status201Created);
        api.MapGet("/events/{eventId:guid}/registrations", List).WithTags("Registrations").WithName("listRegistrationsOfEvent")
            .WithSummary("List the registrations for my event, in the order they were made").Produces<Page<RegistrationShape>>();
        api.MapPost("/registrations/{id:guid}/check-in", CheckInPost).WithTags("Registrations").WithName("checkIn")
            .WithSummary("Check in a registration (organisers and front desk)").Produces<RegisteredShape>();
        api.MapGet("/registrations", Mine).WithTags("Registrations").WithName("listRegistrations")
            .WithSummary("List my registrations, soonest first, then past ones").Produces<Page<RegistrationShape>>();
        api.MapGet("/registrations/{id:guid}", Get).WithTags("Registrations").WithName("getRegistration")
            .WithSummary("Get one of my registrations").Produces<RegistrationShape>();
        api.MapDelete("/registrations/{id:guid}", Delete).WithTags("Registrations").WithName("cancelRegistration")
            .WithSummary("Cancel my registration").Produces<CancelledRegistrationShape>();
    }

    private static Task<IResult> Post(Guid eventId, HttpContext http, Register register, Idempotency once, CancellationToken stop) =>
        once.Run<Registered>(
            http,
            along => register.Run(new RegisterRequest(eventId, http.User.MemberId(), Along: along), stop),
            registered => Answer.Of(
                registered.WasAlready ? StatusCodes.Status200OK : StatusCodes.Status201Created,
                RegisteredShape.Of(registered.Registration!, registered.Place, registered.WasAlready),
                registered.Registration!.Revision,
                $"v1/registrations/{registered.Registration.Id}"));

    private static async Task<IResult> List(
        Guid eventId, string? search, Asked<RegistrationStatus>? status, string? cursor, [Range(1, Paging.LimitMax)] Asked<int>? limit,
        HttpContext http, AttendeeList roll, CancellationToken stop)
    {
        var after = Cursor.ParseNumber(cursor);
        if (cursor is not null && after is null)
            return Cursor.Malformed.ToProblem();
        var page = await roll.Run(new AttendeeQuery(
            eventId, http.User.MemberId()!.Value, search, status?.Value, after ?? 0, Paging.Limit(limit)), stop);
        return page is null
            ? Problems.NotFound
            : Results.Ok(new Page<RegistrationShape>(
                [.. page.Rows.Select(row => RegistrationShape.Of(row, null))], page.Next is { } next ? Cursor.OfNumber(next) : null));
    }

    private static Task<IResult> CheckInPost(Guid id, HttpContext http, CheckIn checkIn, Idempotency once, CancellationToken stop) =>
        once.Run<CheckedIn>(
            http,
            along => checkIn.Run(id, http.User.MemberId()!.Value, stop, along),
            done => Answer.Of(StatusCodes.Status200OK,
                RegisteredShape.Of(done.Registration, null, done.WasAlready), done.Registration.Revision));

    private static async Task<IResult> Mine(HttpContext http, MyRegistrations mine, CancellationToken stop) =>
        // Bounded by the question itself (at most MyRegistrations.CountMax): one page is all there is.
        Results.Ok(new Page<RegistrationShape>(
            [.. (await mine.Run(http.User.MemberId()!.Value, stop)).Select(held => RegistrationShape.Of(held.Registration, held.Place))],
            null));

    private static async Task<IResult> Get(Guid id, HttpContext http, MyRegistrations mine, CancellationToken stop)
    {
        if (await mine.One(id, http.User.MemberId()!.Value, stop) is not { } held)
            return Problems.NotFound;
        http.Response.SetETag(held.Registration.Revision);
        return Results.Ok(RegistrationShape.Of(held.Registration, held.Place));
    }

    private static async Task<IResult> Delete(
        Guid id, HttpContext http, CancelRegistration cancel, MyRegistrations mine, CancellationToken stop)
    {
        var (revision, problem) = Preconditions.IfMatch(http.Request);
        if (problem is not null)
            return problem;
        var actorId = http.User.MemberId()!.Value;
        if (revision is not null && await mine.One(id, actorId, stop) is { } held && held.Registration.Revision != revision)
            return Problems.Answer(StatusCodes.Status412PreconditionFailed, "stale", new(
                "The registration has changed since you saw it. Read it again.",
                "Die Anmeldung hat sich seither geändert. Lesen Sie sie neu.",
                "Die Anmeldung hat sich seither geändert. Lies sie neu."));
        var cancelled = await cancel.Run(id, actorId, stop);
        return cancelled.IsDone
            ? Answer.Of(StatusCodes.Status200OK, CancelledRegistrationShape.Of(cancelled.Value), cancelled.Value.Registration.Revision)
            : cancelled.Refusal.ToProblem();
    }
}

/// <param name="Place">Place on the waiting list, from 1; for one's own registration only.</param>
public record RegistrationShape(
    Guid Id, Guid EventId, RegistrationStatus Status, int Number, int? Place, string Name, string Email,
    Instant RegisteredAt, Instant? CheckedInAt, int Revision)
{
    internal static RegistrationShape Of(Registration registration, int? place) => new(
        registration.Id, registration.EventId, registration.Status, registration.Number, place, registration.Name, registration.Email,
        registration.RegisteredAt, registration.CheckedInAt, registration.Revision);
}

/// <summary>A registration after registering or checking in.</summary>
public sealed record RegisteredShape : RegistrationShape
{
    private RegisteredShape(RegistrationShape shape)
        : base(shape)
    {
    }

    /// <summary>Registered, or checked in, before: nothing has changed.</summary>
    public required bool WasAlready { get; init; }

    internal static RegisteredShape Of(Registration registration, int? place, bool wasAlready) =>
        new(RegistrationShape.Of(registration, place)) { WasAlready = wasAlready };
}

/// <summary>A registration after it was given back.</summary>
public sealed record CancelledRegistrationShape : RegistrationShape
{
    private CancelledRegistrationShape(RegistrationShape shape)
        : base(shape)
    {
    }

    /// <summary>Cancelled before: nothing has changed.</summary>
    public required bool WasAlready { get; init; }

    /// <summary>How many came from the waiting list because of it.</summary>
    public required int Promoted { get; init; }

    internal static CancelledRegistrationShape Of(RegistrationCancelled cancelled) =>
        new(RegistrationShape.Of(cancelled.Registration, null)) { WasAlready = cancelled.WasAlready, Promoted = cancelled.Promoted };
}
