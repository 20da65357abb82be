using System.ComponentModel.DataAnnotations;
using DigiHub.Access;
using DigiHub.Bookings;
using DigiHub.Bookings.CheckIn;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Spaces;
using DigiHub.Time;
using DigiHub.Web.Account;
using DigiHub.Web.Api;
using DigiHub.Web.Reader;

namespace DigiHub.Web.Bookings;

/// <summary>/bookings: to make, read, change and cancel; one's own, or for the front desk anybody's.</summary>
internal static class BookingsApi
{
    public static void MapBookingsApi(this RouteGroupBuilder api)
    {
        var bookings = api.MapGroup("/bookings").WithTags("Bookings");
        bookings.MapPost("/", Post).WithName("bookSpace")
            .WithSummary("Book a desk or room, or any of a pool").Produces<BookingShape>(StatusCodes.Status201Created);
        bookings.MapGet("/", List).WithName("listBookings")
            .WithSummary("List my bookings: upcoming, or past with past=true").Produces<Page<BookingShape>>();
        bookings.MapGet("/{id:guid}", Get).WithName("getBooking").WithSummary("Get a booking").Produces<BookingShape>();
        bookings.MapPatch("/{id:guid}", Patch).WithName("changeBooking").AcceptsMergePatch<BookingInput>()
            .WithSummary("Change a booking’s time or title. Omitted fields stay, null removes a value").Produces<ChangedBookingShape>();
        bookings.MapDelete("/{id:guid}", Delete).WithName("cancelBooking")
            .WithSummary("Cancel a booking. A running one ends now").Produces<BookingShape>();
        bookings.MapPost("/cancel-several", CancelSome).WithName("cancelBookings")
            .WithSummary("Cancel bookings of one member together: all that are ahead, with one e-mail").Produces<CancelledCountShape>();
        bookings.MapPost("/{id:guid}/check-in", CheckIn).WithName("checkInToBooking")
            .WithSummary("Check in to a booking, so that it isn’t released. A second time changes nothing").Produces<BookingShape>();
        bookings.MapPost("/{id:guid}/come-later", Later).WithName("comeLaterToBooking")
            .WithSummary("Keep a booking a quarter of an hour longer, once").Produces<BookingShape>();
        bookings.MapPost("/{id:guid}/undo-release", Undo).WithName("undoReleaseOfBooking")
            .WithSummary("Get back a booking that was released minutes ago, if it is still free").Produces<BookingShape>();
        bookings.MapPost("/{id:guid}/extend", Extend).WithName("extendBooking")
            .WithSummary("Let a booking end later, also one that is running").Produces<BookingShape>();
        bookings.MapPost("/{id:guid}/end", End).WithName("endBooking")
            .WithSummary("End a running booking now, so that the rest is free").Produces<BookingShape>();
    }

    private static async Task<IResult> Post(
        BookingInput input, HttpContext http, BookSpace book, Catalogue catalogue, Idempotency once, CancellationToken stop)
    {
        if (input.SpaceId is null && input.PoolId is null)
            return Missing("spaceId");
        if (input.SpaceId is not null && input.PoolId is not null)
            return Problems.Bad("space_or_pool", new(
                "Give a spaceId or a poolId, not both.", "Geben Sie eine spaceId oder eine poolId an, nicht beides.",
                "Gib eine spaceId oder eine poolId an, nicht beides."), "poolId");
        var when = input.When();
        if (!when.IsDone)
            return when.Refusal.ToBadRequest();
        if (when.Value is null)
            return Missing("start");

        var map = await catalogue.Map(stop);
        return await once.Run<Booking>(http, along => book.Run(
            new BookSpaceRequest
            {
                ActorId = http.User.MemberId()!.Value,
                MemberId = input.MemberId,
                SpaceId = input.SpaceId,
                PoolId = input.PoolId,
                When = when.Value,
                Title = input.Title,
                People = input.People,
                Reminder = input.Reminder,
                Along = along,
            },
            stop), booked => Answer.Of(StatusCodes.Status201Created, ShapeOf(booked, map), booked.Revision, $"v1/bookings/{booked.Id}"));
    }

    private static async Task<IResult> List(
        Asked<bool>? past, string? cursor, [Range(1, Paging.LimitMax)] Asked<int>? limit,
        HttpContext http, MyBookings mine, CancellationToken stop)
    {
        var after = Cursor.Parse(cursor);
        if (cursor is not null && after is null)
            return Cursor.Malformed.ToProblem();
        var memberId = http.User.MemberId()!.Value;
        var size = Paging.Limit(limit);
        var page = past?.Value == true ? await mine.Past(memberId, after, size, stop) : await mine.Upcoming(memberId, after, size, stop);
        return Results.Ok(new Page<BookingShape>(
            [.. page.Items.Select(view => BookingShape.Of(view.Booking, view.Space, view.Place))], page.Next?.ToString()));
    }

