using DigiHub.Events;
using DigiHub.Registrations;
using DigiHub.Reminders;
using DigiHub.Spaces;
using DigiHub.Time;
using DigiHub.Web.Account;
using DigiHub.Web.Api;

namespace DigiHub.Web.Events;

/// <summary>/events: what is on; for organisers writing, publishing, changing and cancelling their own.</summary>
internal static class EventsApi
{
    public static void MapEventsApi(this RouteGroupBuilder api)
    {
        var events = api.MapGroup("/events").WithTags("Events");
        events.MapGet("/", List).WithSummary("Published events that are not over, soonest first").Produces<Page<EventShape>>();
        events.MapGet("/{id:guid}", Get).WithSummary("One event; a draft only for its organiser").Produces<EventShape>();
        events.MapPost("/", Write).RequireAuthorization(Policies.Organiser).AddEndpointFilter<Idempotency>()
            .WithSummary("Write a draft").Produces<EventShape>(StatusCodes.Status201Created);
        events.MapPatch("/{id:guid}", Change).RequireAuthorization(Policies.Organiser)
            .WithSummary("Change a draft or a published event; what is left out stays").Produces<EventShape>();
        events.MapPost("/{id:guid}/publish", Publish).RequireAuthorization(Policies.Organiser).AddEndpointFilter<Idempotency>()
            .WithSummary("Publish a draft; it takes its room").Produces<EventShape>();
        events.MapPost("/{id:guid}/cancel", Cancel).RequireAuthorization(Policies.Organiser).AddEndpointFilter<Idempotency>()
            .WithSummary("Cancel; frees the room and tells everyone concerned").Produces<EventShape>();
    }

    private static async Task<IResult> List(
        string? site, Topic? topic, LocalDateParameter? from, LocalDateParameter? through, string? cursor, int? limit,
        UpcomingEvents upcoming, Catalogue catalogue, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        if (site is not null && map.Place(site) is null)
            return Problems.UnknownSite(site);
        var page = await upcoming.Run(new UpcomingEventsQuery(
            map.Place(site)?.Site.Id, topic, from?.Date, through?.Date, cursor, Cursor.Limit(limit)), stop);
        return page.IsDone
            ? Results.Ok(new Page<EventShape>([.. page.Value.Events.Select(card => EventShape.Of(card, map))], page.Value.Next))
            : page.Refusal.ToProblem();
    }

    private static async Task<IResult> Get(Guid id, HttpContext http, EventBySlug question, Catalogue catalogue, CancellationToken stop)
    {
        if (await question.ById(id, http.User.MemberId(), stop) is not { } view)
            return Problems.NotFound;
        http.Response.SetETag(view.Event.Revision);
        return Results.Ok(EventShape.Of(view.Card, await catalogue.Map(stop)));
    }

    private static async Task<IResult> Write(EventInput input, HttpContext http, WriteEvent write, EventBySlug question, Catalogue catalogue, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        var draft = input.OnTopOf(new EventDraft(), map);
        if (!draft.IsDone)
            return draft.Refusal.ToProblem();
        var written = await write.Run(new WriteEventRequest(null, draft.Value, http.User.MemberId()!.Value), stop);
        if (!written.IsDone)
            return written.Refusal.ToProblem();
        http.Response.Headers.Location = $"{ApiSetup.Prefix}/v1/events/{written.Value.Id}";
        return await Shown(written.Value.Id, http, question, map, StatusCodes.Status201Created, stop);
    }

    private static async Task<IResult> Change(
        Guid id, EventInput input, HttpContext http, WriteEvent write, EditEvent edit, EventBySlug question, Catalogue catalogue, CancellationToken stop)
    {
        var (revision, problem) = Preconditions.IfMatch(http.Request);
        if (problem is not null)
            return problem;
        var actorId = http.User.MemberId()!.Value;
        var map = await catalogue.Map(stop);
        if (await question.ById(id, actorId, stop) is not { IsMine: true } view)
            return Problems.NotFound;
        var draft = input.OnTopOf(EventDraft.Of(view.Event, map.Place(view.Event.SiteId)!.Time), map);
        if (!draft.IsDone)
            return draft.Refusal.ToProblem();

        // Even with "*" what is left out comes from the version just read: a change in between must not be written over.
        var seen = revision ?? view.Event.Revision;
        var refusal = view.Event.Status == EventStatus.Draft
            ? (await write.Run(new WriteEventRequest(id, draft.Value, actorId, seen), stop)).Refusal
            : (await edit.Run(new EditEventRequest(id, draft.Value, actorId, seen, input.Note), stop)).Refusal;
        return refusal is null ? await Shown(id, http, question, map, StatusCodes.Status200OK, stop) : refusal.ToProblem();
    }

    private static async Task<IResult> Publish(Guid id, HttpContext http, PublishEvent publish, EventBySlug question, Catalogue catalogue, CancellationToken stop)
    {
        var published = await publish.Run(id, http.User.MemberId()!.Value, stop);
        return published.IsDone
            ? await Shown(id, http, question, await catalogue.Map(stop), StatusCodes.Status200OK, stop)
            : published.Refusal.ToProblem();
    }

    private static async Task<IResult> Cancel(
        Guid id, CancelInput? input, HttpContext http, CancelEvent cancel, EventBySlug question, Catalogue catalogue, CancellationToken stop)
    {
        var cancelled = await cancel.Run(new CancelEventRequest(id, http.User.MemberId()!.Value, input?.Note), stop);
        return cancelled.IsDone
            ? await Shown(id, http, question, await catalogue.Map(stop), StatusCodes.Status200OK, stop)
            : cancelled.Refusal.ToProblem();
    }

