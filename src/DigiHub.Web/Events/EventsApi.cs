using System.ComponentModel.DataAnnotations;
using DigiHub.Access;
using DigiHub.Events;
using DigiHub.Registrations;
using DigiHub.Reminders;
using DigiHub.Spaces;
using DigiHub.Time;
using DigiHub.Web.Account;
using DigiHub.Web.Api;
using DigiHub.Web.Reader;

namespace DigiHub.Web.Events;

/// <summary>/events: what is on; for organisers writing, publishing, changing and cancelling their own.</summary>
internal static class EventsApi
{
    public static void MapEventsApi(this RouteGroupBuilder api)
    {
        var events = api.MapGroup("/events").WithTags("Events");
        events.MapGet("/", List).WithName("listEvents")
            .WithSummary("List the published events that aren’t over, soonest first").Produces<Page<EventShape>>();
        events.MapGet("/{id:guid}", Get).WithName("getEvent")
            .WithSummary("Get an event (a draft only for its organiser)").Produces<EventShape>();
        events.MapPost("/", Write).WithName("writeEvent").RequireAuthorization(nameof(Permission.HostEvents))
            .WithSummary("Create a draft event").Produces<EventShape>(StatusCodes.Status201Created);
        events.MapPatch("/{id:guid}", Change).WithName("changeEvent")
            .RequireAuthorization(nameof(Permission.HostEvents)).AcceptsMergePatch<EventInput>()
            .WithSummary("Change my event. Omitted fields stay, null removes a value").Produces<ChangedEventShape>();
        events.MapPost("/{id:guid}/publish", Publish).WithName("publishEvent").RequireAuthorization(nameof(Permission.HostEvents))
            .WithSummary("Publish my draft and book its room").Produces<EventShape>();
        events.MapPost("/{id:guid}/cancel", Cancel).WithName("cancelEvent").RequireAuthorization(nameof(Permission.HostEvents))
            .WithSummary("Cancel my event. Frees the room and notifies everyone registered").Produces<CancelledEventShape>();
    }

    private static async Task<IResult> List(
        string? site, string? topic, Asked<LocalDate>? from, Asked<LocalDate>? through,
        string? cursor, [Range(1, Paging.LimitMax)] Asked<int>? limit,
        UpcomingEvents upcoming, Catalogue catalogue, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        if (site is not null && map.Place(site) is null)
            return Problems.UnknownSite(site);
        if (topic is not null && map.Topic(topic) is null)
            return Problems.Bad("unknown_topic", new($"There’s no topic \"{topic}\".", $"Es gibt kein Thema „{topic}“."), "topic");
        var after = Cursor.Parse(cursor);
        if (cursor is not null && after is null)
            return Cursor.Malformed.ToProblem();
        var page = await upcoming.Run(new UpcomingEventsQuery(
            map.Place(site)?.Site.Id, topic, from?.Value, through?.Value, after, Paging.Limit(limit)), stop);
        return Results.Ok(new Page<EventShape>(
            [.. page.Events.Select(card => EventShape.Of(card, map, isMine: false))], page.Next?.ToString()));
    }

    private static async Task<IResult> Get(Guid id, HttpContext http, EventBySlug question, Catalogue catalogue, CancellationToken stop)
    {
        if (await question.ById(id, http.User.MemberId(), stop) is not { } view)
            return Problems.NotFound;
        return Answer.Of(StatusCodes.Status200OK, EventShape.Of(view.Card, await catalogue.Map(stop), view.IsMine), view.Event.Revision);
    }

    private static async Task<IResult> Write(
        EventInput input, HttpContext http, WriteEvent write, Catalogue catalogue, Idempotency once, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        var draft = input.OnTopOf(new EventDraft(), map);
        if (!draft.IsDone)
            return draft.Refusal.ToProblem();
        return await once.Run<Event>(
            http,
            along => Named(write.Run(new WriteEventRequest(null, draft.Value, http.User.MemberId()!.Value, Along: along), stop)),
            written => Answer.Of(StatusCodes.Status201Created,
                EventShape.Of(Untouched(written), map, isMine: true), written.Revision, $"v1/events/{written.Id}"));
    }