    private static async Task<IResult> Get(Guid id, HttpContext http, OneBooking one, CancellationToken stop) =>
        await one.Find(id, http.Viewer(), stop) is { } view
            ? Answer.Of(StatusCodes.Status200OK, BookingShape.Of(view.Booking, view.Space, view.Place), view.Booking.Revision)
            : Problems.NotFound;

    private static async Task<IResult> Patch(
        Guid id, BookingInput input, HttpContext http, MoveBooking move, OneBooking one, Catalogue catalogue, CancellationToken stop)
    {
        var (revision, problem) = Preconditions.IfMatch(http.Request);
        problem ??= WhyNotChanged(input);
        if (problem is not null)
            return problem;
        var when = input.When();
        if (!when.IsDone)
            return when.Refusal.ToBadRequest();
        if (await one.Find(id, http.Viewer(), stop) is not { Booking: var now })
            return Problems.NotFound;

        // Even with "*" omitted properties come from the version just read, so a concurrent change must not be overwritten.
        var seen = revision ?? now.Revision;
        var moved = await move.Run(new MoveBookingRequest
        {
            BookingId = id,
            ActorId = http.User.MemberId()!.Value,
            SpaceId = input.SpaceId,
            When = when.Value,
            Title = input.Has(nameof(input.Title)) ? input.Title ?? "" : null,
            ShowsAtDoor = input.ShowsAtDoor,
            People = input.People,
            Reminder = input.ReminderOnTopOf(now),
            IfRevision = seen,
        }, stop);
        return moved.IsDone
            ? Answer.Of(StatusCodes.Status200OK,
                ChangedBookingShape.Of(ShapeOf(moved.Value, await catalogue.Map(stop)), moved.Value.Revision == seen), moved.Value.Revision)
            : moved.Refusal.ToProblem();
    }

    private static IResult? WhyNotChanged(BookingInput input) => input.Has(nameof(input.MemberId))
        ? Problems.Bad("not_changeable", new(
            "A booking can’t be passed to another member. Cancel it and create a new one.",
            "Eine Buchung lässt sich nicht auf ein anderes Mitglied übertragen. Stornieren Sie sie und buchen Sie neu.",
            "Eine Buchung lässt sich nicht auf ein anderes Mitglied übertragen. Storniere sie und buche neu."), "memberId")
        : input.Has(nameof(input.PoolId))
        ? Problems.Bad("not_changeable", new(
            "A booking can’t go to another pool. Cancel it and create a new one.",
            "Eine Buchung lässt sich nicht in einen anderen Pool verschieben. Stornieren Sie sie und buchen Sie neu.",
            "Eine Buchung lässt sich nicht in einen anderen Pool verschieben. Storniere sie und buche neu."), "poolId")
        : input.Lacking(
            (nameof(input.SpaceId), input.SpaceId is null), (nameof(input.Start), input.Start is null && input.Day is null),
            (nameof(input.End), input.End is null && input.Day is null), (nameof(input.Day), input.Day is null && input.Start is null));

    private static async Task<IResult> Delete(Guid id, HttpContext http, CancelBooking cancel, Catalogue catalogue, CancellationToken stop)
    {
        var (revision, problem) = Preconditions.IfMatch(http.Request);
        if (problem is not null)
            return problem;
        var cancelled = await cancel.Run(id, http.User.MemberId()!.Value, revision, stop);
        return cancelled.IsDone
            ? Answer.Of(StatusCodes.Status200OK, ShapeOf(cancelled.Value, await catalogue.Map(stop)), cancelled.Value.Revision)
            : cancelled.Refusal.ToProblem();
    }

    private static async Task<IResult> CancelSome(
        CancelSeveralInput input, HttpContext http, CancelSeveral cancel, CancellationToken stop)
    {
        var cancelled = await cancel.Run(new(http.User.MemberId()!.Value, input.Ids), stop);
        return cancelled.IsDone ? Results.Ok(new CancelledCountShape(cancelled.Value)) : cancelled.Refusal.ToProblem();
    }

    private static Task<IResult> CheckIn(
        Guid id, HttpContext http, CheckInBooking checkIn, Catalogue catalogue, Idempotency once, CancellationToken stop) =>
        Done(http, catalogue, once, along => checkIn.Run(id, http.User.MemberId()!.Value, CheckInWay.Program, stop, along), stop);

