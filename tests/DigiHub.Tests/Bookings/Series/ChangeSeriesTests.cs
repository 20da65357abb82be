using DigiHub.Bookings;
using DigiHub.Bookings.Series;
using DigiHub.Claims;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Time;

namespace DigiHub.Tests.Bookings.Series;

/// <summary>Changing one date of a series, that and those after it, or all that are ahead.</summary>
public abstract class ChangeSeriesTests(TestDatabase database) : SeriesTests(database)
{
    [Fact]
    public async Task A_cancelled_date_stays_cancelled_and_who_took_it_is_left_in_peace()
    {
        var series = await Book(Request());
        await Cancel(series, SeriesScope.This, Week(2));
        var bobs = await BobHas(Cast.Spree, Week(2), 10);
        await TestHub.DeliverAll();

        series = await Change(AllOf(series) with { Title = "Neu" });
        series = await Change(AllOf(series) with { Times = Noon });

        Assert.Equal(9, (await Standing(series)).Count);
        Assert.False((await On(series, Week(2))).IsStanding);
        var after = await TestHub.Reread(bobs);
        Assert.Equal((bobs.Revision, bobs.Start, true), (after.Revision, after.Start, after.IsStanding));
        Assert.DoesNotContain(await AllEmails(), one => one.MemberId == Cast.Bob.Id && one.State == NotificationState.Planned);
    }

    [Fact]
    public async Task A_date_with_a_room_of_its_own_keeps_it_unless_it_is_reset()
    {
        var series = await Book(Request());
        await Change(One(series, Week(5)) with { SpaceId = Cast.Panke.Id });
        var own = await On(series, Week(5));
        Assert.Equal((Cast.Panke.Id, OwnFields.Space), (own.SpaceId, own.OwnFields));

        var asked = Following(series, Week(4)) with { SpaceId = Cast.Havel.Id };
        var seen = (await TestHub.Get<ChangeSeries>().Preview(asked, Stop)).Value;
        var rest = await Change(asked with { Token = seen.Token });

        Assert.Equal([Week(5)], seen.Differing);
        Assert.Equal(5, seen.Free.Count());
        Assert.Equal(Cast.Panke.Id, (await On(rest, Week(5))).SpaceId);
        Assert.Equal(own.Revision, (await On(rest, Week(5))).Revision);
        Assert.All((await Dates(rest)).Where(one => one.Id != own.Id), one => Assert.Equal(
            (Cast.Havel.Id, Cast.West.Id), (one.SpaceId, one.SiteId)));

        rest = await Change(AllOf(rest) with { Resets = true });

        Assert.All(await Dates(rest), one => Assert.Equal((Cast.Havel.Id, OwnFields.None), (one.SpaceId, one.OwnFields)));
    }

    [Fact]
    public async Task This_and_following_become_a_series_of_their_own_with_the_same_bookings()
    {
        var series = await Book(Request());
        await Cancel(series, SeriesScope.This, Week(1));
        await Cancel(series, SeriesScope.This, Week(7));
        var before = await Dates(series);

        var rest = await Change(Following(series, Week(4)) with { Times = Noon });

        Assert.Equal(series.Id, rest.ContinuesId);
        Assert.NotEqual(series.Id, rest.Id);
        Assert.Equal((Cast.Ada.Id, "Jour fixe", Noon), (rest.MemberId, rest.Title, rest.Times));
        var (old, mine, theirs) = (await Row(series), await Dates(series), await Dates(rest));
        Assert.Equal(Enumerable.Range(0, 4).Select(Week), old.Pattern.Dates(old.FromDate));
        Assert.Equal(Enumerable.Range(4, 6).Select(Week), rest.Pattern.Dates(rest.FromDate));
        Assert.Equal(before.Take(4).Select(one => (one.Id, one.Revision)), mine.Select(one => (one.Id, one.Revision)));
        Assert.Equal(before.Skip(4).Select(one => one.Id), theirs.Select(one => one.Id));
        Assert.All(theirs.Where(one => one.IsStanding), one => Assert.Equal(12, one.StartLocal.Hour));
        // What was cancelled goes with the dates it is among, and is not resurrected.
        Assert.Equal([Week(1)], (await Exceptions(series)).Select(one => one.Date));
        Assert.Equal([Week(7)], (await Exceptions(rest)).Select(one => one.Date));
        Assert.False((await On(rest, Week(7))).IsStanding);
    }

