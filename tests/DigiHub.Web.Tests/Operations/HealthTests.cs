using System.Net;
using DigiHub.Bookings;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Tests;

namespace DigiHub.Web.Tests.Operations;

public abstract class HealthTests(TestDatabase database) : WebHubTests(database)
{
    [Fact]
    public async Task Is_live_and_ready()
    {
        using var client = TestHub.NewClient();

        Assert.Equal("live", await client.GetStringAsync(new Uri("/health/live", UriKind.Relative), Stop));
        using var answer = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), Stop);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("\"migrationsMissing\":0", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tells_how_long_the_oldest_email_is_overdue()
    {
        await TestHub.Lay(new Notification
        {
            Id = Guid.CreateVersion7(),
            Type = BookingNotifications.Reminder,
            SubjectKind = Member.Subject.Name,
            SubjectId = Guid.CreateVersion7(),
            Purpose = "test",
            RecipientName = PersonName.Of("Ada"),
            RecipientEmail = EmailAddress.Of("ada@example.org"),
            Language = Language.German,
            WrittenAt = TestHub.Clock.GetCurrentInstant(),
            DueAt = TestHub.Clock.GetCurrentInstant() + Duration.FromDays(30),
            NextAttemptAt = TestHub.Clock.GetCurrentInstant() - Duration.FromMinutes(7),
            State = NotificationState.Retry,
        });
        using var client = TestHub.NewClient();

        var text = await client.GetStringAsync(new Uri("/health/ready", UriKind.Relative), Stop);

        Assert.Contains("\"oldestDueEmailSeconds\":420", text, StringComparison.Ordinal);
    }

    public sealed class OnSqlite(SqliteDatabase database) : HealthTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : HealthTests(database), IClassFixture<PostgresDatabase>;
}