    private static Task<IResult> Later(
        Guid id, HttpContext http, ComeLater later, Catalogue catalogue, Idempotency once, CancellationToken stop) =>
        Done(http, catalogue, once, along => later.Run(id, http.User.MemberId()!.Value, stop, along), stop);

    private static Task<IResult> Undo(
        Guid id, HttpContext http, UndoRelease undo, Catalogue catalogue, Idempotency once, CancellationToken stop) =>
        Done(http, catalogue, once, along => undo.Run(id, http.User.MemberId()!.Value, CheckInWay.Program, stop, along), stop);

    private static Task<IResult> End(
        Guid id, HttpContext http, EndBooking end, Catalogue catalogue, Idempotency once, CancellationToken stop) =>
        Done(http, catalogue, once, along => end.Run(id, http.User.MemberId()!.Value, ifRevision: null, stop, along), stop);

    private static async Task<IResult> Extend(
        Guid id, ExtendInput input, HttpContext http, ExtendBooking extend, OneBooking one, Catalogue catalogue, Idempotency once,
        CancellationToken stop)
    {
        if (await one.Find(id, http.Viewer(), stop) is not { Booking: var booking } || !booking.MayBeChangedBy(http.Viewer()))
            return Problems.NotFound;
        return input.End is { } until
            ? await Done(http, catalogue, once,
                along => extend.Run(id, http.User.MemberId()!.Value, until, ifRevision: null, stop, along), stop)
            : Missing("end");
    }

    private static async Task<IResult> Done(
        HttpContext http, Catalogue catalogue, Idempotency once, Func<Alongside<Booking>?, Task<Outcome<Booking>>> act,
        CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        return await once.Run<Booking>(http, along => act(along),
            booking => Answer.Of(StatusCodes.Status200OK, ShapeOf(booking, map), booking.Revision));
    }

    private static BookingShape ShapeOf(Booking booking, HubDirectory map)
    {
        var space = map.Space(booking.SpaceId)!;
        return BookingShape.Of(booking, space, map.PlaceOf(space));
    }

    private static IResult Missing(string property) => Problems.Bad("missing", new(
        $"\"{property}\" is required.", $"„{property}“ ist erforderlich."), property);
}

/// <summary>
/// What a program sends to book or to change. When: start and end on the site's clock; or day with part (day, morning,
/// afternoon); or day and through for whole days.
/// </summary>
public sealed record BookingInput : MergePatch
{
    /// <summary>This desk or room; left out where any of a pool is asked for.</summary>
    public int? SpaceId { get; init => field = Given(value); }

    /// <summary>Any of this pool, then without a spaceId; only when it is made.</summary>
    public int? PoolId { get; init => field = Given(value); }

    public LocalDateTime? Start { get; init => field = Given(value); }

    public LocalDateTime? End { get; init => field = Given(value); }

    public LocalDate? Day { get; init => field = Given(value); }

    public DayPart? Part { get; init; }

    /// <summary>The last of several whole days.</summary>
    public LocalDate? Through { get; init; }

    public string? Title { get; init => field = Given(value); }

    /// <summary>
    /// The screen at the door shows its title and whose it is; only when it is changed. Else it shows that the room is booked.
    /// </summary>
    public bool? ShowsAtDoor { get; init; }

    /// <summary>How many come, from 1; left out: nothing is said of it.</summary>
    public int? People { get; init; }

    /// <summary>0 for none; both left out: as the member usually wants it.</summary>
    public int? ReminderMinutesBefore { get; init => field = Given(value); }

    /// <summary>A reminder on the day before, at this time on the site's clock.</summary>
    public LocalTime? ReminderDayBeforeAt { get; init => field = Given(value); }

    /// <summary>For whom; their delegates and the front desk only, and only when it is made.</summary>
    public Guid? MemberId { get; init => field = Given(value); }

    internal ReminderChoice? Reminder => (ReminderMinutesBefore, ReminderDayBeforeAt) switch
    {
        (null, null) => null,
        var (minutes, at) => new ReminderChoice(new ReminderWish(minutes == 0 ? null : minutes, at)),
    };

    /// <summary>Null if neither was said: it stays.</summary>
    internal ReminderChoice? ReminderOnTopOf(Booking booking)
    {
        var (saysMinutes, saysDayBefore) = (Has(nameof(ReminderMinutesBefore)), Has(nameof(ReminderDayBeforeAt)));
        if (!saysMinutes && !saysDayBefore)
            return null;
        var minutes = saysMinutes ? ReminderMinutesBefore : booking.ReminderMinutesBefore;
        return new(new ReminderWish(minutes == 0 ? null : minutes, saysDayBefore ? ReminderDayBeforeAt : booking.ReminderDayBeforeAt));
    }