    private static async Task<IResult> Change(
        Guid id, EventInput input, HttpContext http, WriteEvent write, EditEvent edit,
        EventBySlug question, Catalogue catalogue, CancellationToken stop)
    {
        var (revision, problem) = Preconditions.IfMatch(http.Request);
        problem ??= input.Lacking(
            (nameof(input.Format), input.Format is null), (nameof(input.Start), input.Start is null));
        if (problem is not null)
            return problem;
        var actorId = http.User.MemberId()!.Value;
        var map = await catalogue.Map(stop);
        if (await question.ById(id, actorId, stop) is not { IsMine: true } view)
            return Problems.NotFound;
        var draft = input.OnTopOf(EventDraft.Of(view.Event, map.Place(view.Event.SiteId)!.Time), map);
        if (!draft.IsDone)
            return draft.Refusal.ToProblem();

        // Even with "*" omitted properties come from the version just read, so a concurrent change must not be overwritten.
        var seen = revision ?? view.Event.Revision;
        if (view.Event.Status == EventStatus.Draft)
        {
            var written = await Named(write.Run(new WriteEventRequest(id, draft.Value, actorId, seen), stop));
            return written.IsDone
                ? Answer.Of(StatusCodes.Status200OK,
                    ChangedEventShape.Of(EventShape.Of(Untouched(written.Value), map, isMine: true), null), written.Value.Revision)
                : written.Refusal.ToProblem();
        }

        var edited = await Named(edit.Run(new EditEventRequest(id, draft.Value, actorId, seen, input.Note), stop));
        if (!edited.IsDone)
            return edited.Refusal.ToProblem();
        var card = (await question.ById(id, actorId, stop))!.Card;
        return Answer.Of(StatusCodes.Status200OK,
            ChangedEventShape.Of(EventShape.Of(card, map, isMine: true), edited.Value), card.Event.Revision);
    }

    private static async Task<IResult> Publish(
        Guid id, HttpContext http, PublishEvent publish, Catalogue catalogue, Idempotency once, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        return await once.Run<Event>(
            http,
            along => Named(publish.Run(id, http.User.MemberId()!.Value, stop, along)),
            published => Answer.Of(StatusCodes.Status200OK, EventShape.Of(Untouched(published), map, isMine: true), published.Revision));
    }

    private static async Task<IResult> Cancel(
        Guid id, CancelInput? input, HttpContext http, CancelEvent cancel, Catalogue catalogue, Idempotency once, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        return await once.Run<EventCancelled>(
            http,
            along => cancel.Run(new CancelEventRequest(id, http.User.MemberId()!.Value, input?.Note, Along: along), stop),
            done => Answer.Of(StatusCodes.Status200OK,
                CancelledEventShape.Of(EventShape.Of(done.Card, map, isMine: true), done), done.Event.Revision));
    }

    /// <summary>A draft, or an event just published, has no registrations yet.</summary>
    private static EventSummary Untouched(Event evt) => new(evt, Taken: 0, Waiting: 0);

    /// <summary>Maps field names of refusals to the API's property names, where they differ.</summary>
    private static async Task<Outcome<T>> Named<T>(Task<Outcome<T>> act)
    {
        var outcome = await act;
        return outcome.Refusal?.Field switch
        {
            "title" => outcome.Refusal with { Field = "titleEnglish" },
            "space" => outcome.Refusal with { Field = "spaceId" },
            _ => outcome,
        };
    }
}

/// <summary>What an organiser sends. With PATCH a property that is left out keeps its value, and null takes it away.</summary>
public sealed record EventInput : MergePatch
{
    public string? TitleEnglish { get; init => field = Given(value); }

    public string? TitleGerman { get; init => field = Given(value); }

    /// <summary>Markdown.</summary>
    public string? TextEnglish { get; init => field = Given(value); }

    public string? TextGerman { get; init => field = Given(value); }

    /// <summary>The key of a topic.</summary>
    public string? Topic { get; init => field = Given(value); }

    public EventFormat? Format { get; init => field = Given(value); }

    /// <summary>A site's slug; it follows from the room if there is one.</summary>
    public string? Site { get; init => field = Given(value); }

    public int? SpaceId { get; init => field = Given(value); }

