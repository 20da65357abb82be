using System.Text.RegularExpressions;
using DigiHub.Bookings;
using DigiHub.Data;
using DigiHub.Mail;
using DigiHub.Members;
using DigiHub.Notifications;
using Microsoft.EntityFrameworkCore;

namespace DigiHub.Tests.Notifications;

/// <summary>A type of notification is known as soon as a capability declares it, and a row keeps its name.</summary>
public abstract partial class NotificationTypeTests(TestDatabase database) : HubTests(database)
{
    [Fact]
    public void Each_has_a_name_of_its_own_and_words_in_both_languages()
    {
        Assert.InRange(NotificationType.All.Count, 23, 200); // or they are not found any more
        Assert.Equal(NotificationType.All.Count, NotificationType.All.Select(type => type.Name).Distinct(StringComparer.Ordinal).Count());
        Assert.All(NotificationType.All, type =>
        {
            Assert.Matches(Named(), type.Name);
            Assert.InRange(type.Name.Length, 1, NotificationType.NameMax);
            Assert.All([type.Words, type.Occasion],
                words => Assert.True(words is { English.Length: > 0, German.Length: > 0 } && words.English != words.German));
        });
    }

    [Fact]
    public void Each_reason_has_words_in_both_languages_and_fits_its_column()
    {
        using var db = TestHub.OpenDb();
        var column = db.Model.FindEntityType(typeof(Notification))!.FindProperty(nameof(Notification.Reason))!;

        Assert.All(Enum.GetValues<NotificationReason>(), reason =>
        {
            Assert.True(reason.Words is { English.Length: > 0, German.Length: > 0 } words && words.English != words.German);
            Assert.InRange(reason.ToString().Length, 1, column.GetMaxLength()!.Value);
            Assert.Equal(reason, NotificationReasonWords.ByName[reason.Name]);
        });
    }

    [Fact]
    public async Task Is_found_again_by_its_name_in_every_kind_of_query()
    {
        await TestHub.Lay(Reminder("a"),
            Notification.To(Recipient.Of(Cast.Ada), MemberNotifications.SignInLink, Member.Subject.Of(Cast.Ada.Id), TestHub.Opening));
        var (wanted, some) = (BookingNotifications.Reminder, new[] { BookingNotifications.Reminder, BookingNotifications.Moved });

        await using var db = TestHub.OpenDb();
        Assert.Equal("a", (await db.Notifications.SingleAsync(one => one.Type == BookingNotifications.Reminder, Stop)).Purpose);
        Assert.Equal("a", (await db.Notifications.SingleAsync(one => one.Type == wanted, Stop)).Purpose);
        Assert.Equal("a", (await db.Notifications.SingleAsync(one => EF.Parameter(some).Contains(one.Type), Stop)).Purpose);
        Assert.Equal("a", (await db.Notifications.OfReminderClass().SingleAsync(Stop)).Purpose);
        Assert.Equal("a",
            (await db.Notifications.FromSql($"SELECT * FROM notifications WHERE type = {"booking_reminder"}").SingleAsync(Stop)).Purpose);
        Assert.Equal(1, await db.Notifications.CountAsync(one => one.Type != wanted, Stop));
        Assert.Equal(["booking_reminder", "sign_in_link"],
            (await db.Notifications.GroupBy(one => one.Type).Select(group => group.Key).ToListAsync(Stop))
                .Select(type => type.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task That_nothing_declares_any_more_is_shown_by_its_name_and_never_sent()
    {
        var notification = Reminder("old");
        await TestHub.Lay(notification);
        await TestHub.Read(db => db.Database.ExecuteSqlAsync($"UPDATE notifications SET type = {"fax"}", Stop));

        await TestHub.Get<DeliverNotifications>().Run(Stop);

        var kept = await TestHub.Read(db => db.Notifications.AsNoTracking().SingleAsync(Stop));
        Assert.Equal((NotificationState.Skipped, (NotificationReason?)NotificationReason.Gone), (kept.State, kept.Reason));
        Assert.Equal(("fax", "fax", false), (kept.Type.Name, kept.Type.Words.German, kept.Type.IsDeclared));
        Assert.Empty(TestHub.Sender.Taken);
    }

    private Notification Reminder(string purpose) => Notification.To(
        Recipient.Of(Cast.Ada), BookingNotifications.Reminder,
        Booking.Subject.Of(Guid.CreateVersion7()), TestHub.Opening, purpose: purpose);

    [GeneratedRegex("^[a-z]+(_[a-z]+)*$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Named();

    public sealed class OnSqlite(SqliteDatabase database) : NotificationTypeTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : NotificationTypeTests(database), IClassFixture<PostgresDatabase>;
}
