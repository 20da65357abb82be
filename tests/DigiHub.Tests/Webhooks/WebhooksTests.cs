using System.Collections.Concurrent;
using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Registrations;
using DigiHub.Time;
using DigiHub.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Tests.Webhooks;

/// <summary>Which webhooks are sent, how often and under which id; transport is tested in the web's tests.</summary>
public abstract class WebhooksTests(TestDatabase database) : HubTests(database)
{
    private readonly RecordingWebhookSender sender = new();
    private readonly WebhookOptions options = new(new Uri("http://localhost/")) { StopAtWaiting = 25, WaitingMax = 40 };

    protected override void ConfigureServices(IServiceCollection services) =>
        services.AddSingleton<IWebhookSender>(sender).AddSingleton(options);

    [Fact]
    public void Signs_as_the_standard_has_it()
    {
        // The example that the libraries of Standard Webhooks test themselves with.
        var signature = WebhookSignature.Of(
            ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"], "msg_p5jXN8AQM9LWM0D4loKWxJek",
            Instant.FromUnixTimeSeconds(1614265330), """{"test": 2432232314}""");

        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", signature);
    }

    [Fact]
    public async Task An_act_is_told_with_its_commit_and_without_names()
    {
        await Add(Cast.Alan, "booking.created");

        var booking = await Book();
        await Deliver();

        var told = Assert.Single(sender.Sent);
        Assert.Contains($"\"type\":\"booking.created\"", told.Body, StringComparison.Ordinal);
        Assert.Contains(booking.Id.ToString(), told.Body, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"(?i)\bada\b", told.Body); // as a word: a hexadecimal id may contain the letters
        Assert.Equal(WebhookState.Delivered, (await Deliveries()).Single().State);
    }

    [Fact]
    public async Task A_refused_act_is_not_told()
    {
        await Book();
        await Add(Cast.Alan, "booking.created");

        var refused = await TestHub.Get<BookSpace>().Run(Request(Cast.Bob), Stop);

        Assert.False(refused.IsDone);
        Assert.Empty(await Deliveries());
    }

    [Fact]
    public async Task An_organiser_hears_of_their_own_events_only()
    {
        var (mine, other) = (NewEvent("mine", Cast.Grace), NewEvent("other", Cast.Alan));
        await TestHub.Lay(mine, other);
        await Add(Cast.Grace, "registration.created", "booking.created");
        await Add(Cast.Alan, "registration.created");

        await Register(mine);
        await Register(other);
        await Book();

        var told = await Deliveries();
        Assert.Equal(3, told.Count); // to Grace of hers, to the administrator of both
        Assert.All(told, delivery => Assert.Equal("registration.created", delivery.Type));
    }

    [Fact]
    public async Task Somebody_who_may_not_come_in_any_more_hears_nothing()
    {
        await Add(Cast.Alan, "booking.created");
        await using (var db = TestHub.OpenDb())
            await db.Members.Where(member => member.Id == Cast.Alan.Id)
                .ExecuteUpdateAsync(row => row.SetProperty(member => member.DisabledAt, DigiHub.Tests.TestHub.Opening), Stop);

        await Book();

        Assert.Empty(await Deliveries());
    }

    [Theory]
    [InlineData("disabled")]
    [InlineData("dismissed")]
    public async Task Nor_do_they_hear_of_what_was_written_down_before(string how)
    {
        await Ping(await Add(Cast.Alan, "booking.created"));
        await TestHub.Read<int>(how == "disabled"
            ? db => db.Members.Where(one => one.Id == Cast.Alan.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(one => one.DisabledAt, TestHub.Opening), Stop)
            : db => db.RoleGrants.Where(one => one.MemberId == Cast.Alan.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(one => one.Role, Role.FrontDesk), Stop));

        await Deliver();

        Assert.Empty(sender.Sent);
        Assert.Equal((WebhookState.Waiting, 0), (await Deliveries()).Select(one => (one.State, one.Attempts)).Single());
    }