    private static async Task<IResult> Shown(Guid id, HttpContext http, EventBySlug question, HubMap map, int status, CancellationToken stop)
    {
        var view = await question.ById(id, http.User.MemberId(), stop);
        http.Response.SetETag(view!.Event.Revision);
        return Results.Json(EventShape.Of(view.Card, map), ApiJson.Options, statusCode: status);
    }
}

/// <summary>What an organiser sends. With PATCH a property that is left out keeps its value.</summary>
public sealed record EventInput
{
    public string? TitleEnglish { get; init; }

    public string? TitleGerman { get; init; }

    /// <summary>Markdown.</summary>
    public string? TextEnglish { get; init; }

    public string? TextGerman { get; init; }

    public Topic? Topic { get; init; }

    public EventFormat? Format { get; init; }

    /// <summary>A site's slug; it follows from the room if there is one.</summary>
    public string? Site { get; init; }

    public int? SpaceId { get; init; }

    public string? JoinLink { get; init; }

    public LocalDateTime? Start { get; init; }

    public LocalDateTime? End { get; init; }

    public int? Capacity { get; init; }

    public LocalDateTime? RegistrationOpens { get; init; }

    public LocalDateTime? RegistrationCloses { get; init; }

    public int? SetUpMinutes { get; init; }

    public int? TearDownMinutes { get; init; }

    public IReadOnlyList<ReminderInput>? Reminders { get; init; }

    /// <summary>With PATCH: words for the notice, if people are told.</summary>
    public string? Note { get; init; }

    internal Outcome<EventDraft> OnTopOf(EventDraft draft, HubMap map)
    {
        if (Site is not null && map.Place(Site) is null)
            return new Refusal("unknown_site", new($"There is no site \"{Site}\".", $"Es gibt keinen Standort „{Site}“.")) { Field = "site" };
        if (Reminders?.Any(reminder => reminder.Time is null) == true)
            return new Refusal("malformed_reminder", new(
                "A reminder is either daysBefore with at, or hoursBefore.",
                "Eine Erinnerung hat entweder daysBefore mit at oder hoursBefore."))
            { Field = "reminders" };
        // Another room brings its own site and another start its own length, unless they are said as well.
        return draft with
        {
            TitleEnglish = TitleEnglish ?? draft.TitleEnglish,
            TitleGerman = TitleGerman ?? draft.TitleGerman,
            TextEnglish = TextEnglish ?? draft.TextEnglish,
            TextGerman = TextGerman ?? draft.TextGerman,
            Topic = Topic ?? draft.Topic,
            Format = Format ?? draft.Format,
            SiteId = map.Place(Site)?.Site.Id ?? (SpaceId is null ? draft.SiteId : null),
            SpaceId = SpaceId ?? draft.SpaceId,
            JoinLink = JoinLink ?? draft.JoinLink,
            Start = Start ?? draft.Start,
            End = End ?? (Start is { } start && draft is { Start: { } was, End: { } until } ? start + (until - was) : draft.End),
            Capacity = Capacity ?? draft.Capacity,
            RegistrationOpens = RegistrationOpens ?? draft.RegistrationOpens,
            RegistrationCloses = RegistrationCloses ?? draft.RegistrationCloses,
            SetUpMinutes = SetUpMinutes ?? draft.SetUpMinutes,
            TearDownMinutes = TearDownMinutes ?? draft.TearDownMinutes,
            Reminders = Reminders?.Select(reminder => reminder.Time!).ToArray() ?? draft.Reminders,
        };
    }
}

/// <summary>"n days before at hh:mm" (daysBefore and at) or "n hours before" (hoursBefore).</summary>
public sealed record ReminderInput(int? DaysBefore = null, LocalTime? At = null, int? HoursBefore = null)
{
    /// <summary>Null if it is neither the one nor the other.</summary>
    internal ReminderTime? Time => (DaysBefore, At, HoursBefore) switch
    {
        ({ } days, { } at, null) => ReminderTime.Days(days, at),
        (null, null, { } hours) => ReminderTime.Hours(hours),
        _ => null,
    };
}

public sealed record CancelInput(string? Note = null);

/// <summary>An event as everybody may see it.</summary>
/// <param name="Door">How registration stands: not_yet_open, open, waiting_list, full, closed, started, cancelled; draft.</param>
public sealed record EventShape(
    Guid Id, string Slug, EventStatus Status, string? TitleEnglish, string? TitleGerman, string? TextEnglish, string? TextGerman,
    Topic Topic, EventFormat Format, string Site, string Zone, int? SpaceId, string? Space, LocalDateTime Start, LocalDateTime End,
    Instant StartInstant, Instant EndInstant, int Capacity, int SeatsLeft, int Waiting, Door Door, int Revision)
{
    internal static EventShape Of(EventCard card, HubMap map)
    {
        var hosted = card.Event;
        var place = map.Place(hosted.SiteId)!;
        return new EventShape(
            hosted.Id, hosted.Slug, hosted.Status, hosted.TitleEnglish, hosted.TitleGerman, hosted.TextEnglish, hosted.TextGerman,
            hosted.Topic, hosted.Format, place.Site.Slug, place.Site.ZoneId, hosted.SpaceId,
            hosted.SpaceId is { } spaceId ? map.Space(spaceId)?.Name : null, hosted.StartLocal, hosted.EndLocal,
            hosted.Start, hosted.End, hosted.Capacity, card.SeatsLeft, card.Waiting, card.Door(map.LoadedAt), hosted.Revision);
    }
}
