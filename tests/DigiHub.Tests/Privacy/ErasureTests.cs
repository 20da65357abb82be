using System.Text;
using DigiHub.Access;
using DigiHub.Bookings;
using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Keys;
using DigiHub.Mail;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Privacy;
using DigiHub.Registrations;
using DigiHub.Tests.Events;
using DigiHub.Time;

namespace DigiHub.Tests.Privacy;

/// <summary>People 40 to 42: a person is forgotten after seven days, and no byte of them stays.</summary>
public abstract class ErasureTests(TestDatabase database) : EventTests(database)
{
    private static readonly LocalDateTime tomorrow = new(2026, 11, 24, 10, 0);

    [Fact]
    public async Task Asking_cancels_what_is_ahead_closes_the_account_and_writes_how_to_come_back()
    {
        var evt = await Publish(Draft with { Capacity = 1 });
        await Register(evt, Cast.Ada.Id);
        await Register(evt, Cast.Bob.Id);
        var booking = await Book(Cast.Ada);

        var asked = await Ask(Cast.Ada);

        Assert.True(asked.IsDone);
        Assert.Equal(Now + Duration.FromDays(7), asked.Value.DueAt);
        await TestHub.Read(async db =>
        {
            Assert.Equal(BookingStatus.Cancelled, (await db.Bookings.SingleAsync(one => one.Id == booking.Id, Stop)).Status);
            Assert.NotNull((await db.Members.SingleAsync(one => one.Id == Cast.Ada.Id, Stop)).DisabledAt);
            var seats = await db.Registrations.OrderBy(one => one.Number).Select(one => one.Status).ToListAsync(Stop);
            Assert.Equal([RegistrationStatus.Cancelled, RegistrationStatus.Confirmed], seats);
            return true;
        });
        Assert.Contains(await Deliver(), one => one.Type == PrivacyNotifications.ErasureAsked && one.RecipientEmail == Cast.Ada.Email);
    }

    [Fact]
    public async Task Asking_twice_is_one_erasure()
    {
        var first = await Ask(Cast.Ada);
        var second = await TestHub.Get<AskErasure>().Run(Cast.Ada.Id, actorId: null, Stop);

        Assert.Equal(first.Value.Id, second.Value.Id);
    }

    [Fact]
    public async Task Taken_back_by_the_link_the_account_opens_again()
    {
        var asked = (await Ask(Cast.Ada)).Value;
        var token = await TokenSigner(TokenPurpose.KeepAccount, asked.Id);

        Assert.True((await TestHub.Get<TakeBackErasure>().Run(token, Stop)).IsDone);
        TestHub.Clock.AdvanceDays(8);
        Assert.Equal(0, await TestHub.Get<ErasePerson>().RunDue(Stop));

        var ada = await TestHub.Read(db => db.Members.SingleAsync(one => one.Id == Cast.Ada.Id, Stop));
        Assert.Null(ada.DisabledAt);
        Assert.Equal(Cast.Ada.Name, ada.Name);
    }

    [Fact]
    public async Task Nobody_is_forgotten_whose_account_an_administrator_has_opened_again()
    {
        await Ask(Cast.Ada);
        await TestHub.Get<EnableMember>().Run(Cast.Ada.Id, Cast.Alan.Id, Stop);
        TestHub.Clock.AdvanceDays(8);

        Assert.Equal(0, await TestHub.Get<ErasePerson>().RunDue(Stop));
        await TestHub.Get<DisableMember>().Run(Cast.Ada.Id, Cast.Alan.Id, Stop); // for another reason
        Assert.Equal(0, await TestHub.Get<ErasePerson>().RunDue(Stop));
        Assert.True(await TestHub.Read(db => db.Members.AnyAsync(one => one.Id == Cast.Ada.Id, Stop)));
    }

    [Fact]
    public async Task Who_asks_again_after_an_administrator_has_opened_the_account_has_seven_new_days_and_is_closed_again()
    {
        var first = (await Ask(Cast.Ada)).Value;
        await TestHub.Get<EnableMember>().Run(Cast.Ada.Id, Cast.Alan.Id, Stop);
        TestHub.Clock.AdvanceDays(3);

        var second = (await Ask(Cast.Ada)).Value;

        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal(Now + Duration.FromDays(7), second.DueAt);
        Assert.NotNull((await TestHub.Read(db => db.Members.SingleAsync(one => one.Id == Cast.Ada.Id, Stop))).DisabledAt);
    }

