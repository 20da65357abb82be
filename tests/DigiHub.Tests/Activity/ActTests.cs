using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Closures;
using DigiHub.Events;
using DigiHub.Members;
using DigiHub.Reminders;
using DigiHub.Sites;
using DigiHub.Tests.Bookings;
using DigiHub.Tests.Events;
using DigiHub.Text;
using DigiHub.Time;

namespace DigiHub.Tests.Activity;

/// <summary>
/// What activity says was done, and to what. That every subject is there is looked at in all tests: <see cref="SubjectsExist"/>.
/// </summary>
public abstract class ActTests(TestDatabase database) : EventTests(database)
{
    [Fact]
    public async Task A_template_of_reminders_is_the_subject_of_what_is_done_to_it()
    {
        var templates = TestHub.Get<ReminderTemplates>();

        var made = (await templates.Keep(new(null, "Kurz", [ReminderTime.Hours(2)], IsDefault: false, Cast.Alan.Id), Stop)).Value;
        TestHub.Clock.AdvanceSeconds(1);
        await templates.Keep(new(made.Id, "Lang", made.Times, IsDefault: false, Cast.Alan.Id), Stop);
        TestHub.Clock.AdvanceSeconds(1);
        await templates.Delete(made.Id, Cast.Alan.Id, Stop);

        Assert.Equal(
            [
                ("reminder_template.created", made.Id, "Kurz"), ("reminder_template.edited", made.Id, """{"name":["Kurz","Lang"]}"""),
                ("reminder_template.deleted", made.Id, "Lang"),
            ],
            (await Acts()).Select(act => (act.Act, act.Subject!.Value.Number, act.Changes ?? act.Detail!)));
        Assert.All(await Acts(), act => Assert.Equal(Cast.Alan.Id, act.ActorId));
    }

    [Fact]
    public async Task A_closure_is_the_subject_of_its_making()
    {
        var day = new LocalDate(2026, 12, 24);

        var closure =
            (await TestHub.Get<CloseSite>().Run(new(Cast.Alan.Id, Cast.East.Id, day, day, new("Painting", "Maler")), Stop)).Value.Closure;

        Assert.Equal(("closure.created", Closure.Subject.Of(closure.Id)),
            (await Acts()).Select(act => (act.Act, act.Subject!.Value)).Single());
    }

    [Fact]
    public async Task An_event_is_moved_by_another_time_or_place_and_edited_by_anything_else()
    {
        var evt = await Publish();
        var draft = Draft with { Capacity = 5, Title = Draft.Title with { German = "Ganz anders" } };
        TestHub.Clock.AdvanceSeconds(1);
        await Edit(evt, draft);
        draft = draft with { Format = EventFormat.Hybrid, JoinLink = "https://meet.example.org/1" };
        TestHub.Clock.AdvanceSeconds(1);
        await Edit(evt, draft);
        TestHub.Clock.AdvanceSeconds(1);
        await Edit(evt, draft with { SpaceId = Cast.Panke.Id });

        var acts = (await Acts()).Where(act => act.SubjectId == evt.Id).Select(act => (act.Act, act.Changes)).TakeLast(3).ToList();

        Assert.Equal(["event.edited", "event.edited", "event.moved"], acts.Select(act => act.Act));
        var (de, en) = (Draft.Title.German, Draft.Title.English);
        Assert.Equal(
            $$"""{"capacity":[{{Draft.Capacity}},5],"title":[{"de":"{{de}}","en":"{{en}}"},{"de":"Ganz anders","en":"{{en}}"}]}""",
            acts[0].Changes);
        Assert.Equal("""{"format":["InPerson","Hybrid"],"joinLink":null}""", acts[1].Changes);
        Assert.Equal($$"""{"spaceId":[{{evt.SpaceId}},{{Cast.Panke.Id}}]}""", acts[2].Changes);
    }

    [Fact]
    public async Task A_booking_is_moved_by_another_time_or_space_and_edited_by_anything_else()
    {
        var day = new LocalDate(2026, 11, 24);
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, When.Between(day.At(new(10, 0)), day.At(new(11, 0))));
        var move = TestHub.Get<MoveBooking>();
        TestHub.Clock.AdvanceSeconds(1);
        await move.Run(new() { BookingId = booking.Id, ActorId = Cast.Ada.Id, Title = "Runde" }, Stop);
        TestHub.Clock.AdvanceSeconds(1);
        await move.Run(new() { BookingId = booking.Id, ActorId = Cast.Ada.Id, SpaceId = Cast.Panke.Id, Title = "Kreis" }, Stop);

        var acts = (await Acts()).Select(act => (act.Act, act.Changes)).TakeLast(2).ToList();