    public string? JoinLink { get; init => field = Given(value); }

    public LocalDateTime? Start { get; init => field = Given(value); }

    /// <summary>Null: two hours after the start.</summary>
    public LocalDateTime? End { get; init => field = Given(value); }

    /// <summary>Null: the room's; without a room 100.</summary>
    public int? Capacity { get; init => field = Given(value); }

    /// <summary>Null: from publication on.</summary>
    public LocalDateTime? RegistrationOpens { get; init => field = Given(value); }

    /// <summary>Null: until the start.</summary>
    public LocalDateTime? RegistrationCloses { get; init => field = Given(value); }

    /// <summary>Null: the room's.</summary>
    public int? SetUpMinutes { get; init => field = Given(value); }

    /// <summary>Null: the room's.</summary>
    public int? TearDownMinutes { get; init => field = Given(value); }

    /// <summary>At most 10. Null: for a new event the hub's usual ones, with PATCH none.</summary>
    public IReadOnlyList<EventReminder>? Reminders { get; init => field = Given(value); }

    /// <summary>With PATCH: words for the notice, if people are told.</summary>
    public string? Note { get; init; }

    internal Outcome<EventDraft> OnTopOf(EventDraft draft, HubDirectory map)
    {
        if (Site is not null && map.Place(Site) is null)
            return new Refusal("unknown_site", new($"There’s no site \"{Site}\".", $"Es gibt keinen Standort „{Site}“."))
            { Field = "site" };
        if (Reminders?.Any(reminder => reminder.Time is null) == true)
            return new Refusal("malformed_reminder", new(
                "Give a reminder as daysBefore with at, or as hoursBefore.",
                "Geben Sie eine Erinnerung mit daysBefore und at oder mit hoursBefore an.",
                "Gib eine Erinnerung mit daysBefore und at oder mit hoursBefore an."))
            { Field = "reminders" };
        // Another room brings its own site and another start its own length, unless they are said as well.
        return draft with
        {
            Title = new(Has(nameof(TitleGerman)) ? TitleGerman : draft.Title.German,
                Has(nameof(TitleEnglish)) ? TitleEnglish : draft.Title.English),
            Text = new(Has(nameof(TextGerman)) ? TextGerman : draft.Text.German,
                Has(nameof(TextEnglish)) ? TextEnglish : draft.Text.English),
            Topic = Has(nameof(Topic)) ? Topic : draft.Topic,
            Format = Format ?? draft.Format,
            SiteId = map.Place(Site)?.Site.Id ?? (SpaceId is null && !Has(nameof(Site)) ? draft.SiteId : null),
            SpaceId = Has(nameof(SpaceId)) ? SpaceId : draft.SpaceId,
            JoinLink = Has(nameof(JoinLink)) ? JoinLink : draft.JoinLink,
            Start = Start ?? draft.Start,
            End = Has(nameof(End)) ? End
                : Start is { } start && draft is { Start: { } was, End: { } until } ? start + (until - was) : draft.End,
            Capacity = Has(nameof(Capacity)) ? Capacity : draft.Capacity,
            RegistrationOpens = Has(nameof(RegistrationOpens)) ? RegistrationOpens : draft.RegistrationOpens,
            RegistrationCloses = Has(nameof(RegistrationCloses)) ? RegistrationCloses : draft.RegistrationCloses,
            SetUpMinutes = Has(nameof(SetUpMinutes)) ? SetUpMinutes : draft.SetUpMinutes,
            TearDownMinutes = Has(nameof(TearDownMinutes)) ? TearDownMinutes : draft.TearDownMinutes,
            Reminders = Reminders?.Select(reminder => reminder.Time!).ToArray()
                ?? (Has(nameof(Reminders)) && draft.Reminders is not null ? [] : draft.Reminders),
        };
    }
}

/// <summary>"n days before at hh:mm" (daysBefore and at) or "n hours before" (hoursBefore).</summary>
[FieldsMayBeLeftOut]
public sealed record EventReminder(int? DaysBefore = null, LocalTime? At = null, int? HoursBefore = null)
{
    /// <summary>Null if it is neither the one nor the other.</summary>
    internal ReminderTime? Time => (DaysBefore, At, HoursBefore) switch
    {
        ({ } days, { } at, null) => ReminderTime.Days(days, at),
        (null, null, { } hours) => ReminderTime.Hours(hours),
        _ => null,
    };

