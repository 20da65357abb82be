using CsCheck;
using DigiHub.Bookings;
using DigiHub.Mail;
using DigiHub.Members;
using DigiHub.Memberships;
using DigiHub.Tests.Bookings;

namespace DigiHub.Tests.Calendars;

/// <summary>
/// A booking wanders between two members, is moved, cancelled and taken back, and e-mails leave whenever they do: in the end it is in the
/// calendar of whose it is, as it is, and in no other.
/// </summary>
public abstract class HandedOverCalendarTests(TestDatabase database) : HubTests(database)
{
    public sealed class OnSqlite(SqliteDatabase database) : HandedOverCalendarTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : HandedOverCalendarTests(database), IClassFixture<PostgresDatabase>;

    public enum Act { HandOver, HandOverAndBack, Move, MoveBack, Cancel, Reinstate, Deliver }

    [Fact]
    public async Task Is_right_for_both_over_any_history()
    {
        List<Act[]> all = [];
        Gen.Int[0, Enum.GetValues<Act>().Length - 1].Select(which => (Act)which).Array[4, 12].Sample(all.Add, iter: 16, threads: 1);
        all.Add([Act.Deliver, Act.HandOver, Act.Move, Act.Deliver]); // the former member's e-mail waits while the new one moves it
        all.Add([Act.Deliver, Act.HandOver, Act.Deliver, Act.HandOver, Act.Deliver]);
        all.Add([Act.Deliver, Act.HandOverAndBack, Act.Deliver, Act.Cancel, Act.HandOver]);

        foreach (var history in all)
            await Follow(history);
    }

    private async Task Follow(Act[] history)
    {
        var start = new LocalDateTime(2026, 12, 1, 10, 0).PlusDays(followed++ % 3);
        var booking = await TestHub.Book(Cast.Bob, Cast.Spree, When.Between(start, start.PlusHours(1)));
        Dictionary<Guid, (int Sequence, string? Facts)> calendars = [];

        foreach (var act in history)
            await Do(act);
        await Deliver();

        var now = await TestHub.Reread(booking);
        foreach (var member in new[] { Cast.Bob, Cast.Grace })
        {
            var shown = calendars.TryGetValue(member.Id, out var known) ? known.Facts : null;
            var right = now.MemberId == member.Id && now.IsStanding ? BookingCalendar.FactsOf(now) : null;
            Assert.True(shown == right, $"{member.Name}: {shown} instead of {right} after {string.Join(", ", history)}");
        }

        await TestHub.Get<CancelBooking>().Run(booking.Id, now.MemberId, null, Stop);
        await Deliver();

        async Task Do(Act act)
        {
            var owner = (await TestHub.Reread(booking)).MemberId;
            switch (act)
            {
                case Act.HandOver or Act.HandOverAndBack:
                    await HandOver(owner);
                    if (act == Act.HandOverAndBack)
                        await HandOver((await TestHub.Reread(booking)).MemberId);
                    break;
                case Act.Move:
                    await TestHub.Get<MoveBooking>().Run(new() { BookingId = booking.Id, ActorId = owner, SpaceId = Cast.Panke.Id }, Stop);
                    break;
                case Act.MoveBack:
                    await TestHub.Get<MoveBooking>().Run(new() { BookingId = booking.Id, ActorId = owner, SpaceId = Cast.Spree.Id }, Stop);
                    break;
                case Act.Cancel:
                    await TestHub.Get<CancelBooking>().Run(booking.Id, owner, null, Stop);
                    break;
                case Act.Reinstate:
                    await TestHub.Get<ReinstateBooking>().Run(booking.Id, owner, Stop);
                    break;
                case Act.Deliver:
                    await Deliver();
                    break;
            }
        }

        async Task HandOver(Guid from)
        {
            var to = from == Cast.Bob.Id ? Cast.Grace.Id : Cast.Bob.Id;
            var slug = Cast.Institute.Slug;
            Assert.True((await TestHub.Get<EndMembership>().Run(new(slug, from, null, Cast.Alan.Id) { HandOverTo = to }, Stop)).IsDone);
            await TestHub.Get<AddToOrganisation>().Run(from, slug, MembershipRole.Member, Cast.Alan.Id, Stop);
        }

        async Task Deliver()
        {
            TestHub.Clock.AdvanceMinutes(1); // past the time to undo, within that to take a cancellation back
            var before = TestHub.Sender.Taken.Count;
            await TestHub.Get<DeliverNotifications>().Run(Stop);
            // Those that leave together arrive in any order; a calendar keeps the highest SEQUENCE.
            foreach (var told in TestHub.Sender.Taken.Skip(before).Where(one => one.SubjectId == booking.Id && one.Told is not null))
            {
                if (!calendars.TryGetValue(told.MemberId!.Value, out var known) || told.Told!.Sequence >= known.Sequence)
                    calendars[told.MemberId!.Value] = (told.Told!.Sequence, told.Told.Facts);
            }
        }
    }

    private int followed;
}