    [Fact]
    public async Task From_its_first_date_on_there_is_nothing_to_split()
    {
        var series = await Book(Request());

        var changed = await Change(Following(series, Tuesday) with { Times = Noon });

        Assert.Equal((series.Id, 1), (changed.Id, await Count<BookingSeries>()));
    }

    [Fact]
    public async Task Every_second_week_stays_that_week_when_the_rest_is_split_off()
    {
        var series = await Book(Request() with { Pattern = new() { Kind = RecurrenceKind.Weekly, Every = 2, Count = 5 } });

        var rest = await Change(Following(series, Week(4)) with { Times = Noon });

        Assert.Equal([Week(4), Week(6), Week(8)], rest.Pattern.Dates(rest.FromDate));
        Assert.Equal([Week(4), Week(6), Week(8)], await Standing(rest));
    }

    [Fact]
    public async Task All_that_are_ahead_change_in_place_and_the_past_is_as_it_was()
    {
        var series = await Book(Request());
        GoTo(Week(3));
        var past = (await Dates(series)).Take(3).ToList();

        var changed = await Change(AllOf(series) with { Times = Noon, SpaceId = Cast.Panke.Id });

        Assert.Equal((series.Id, Noon, Cast.Panke.Id), (changed.Id, changed.Times, changed.SpaceId));
        var after = await Dates(series);
        Assert.Equal(past.Select(one => (one.Id, one.Revision, one.Start)), after.Take(3).Select(one => (one.Id, one.Revision, one.Start)));
        Assert.All(after.Skip(3), one => Assert.Equal((Cast.Panke.Id, 12), (one.SpaceId, one.StartLocal.Hour)));
    }

    [Fact]
    public async Task What_was_taken_in_the_past_is_in_nobodys_way()
    {
        var series = await Book(Request());
        await BobHas(Cast.Spree, Tuesday, 13);
        GoTo(Week(1));

        Assert.True((await TryChange(AllOf(series) with { Times = SeriesTimes.Between(new(13, 0), new(14, 0)) })).Outcome.IsDone);
    }

    [Fact]
    public async Task A_title_changes_in_place_without_a_look_at_the_calendar()
    {
        var series = await Book(Request());
        await Change(One(series, Week(6)) with { Title = "Abschied" });
        GoTo(Week(2));
        var (before, claims, emails) = (await Dates(series), await Claims(), (await AllEmails()).Count);

        var changed = await Change(Following(series, Week(4)) with { Title = "Neu" });

        Assert.Equal((series.Id, 1, 0), (changed.Id, await Count<BookingSeries>(), changed.CalendarSequence - 1));
        var after = await Dates(series);
        Assert.Equal(["Jour fixe", "Jour fixe", "Jour fixe", "Jour fixe", "Neu", "Neu", "Abschied", "Neu", "Neu", "Neu"],
            after.Select(one => one.Title!));
        Assert.Equal(before.Select(one => (one.Id, one.Start, one.CalendarSequence)),
            after.Select(one => (one.Id, one.Start, one.CalendarSequence)));
        Assert.Equal((claims, emails), (await Claims(), (await AllEmails()).Count));
        Assert.Contains("booking_series.edited", await Acts());
    }