    [Fact]
    public async Task A_chat_room_reads_a_sentence_that_can_call_nobody()
    {
        var evt = NewEvent("chat", Cast.Grace);
        evt.Title = new("<!channel> @all & more", "<!channel> @all & more");
        await TestHub.Lay(evt);
        await Add(Cast.Grace, WebhookShape.Chat, "registration.created");

        await Register(evt);
        await Deliver();

        var body = Assert.Single(sender.Sent).Body;
        Assert.StartsWith("{\"text\":\"Neue Anmeldung: ", body, StringComparison.Ordinal);
        Assert.DoesNotContain("<!channel>", System.Text.RegularExpressions.Regex.Unescape(body), StringComparison.Ordinal);
        Assert.DoesNotContain("@all", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_does_not_arrive_is_tried_for_three_days_under_the_same_id_and_then_given_up()
    {
        await Add(Cast.Alan, "booking.created");
        await Book();
        sender.Answer = new WebhookReply(503, "busy");
        await using (var db = TestHub.OpenDb()) // so that the endpoint itself outlasts the delivery
            await db.WebhookEndpoints.ExecuteUpdateAsync(
                row => row.SetProperty(one => one.FailingSince, DigiHub.Tests.TestHub.Opening + Duration.FromDays(30)), Stop);

        List<double> waits = [];
        await Deliver();
        while ((await Deliveries()).Single() is { State: WebhookState.Waiting } waiting)
        {
            waits.Add((waiting.NextAttemptAt - TestHub.Clock.GetCurrentInstant()).TotalSeconds);
            TestHub.Clock.Reset(waiting.NextAttemptAt);
            await Deliver();
        }

        Assert.Equal(WebhookState.Failed, (await Deliveries()).Single().State);
        Assert.Equal(DeliverWebhooks.AttemptsMax, sender.Sent.Count);
        Assert.Single(sender.Sent.Select(sent => (sent.Headers["webhook-id"], sent.Body)).Distinct());
        double[] standard = [5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400];
        Assert.All(waits.Zip(standard), pair => Assert.InRange(pair.First, pair.Second - 0.001, pair.Second * 1.1 + 0.001));
        Assert.Equal(DeliverWebhooks.AttemptsMax,
            await TestHub.Read(db => db.WebhookAttempts.CountAsync(attempt => attempt.Status == 503, Stop)));
    }

    [Theory]
    [InlineData(429, 3_600, 3_600)]
    [InlineData(503, 3_600, 3_600)]
    [InlineData(503, 1_000_000, 86_400)] // a day at most
    [InlineData(503, 1, 5)] // never more often than the standard has it
    [InlineData(500, 3_600, 5)] // only these two answers ask for patience
    public async Task Is_left_alone_as_long_as_it_asks_and_a_day_at_most(int status, int asked, int waits)
    {
        var endpoint = await Add(Cast.Alan, "booking.created");
        await Ping(endpoint);
        sender.Answer = new WebhookReply(status, "busy") { RetryAfter = Duration.FromSeconds(asked) };
        await Deliver();
        sender.Answer = new WebhookReply(204, "");

        var waiting = (await Deliveries()).Single().NextAttemptAt - TestHub.Clock.GetCurrentInstant();
        Assert.InRange(waiting.TotalSeconds, waits - 0.001, Math.Max(waits, 5 * 1.1) + 0.001);
        TestHub.Clock.Advance(waiting - Duration.FromSeconds(1));
        Assert.Equal(0, await Deliver());
        TestHub.Clock.AdvanceSeconds(1);
        Assert.Equal(1, await Deliver());
    }

    [Fact]
    public async Task A_receiver_that_asks_for_patience_is_sent_nothing_else_meanwhile()
    {
        var endpoint = await Add(Cast.Alan, "booking.created");
        for (var i = 0; i < 20; i++)
            await Ping(endpoint);
        sender.Answer = new WebhookReply(429, "slow down") { RetryAfter = Duration.FromHours(1) };

        await Deliver();
        var first = sender.Sent.Count;
        await Ping(endpoint);
        TestHub.Clock.AdvanceMinutes(59);
        await Deliver();

        Assert.InRange(first, 1, options.AtOnce); // those that were on their way when the first answer came
        Assert.Equal(first, sender.Sent.Count);
        var waiting = await Deliveries();
        Assert.All(waiting, one => Assert.Equal(WebhookState.Waiting, one.State));
        Assert.Equal(first, waiting.Sum(one => one.Attempts)); // waiting in line is nobody's failure
        sender.Answer = new WebhookReply(204, "");
        TestHub.Clock.AdvanceMinutes(1);
        Assert.Equal(21, await Deliver());
    }

    [Fact]
    public async Task Its_owner_may_resume_before_that()
    {
        var endpoint = await Add(Cast.Alan, "booking.created");
        await Ping(endpoint);
        sender.Answer = new WebhookReply(429, "") { RetryAfter = Duration.FromHours(1) };
        await Deliver();
        sender.Answer = new WebhookReply(204, "");

        await TestHub.Get<WebhookEndpoints>().Resume(Cast.Alan.Id, endpoint.Id, Stop);
        await Ping(endpoint);

        Assert.Equal(1, await Deliver());
    }

    [Theory]
    [InlineData(24, false)]
    [InlineData(25, true)]
    public async Task One_that_takes_nothing_is_stopped_when_too_much_waits_and_all_of_it_is_kept(int waiting, bool stops)
    {
        var endpoint = await Add(Cast.Grace, "event.published");
        for (var i = 0; i < waiting; i++)
            await Ping(endpoint);
        sender.Answer = new WebhookReply(500, "no");

        await Deliver();

        var now = await TestHub.Read(db => db.WebhookEndpoints.AsNoTracking().SingleAsync(Stop));
        Assert.Equal(stops ? WebhookStop.Full : null, now.StoppedWhy);
        var note = await TestHub.Read(db => db.Notifications.Where(notification => notification.Type == WebhookNotifications.Stopped)
            .Select(notification => notification.Note).SingleOrDefaultAsync(Stop));
        Assert.Equal(stops ? new WebhookStopNote(endpoint.Id, "test", WebhookStop.Full, "HTTP 500") : null, WebhookStopNote.Parse(note));

        sender.Answer = new WebhookReply(204, "");
        await TestHub.Get<WebhookEndpoints>().Resume(Cast.Grace.Id, endpoint.Id, Stop);
        TestHub.Clock.AdvanceMinutes(1);
        Assert.Equal(waiting, await Deliver());
    }

    [Fact]
    public async Task More_than_the_bound_is_not_written_down_whatever_happens()
    {
        await Add(Cast.Alan, "event.published");
        var evt = NewEvent("storm", Cast.Alan);
        await TestHub.Lay(evt);

        for (var i = 0; i < options.WaitingMax + 3; i++)
            await TestHub.Get<UnitOfWork>().Run<int>(db =>
            {
                db.Record(TestHub.Clock.GetCurrentInstant(), null, EventActs.Published, evt.Id);
                return Task.FromResult<Outcome<int>>(0);
            }, Stop);
        Assert.Equal(options.WaitingMax, (await Deliveries()).Count);

        await Deliver();
        Assert.Equal(options.WaitingMax, sender.Sent.Count);
        // it is well: only the storm was too strong
        Assert.Null((await TestHub.Read(db => db.WebhookEndpoints.SingleAsync(Stop))).StoppedWhy);
    }

    [Theory]
    [InlineData(500, 71, false)]
    [InlineData(500, 73, true)]
    [InlineData(410, 0, true)]
    public async Task An_endpoint_that_fails_for_days_or_is_gone_is_stopped_with_an_email(int status, int hours, bool stops)
    {
        var endpoint = await Add(Cast.Grace, "event.published");
        sender.Answer = new WebhookReply(status, "no");
        if (hours > 0)
        {
            await TestHub.Get<WebhookEndpoints>().Ping(Cast.Grace.Id, endpoint.Id, Stop);
            await Deliver();
            TestHub.Clock.AdvanceHours(hours);
        }

        await TestHub.Get<WebhookEndpoints>().Ping(Cast.Grace.Id, endpoint.Id, Stop);
        await Deliver();

        var now = await TestHub.Read(db => db.WebhookEndpoints.SingleAsync(Stop));
        var notifications = await TestHub.Read(db =>
            db.Notifications.Where(notification => notification.Type == WebhookNotifications.Stopped).ToListAsync(Stop));
        Assert.Equal(stops, now.StoppedAt is not null);
        Assert.Equal(stops ? ["grace@example.org"] : [], notifications.Select(notification => notification.RecipientEmail!.Shown));
    }

    [Fact]
    public async Task Both_secrets_sign_for_a_day_after_a_change()
    {
        var endpoint = await Add(Cast.Alan, "booking.created");
        var renewed = await TestHub.Get<WebhookEndpoints>().NewSecret(Cast.Alan.Id, endpoint.Id, Stop);

        await TestHub.Get<WebhookEndpoints>().Ping(Cast.Alan.Id, endpoint.Id, Stop);
        await Deliver();
        TestHub.Clock.AdvanceHours(25);
        await TestHub.Get<WebhookEndpoints>().Ping(Cast.Alan.Id, endpoint.Id, Stop);
        await Deliver();

        Assert.Equal([2, 1], sender.Sent.Select(sent => sent.Headers["webhook-signature"].Split(' ').Length));
        Assert.All(sender.Sent, sent => Assert.Contains(
            WebhookSignature.Of([renewed.Value!.Secret], sent.Headers["webhook-id"], Instant.FromUnixTimeSeconds(
                long.Parse(sent.Headers["webhook-timestamp"], System.Globalization.CultureInfo.InvariantCulture)), sent.Body),
            sent.Headers["webhook-signature"], StringComparison.Ordinal));
    }

    [Fact]
    public async Task Several_runs_at_once_tell_each_thing_once()
    {
        var endpoint = await Add(Cast.Alan, "booking.created");
        for (var i = 0; i < 30; i++)
            await TestHub.Get<WebhookEndpoints>().Ping(Cast.Alan.Id, endpoint.Id, Stop);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(Deliver)));

        Assert.Equal(30, sender.Sent.Count);
        Assert.Equal(30, sender.Sent.Select(sent => sent.Headers["webhook-id"]).Distinct().Count());
    }