    /// <summary>Null if nothing was said about it.</summary>
    internal Outcome<When?> When() => (Start, End, Day, Part, Through) switch
    {
        (null, null, null, null, null) => (When?)null,
        ({ } start, { } end, null, null, null) => DigiHub.Bookings.When.Between(start, end),
        (null, null, { } day, var part, null) => DigiHub.Bookings.When.On(day, part ?? DayPart.Day),
        (null, null, { } day, null, { } through) => DigiHub.Bookings.When.Days(day, through),
        _ => new Refusal("malformed_time", new(
            "Give the time as start and end, as day with part, or as day and through.",
            "Geben Sie die Zeit mit start und end, mit day und part oder mit day und through an.",
            "Gib die Zeit mit start und end, mit day und part oder mit day und through an."))
        { Field = Start is null ? "start" : "end" },
    };
}

/// <summary>Until when a booking goes from now on.</summary>
public sealed record ExtendInput
{
    /// <summary>On the site's clock, after the booked end.</summary>
    public LocalDateTime? End { get; init; }
}

/// <summary>A booking as its owner sees it. Start and end are the site's clock; the instants follow from them.</summary>
/// <param name="Revision">Also the ETag.</param>
/// <param name="CancelledAt">When it was cancelled, released, declined, or lapsed.</param>
/// <param name="CheckInBy">Until when its member checks in, later it is released; null: they are not asked to.</param>
/// <param name="CheckedInAt">Null: nobody has checked in, or needs to.</param>
/// <param name="PoolId">Any of this pool was asked for: until it begins the space may change within it. Null: this very space.</param>
/// <param name="SeriesId">The series it belongs to; null for one by itself.</param>
/// <param name="People">How many come, as was said; null: nothing was.</param>
/// <param name="ApprovalId">What decided on it, or is to; null: nobody needs to.</param>
/// <param name="ApproveBy">It waits for approval, and holds its space until then; null: it does not wait.</param>
/// <param name="ShowsAtDoor">The screen at the door shows its title and whose it is; else that the room is booked.</param>
/// <param name="MeetingId">The meeting at two sites that it is a part of; null: of none.</param>
/// <param name="SeriesDate">The date of its series’ pattern that it stands for, wherever it was moved.</param>
public record BookingShape(
    Guid Id, int SpaceId, string Space, string Site, string Zone,
    LocalDateTime Start, LocalDateTime End, Instant StartInstant, Instant EndInstant,
    BookingStatus Status, string? Title, int? ReminderMinutesBefore, LocalTime? ReminderDayBeforeAt,
    Guid MemberId, int Revision, Instant CreatedAt, Instant? CancelledAt, int? PoolId,
    Guid? SeriesId, LocalDate? SeriesDate, Instant? CheckInBy, Instant? CheckedInAt, int? People, Guid? ApprovalId, Instant? ApproveBy,
    bool ShowsAtDoor, Guid? MeetingId)
{
    internal static BookingShape Of(Booking booking, Space space, SiteContext place) => new(
        booking.Id, space.Id, space.Name, place.Site.Slug, place.Site.ZoneId,
        booking.StartLocal, booking.EndLocal, booking.Start, booking.End,
        booking.Status, booking.Title, booking.ReminderMinutesBefore, booking.ReminderDayBeforeAt,
        booking.MemberId, booking.Revision, booking.CreatedAt, booking.CancelledAt, booking.PoolId,
        booking.SeriesId, booking.SeriesDate, booking.CheckInBy, booking.CheckedInAt, booking.People, booking.ApprovalId,
        booking.IsPending ? booking.ApproveBy : null, booking.ShowsAtDoor, booking.MeetingId);
}

/// <summary>A booking after a change.</summary>
public sealed record ChangedBookingShape : BookingShape
{
    private ChangedBookingShape(BookingShape shape)
        : base(shape)
    {
    }

    /// <summary>It was so before: nothing was written, and nobody is told.</summary>
    public required bool Unchanged { get; init; }

    internal static ChangedBookingShape Of(BookingShape shape, bool unchanged) => new(shape) { Unchanged = unchanged };
}

/// <summary>Bookings to be cancelled together, of one member.</summary>
public sealed record CancelSeveralInput([property: MaxLength(CancelSeveral.Max)] IReadOnlyList<Guid> Ids);

/// <param name="Cancelled">How many: what had begun, was over or cancelled before is not counted.</param>
public sealed record CancelledCountShape(int Cancelled);