    [Fact]
    public async Task Reminders_of_all_dates_change_together()
    {
        var series = await Book(Request());

        await Change(AllOf(series) with { Reminder = ReminderChoice.Minutes(30) });

        var reminders = (await AllEmails()).Where(one => one.Type == BookingNotifications.Reminder).ToList();
        Assert.Equal(10, reminders.Count(one => one.State == NotificationState.Planned));
        await Change(AllOf(series) with { Reminder = ReminderChoice.Minutes(60), Times = Noon });
        reminders = [.. (await AllEmails()).Where(one =>
            one.Type == BookingNotifications.Reminder && one.State == NotificationState.Planned)];
        Assert.Equal(10, reminders.Count);
        Assert.All(reminders, one => Assert.Equal(one.ScheduledForStart - Duration.FromHours(1), one.DueAt));
    }

    [Fact]
    public async Task A_new_conflict_shows_the_preview_and_nothing_is_half_done()
    {
        var series = await Book(Request());
        var seen = (await TestHub.Get<ChangeSeries>().Preview(AllOf(series) with { Times = Noon }, Stop)).Value;
        await BobHas(Cast.Spree, Week(8), 12);

        var stale = await TryChange(AllOf(series) with { Times = Noon, Token = seen.Token });
        var asked = await TryChange(AllOf(series) with { Times = Noon, Token = stale.Preview!.Token });

        Assert.Equal(("preview_changed", "dates_impossible"), (stale.Refusal?.Code, asked.Refusal?.Code));
        Assert.Equal(Week(8), Assert.Single(asked.Preview!.Impossible).Date);
        Assert.All(await Dates(series), one => Assert.Equal((10, 1), (one.StartLocal.Hour, one.Revision)));

        await Change(AllOf(series) with { Times = Noon, Choices = [new(Week(8), SpaceId: Cast.Panke.Id)] });
        Assert.Equal((Cast.Panke.Id, OwnFields.Space, 12), Of(await On(series, Week(8))));
        await Change(AllOf(series) with { SpaceId = Cast.Havel.Id, Choices = [new(Week(9), IsSkipped: true)] });
        Assert.False((await On(series, Week(9))).IsStanding);
        Assert.Equal([Week(9)], (await Exceptions(series)).Select(one => one.Date));

        static (int, OwnFields, int) Of(Booking booking) => (booking.SpaceId, booking.OwnFields, booking.StartLocal.Hour);
    }

    [Fact]
    public async Task A_series_is_not_in_its_own_way()
    {
        var series = await Book(Request() with
        {
            Pattern = new() { Kind = RecurrenceKind.Daily, Count = 3 },
        });

        Assert.True((await TryChange(AllOf(series) with { Times = SeriesTimes.Between(new(10, 30), new(11, 30)) })).Outcome.IsDone);
        Assert.Equal(3, await Count<Claim>());
    }

    [Fact]
    public async Task A_new_pattern_keeps_the_dates_they_share_and_never_brings_back_what_was_cancelled()
    {
        var series = await Book(Request(6));
        await Cancel(series, SeriesScope.This, Week(3));
        var before = await Dates(series);

        var changed = await Change(AllOf(series) with
        {
            Pattern = new()
            {
                Kind = RecurrenceKind.Weekly,
                Weekdays = [IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday],
                Until = Week(3).PlusDays(1),
            },
        });

        Assert.Equal(
            [Tuesday, Tuesday.PlusDays(1), Week(1), Week(1).PlusDays(1), Week(2), Week(2).PlusDays(1), Week(3).PlusDays(1)],
            await Standing(changed));
        Assert.Equal(before.Take(3).Select(one => (one.Id, one.Revision)),
            (await Dates(changed)).Where(one => before.Take(3).Any(known => known.Id == one.Id)).Select(one => (one.Id, one.Revision)));
        Assert.Equal([Week(4), Week(5)], (await Dates(changed)).Where(one => !one.IsStanding && one.SeriesDate > Week(3))
            .Select(one => one.SeriesDate!.Value));
    }

