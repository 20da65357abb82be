using DigiHub.Events;
using DigiHub.Keys;
using DigiHub.Mail;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Operations;

namespace DigiHub.Tests.Notifications;

public abstract class AnonymiseNotificationsTests(TestDatabase database) : HubTests(database)
{
    private static readonly Instant Now = DigiHub.Tests.TestHub.Opening;

    [Theory]
    [InlineData(29, NotificationState.Sent, false)]
    [InlineData(31, NotificationState.Sent, true)]
    [InlineData(31, NotificationState.Failed, true)]
    [InlineData(31, NotificationState.Bounced, true)]
    [InlineData(31, NotificationState.Skipped, true)]
    [InlineData(31, NotificationState.Cancelled, true)]
    [InlineData(31, NotificationState.Planned, false)]
    [InlineData(31, NotificationState.Retry, false)]
    public async Task After_thirty_days_an_email_knows_nobody_any_more(int days, NotificationState state, bool forgets)
    {
        var notification = NewEmail("a", days, state);
        await TestHub.Lay(notification, new NotificationAttempt
        {
            Id = Guid.NewGuid(),
            NotificationId = notification.Id,
            At = Now,
            Result = SendResult.Later,
            Reply = "450 <ada@example.org> later",
        });

        await TestHub.Get<AnonymiseNotifications>().Run(Stop);

        Assert.Equal(forgets ? 0 : 1, await TestHub.Read(db => db.NotificationAttempts.CountAsync(Stop)));
        var kept = await TestHub.Read(db => db.Notifications.SingleAsync(Stop));
        Assert.Equal(state, kept.State);
        Assert.Equal(forgets, kept.ForgottenAt is not null);
        Assert.Equal(!forgets, kept.RecipientEmail?.Shown == "Ada@example.org");
        if (forgets)
        {
            Assert.DoesNotContain("Ada", $"{kept.RecipientName}{kept.RecipientEmail}{kept.NameKey}"
                + kept.Note + kept.SmtpReply + kept.Reason, StringComparison.OrdinalIgnoreCase);
            // The pseudonym is a random word, in which any three letters may stand.
            Assert.DoesNotContain("@", kept.NormalizedEmail, StringComparison.Ordinal);
            Assert.Equal(state == NotificationState.Bounced ? "5.1.1" : "550 5.1.1", kept.SmtpReply);
        }
    }

    [Fact]
    public async Task Who_knows_the_address_can_still_ask_what_went_there()
    {
        await TestHub.Lay(NewEmail("old", 31, NotificationState.Sent), NewEmail("new", 1, NotificationState.Sent, "aDA@example.org"),
            NewEmail("other", 31, NotificationState.Sent, "bob@example.org"));
        await TestHub.Get<AnonymiseNotifications>().Run(Stop);

        var explained = await TestHub.Get<ExplainAddress>().Run(EmailAddress.Of(" ada@example.ORG"), Stop);

        Assert.Equal(["new", "old"], explained.Notifications.Select(notification => notification.Purpose).Order(StringComparer.Ordinal));
        Assert.Equal(["old"], explained.Notifications.Where(notification => notification.ForgottenAt is not null)
            .Select(notification => notification.Purpose));
        Assert.DoesNotContain(explained.Notifications, notification => notification.Purpose == "other");
    }

    [Fact]
    public async Task Spellings_of_one_address_are_forgotten_together()
    {
        await TestHub.Lay(NewEmail("one", 31, NotificationState.Sent), NewEmail("two", 31, NotificationState.Sent, "ada@example.org"));

        var forgotten = await TestHub.Get<AnonymiseNotifications>().Run(Stop);

        Assert.Equal(2, forgotten);
        Assert.Equal(1,
            await TestHub.Read(db => db.Notifications.Select(notification => notification.NormalizedEmail).Distinct().CountAsync(Stop)));
    }

    [Fact]
    public async Task An_email_written_again_for_an_anonymised_purpose_is_anonymised_too()
    {
        for (var again = 0; again < 3; again++)
        {
            await TestHub.Lay(NewEmail("one", 31, NotificationState.Sent));
            Assert.Equal(1, await TestHub.Get<AnonymiseNotifications>().Run(Stop));
            TestHub.Clock.AdvanceHours(1);
        }

        Assert.Equal(3, await TestHub.Read(db => db.Notifications.CountAsync(
            notification => notification.ForgottenAt != null && notification.RecipientName == null && notification.NameKey == "", Stop)));
    }

    [Fact]
    public async Task Nobody_gets_two_emails_of_one_purpose_though_their_address_is_spelled_twice()
    {
        await TestHub.Lay(NewEmail("one", 1, NotificationState.Sent));

        await Assert.ThrowsAsync<DbUpdateException>(() => TestHub.Lay(NewEmail("one", 1, NotificationState.Sent, "ADA@example.org")));
    }

    [Fact]
    public async Task The_row_goes_after_four_hundred_days_and_not_before()
    {
        await TestHub.Lay(NewEmail("a", 399, NotificationState.Sent),
            NewEmail("b", 401, NotificationState.Sent), NewEmail("waits", 401, NotificationState.Planned));

        await TestHub.Get<AnonymiseNotifications>().Run(Stop);

        Assert.Equal(["a", "waits"], await TestHub.Read(db => db.Notifications
            .OrderBy(notification => notification.Purpose).Select(notification => notification.Purpose).ToListAsync(Stop)));
    }

    [Fact]
    public async Task A_pseudonym_tells_nothing_without_the_hubs_key()
    {
        var token = await TestHub.Get<HubTokenSigner>().Get(Stop);

        Assert.Equal(token.Pseudonym("A"), token.Pseudonym("A"));
        Assert.NotEqual(token.Pseudonym("A"), token.Pseudonym("B"));
        Assert.NotEqual(token.Pseudonym("A"), new TokenSigner(new byte[32]).Pseudonym("A"));
    }

    private static Notification NewEmail(string purpose, int daysAgo, NotificationState state, string email = "Ada@Example.org") => new()
    {
        Id = Guid.CreateVersion7(),
        Type = EventNotifications.Cancelled,
        SubjectKind = Member.Subject.Name,
        SubjectId = Guid.CreateVersion7(),
        Purpose = purpose,
        RecipientName = PersonName.Of("Ada Lovelace"),
        RecipientEmail = EmailAddress.Of(email),
        Language = Language.German,
        Note = "Liebe Ada",
        SmtpReply = state == NotificationState.Bounced
            ? "5.1.1 smtp; 550 <ada@example.org> unknown"
            : "550 5.1.1 <ada@example.org> unknown",
        WrittenAt = Now - Duration.FromDays(daysAgo),
        DueAt = Now - Duration.FromDays(daysAgo),
        NextAttemptAt = Now - Duration.FromDays(daysAgo),
        State = state,
        Reason = state == NotificationState.Bounced ? NotificationReason.Bounced : null,
    };

    public sealed class OnSqlite(SqliteDatabase database) : AnonymiseNotificationsTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : AnonymiseNotificationsTests(database), IClassFixture<PostgresDatabase>;
}