        Assert.Equal([("booking.edited", """{"title":null}"""),
            ("booking.moved", $$"""{"spaceId":[{{Cast.Spree.Id}},{{Cast.Panke.Id}}],"title":null}""")], acts);
    }

    [Fact]
    public async Task A_move_tells_the_old_time_and_the_new_one()
    {
        var day = new LocalDate(2026, 11, 24);
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, When.Between(day.At(new(10, 0)), day.At(new(11, 0))));

        var later = When.Between(day.At(new(12, 0)), day.At(new(13, 0)));
        await TestHub.Get<MoveBooking>().Run(new() { BookingId = booking.Id, ActorId = Cast.Ada.Id, When = later }, Stop);

        Assert.Equal(
            """{"endLocal":["2026-11-24T11:00:00","2026-11-24T13:00:00"],"startLocal":["2026-11-24T10:00:00","2026-11-24T12:00:00"]}""",
            (await Acts()).Single(act => act.Act == "booking.moved").Changes);
    }

    [Fact]
    public async Task What_somebody_does_for_another_says_for_whom()
    {
        var when = When.Between(new(2026, 11, 24, 10, 0), new(2026, 11, 24, 11, 0));
        var request = new BookSpaceRequest { ActorId = Cast.Frieda.Id, MemberId = Cast.Ada.Id, SpaceId = Cast.Spree.Id, When = when };
        var booking = (await TestHub.Get<BookSpace>().Run(request, Stop)).Value;
        var cancel = TestHub.Get<CancelBooking>();
        TestHub.Clock.AdvanceSeconds(1);
        await cancel.Run(booking.Id, Cast.Ada.Id, ifRevision: null, Stop);
        TestHub.Clock.AdvanceSeconds(1);
        await TestHub.Get<ReinstateBooking>().Run(booking.Id, Cast.Frieda.Id, Stop);

        Assert.Equal(
            [
                ("booking.created", Cast.Frieda.Id, Cast.Ada.Id), ("booking.cancelled", Cast.Ada.Id, null),
                ("booking.reinstated", Cast.Frieda.Id, Cast.Ada.Id),
            ],
            (await Acts()).Select(act => (act.Act, act.ActorId!.Value, act.OnBehalfOfId)));
    }

    [Fact]
    public async Task Nothing_personal_stands_in_activity()
    {
        var when = When.Between(new(2026, 11, 24, 10, 0), new(2026, 11, 24, 11, 0));
        var request = new BookSpaceRequest { ActorId = Cast.Ada.Id, SpaceId = Cast.Spree.Id, When = when, Title = "Heimlich" };
        var booking = (await TestHub.Get<BookSpace>().Run(request, Stop)).Value;
        await TestHub.Get<MoveBooking>().Run(
            new() { BookingId = booking.Id, ActorId = Cast.Ada.Id, SpaceId = Cast.Panke.Id, Title = "Noch heimlicher" }, Stop);
        await TestHub.Get<EditAccount>().Run(new(Cast.Ada.Id, PersonName.Parse("Heimliche Ada").Value, Language.English), Stop);

        var rows = string.Join('\n', (await Acts()).Select(act => $"{act.Act} {act.Detail} {act.Changes}"));

        Assert.Contains("\"title\":null", rows, StringComparison.Ordinal);
        Assert.DoesNotContain("heimlich", rows, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("""{"language":null,"name":null}""", (await Acts()).Single(act => act.Act == "member.edited").Changes);
    }

    [Fact]
    public async Task Changes_that_are_too_long_keep_the_names_and_lose_the_longest_values()
    {
        var evt = await Publish();

        var written = await TestHub.Read(async db =>
        {
            var tracked = await db.Events.SingleAsync(one => one.Id == evt.Id, Stop);
            (tracked.Capacity, tracked.Title) = (7, new(English: new string('x', FieldChanges.JsonMax)));
            return FieldChanges.Of(db, tracked, except: [])!.ToString();
        });

        Assert.Equal($$"""{"capacity":[{{evt.Capacity}},7],"title":null}""", written);
    }

    [Fact]
    public async Task Activity_goes_on_after_the_last_entry_that_was_read()
    {
        foreach (var hour in (int[])[10, 12, 14])
        {
            TestHub.Clock.AdvanceSeconds(1);
            await TestHub.Book(Cast.Ada, Cast.Spree, When.Between(new(2026, 11, 24, hour, 0), new(2026, 11, 24, hour + 1, 0)));
        }

        var all = await Acts();
        var after = await TestHub.Read(db => db.ActivityAfter(all[0].Id, max: 1).ToListAsync(Stop));

        Assert.Equal(all[1].Id, Assert.Single(after).Id);
    }

    private Task<List<ActivityEntry>> Acts() => TestHub.Read(db => db.Activity.AsNoTracking().OrderBy(act => act.Id).ToListAsync(Stop));

    public sealed class OnSqlite(SqliteDatabase database) : ActTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : ActTests(database), IClassFixture<PostgresDatabase>;
}
