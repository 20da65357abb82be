using DigiHub.Calendars;
using DigiHub.Data;
using DigiHub.Keys;

namespace DigiHub.Tests.Keys;

/// <summary>What the hub names things after outlives every setting and every restart.</summary>
public abstract class HubIdentityTests(TestDatabase database) : HubTests(database)
{
    [Fact]
    public async Task Is_made_once_and_the_same_in_every_process()
    {
        var databases = TestHub.Get<HubDbFactory>();

        var names = await Task.WhenAll(Enumerable.Range(0, 8)
            .Select(async _ => (await new HubIdentity(databases, TestHub.Clock).Get(Stop)).Text));

        Assert.Matches("^[0-9a-f]{32}$", Assert.Single(names.Distinct(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task Names_entries_that_are_known_again_whatever_the_address_of_the_hub()
    {
        var (hub, id) = (await TestHub.Get<HubIdentity>().Get(Stop), Guid.CreateVersion7());

        Assert.Equal(id, new CalendarUid(hub.Text).Event($"event-{id:N}@{hub.Text}"));
        Assert.Null(new CalendarUid(hub.Text).Event($"event-{id:N}@hub.example"));
        Assert.DoesNotContain("example", hub.MessageDomain + hub.ListDomain, StringComparison.Ordinal);
    }

    public sealed class OnSqlite(SqliteDatabase database) : HubIdentityTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : HubIdentityTests(database), IClassFixture<PostgresDatabase>;
}
