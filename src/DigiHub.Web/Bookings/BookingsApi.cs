using DigiHub.Bookings;
using DigiHub.Members;
using DigiHub.Spaces;
using DigiHub.Time;
using DigiHub.Web.Account;
using DigiHub.Web.Api;

namespace DigiHub.Web.Bookings;

/// <summary>/bookings: to make, read, change and cancel; one's own, or for the front desk anybody's.</summary>
internal static class BookingsApi
{
    public static void MapBookingsApi(this RouteGroupBuilder api)
    {
        var bookings = api.MapGroup("/bookings").WithTags("Bookings");
        bookings.MapPost("/", Post).AddEndpointFilter<Idempotency>()
            .WithSummary("Book a space").Produces<BookingShape>(StatusCodes.Status201Created);
        bookings.MapGet("/", List).WithSummary("The token's member's own: ahead of them, or past with past=true").Produces<Page<BookingShape>>();
        bookings.MapGet("/{id:guid}", Get).WithSummary("One booking").Produces<BookingShape>();
        bookings.MapPatch("/{id:guid}", Patch).WithSummary("Move, shorten or rename; what is left out stays").Produces<BookingShape>();
        bookings.MapDelete("/{id:guid}", Delete).WithSummary("Cancel; a running one ends now").Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> Post(BookingInput input, HttpContext http, BookSpace book, Catalogue catalogue, CancellationToken stop)
    {
        if (input.SpaceId is not { } spaceId)
            return Missing("spaceId");
        var when = input.When();
        if (!when.IsDone)
            return when.Refusal.ToBadRequest();
        if (when.Value is null)
            return Missing("start");

        var booked = await book.Run(new BookSpaceRequest
        {
            ActorId = http.User.MemberId()!.Value,
            MemberId = input.MemberId,
            SpaceId = spaceId,
            When = when.Value,
            Title = input.Title,
            People = input.People,
            Reminder = input.Reminder,
        }, stop);
        if (!booked.IsDone)
            return booked.Refusal.ToProblem();

        http.Response.Headers.Location = $"{ApiSetup.Prefix}/v1/bookings/{booked.Value.Id}";
        return Shown(booked.Value, http, await catalogue.Map(stop), StatusCodes.Status201Created);
    }

    private static async Task<IResult> List(bool? past, string? cursor, int? limit, HttpContext http, MyBookings mine, CancellationToken stop)
    {
        BookingCursor? after = null;
        if (cursor is not null && !BookingCursor.TryParse(cursor, null, out after))
            return Cursor.Malformed;
        var memberId = http.User.MemberId()!.Value;
        var size = Cursor.Limit(limit);
        var page = past == true ? await mine.Past(memberId, after, size, stop) : await mine.Upcoming(memberId, after, size, stop);
        return Results.Ok(new Page<BookingShape>(
            [.. page.Items.Select(view => BookingShape.Of(view.Booking, view.Space, view.Place))], page.Next?.ToString()));
    }

    private static async Task<IResult> Get(Guid id, HttpContext http, OneBooking one, Catalogue catalogue, CancellationToken stop) =>
        await one.Find(id, ViewerOf(http), stop) is { } view
            ? Shown(view.Booking, http, await catalogue.Map(stop), StatusCodes.Status200OK)
            : Problems.NotFound;

    private static async Task<IResult> Patch(Guid id, BookingInput input, HttpContext http, MoveBooking move, Catalogue catalogue, CancellationToken stop)
    {
        var (revision, problem) = Preconditions.IfMatch(http.Request);
        if (problem is not null)
            return problem;
        if (input.MemberId is not null)
            return Problems.Bad("not_changeable", new(
                "A booking cannot change hands. Cancel it and make a new one.",
                "Eine Buchung kann nicht den Besitzer wechseln. Stornieren Sie sie und buchen Sie neu."), "memberId");
        var when = input.When();
        if (!when.IsDone)
            return when.Refusal.ToBadRequest();

        var moved = await move.Run(new MoveBookingRequest
        {
            BookingId = id,
            ActorId = http.User.MemberId()!.Value,
            SpaceId = input.SpaceId,
            When = when.Value,
            Title = input.Title,
            People = input.People,
            Reminder = input.Reminder,
            IfRevision = revision,
        }, stop);
        return moved.IsDone
            ? Shown(moved.Value, http, await catalogue.Map(stop), StatusCodes.Status200OK)
            : moved.Refusal.ToProblem();
    }

    private static async Task<IResult> Delete(Guid id, HttpContext http, CancelBooking cancel, CancellationToken stop)
    {
        var (revision, problem) = Preconditions.IfMatch(http.Request);
        if (problem is not null)
            return problem;
        var cancelled = await cancel.Run(id, http.User.MemberId()!.Value, revision, stop);
        return cancelled.IsDone ? Results.NoContent() : cancelled.Refusal.ToProblem();
    }

    private static IResult Shown(Booking booking, HttpContext http, HubMap map, int status)
    {
        var space = map.Space(booking.SpaceId)!;
        http.Response.SetETag(booking.Revision);
        return Results.Json(BookingShape.Of(booking, space, map.PlaceOf(space)), ApiJson.Options, statusCode: status);
    }

    internal static Viewer ViewerOf(HttpContext http) => new(http.User.MemberId(), http.User.Roles());

    private static IResult Missing(string property) => Problems.Bad("missing", new(
        $"\"{property}\" is needed.", $"„{property}“ wird gebraucht."), property);
}

/// <summary>
/// What a program sends to book or to change. When: start and end on the site's clock; or day with part (day, morning,
/// afternoon); or day and through for whole days.
/// </summary>
public sealed record BookingInput
{
    public int? SpaceId { get; init; }