    [Fact]
    public async Task What_a_dead_worker_had_leased_is_delivered_by_the_next()
    {
        var endpoint = await Add(Cast.Alan, "booking.created");
        await TestHub.Get<WebhookEndpoints>().Ping(Cast.Alan.Id, endpoint.Id, Stop);
        await using (var db = TestHub.OpenDb())
            await db.WebhookDeliveries.ExecuteUpdateAsync(row => row.SetProperty(one => one.State, WebhookState.Leased)
                .SetProperty(one => one.LeasedAt, DigiHub.Tests.TestHub.Opening), Stop);

        Assert.Equal(0, await Deliver());
        TestHub.Clock.AdvanceMinutes(3);
        Assert.Equal(1, await Deliver());
    }

    [Fact]
    public async Task A_stopped_endpoint_keeps_what_waits_until_it_goes_on()
    {
        var endpoint = await Add(Cast.Alan, "booking.created");
        await TestHub.Get<WebhookEndpoints>().Ping(Cast.Alan.Id, endpoint.Id, Stop);
        await TestHub.Get<WebhookEndpoints>().Stop(Cast.Alan.Id, endpoint.Id, Stop);
        await Book();

        var stopped = await Deliver();
        await TestHub.Get<WebhookEndpoints>().Resume(Cast.Alan.Id, endpoint.Id, Stop);
        var resumed = await Deliver();

        Assert.Equal((0, 1), (stopped, resumed)); // the ping; what happened while it was off was not written
    }