    [Fact]
    public async Task After_it_is_done_the_link_brings_nothing_back()
    {
        var asked = (await Ask(Cast.Ada)).Value;
        var token = await TokenSigner(TokenPurpose.KeepAccount, asked.Id);
        await EraseDue();

        Assert.Equal("erased", (await TestHub.Get<TakeBackErasure>().Run(token, Stop)).Refusal?.Code);
    }

    [Fact]
    public async Task Not_before_seven_days_and_then_the_booked_hours_stay_without_a_name()
    {
        var booking = await Book(Cast.Ada);
        TestHub.Clock.AdvanceDays(2); // it is over
        await Ask(Cast.Ada);

        Assert.Equal(0, await TestHub.Get<ErasePerson>().RunDue(Stop));
        Assert.Equal(1, await EraseDue());
        Assert.Equal(0, await TestHub.Get<ErasePerson>().RunDue(Stop));

        var after = await TestHub.Read(db => db.Bookings.SingleAsync(one => one.Id == booking.Id, Stop));
        Assert.Equal((BookingStatus.Confirmed, booking.Start, booking.End), (after.Status, after.Start, after.End));
        Assert.Equal(Nobody.Id, after.MemberId);
        Assert.Null(after.Title);
    }

    [Fact]
    public async Task The_last_administrator_and_who_organises_what_is_ahead_are_told_what_to_do_first()
    {
        await Publish();

        Assert.Equal("last_administrator", (await Ask(Cast.Alan)).Refusal?.Code);
        Assert.Equal("organises_ahead", (await Ask(Cast.Grace)).Refusal?.Code);
        Assert.Null((await TestHub.Read(db => db.Members.SingleAsync(one => one.Id == Cast.Grace.Id, Stop))).DisabledAt);
    }

    [Fact]
    public async Task Only_oneself_and_who_manages_members_may_ask()
    {
        Assert.Equal(Refusal.NotFound, (await TestHub.Get<AskErasure>().Run(Cast.Ada.Id, Cast.Bob.Id, Stop)).Refusal);
        Assert.True((await TestHub.Get<AskErasure>().Run(Cast.Ada.Id, Cast.Alan.Id, Stop)).IsDone);
    }

    [Fact]
    public async Task A_guest_is_forgotten_at_once_with_their_seat_passed_on()
    {
        var evt = await Publish(Draft with { Capacity = 1 });
        await RegisterGuest(evt, "Wilhelmina", "wilhelmina@guests.example");
        await Register(evt, Cast.Bob.Id);

        Assert.True((await TestHub.Get<ErasePerson>().RunForGuest(EmailAddress.Of("Wilhelmina@guests.example"), Stop)).IsDone);

        var rows = await Rows(evt);
        Assert.Equal(["Person 1", Cast.Bob.Name], rows.Select(one => (string?)one.Name));
        Assert.Equal(RegistrationStatus.Confirmed, rows[1].Status);
        Assert.Empty(await PlacesWith("wilhelmina"));
        var again = await TestHub.Get<ErasePerson>().RunForGuest(EmailAddress.Of("wilhelmina@guests.example"), Stop);
        Assert.Equal(Refusal.NotFound, again.Refusal);
    }

    [Fact]
    public async Task An_address_with_an_account_is_no_guest() =>
        Assert.Equal("has_account", (await TestHub.Get<ErasePerson>().RunForGuest(Cast.Ada.Email, Stop)).Refusal?.Code);

    [Fact]
    public async Task While_an_email_is_leaving_it_waits_for_the_next_run()
    {
        await Ask(Cast.Ada);
        await TestHub.Read(db => db.Notifications.Where(one => one.MemberId == Cast.Ada.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.State, NotificationState.Sending), Stop));
        Assert.Equal(0, await EraseDue());