    internal static EventReminder Of(ReminderTime time) =>
        time.Kind == ReminderKind.CalendarDays ? new(time.Amount, time.At) : new(HoursBefore: time.Amount);
}

[FieldsMayBeLeftOut]
public sealed record CancelInput(string? Note = null);

/// <summary>An event as the token's member may see it.</summary>
/// <param name="RegistrationState">
/// How registration stands: not_yet_open, open, waiting_list, full, closed, started, cancelled; draft.
/// </param>
/// <param name="JoinLink">For its organiser only, and not in lists; null for all others. So are set-up, tear-down and reminders.</param>
public record EventShape(
    Guid Id, string Slug, EventStatus Status, string? TitleEnglish, string? TitleGerman, string? TextEnglish, string? TextGerman,
    string? Topic, EventFormat Format, string Site, string Zone, int? SpaceId, string? Space, LocalDateTime Start, LocalDateTime End,
    Instant StartInstant, Instant EndInstant, LocalDateTime? RegistrationOpens, LocalDateTime? RegistrationCloses,
    int Capacity, int SeatsLeft, int Waiting, RegistrationState RegistrationState,
    string? JoinLink, int? SetUpMinutes, int? TearDownMinutes,
    IReadOnlyList<EventReminder>? Reminders, int Revision)
{
    internal static EventShape Of(EventSummary card, HubDirectory map, bool isMine)
    {
        var evt = card.Event;
        var place = map.Place(evt.SiteId)!;
        return new EventShape(
            evt.Id, evt.Slug, evt.Status, evt.Title.English, evt.Title.German, evt.Text.English, evt.Text.German,
            evt.Topic, evt.Format, place.Site.Slug, place.Site.ZoneId, evt.SpaceId,
            evt.SpaceId is { } spaceId ? map.Space(spaceId)?.Name : null, evt.StartLocal, evt.EndLocal,
            evt.Start, evt.End,
            evt.RegistrationOpens is { } opens ? place.Time.Local(opens) : null,
            evt.RegistrationCloses is { } closes ? place.Time.Local(closes) : null,
            evt.Capacity, card.SeatsLeft, card.Waiting, card.RegistrationState(map.LoadedAt),
            isMine ? evt.JoinLink : null, isMine ? evt.SetUpMinutes : null, isMine ? evt.TearDownMinutes : null,
            isMine
                ? [.. evt.ReminderRules.Select(rule => rule.Time).OrderByDescending(EventForm.HoursBefore).Select(EventReminder.Of)]
                : null, evt.Revision);
    }
}

/// <summary>An event after a change, and who hears of it.</summary>
public sealed record ChangedEventShape : EventShape
{
    private ChangedEventShape(EventShape shape)
        : base(shape)
    {
    }

    /// <summary>How many get a notice; 0 if nothing they must know has changed.</summary>
    public required int PeopleTold { get; init; }

    /// <summary>When the notices leave; null if there are none.</summary>
    public required Instant? ToldFrom { get; init; }

    /// <summary>How many came from the waiting list because there is more room now.</summary>
    public required int Promoted { get; init; }

    internal static ChangedEventShape Of(EventShape shape, EventEdited? edited) => new(shape)
    {
        PeopleTold = edited?.PeopleTold ?? 0,
        ToldFrom = edited?.ToldFrom,
        Promoted = edited?.Promoted ?? 0,
    };
}

/// <summary>An event after it was called off.</summary>
public sealed record CancelledEventShape : EventShape
{
    private CancelledEventShape(EventShape shape)
        : base(shape)
    {
    }

    /// <summary>Cancelled before: nothing has changed, and nobody is told again.</summary>
    public required bool WasAlready { get; init; }

    /// <summary>How many get an e-mail, five minutes from now.</summary>
    public required int PeopleTold { get; init; }

    internal static CancelledEventShape Of(EventShape shape, EventCancelled cancelled) =>
        new(shape) { WasAlready = cancelled.WasAlready, PeopleTold = cancelled.PeopleTold };
}