    [Fact]
    public async Task Nobody_reaches_the_endpoints_of_others()
    {
        var endpoint = await Add(Cast.Alan, "booking.created");
        var endpoints = TestHub.Get<WebhookEndpoints>();
        var ping = await endpoints.Ping(Cast.Alan.Id, endpoint.Id, Stop);

        Assert.Equal("not_found", (await endpoints.Ping(Cast.Grace.Id, endpoint.Id, Stop)).Refusal?.Code);
        Assert.Equal("not_found", (await endpoints.NewSecret(Cast.Grace.Id, endpoint.Id, Stop)).Refusal?.Code);
        Assert.Equal("not_found", (await endpoints.Remove(Cast.Grace.Id, endpoint.Id, Stop)).Refusal?.Code);
        Assert.Equal("not_found", (await endpoints.Redeliver(Cast.Grace.Id, ping.Value, Stop)).Refusal?.Code);
        Assert.Null(await endpoints.Log(Cast.Grace.Id, endpoint.Id, Stop));
        Assert.Equal("not_found", (await endpoints.Add(Cast.Ada.Id, "mine", "https://example.org/",
            WebhookShape.Standard, ["booking.created"], Stop)).Refusal?.Code);
    }

    [Theory]
    [InlineData("https://hooks.slack.com/services/T0/B0/secret", "hooks.slack.com/services/…")]
    [InlineData("https://chat.example.org:8443/hooks/secret", "chat.example.org:8443/hooks/…")]
    [InlineData("https://example.org/secret", "example.org/…")]
    [InlineData("https://example.org/?token=secret", "example.org/…")]
    [InlineData("https://example.org/secret-that-is-a-long-first-part/", "example.org/…")]
    [InlineData("https://example.org/#secret", "example.org/")]
    [InlineData("https://example.org", "example.org/")]
    public void Of_an_address_only_the_beginning_is_shown(string url, string shown) =>
        Assert.Equal(shown, WebhookEndpoint.Shorten(new Uri(url)));

