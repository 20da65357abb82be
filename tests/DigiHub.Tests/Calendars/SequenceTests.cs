using CsCheck;
using DigiHub.Events;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Registrations;
using DigiHub.Tests.Events;

namespace DigiHub.Tests.Calendars;

/// <summary>A calendar program ignores what has no higher SEQUENCE than what it knows: so it must rise, whatever happens.</summary>
public abstract class SequenceTests(TestDatabase database) : EventTests(database)
{
    public sealed class OnSqlite(SqliteDatabase database) : SequenceTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : SequenceTests(database), IClassFixture<PostgresDatabase>;

    public enum Act { Move, MoveBack, Rename, ChangeRoom, Leave, LeaveAndUndo, Register, CallOff, CallOffAndUndo, Reinstate, Wait }

    [Fact]
    public async Task Rises_from_email_to_email_with_all_that_is_new_over_any_history()
    {
        List<Act[]> all = [];
        Gen.Int[0, Enum.GetValues<Act>().Length - 1].Select(which => (Act)which).Array[4, 12].Sample(all.Add, iter: 12, threads: 1);

        foreach (var history in all)
            await Follow(history);
    }

    private async Task Follow(Act[] history)
    {
        var draft = Draft with { Capacity = 5, Start = Evening.PlusDays(followed++ % 90) };
        var evt = await Publish(draft);
        await Register(evt, Cast.Ada.Id);
        var registration = (await Rows(evt)).Single();
        var (known, feed) = (-1, -1);
        CalendarTold? last = null;
        await Look("registered");

        foreach (var act in history)
        {
            await Do(act);
            await Look(act.ToString());
        }

        async Task Do(Act act)
        {
            switch (act)
            {
                case Act.Move:
                    await Change(draft with { Start = draft.Start!.Value.PlusHours(1) });
                    break;
                case Act.MoveBack:
                    await Change(draft with { Start = draft.Start!.Value.PlusHours(-1) });
                    break;
                case Act.Rename:
                    await Change(draft with { Title = draft.Title with { English = draft.Title.English + "!" } });
                    break;
                case Act.ChangeRoom:
                    await Change(draft with { SpaceId = draft.SpaceId == Cast.Spree.Id ? Cast.Panke.Id : Cast.Spree.Id });
                    break;
                case Act.Leave or Act.LeaveAndUndo:
                    await TestHub.Get<CancelRegistration>().Run(registration.Id, Cast.Ada.Id, Stop);
                    if (act == Act.LeaveAndUndo)
                        await TestHub.Get<ReinstateRegistration>().Run(registration.Id, Cast.Ada.Id, Stop);
                    break;
                case Act.Register:
                    await Register(evt, Cast.Ada.Id);
                    break;
                case Act.CallOff or Act.CallOffAndUndo:
                    await TestHub.Get<CancelEvent>().Run(new CancelEventRequest(evt.Id, Cast.Grace.Id), Stop);
                    if (act == Act.CallOffAndUndo)
                        await TestHub.Get<ReinstateEvent>().Run(evt.Id, Cast.Grace.Id, Stop);
                    break;
                case Act.Reinstate:
                    await TestHub.Get<ReinstateEvent>().Run(evt.Id, Cast.Grace.Id, Stop);
                    break;
            }
        }

        async Task Change(EventDraft next)
        {
            if ((await Edit(evt, next)).IsDone)
                draft = next;
        }

        async Task Look(string after)
        {
            TestHub.Clock.AdvanceMinutes(11); // past every wait before a notification
            // What leaves at the same time is written at the same time, so in whatever order it says the same.
            foreach (var notification in (await Deliver()).Where(notification => notification.SubjectId == registration.Id
                && notification.Told is not null).OrderBy(notification => notification.Told!.Sequence))
            {
                Assert.True(notification.Told!.Sequence > known || notification.Told == last,
                    $"{notification.Type} {notification.Told} after {last}, in {string.Join(", ", history)} after {after}");
                (known, last) = (notification.Told.Sequence, notification.Told);
            }

            var shown = (await Reread(evt)).CalendarSequence + (await Rows(evt)).Single().CalendarSequence;
            Assert.True(shown >= feed && shown >= known,
                $"The feed shows {shown} after {feed}, e-mails {known}, in {string.Join(", ", history)} after {after}");
            feed = shown;
        }
    }

    private int followed;
}