        await TestHub.Read(db => db.Notifications.Where(one => one.MemberId == Cast.Ada.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.State, NotificationState.Sent), Stop));
        Assert.Equal(1, await TestHub.Get<ErasePerson>().RunDue(Stop));
    }

    [Fact]
    public async Task After_a_hundred_people_are_forgotten_no_byte_of_them_is_found()
    {
        var evt = await Publish(Draft with
        {
            Format = EventFormat.Online,
            SpaceId = null,
            JoinLink = "https://video.example/1",
            SiteId = Cast.East.Id,
            Capacity = 200,
        });
        var people = await LayPeople(100);
        await Book(Cast.Ada, "Kurzschlussverhandlung");
        foreach (var one in people)
            await Register(evt, one.Id);
        await Deliver();
        TestHub.Clock.AdvanceMinutes(2);
        await Deliver();
        Assert.NotEmpty(await PlacesWith("quastenflosser")); // the search finds what there is
        Assert.NotEmpty(await PlacesWith("Kurzschlussverhandlung"));

        foreach (var one in people.Append(Cast.Ada))
            Assert.True((await Ask(one)).IsDone);
        await Deliver();
        TestHub.Clock.AdvanceDays(7);
        var erased = 0;
        while (await TestHub.Get<ErasePerson>().RunDue(Stop) is > 0 and var some)
            erased += some;

        Assert.Equal(101, erased);
        foreach (var word in new[] { "quastenflosser", "Quastenflosser", "QUASTENFLOSSER", "Kurzschlussverhandlung", Cast.Ada.Email.Shown })
            Assert.Empty(await PlacesWith(word));
        Assert.Equal(100, (await Rows(evt)).Count); // the seats can still be counted
    }

    private async Task<List<Member>> LayPeople(int count)
    {
        List<Member> people = [.. Enumerable.Range(1, count).Select(number => new Member
        {
            Id = Guid.CreateVersion7(),
            Name = PersonName.Of($"Quastenflosser {number}"),
            Email = EmailAddress.Of($"quastenflosser-{number}@example.org"),
            SecurityStamp = $"stamp-{number}",
            CreatedAt = Now,
        })];
        await TestHub.Lay([.. people]);
        return people;
    }

    private Task<Outcome<Erasure>> Ask(Member member) => TestHub.Get<AskErasure>().Run(member.Id, member.Id, Stop);

    private Task<int> EraseDue()
    {
        TestHub.Clock.AdvanceDays(7);
        return TestHub.Get<ErasePerson>().RunDue(Stop);
    }

    private async Task<Booking> Book(Member member, string? title = "Geheimes") => (await TestHub.Get<BookSpace>().Run(
        new BookSpaceRequest
        {
            ActorId = member.Id,
            SpaceId = Cast.Panke.Id,
            When = DigiHub.Bookings.When.Between(tomorrow, tomorrow.PlusHours(1)),
            Title = title,
        }, Stop)).Value;

    /// <summary>
    /// Files of SQLite (database and log) in which the bytes are; tables of PostgreSQL with a row that contains them.
    /// </summary>
    private async Task<List<string>> PlacesWith(string word)
    {
        List<string> found = [];
        await using var db = TestHub.OpenDb();
        if (!TestHub.Options.IsPostgres)
        {
            var bytes = Encoding.UTF8.GetBytes(word);
            await db.Database.OpenConnectionAsync(Stop); // while one is open, the log is not taken away
            foreach (var file in Directory.GetFiles(Path.GetDirectoryName(TestHub.Options.SqliteFile)!,
                Path.GetFileName(TestHub.Options.SqliteFile) + "*"))
            {
                await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
                using var memory = new MemoryStream();
                await stream.CopyToAsync(memory, Stop);
                if (memory.ToArray().AsSpan().IndexOf(bytes) >= 0)
                    found.Add(Path.GetFileName(file));
            }

            return found;
        }

        foreach (var table in db.Model.GetEntityTypes().Select(entity => entity.GetTableName()!).Distinct())
        {
            var sql = $"SELECT count(*)::int AS \"Value\" FROM \"{table}\" AS t WHERE t::text LIKE '%' || {{0}} || '%'";
#pragma warning disable EF1002 // a name of the model, not of a user
            var rows = await db.Database.SqlQueryRaw<int>(sql, word).SingleAsync(Stop);
#pragma warning restore EF1002
            if (rows > 0)
                found.Add(table);
        }

        return found;
    }

    public sealed class OnSqlite(SqliteDatabase database) : ErasureTests(database), IClassFixture<SqliteDatabase>;
    public sealed class OnPostgres(PostgresDatabase database) : ErasureTests(database), IClassFixture<PostgresDatabase>;
}