    [Fact]
    public async Task An_address_that_is_a_secret_stands_nowhere_in_clear_and_is_used_all_the_same()
    {
        var added = await TestHub.Get<WebhookEndpoints>().Add(
            Cast.Alan.Id, "chat", "https://hooks.example.org/services/T0/B0/geheim-xyz", WebhookShape.Chat, ["booking.created"], Stop);
        await Ping(added.Value!.Endpoint);
        sender.Answer = new WebhookReply(410, "Cannot POST /services/T0/B0/geheim-xyz");
        await Deliver();

        Assert.Equal("https://hooks.example.org/services/T0/B0/geheim-xyz", Assert.Single(sender.SentTo));
        var rows = await TestHub.Read(async db => string.Join('\n',
            System.Text.Json.JsonSerializer.Serialize(await db.WebhookEndpoints.AsNoTracking()
                .Select(one => new { one.Id, one.Name, one.HiddenUrl, one.ShownUrl, one.Types }).ToListAsync(Stop)),
            System.Text.Json.JsonSerializer.Serialize(await db.Activity.AsNoTracking()
                .Select(one => one.Act + one.Detail + one.Changes).ToListAsync(Stop)),
            System.Text.Json.JsonSerializer.Serialize(await db.Notifications.AsNoTracking().Select(one => one.Note).ToListAsync(Stop)),
            System.Text.Json.JsonSerializer.Serialize(await db.WebhookAttempts.AsNoTracking().Select(one => one.Reply).ToListAsync(Stop))));
        Assert.Contains("hooks.example.org/services/", rows, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", rows, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_the_hubs_key_was_lost_the_log_says_what_to_do()
    {
        var endpoint = await Add(Cast.Alan, "booking.created");
        await using (var db = TestHub.OpenDb())
            await db.WebhookEndpoints.ExecuteUpdateAsync(row => row.SetProperty(one => one.HiddenUrl, "bm90IG91cnM"), Stop);

        await Ping(endpoint);
        await Deliver();

        Assert.Empty(sender.Sent);
        Assert.Contains("create it again",
            (await TestHub.Read(db => db.WebhookAttempts.SingleAsync(Stop))).Reply, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "https://example.org/", "booking.created", "name")]
    [InlineData("x", "no", "booking.created", "url")]
    [InlineData("x", "https://example.org/", "booking.eaten", "types")]
    [InlineData("x", "https://example.org/", null, "types")]
    public async Task Says_which_field_is_wrong(string name, string url, string? type, string field)
    {
        var refused =
            await TestHub.Get<WebhookEndpoints>().Add(Cast.Alan.Id, name, url, WebhookShape.Standard, type is null ? [] : [type], Stop);

        Assert.Equal(field, refused.Refusal?.Field);
    }

    [Fact]
    public async Task Ten_endpoints_are_enough()
    {
        for (var i = 0; i < WebhookEndpoint.PerMemberMax; i++)
            await Add(Cast.Alan, "booking.created");

        var eleventh = await TestHub.Get<WebhookEndpoints>().Add(Cast.Alan.Id, "x",
            "https://example.org/", WebhookShape.Standard, ["booking.created"], Stop);

        Assert.Equal("webhook_count", eleventh.Refusal?.Code);
    }

    [Fact]
    public async Task What_was_told_is_forgotten_after_thirty_days()
    {
        var endpoint = await Add(Cast.Alan, "booking.created");
        await TestHub.Get<WebhookEndpoints>().Ping(Cast.Alan.Id, endpoint.Id, Stop);
        await Deliver();

        TestHub.Clock.AdvanceDays(31);
        await TestHub.Get<ForgetWebhooks>().Run(Stop);

        Assert.Empty(await Deliveries());
        Assert.Equal(0, await TestHub.Read(db => db.WebhookAttempts.CountAsync(Stop)));
    }

    private Task<WebhookEndpoint> Add(Member owner, params string[] types) => Add(owner, WebhookShape.Standard, types);

    private async Task<WebhookEndpoint> Add(Member owner, WebhookShape shape, params string[] types) =>
        (await TestHub.Get<WebhookEndpoints>().Add(owner.Id, "test", "https://hooks.example.org/x", shape, types, Stop)).Value!.Endpoint;

    private Task<Outcome<Guid>> Ping(WebhookEndpoint endpoint) => TestHub.Get<WebhookEndpoints>().Ping(endpoint.OwnerId, endpoint.Id, Stop);

    private Task<int> Deliver() => TestHub.Get<DeliverWebhooks>().Run(Stop);

    private Task<List<WebhookDelivery>> Deliveries() =>
        TestHub.Read(db => db.WebhookDeliveries.AsNoTracking().OrderBy(one => one.Id).ToListAsync(Stop));

    private async Task<Booking> Book()
    {
        var outcome = await TestHub.Get<BookSpace>().Run(Request(Cast.Ada), Stop);
        Assert.True(outcome.IsDone, outcome.Refusal?.Code);
        return outcome.Value;
    }

    private BookSpaceRequest Request(Member member) => new()
    {
        ActorId = member.Id,
        SpaceId = Cast.Spree.Id,
        When = When.Between(new LocalDateTime(2026, 11, 24, 10, 0), new LocalDateTime(2026, 11, 24, 11, 0)),
    };

    private async Task Register(Event evt)
    {
        var outcome = await TestHub.Get<Register>().Run(new RegisterRequest(evt.Id, MemberId: Cast.Ada.Id), Stop);
        Assert.True(outcome.IsDone, outcome.Refusal?.Code);
    }

    private Event NewEvent(string slug, Member organiser) => new()
    {
        Id = Guid.CreateVersion7(),
        Slug = slug,
        OrganiserId = organiser.Id,
        Status = EventStatus.Published,
        Title = new(slug, slug),
        Topic = "iot",
        Format = EventFormat.Online,
        SiteId = Cast.East.Id,
        StartLocal = new LocalDateTime(2026, 12, 1, 18, 0),
        EndLocal = new LocalDateTime(2026, 12, 1, 20, 0),
        Start = Instant.FromUtc(2026, 12, 1, 17, 0),
        End = Instant.FromUtc(2026, 12, 1, 19, 0),
        Capacity = 10,
        CreatedAt = DigiHub.Tests.TestHub.Opening,
        PublishedAt = DigiHub.Tests.TestHub.Opening,
    };

    public sealed class OnSqlite(SqliteDatabase database) : WebhooksTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : WebhooksTests(database), IClassFixture<PostgresDatabase>;
}

/// <summary>Records everything; or answers as the test says.</summary>
internal sealed class RecordingWebhookSender : IWebhookSender
{
    private readonly List<(IReadOnlyDictionary<string, string> Headers, string Body)> sent = [];

    public WebhookReply Answer { get; set; } = new(204, "");

    public IReadOnlyList<(IReadOnlyDictionary<string, string> Headers, string Body)> Sent
    {
        get
        {
            lock (sent)
                return [.. sent];
        }
    }

    public ConcurrentQueue<string> SentTo { get; } = [];

    public Words? WhyNot(string url) => url.StartsWith("https://", StringComparison.Ordinal) ? null : new Words("no", "nein");

    public Task<WebhookReply> Send(string url, IReadOnlyDictionary<string, string> headers, string body, CancellationToken stop)
    {
        SentTo.Enqueue(url);
        lock (sent)
            sent.Add((headers, body));
        return Task.FromResult(Answer);
    }
}