    [Fact]
    public async Task A_shorter_series_cancels_the_rest()
    {
        var series = await Book(Request());
        await TestHub.DeliverAll();

        var changed = await Change(AllOf(series) with { Pattern = series.Pattern.Draft with { Count = 4 } });

        Assert.Equal(Enumerable.Range(0, 4).Select(Week), await Standing(changed));
        Assert.Equal(SeriesNotifications.Cancelled, Assert.Single(await AllEmails(), one => one.State == NotificationState.Planned).Type);
        Assert.Equal(4, await Count<Claim>());
    }

    [Fact]
    public async Task One_email_and_one_act_however_many_dates_change()
    {
        await TestHub.Change<Member>(Cast.Ada.Id, ada => ada.BookingReminderMinutesBefore = 60);
        var series = await Book(Request());
        await TestHub.DeliverAll();

        await Change(AllOf(series) with { Times = Noon });

        var written = (await AllEmails()).Where(one => one.State == NotificationState.Planned && one.Type != BookingNotifications.Reminder);
        Assert.Equal(SeriesNotifications.Changed, Assert.Single(written).Type);
        Assert.Equal(["booking_series.changed", "booking_series.created"], await Acts());
    }

    [Fact]
    public async Task One_date_moves_by_itself_and_stays_in_the_series()
    {
        var series = await Book(Request());
        await TestHub.DeliverAll();

        await Change(One(series, Week(2)) with { Times = Noon });

        var moved = await On(series, Week(2));
        Assert.Equal((12, OwnFields.Times, Week(2)), (moved.StartLocal.Hour, moved.OwnFields, moved.SeriesDate!.Value));
        Assert.Equal(BookingNotifications.Moved, Assert.Single(await AllEmails(), one => one.State == NotificationState.Planned).Type);
        await Change(AllOf(series) with { Times = SeriesTimes.Between(new(14, 0), new(15, 0)) });
        Assert.Equal(12, (await On(series, Week(2))).StartLocal.Hour);
        Assert.Equal(14, (await On(series, Week(3))).StartLocal.Hour);
    }

    [Fact]
    public async Task Rules_count_for_changes_as_for_bookings()
    {
        var series = await Book(Request());

        Assert.Equal("outside_opening_hours", (await TryChange(AllOf(series) with
        {
            Times = SeriesTimes.Between(new(19, 30), new(20, 30)),
        })).Preview!.Impossible.First().WhyNot!.Code);
        Assert.Equal("pattern_of_one_date", (await TryChange(One(series, Week(2)) with { Pattern = series.Pattern.Draft })).Refusal?.Code);
        Assert.Equal("date_missing", (await TryChange(AllOf(series) with { Scope = SeriesScope.ThisAndFollowing })).Refusal?.Code);
        Assert.Equal("not_found", (await TryChange(AllOf(series) with { SpaceId = 4711 })).Refusal?.Code);
        Assert.Equal("not_found", (await TryChange(AllOf(series) with { ActorId = Cast.Bob.Id, Title = "Meins" })).Refusal?.Code);
        Assert.Equal("stale", (await TryChange(AllOf(series) with { Title = "Alt", IfRevision = 9 })).Refusal?.Code);
        Assert.Equal("ends_before_it_starts", (await TryChange(AllOf(series) with
        {
            Times = SeriesTimes.Between(new(11, 0), new(10, 0)),
        })).Refusal?.Code);
        Assert.Equal("no_dates", (await TryChange(AllOf(series) with
        {
            Times = Noon,
            Choices = [.. Enumerable.Range(0, 10).Select(week => new SeriesChoice(Week(week), IsSkipped: true))],
        })).Refusal?.Code);
    }

    private Task<string> Claims() => TestHub.Read(async db =>
        string.Join(' ', await db.Claims.OrderBy(one => one.Start).Select(one => one.Id).ToListAsync(Stop)));

    public sealed class OnSqlite(SqliteDatabase database) : ChangeSeriesTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : ChangeSeriesTests(database), IClassFixture<PostgresDatabase>;
}
