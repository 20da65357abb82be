using System.Text;
using System.Text.RegularExpressions;
using DigiHub.Bookings;
using DigiHub.Demo;
using DigiHub.Events;
using DigiHub.Mail;
using DigiHub.Notifications;
using DigiHub.Registrations;
using DigiHub.Reminders;
using DigiHub.Spaces;
using DigiHub.Tests;
using DigiHub.Web.Notifications;
using Ical.Net;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace DigiHub.Web.Tests.Notifications;

/// <summary>What readers get: every kind of e-mail in both languages, from the row to the mail.</summary>
public sealed class EmailMessagesTests(SqliteDatabase database) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    private const int BytesMax = 60_000; // the whole mail; Gmail cuts off what is longer than about 100 kB

    private EmailSamples samples = null!;

    protected override WebTestHubOptions Options =>
        new() { Settings = new Dictionary<string, string?> { ["PublicUrl"] = "https://hub.example", ["Jobs:Workers"] = "0" } };

    public static TheoryData<string, Language> EveryEmail => new(
        from type in NotificationType.All from language in Enum.GetValues<Language>() select (type.Name, language));

    [Theory]
    [MemberData(nameof(EveryEmail))]
    public async Task Reads_well_in_both_forms(string type, Language language)
    {
        using var message = await Write(NotificationType.Of(type), language);

        var (html, text) = (message.HtmlBody!, message.TextBody!);
        Assert.InRange(await Size(message), 1_000, BytesMax);
        Assert.Contains($"<html lang=\"{language.Tag()}\">", html, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme: dark", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<", text, StringComparison.Ordinal);
        Assert.DoesNotContain("&#", text, StringComparison.Ordinal);
        Assert.All(Links(html), link => Assert.Contains(link, text, StringComparison.Ordinal)); // every link is also readable
        Assert.Contains("https://hub.example/imprint", text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(EveryEmail))]
    public async Task Fetches_nothing_from_anywhere(string type, Language language)
    {
        using var message = await Write(NotificationType.Of(type), language);

        var fetched =
            Regex.Matches(message.HtmlBody!, "(?:src|background|srcset)=\"(?<source>[^\"]*)\"|url\\(", RegexOptions.NonBacktracking)
                .Select(match => match.Groups["source"].Value).Where(source => !source.StartsWith("cid:", StringComparison.Ordinal));
        Assert.Empty(fetched);
        Assert.DoesNotContain("<script", message.HtmlBody!, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("registration_to_confirm")]
    [InlineData("address_to_confirm")]
    public async Task Says_nothing_that_somebody_typed_to_an_address_that_has_not_confirmed(string type)
    {
        using var message = await Write(NotificationType.Of(type), Language.English);

        Assert.Equal("", message.To.Mailboxes.Single().Name ?? "");
        Assert.DoesNotContain(DemoCast.Ada.Name.Text, message.TextBody + message.HtmlBody + message.Subject, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(EveryEmail))]
    public async Task Says_what_it_is_in_its_headers(string type, Language language)
    {
        var notification = NewEmail(NotificationType.Of(type), language);
        using var message = await Write(notification);

        Assert.Equal("auto-generated", message.Headers[HeaderId.AutoSubmitted]);
        Assert.Equal("OOF, NRN, RN, AutoReply", message.Headers["X-Auto-Response-Suppress"]);
        Assert.Equal($"{notification.Id:N}@{(await TestHub.Name()).MessageDomain}", message.MessageId);
        Assert.Equal(language.Tag(), message.Body!.Headers[HeaderId.ContentLanguage]);
        var isReminder = notification.Class == NotificationClass.Reminder;
        Assert.Equal(isReminder, message.Headers.Contains(HeaderId.ListUnsubscribe));
        Assert.Equal(isReminder ? "List-Unsubscribe=One-Click" : null, message.Headers[HeaderId.ListUnsubscribePost]);
    }

    [Theory]
    [InlineData(Language.German)]
    [InlineData(Language.English)]
    public async Task Says_what_was_approved(Language language)
    {
        var all = new StringBuilder();
        foreach (var sample in samples.All)
        {
            using var message = await Write(samples.Of(sample, language));
            all.Append(System.Globalization.CultureInfo.InvariantCulture,
                $"==== {sample.Type}{(sample.Reading.Length == 0 ? "" : $", {sample.Reading}")}\nSubject: "
                    + $"{message.Subject}\n\n{message.TextBody!.ReplaceLineEndings("\n")}\n");
        }

        Approved.Check($"emails.{language.Tag()}.txt", WithoutTokens(all.ToString()));
    }

    [Theory]
    [InlineData("booking_confirmed", "REQUEST", "CONFIRMED")]
    [InlineData("booking_moved", "REQUEST", "CONFIRMED")]
    [InlineData("booking_cancelled", "CANCEL", "CANCELLED")]
    [InlineData("booking_reminder", null, null)]
    [InlineData("registration_confirmed", "REQUEST", "CONFIRMED")]
    [InlineData("registration_promoted", "REQUEST", "CONFIRMED")]
    [InlineData("registration_waiting", null, null)]
    [InlineData("registration_cancelled", "CANCEL", null)]
    [InlineData("event_changed", "REQUEST", "CONFIRMED")]
    [InlineData("event_cancelled", "CANCEL", "CANCELLED")]
    [InlineData("event_reminder", null, null)]
    [InlineData("sign_in_link", null, null)]
    public async Task Brings_the_calendar_up_to_date(string type, string? method, string? status)
    {
        using var message = await Write(NotificationType.Of(type), Language.English);

        var parts = ((MultipartAlternative)message.Body!).Select(part => part.ContentType.MimeType).ToList();
        Assert.Equal("text/plain", parts[0]);
        Assert.Equal(method is null ? 2 : 3, parts.Count);
        if (method is null)
            return;
        var part = Assert.IsType<TextPart>(((MultipartAlternative)message.Body!)[2]);
        var calendar = Calendar.Load(part.Text)!;
        var entry = Assert.Single(calendar.Events);
        Assert.Equal(("text/calendar", method), (part.ContentType.MimeType, part.ContentType.Parameters["method"]));
        Assert.Equal(method, calendar.Method);
        Assert.Equal(status, entry.Status);
        Assert.Equal(7, entry.Sequence);
        Assert.Equal($"mailto:{DemoCast.Ada.Email}", Assert.Single(entry.Attendees).Value!.ToString());
        Assert.Equal("Europe/Berlin", entry.DtStart!.TzId);
        Assert.NotEmpty(Assert.Single(calendar.TimeZones).TimeZoneInfos);
        var hub = (await TestHub.Name()).Text;
        Assert.Equal(type.StartsWith("booking", StringComparison.Ordinal)
            ? $"booking-{samples.World.Booking.Id:N}@{hub}"
            : $"event-{samples.World.Event.Id:N}@{hub}", entry.Uid);
    }

    [Fact]
    public async Task Carries_the_ticket_as_a_picture_of_its_own()
    {
        using var message = await Write(RegistrationNotifications.Confirmed, Language.German);

        var related = Assert.IsType<MultipartRelated>(((MultipartAlternative)message.Body!)[1]);
        var picture = Assert.IsType<MimePart>(related[1]);
        Assert.Equal("text/html", related.ContentType.Parameters["type"]);
        Assert.Equal(("image/png", "ticket"), (picture.ContentType.MimeType, picture.ContentId));
        Assert.Contains("src=\"cid:ticket\"", message.HtmlBody!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tells_the_way_in_to_the_confirmed_only()
    {
        using var confirmed = await Write(EventNotifications.Changed, Language.English);
        await Change(() => samples.World.Seated.Status = RegistrationStatus.Waiting);
        using var waiting = await Write(RegistrationNotifications.Waiting, Language.English);
        using var changed = await Write(EventNotifications.Changed, Language.English);

        Assert.Contains("https://meet.example/iot", confirmed.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("meet.example", waiting.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("meet.example", changed.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Threads_a_reminder_under_the_confirmation()
    {
        var confirmation = NewEmail(RegistrationNotifications.Confirmed, Language.German);
        (confirmation.State, confirmation.SentAt) = (NotificationState.Sent, DigiHub.Tests.TestHub.Opening);
        await Lay(confirmation);

        using var reminder = await Write(ReminderNotifications.OfEvent, Language.German);

        Assert.Equal($"{confirmation.Id:N}@{(await TestHub.Name()).MessageDomain}", Assert.Single(reminder.References));
    }

    [Theory]
    [InlineData("Eve\r\nBcc: everybody@example.org")]
    [InlineData("Eve\nSubject: won")]
    [InlineData("Eve\u2028BEGIN:VALARM\u2029ACTION:DISPLAY")]
    [InlineData("Eve\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:evil")]
    [InlineData("Eve\";X-EVIL=1:mailto:eve@example.org")]
    [InlineData("<script>alert(1)</script> & \"Eve\" </title>")]
    public async Task Takes_names_and_titles_for_text_whatever_they_hold(string evil)
    {
        var name = PersonName.TryParse(evil, out var known) ? known : PersonName.Of("Eve"); // what contains a link is no name
        await Change(() =>
        {
            samples.World.Event.Title = new(evil, evil);
            samples.World.Seated.Name = name;
        });

        using var built = await Write(NewEmail(RegistrationNotifications.Confirmed, Language.German, name));
        using var stream = new MemoryStream();
        await built.WriteToAsync(stream, Stop);
        stream.Position = 0;
        using var message = await MimeMessage.LoadAsync(stream, Stop);

        Assert.Equal(["Auto-Submitted", "Content-Language", "Content-Type", "Date", "From",
            "MIME-Version", "Message-Id", "Subject", "To", "X-Auto-Response-Suppress"],
            message.Headers.Concat(message.Body!.Headers).Select(header => header.Field).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(DemoCast.Ada.Email, Assert.Single(message.To.Mailboxes).Address);
        Assert.DoesNotContain("<script", message.HtmlBody!, StringComparison.OrdinalIgnoreCase);
        var calendar =
            Calendar.Load(message.BodyParts.OfType<TextPart>().Single(part => part.ContentType.MediaSubtype == "calendar").Text)!;
        var entry = Assert.Single(calendar.Events);
        Assert.Empty(entry.Alarms);
        Assert.Equal($"event-{samples.World.Event.Id:N}@{(await TestHub.Name()).Text}", entry.Uid);
        Assert.Single(entry.Attendees);
        Assert.Equal(
            ["ATTENDEE", "CREATED", "DESCRIPTION", "DTEND", "DTSTAMP", "DTSTART", "LAST-MODIFIED",
                "LOCATION", "ORGANIZER", "SEQUENCE", "STATUS", "SUMMARY", "UID", "URL"],
            entry.Properties.Select(property => property.Name).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Has_nothing_to_send_when_what_it_tells_of_is_gone()
    {
        var messages = TestHub.Services.GetRequiredService<EmailMessages>();
        await using (var db = TestHub.OpenDb())
            await db.Bookings.ExecuteDeleteAsync(Stop);
        var gone = NewEmail(BookingNotifications.Confirmed, Language.German);

        Assert.Null(await messages.Write(gone, Stop));
    }

    // Rules 8 and 9.
    [Theory]
    [InlineData(Language.German)]
    [InlineData(Language.English)]
    public async Task Tells_of_several_reminders_in_one_mail_each_as_it_would_by_itself(Language language)
    {
        var notification = NewEmail(ReminderNotifications.OfEvent, language);
        notification.Carries = samples.Of(samples.Find(ReminderNotifications.OfEvent, "several"), language).Carries;

        using var message = await Write(notification);

        Assert.Equal($"{notification.Id:N}@{(await TestHub.Name()).MessageDomain}", message.MessageId);
        Assert.All(Links(message.HtmlBody!), link => Assert.Contains(link, message.TextBody!, StringComparison.Ordinal));
        Assert.Single(Regex.Matches(message.HtmlBody!, "<h1", RegexOptions.NonBacktracking));
        Assert.Equal(3, Regex.Count(message.HtmlBody!, "<h2", RegexOptions.NonBacktracking));
        Assert.InRange(await Size(message), 1_000, BytesMax);
    }

    [Theory]
    [InlineData("event_reminder")]
    [InlineData("registration_stand_by")]
    [InlineData("booking_reminder")]
    public async Task Stays_short_however_many_it_tells_of(string type)
    {
        var notification = NewEmail(NotificationType.Of(type), Language.German);
        notification.Carries =
            [.. Enumerable.Repeat(0, BatchReminders.CarriedMax).Select(_ => NewEmail(NotificationType.Of(type), Language.German))];

        using var message = await Write(notification);

        Assert.InRange(await Size(message), 10_000, BytesMax);
    }

    [Fact]
    public async Task A_digest_of_a_day_as_full_as_can_be_stays_short()
    {
        var day = samples.World.Event.StartLocal.Date;
        await Lay([.. Enumerable.Range(0, MemberDay.ItemsMax).Select(number => new Booking
        {
            Id = Guid.CreateVersion7(),
            SpaceId = samples.World.Booking.SpaceId,
            SiteId = samples.World.Booking.SiteId,
            MemberId = Cast.Ada.Id,
            BookedById = Cast.Ada.Id,
            Title = new string('W', 80),
            StartLocal = day.At(new LocalTime(6, 0)).PlusMinutes(15 * number),
            EndLocal = day.At(new LocalTime(6, 0)).PlusMinutes(15 * (number + 1)),
            Start = samples.World.Event.Start.Plus(Duration.FromMinutes((15 * number) - (12 * 60))),
            End = samples.World.Event.Start.Plus(Duration.FromMinutes((15 * (number + 1)) - (12 * 60))),
            CreatedAt = DigiHub.Tests.TestHub.Opening,
        })]);

        using var message = await Write(ReminderNotifications.DayDigest, Language.German);

        Assert.InRange(await Size(message), 10_000, BytesMax);
    }

    // Rule 14.
    [Theory]
    [InlineData(0, 121, false, true)]
    [InlineData(0, 120, false, false)]
    [InlineData(0, -121, false, true)]
    [InlineData(1, 0, false, true)]
    [InlineData(0, 0, true, true)]
    public async Task Asks_whether_somebody_still_comes_only_where_that_is_in_doubt(
        int daysLater, int minutesLater, bool elsewhere, bool asks)
    {
        var notification = NewEmail(EventNotifications.Changed, Language.English);
        await Change(() =>
        {
            var known = ChangeNote.Parse(notification.Note).Known;
            samples.World.Event.StartLocal = known.Start.PlusDays(daysLater).PlusMinutes(minutesLater);
            samples.World.Event.SiteId = elsewhere ? Cast.West.Id : known.SiteId;
        });

        using var message = await Write(notification);

        Assert.Equal(asks, message.TextBody!.Contains("Can you still come?", StringComparison.Ordinal));
        Assert.Contains("/registrations/", message.TextBody!, StringComparison.Ordinal);
    }

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        samples = EmailSamples.In(await TestHub.Services.GetRequiredService<Catalogue>().Map(Stop),
            TestHub.Services.GetServices<IEmailAuthor>(), Cast.Ada.Id, DigiHub.Tests.TestHub.Opening)!;
        await Lay([.. samples.Rows]);
    }

    private static string WithoutTokens(string text) =>
        Regex.Replace(text,
            "/(?<page>tickets|registrations|unsubscribe|addresses|account/address|account/keep|declines|coming|sign-in/link"
                + "|invitation|offers|proposals/link|approve|guest)"
                + "/[\\w-]{43}",
            "/${page}/(sealed)", RegexOptions.NonBacktracking);

    private static IEnumerable<string> Links(string html) =>
        Regex.Matches(html, "href=\"(?<link>[^\"]*)\"", RegexOptions.NonBacktracking)
            .Select(match => match.Groups["link"].Value).Distinct();

    private static async Task<long> Size(MimeMessage message)
    {
        using var whole = new MemoryStream();
        await message.WriteToAsync(whole, Stop);
        return whole.Length;
    }

    private Task<MimeMessage> Write(NotificationType kind, Language language) => Write(NewEmail(kind, language));

    private async Task<MimeMessage> Write(Notification notification)
    {
        var message = await TestHub.Services.GetRequiredService<EmailMessages>().Write(notification, Stop);
        return message ?? throw new InvalidOperationException($"Nothing was written for {notification.Type}.");
    }

    private async Task Lay(params object[] rows)
    {
        await using var db = TestHub.OpenDb();
        db.AddRange(rows);
        await db.SaveChangesAsync(Stop);
    }

    private async Task Change(Action change)
    {
        await using var db = TestHub.OpenDb();
        db.AttachRange(samples.World.Event, samples.World.Seated);
        change();
        await db.SaveChangesAsync(Stop);
    }

    private Notification NewEmail(NotificationType kind, Language language, PersonName? name = null, EmailAddress? email = null) =>
        samples.Of(kind, language, name, email);
}
