using System.Reflection;
using System.Text.RegularExpressions;
using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Closures;
using DigiHub.Events;
using DigiHub.Reminders;
using DigiHub.Tests.Bookings;
using DigiHub.Tests.Events;
using DigiHub.Time;

namespace DigiHub.Tests.Activity;

/// <summary>What the audit trail says was done, and to what. That every subject is there is looked at in all tests: <see cref="SubjectsExist"/>.</summary>
public abstract class ActTests(TestDatabase database) : EventTests(database)
{
    [Fact]
    public void Every_act_is_named_thing_and_verb_and_no_two_alike()
    {
        var names = typeof(Act).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => ((Act)field.GetValue(null)!).Name).ToList();

        Assert.All(names, name => Assert.Matches(new Regex("^[a-z_]+[.][a-z_]+$", RegexOptions.NonBacktracking), name));
        Assert.All(names, name => Assert.InRange(name.Length, 1, AuditEntry.ActMax));
        Assert.Equal(names.Count, names.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task A_template_of_reminders_is_the_subject_of_what_is_done_to_it()
    {
        var templates = House.Get<ReminderTemplates>();

        var made = (await templates.Keep(new(null, "Kurz", [ReminderTime.Hours(2)], IsDefault: false, Cast.Alan.Id), Stop)).Value;
        House.Clock.AdvanceSeconds(1);
        await templates.Keep(new(made.Id, "Lang", made.Times, IsDefault: false, Cast.Alan.Id), Stop);
        House.Clock.AdvanceSeconds(1);
        await templates.Delete(made.Id, Cast.Alan.Id, Stop);

        Assert.Equal(
            [("reminder_template.made", made.Id, "Kurz"), ("reminder_template.edited", made.Id, "name"), ("reminder_template.deleted", made.Id, "Lang")],
            (await Acts()).Select(act => (act.Act, act.SubjectNumber!.Value, act.Detail!)));
        Assert.All(await Acts(), act => Assert.Equal(Cast.Alan.Id, act.ActorId));
    }

    [Fact]
    public async Task A_closure_is_the_subject_of_its_making()
    {
        var day = new LocalDate(2026, 12, 24);

        var closure = (await House.Get<CloseSite>().Run(new(Cast.Alan.Id, Cast.East.Id, day, day, new("Painting", "Maler")), Stop)).Value.Closure;

        Assert.Equal(("closure.made", closure.Id), (await Acts()).Select(act => (act.Act, act.SubjectNumber!.Value)).Single());
    }

    [Fact]
    public async Task An_event_is_moved_by_another_time_or_place_and_edited_by_anything_else()
    {
        var evt = await Publish();
        var draft = Draft with { Capacity = 5, Title = Draft.Title with { German = "Ganz anders" } };
        House.Clock.AdvanceSeconds(1);
        await Edit(evt, draft);
        draft = draft with { Format = EventFormat.Hybrid, JoinLink = "https://meet.example.org/1" };
        House.Clock.AdvanceSeconds(1);
        await Edit(evt, draft);
        House.Clock.AdvanceSeconds(1);
        await Edit(evt, draft with { SpaceId = Cast.Panke.Id });

        var acts = (await Acts()).Where(act => act.SubjectId == evt.Id).Select(act => (act.Act, act.Detail)).TakeLast(3).ToList();

        Assert.Equal(["event.edited", "event.edited", "event.moved"], acts.Select(act => act.Act));
        Assert.Equal("capacity, titleGerman", acts[0].Detail);
        Assert.Equal("format, joinLink", acts[1].Detail);
        Assert.EndsWith(": spaceId", acts[2].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_booking_is_moved_by_another_time_or_space_and_edited_by_anything_else()
    {
        var day = new LocalDate(2026, 11, 24);
        var booking = await House.Book(Cast.Ada, Cast.Spree, When.Between(day.At(new(10, 0)), day.At(new(11, 0))));
        var move = House.Get<MoveBooking>();
        House.Clock.AdvanceSeconds(1);
        await move.Run(new() { BookingId = booking.Id, ActorId = Cast.Ada.Id, Title = "Runde" }, Stop);
        House.Clock.AdvanceSeconds(1);
        await move.Run(new() { BookingId = booking.Id, ActorId = Cast.Ada.Id, SpaceId = Cast.Panke.Id, Title = "Kreis" }, Stop);

        var acts = (await Acts()).Select(act => (act.Act, act.Detail)).TakeLast(2).ToList();

        Assert.Equal(("booking.edited", "title"), acts[0]);
        Assert.Equal("booking.moved", acts[1].Act);
        Assert.EndsWith(": spaceId, title", acts[1].Detail, StringComparison.Ordinal);
    }

    private Task<List<AuditEntry>> Acts() => House.Read(db => db.Audit.AsNoTracking().OrderBy(act => act.Id).ToListAsync(Stop));

    public sealed class OnSqlite(SqliteDatabase database) : ActTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : ActTests(database), IClassFixture<PostgresDatabase>;
}
