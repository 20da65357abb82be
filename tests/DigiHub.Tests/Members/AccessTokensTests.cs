using DigiHub.Access;
using DigiHub.Members;
using DigiHub.Notifications;

namespace DigiHub.Tests.Members;

public abstract class AccessTokensTests(TestDatabase database) : HubTests(database)
{
    [Theory]
    [InlineData(0, "token_life")]
    [InlineData(1, null)]
    [InlineData(365, null)]
    [InlineData(366, "token_life")]
    public async Task Are_good_for_a_day_to_a_year(int days, string? code)
    {
        var made = await TestHub.Get<AccessTokens>().Make(Cast.Ada.Id, "door display", Duration.FromDays(days), Stop);

        Assert.Equal(code, made.Refusal?.Code);
    }

    [Fact]
    public async Task Are_refused_from_the_instant_they_expire()
    {
        var tokens = TestHub.Get<AccessTokens>();
        var made = (await tokens.Make(Cast.Ada.Id, "door display", Duration.FromDays(30), Stop)).Value;

        TestHub.Clock.Advance(Duration.FromDays(30) - Duration.FromSeconds(1));
        Assert.NotNull(await tokens.Find(TokenUse.Api, made.Secret, Stop));
        TestHub.Clock.Advance(Duration.FromSeconds(1));

        Assert.Null(await tokens.Find(TokenUse.Api, made.Secret, Stop));
        Assert.Empty(await tokens.Of(Cast.Ada.Id, Stop));
    }

    [Fact]
    public async Task Are_told_of_by_email_each_time_one_is_made()
    {
        var tokens = TestHub.Get<AccessTokens>();
        var made = (await tokens.Make(Cast.Ada.Id, "door display", AccessToken.LifeMax, Stop)).Value;
        var feed = (await tokens.RotateFeed(Cast.Ada.Id, Stop)).Value;

        var notifications = await TestHub.Read(db => db.Notifications.AsNoTracking()
            .Where(notification => notification.Type == MemberNotifications.TokenMade).ToListAsync(Stop));

        Assert.Equal(
            new[] { made.Token.Id, feed.Token.Id }.Select(id => (Cast.Ada.Email.Shown, id)).Order(),
            notifications.Select(notification => (notification.RecipientEmail!.Shown, notification.SubjectId)).Order());
    }

    [Fact]
    public async Task End_all_at_once_but_for_the_calendar_and_others_tokens()
    {
        var tokens = TestHub.Get<AccessTokens>();
        var mine = (await tokens.Make(Cast.Ada.Id, "one", AccessToken.LifeMax, Stop)).Value;
        await tokens.Make(Cast.Ada.Id, "two", AccessToken.LifeMax, Stop);
        var feed = (await tokens.RotateFeed(Cast.Ada.Id, Stop)).Value;
        var bobs = (await tokens.Make(Cast.Bob.Id, "his", AccessToken.LifeMax, Stop)).Value;

        Assert.Equal(2, (await tokens.RevokeAll(Cast.Ada.Id, Stop)).Value);

        Assert.Null(await tokens.Find(TokenUse.Api, mine.Secret, Stop));
        Assert.NotNull(await tokens.Find(TokenUse.CalendarFeed, feed.Secret, Stop));
        Assert.NotNull(await tokens.Find(TokenUse.Api, bobs.Secret, Stop));
    }

    public sealed class OnSqlite(SqliteDatabase database) : AccessTokensTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : AccessTokensTests(database), IClassFixture<PostgresDatabase>;
}
