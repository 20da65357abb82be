using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Mail;
using DigiHub.Operations;

namespace DigiHub.Tests.Operations;

public abstract class SuspendAddressTests(TestDatabase database) : HubTests(database)
{
    [Fact]
    public async Task An_administrator_suspends_an_address_for_a_class_and_lifts_it_again()
    {
        var added = await TestHub.Get<SuspendAddress>().Run(" Ada@Example.org ",
            SuppressionScope.Reminders, "asked by phone", Cast.Alan.Id, Stop);

        var one = Assert.Single(await TestHub.Get<SuspendedAddresses>().Of(EmailAddress.Of("ada@example.org"), Stop));
        Assert.Equal(("ada@example.org", SuppressionReason.ByStaff, SuppressionScope.Reminders, "asked by phone", Cast.Alan.Name),
            (one.Email, one.Row.Reason, one.Row.Scope, one.Row.Diagnostic, one.By));

        Assert.True((await TestHub.Get<SuspendAddress>().Lift(added.Value, Cast.Alan.Id, Stop)).IsDone);
        Assert.Empty((await TestHub.Get<SuspendedAddresses>().Run(null, Stop)).Addresses);
        Assert.Equal("not_found", (await TestHub.Get<SuspendAddress>().Lift(added.Value, Cast.Alan.Id, Stop)).Refusal?.Code);
    }

    [Fact]
    public async Task Who_did_it_stands_in_activity_and_the_address_does_not()
    {
        var added = await TestHub.Get<SuspendAddress>().Run("ada@example.org",
            SuppressionScope.Everything, "asked by phone", Cast.Alan.Id, Stop);
        await TestHub.Get<SuspendAddress>().Lift(added.Value, Cast.Bob.Id, Stop);

        var acts = await TestHub.Read(db => db.Activity.AsNoTracking()
            .Where(entry => entry.SubjectId == added.Value).OrderBy(entry => entry.Act).ToListAsync(Stop));
        Assert.Equal([("suppression.added", Cast.Alan.Id), ("suppression.lifted", Cast.Bob.Id)],
            acts.Select(entry => (entry.Act, entry.ActorId!.Value)));
        Assert.All(acts, entry => Assert.StartsWith("Everything ByStaff FORGOTTEN:", entry.Detail, StringComparison.Ordinal));
        Assert.All(acts, entry => Assert.DoesNotContain("ada@", entry.Detail, StringComparison.OrdinalIgnoreCase));
        Assert.Equal(acts[0].Detail, acts[1].Detail);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("nobody")]
    [InlineData("Ada <ada@example.org>")]
    public async Task Refuses_what_is_no_address(string? typed) =>
        Assert.Equal("email",
            (await TestHub.Get<SuspendAddress>().Run(typed, SuppressionScope.Reminders, null, Cast.Alan.Id, Stop)).Refusal?.Field);

    [Fact]
    public async Task The_first_reason_stays()
    {
        await TestHub.Lay(NewSuppression("ADA@EXAMPLE.ORG"));

        var again = await TestHub.Get<SuspendAddress>().Run("ada@example.org", SuppressionScope.Everything, null, Cast.Alan.Id, Stop);
        var other = await TestHub.Get<SuspendAddress>().Run("ada@example.org", SuppressionScope.Reminders, null, Cast.Alan.Id, Stop);

        Assert.Equal("already_suspended", again.Refusal?.Code);
        Assert.True(other.IsDone);
    }

    [Fact]
    public async Task The_list_goes_on_page_by_page_the_latest_first_and_each_once()
    {
        await TestHub.Lay([.. Enumerable.Range(0, SuspendedAddresses.SizeMax + 3).Select(i => NewSuppression($"P{i:000}@EXAMPLE.ORG", i))]);

        var first = await TestHub.Get<SuspendedAddresses>().Run(null, Stop);
        var second = await TestHub.Get<SuspendedAddresses>().Run(first.Next, Stop);

        Assert.Equal(SuspendedAddresses.SizeMax, first.Addresses.Count);
        Assert.Equal("p052@example.org", first.Addresses[0].Email);
        Assert.Equal(["p002@example.org", "p001@example.org", "p000@example.org"], second.Addresses.Select(one => one.Email.Shown));
        Assert.Null(second.Next);
    }

    [Fact]
    public async Task Is_found_by_a_part_of_the_address_whatever_its_case()
    {
        await TestHub.Lay(NewSuppression("ADA@EXAMPLE.ORG"), NewSuppression("BOB@EXAMPLE.ORG", 1));

        Assert.Equal(["ada@example.org"],
            (await TestHub.Get<SuspendedAddresses>().Find(" aDa@", Stop)).Addresses.Select(one => one.Email.Shown));
        Assert.Empty((await TestHub.Get<SuspendedAddresses>().Find("%", Stop)).Addresses);
        Assert.Empty((await TestHub.Get<SuspendedAddresses>().Find(" ", Stop)).Addresses);
    }

    [Fact]
    public async Task Tells_which_email_it_was_as_long_as_that_is_there()
    {
        var notification = Guid.CreateVersion7();
        await TestHub.Get<UnitOfWork>().Run<bool>(async db => await db.NoteRefused(notification,
            EmailAddress.Of("ada@example.org"), "550 5.1.1 User unknown", TestHub.Clock.GetCurrentInstant(), Stop), Stop);

        var one = Assert.Single(await TestHub.Get<SuspendedAddresses>().Of(EmailAddress.Of("ada@example.org"), Stop));

        Assert.Equal((notification, false), (one.Row.NotificationId, one.HasNotification)); // its row was never there
    }

    private static Suppression NewSuppression(string email, int seconds = 0) => new()
    {
        Id = Guid.CreateVersion7((DigiHub.Tests.TestHub.Opening + Duration.FromSeconds(seconds)).ToDateTimeOffset()),
        NormalizedEmail = EmailAddress.Of(email).Key,
        Scope = SuppressionScope.Everything,
        Reason = SuppressionReason.HardBounce,
        Since = DigiHub.Tests.TestHub.Opening,
    };

    public sealed class OnSqlite(SqliteDatabase database) : SuspendAddressTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : SuspendAddressTests(database), IClassFixture<PostgresDatabase>;
}
