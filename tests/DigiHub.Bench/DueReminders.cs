using System.Globalization;
using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Registrations;
using DigiHub.Reminders;
using DigiHub.Sites;
using DigiHub.Web.Notifications;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace DigiHub.Bench;

/// <summary>Reminders of twenty events to readers who all differ, and their e-mails.</summary>
internal static class DueReminders
{
    private const int Events = 20;

    public static async Task Plant(IServiceProvider hub, int count, Instant now)
    {
        await using var db = hub.GetRequiredService<HubDbFactory>().Open();
        db.Add(new Site
        {
            Id = 1,
            Slug = "east",
            Name = "Hub East",
            Sign = "E",
            Street = "Bench 1",
            PostCode = "10115",
            City = "Berlin",
            ZoneId = "Europe/Berlin",
        });
        var organiser = new Member
        {
            Id = Guid.CreateVersion7(),
            Name = PersonName.Of("Grace"),
            Email = EmailAddress.Of("grace@bench.example"),
            SecurityStamp = "bench",
            CreatedAt = now,
        };
        db.Add(organiser);
        var events = Enumerable.Range(1, Events).Select(i => Event(i, organiser, now)).ToList();
        db.AddRange(events);
        await db.SaveChangesAsync();
        for (var i = 0; i < count; i++)
        {
            var (evt, email) = (events[i % Events], $"reader{i}@domain{i % 500}.example");
            var registration = new Registration
            {
                Id = Guid.CreateVersion7(),
                EventId = evt.Id,
                Name = PersonName.Of($"Reader {i}"),
                Email = EmailAddress.Of(email),
                Language = i % 2 == 0 ? Language.German : Language.English,
                Number = i,
                RegisteredAt = now,
            };
            db.Add(registration);
            db.Add(Notification(registration, evt, now));
            if (i % 1_000 == 999)
            {
                await db.SaveChangesAsync();
                db.ChangeTracker.Clear();
            }
        }

        await db.SaveChangesAsync();
    }

    public static async Task MakeDue(IServiceProvider hub, Instant now)
    {
        await using var db = hub.GetRequiredService<HubDbFactory>().Open();
        await db.Notifications.ExecuteUpdateAsync(set => set
            .SetProperty(notification => notification.State, NotificationState.Planned)
            .SetProperty(notification => notification.NextAttemptAt, now)
            .SetProperty(notification => notification.SentAt, (Instant?)null)
            .SetProperty(notification => notification.LeasedAt, (Instant?)null)
            .SetProperty(notification => notification.Attempts, 0));
        if (db is PostgresDb)
            await db.Database.ExecuteSqlRawAsync("VACUUM ANALYZE notifications");
    }

    public static async Task<IReadOnlyList<MimeMessage>> Write(IServiceProvider hub, int count)
    {
        await using var db = hub.GetRequiredService<HubDbFactory>().Open();
        var messages = hub.GetRequiredService<EmailMessages>();
        var written = new List<MimeMessage>();
        foreach (var notification in await db.Notifications.AsNoTracking()
            .OrderBy(notification => notification.Id).Take(count).ToListAsync())
            written.Add((await messages.Write(notification, CancellationToken.None))!);
        return written;
    }

    /// <summary>So many are due, all others in the year to come.</summary>
    public static async Task PlanAMillion(IServiceProvider hub, Instant now, int due)
    {
        await using var db = hub.GetRequiredService<HubDbFactory>().Open();
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(10));
        var rows = Enumerable.Range(1, 1_000_000).Select(i => Planned(i, now,
            i <= due ? now - Duration.FromSeconds(i) : now + Duration.FromSeconds(30L * i)));
        if (db is PostgresDb)
        {
            await Copy.Rows(db, rows, CancellationToken.None);
            await db.Database.ExecuteSqlRawAsync("VACUUM ANALYZE notifications");
            return;
        }

        await using var transaction = await db.Database.BeginTransactionAsync();
        foreach (var some in rows.Chunk(5_000))
        {
            db.AddRange(some);
            await db.SaveChangesAsync();
            db.ChangeTracker.Clear();
        }

        await transaction.CommitAsync();
        await db.Database.ExecuteSqlRawAsync("ANALYZE notifications");
    }

    private static Notification Planned(int number, Instant now, Instant due) => new()
    {
        Id = Guid.NewGuid(),
        Type = ReminderNotifications.OfEvent,
        Purpose = string.Create(CultureInfo.InvariantCulture, $"bench:{number}"),
        RecipientName = PersonName.Of("Reader"),
        RecipientEmail = EmailAddress.Of(string.Create(CultureInfo.InvariantCulture, $"reader{number}@bench.example")),
        Language = Language.German,
        SubjectKind = Registration.Subject.Name,
        SubjectId = Guid.NewGuid(),
        WrittenAt = now,
        DueAt = due,
        NextAttemptAt = due,
    };

    private static Event Event(int number, Member organiser, Instant now)
    {
        var start = now + Duration.FromHours(20 + number);
        var local = start.InZone(DateTimeZoneProviders.Tzdb["Europe/Berlin"]).LocalDateTime;
        return new Event
        {
            Id = Guid.CreateVersion7(),
            Slug = $"event-{number}",
            OrganiserId = organiser.Id,
            Status = EventStatus.Published,
            Title = new($"Sprechstunde {number}", $"Clinic {number}"),
            Format = EventFormat.InPerson,
            SiteId = 1,
            StartLocal = local,
            EndLocal = local.PlusHours(2),
            Start = start,
            End = start + Duration.FromHours(2),
            Capacity = 2_000,
            CreatedAt = now,
            PublishedAt = now,
        };
    }

    private static Notification Notification(Registration registration, Event evt, Instant now) => new()
    {
        Id = Guid.CreateVersion7(),
        Type = ReminderNotifications.OfEvent,
        Purpose = $"event-reminder:{registration.Id}",
        RecipientName = registration.Name,
        RecipientEmail = registration.Email,
        Language = registration.Language,
        SubjectKind = Registration.Subject.Name,
        SubjectId = registration.Id,
        ScheduledForStart = evt.Start,
        WrittenAt = now,
        DueAt = now,
        NextAttemptAt = now,
        NotAfter = evt.Start,
    };
}