    public LocalDateTime? Start { get; init; }

    public LocalDateTime? End { get; init; }

    public LocalDate? Day { get; init; }

    public DayPart? Part { get; init; }

    /// <summary>The last of several whole days.</summary>
    public LocalDate? Through { get; init; }

    public string? Title { get; init; }

    public int? People { get; init; }

    /// <summary>0 for none; both left out: as the member usually wants it.</summary>
    public int? ReminderMinutesBefore { get; init; }

    /// <summary>A reminder on the day before, at this time on the site's clock.</summary>
    public LocalTime? ReminderDayBeforeAt { get; init; }

    internal ReminderChoice? Reminder => (ReminderMinutesBefore, ReminderDayBeforeAt) switch
    {
        (null, null) => null,
        var (minutes, at) => new ReminderChoice(new ReminderWish(minutes == 0 ? null : minutes, at)),
    };

    /// <summary>For whom; the front desk only.</summary>
    public Guid? MemberId { get; init; }

    /// <summary>Null if nothing was said about it.</summary>
    internal Outcome<When?> When() => (Start, End, Day, Part, Through) switch
    {
        (null, null, null, null, null) => (When?)null,
        ({ } start, { } end, null, null, null) => DigiHub.Bookings.When.Between(start, end),
        (null, null, { } day, var part, null) => DigiHub.Bookings.When.On(day, part ?? DayPart.Day),
        (null, null, { } day, null, { } through) => DigiHub.Bookings.When.Days(day, through),
        _ => new Refusal("malformed_time", new(
            "Say when by start and end, or by day with part, or by day and through.",
            "Sagen Sie wann: mit start und end, oder day mit part, oder day und through."))
        { Field = Start is null ? "start" : "end" },
    };
}

/// <summary>A booking as its owner sees it. Start and end are the site's clock; the instants follow from them.</summary>
/// <param name="Revision">Also the ETag.</param>
public sealed record BookingShape(
    Guid Id, int SpaceId, string Space, string Site, string Zone, LocalDateTime Start, LocalDateTime End, Instant StartInstant, Instant EndInstant,
    BookingStatus Status, string? Title, int? ReminderMinutesBefore, LocalTime? ReminderDayBeforeAt, Guid MemberId, int Revision, Instant CreatedAt, Instant? CancelledAt)
{
    internal static BookingShape Of(Booking booking, Space space, SitePlace place) => new(
        booking.Id, space.Id, space.Name, place.Site.Slug, place.Site.ZoneId, booking.StartLocal, booking.EndLocal, booking.Start, booking.End,
        booking.Status, booking.Title, booking.ReminderMinutesBefore, booking.ReminderDayBeforeAt, booking.MemberId, booking.Revision, booking.CreatedAt, booking.CancelledAt);
}
