using DigiHub.Bookings;
using DigiHub.Calendars;
using DigiHub.Privacy;
using DigiHub.Tests.Events;
using DigiHub.Time;

namespace DigiHub.Tests.Privacy;

/// <summary>People 40: everything tied to a person, and nothing of anybody else.</summary>
public abstract class OwnDataTests(TestDatabase database) : EventTests(database)
{
    [Fact]
    public async Task An_export_has_bookings_registrations_emails_and_acts_with_names_beside_ids()
    {
        var evt = await Publish();
        await Register(evt, Cast.Ada.Id);
        await Register(evt, Cast.Bob.Id);
        await TestHub.Get<BookSpace>().Run(new BookSpaceRequest
        {
            ActorId = Cast.Ada.Id,
            SpaceId = Cast.Panke.Id,
            When = DigiHub.Bookings.When.Between(new(2026, 11, 24, 10, 0), new(2026, 11, 24, 11, 0)),
            Title = "Nur für mich",
        }, Stop);
        await Deliver();

        var found = await Export();

        var booking = Assert.Single(Table(found, "bookings").Rows);
        Assert.Equal("Nur für mich", Value(found, "bookings", "title"));
        Assert.Equal("Panke", Value(found, "bookings", "space"));
        Assert.Equal("2026-11-24T10:00:00", Value(found, "bookings", "start_local"));
        Assert.Equal("2026-11-24T09:00:00Z", Value(found, "bookings", "start"));
        Assert.Equal(Table(found, "bookings").Columns.Count, booking.Count);
        Assert.Single(Table(found, "registrations").Rows);
        Assert.NotNull(Value(found, "registrations", "event"));
        Assert.NotEmpty(Table(found, "notifications").Rows);
        Assert.NotEmpty(Table(found, "activity").Rows);
        Assert.Contains("Panke", found.Calendar!, StringComparison.Ordinal);
        Assert.DoesNotContain(found.Tables.SelectMany(table => table.Rows).SelectMany(row => row),
            cell => cell?.ToString().Contains("bob", StringComparison.OrdinalIgnoreCase) == true);
    }

    [Fact]
    public async Task An_export_has_no_secret_and_no_key_that_only_the_hub_needs()
    {
        var found = await Export();

        Assert.DoesNotContain(found.Tables.SelectMany(table => table.Columns),
            column => column is "password_hash" or "security_stamp" or "hash" or "sealed" or "name_key");
        Assert.Equal(Cast.Ada.Email.Shown, Value(found, "members", "email"));
    }

    [Fact]
    public async Task That_it_was_exported_is_an_act()
    {
        await Export();
        var second = await Export();

        Assert.Contains(Table(second, "activity").Rows, row => row.Any(cell => cell?.ToString() == "member.exported"));
    }

    private Task<OwnDataFound> Export() => TestHub.Get<OwnData>().Run(
        new PersonKeys(Cast.Ada.Id, Cast.Ada.NormalizedEmail), Cast.Ada.Id,
        new CalendarText(new CalendarPerson("DigiHub", EmailAddress.Of("hub@example.org"))), new Uri("https://hub.example.org"), Stop);

    private static OwnTable Table(OwnDataFound found, string name) => Assert.Single(found.Tables, table => table.Table == name);

    private static string? Value(OwnDataFound found, string table, string column)
    {
        var one = Table(found, table);
        return one.Rows[0][one.Columns.ToList().IndexOf(column)]?.ToString();
    }

    public sealed class OnSqlite(SqliteDatabase database) : OwnDataTests(database), IClassFixture<SqliteDatabase>;
    public sealed class OnPostgres(PostgresDatabase database) : OwnDataTests(database), IClassFixture<PostgresDatabase>;
}
