using DigiHub.Events;
using DigiHub.Mail;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Operations;
using DigiHub.Registrations;

namespace DigiHub.Tests.Operations;

/// <summary>Addresses, and words in which they stand, are known no longer than those of notifications.</summary>
public abstract class PurgeExpiredTests(TestDatabase database) : HubTests(database)
{
    private static readonly Instant Now = DigiHub.Tests.TestHub.Opening;

    [Theory]
    [InlineData(29, true, true)]
    [InlineData(31, true, false)]
    [InlineData(89, true, false)]
    [InlineData(91, false, false)]
    public async Task What_came_back_is_forgotten_first_and_dropped_later(int daysAgo, bool stands, bool tells)
    {
        await TestHub.Lay(new InboundRecord
        {
            Id = Guid.NewGuid(),
            Key = "key",
            Kind = InboundKind.Bounce,
            Note = "5.1.1 <ada@example.org>",
            At = Now - Duration.FromDays(daysAgo),
        });

        await TestHub.Get<PurgeExpired>().Run(Stop);

        var left = await TestHub.Read(db => db.InboundRecords.AsNoTracking().SingleOrDefaultAsync(Stop));
        Assert.Equal((stands, tells), (left is not null, left?.Note is not null));
    }

    [Theory]
    [InlineData(29, true)]
    [InlineData(31, false)]
    public async Task An_address_asked_about_goes_when_nobody_needs_the_answer(int daysAgo, bool stands)
    {
        var asked = Now - Duration.FromDays(daysAgo);
        var evt = NewEvent();
        var registration = NewRegistration(evt, asked);
        await TestHub.Lay(evt, registration);
        await TestHub.Lay(new AddressCheck
        {
            Id = Guid.NewGuid(),
            RegistrationId = registration.Id,
            Email = EmailAddress.Of("ada@example.com"),
            AskedAt = asked,
            ExpiresAt = asked + AddressCheck.Life,
        });

        await TestHub.Get<PurgeExpired>().Run(Stop);

        Assert.Equal(stands, await TestHub.Read(db => db.AddressChecks.AnyAsync(Stop)));
    }

    // However few days the hub knows people by name.
    [Fact]
    public async Task An_address_that_can_still_be_confirmed_stays()
    {
        var evt = NewEvent();
        var registration = NewRegistration(evt, Now);
        var asked = Now - Duration.FromDays(6);
        await TestHub.Lay(evt, registration);
        await TestHub.Lay(new AddressCheck
        {
            Id = Guid.NewGuid(),
            RegistrationId = registration.Id,
            Email = EmailAddress.Of("ada@example.com"),
            AskedAt = asked,
            ExpiresAt = asked + AddressCheck.Life,
        });

        await new PurgeExpired(TestHub.Get<DigiHub.Data.UnitOfWork>(),
            () => new NotificationKeeping { ByName = Duration.FromDays(1) }, TestHub.Clock).Run(Stop);

        Assert.True(await TestHub.Read(db => db.AddressChecks.AnyAsync(Stop)));
    }

    private static Registration NewRegistration(Event evt, Instant at) => new()
    {
        Id = Guid.CreateVersion7(),
        EventId = evt.Id,
        Name = PersonName.Of("Ada"),
        Email = EmailAddress.Of("ada@example.org"),
        Language = Language.German,
        Number = 1,
        RegisteredAt = at,
    };

    private Event NewEvent() => new()
    {
        Id = Guid.CreateVersion7(),
        Slug = "clinic",
        OrganiserId = Cast.Grace.Id,
        Status = EventStatus.Published,
        Title = new("Sprechstunde", "Clinic"),
        Topic = "iot",
        Format = EventFormat.InPerson,
        SiteId = Cast.East.Id,
        StartLocal = new(2026, 12, 1, 9, 0),
        EndLocal = new(2026, 12, 1, 10, 0),
        Start = Instant.FromUtc(2026, 12, 1, 8, 0),
        End = Instant.FromUtc(2026, 12, 1, 9, 0),
        Capacity = 20,
        CreatedAt = Now,
        PublishedAt = Now,
    };

    public sealed class OnSqlite(SqliteDatabase database) : PurgeExpiredTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : PurgeExpiredTests(database), IClassFixture<PostgresDatabase>;
}
