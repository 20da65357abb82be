using DigiHub.Bookings;
using DigiHub.Bookings.Approvals;
using DigiHub.Bookings.CheckIn;
using DigiHub.Bookings.Proposals;
using DigiHub.Bookings.Series;
using DigiHub.Bookings.Waiting;
using DigiHub.Claims;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Operations;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Tests.Bookings.Histories;

/// <summary>A booking that stands, as the simple model knows it.</summary>
internal sealed record Standing(Guid Id, Guid MemberId, int SpaceId, LocalDateTime Start, LocalDateTime End);

/// <summary>
/// The hub beside a model of it that is as simple as can be: a list of what stands. Each step says who may be touched by it and, where the
/// model can tell, whether it must be done or refused; then the hub is compared with that.
/// </summary>
internal sealed class World(TestHub hub, CancellationToken stop)
{
    private readonly Member[] people = [hub.Cast.Ada, hub.Cast.Bob, hub.Cast.Grace];
    private readonly Space[] rooms = [hub.Cast.Spree, hub.Cast.Panke, hub.Cast.Hall, hub.Cast.Havel, hub.Cast.Booth];
    private readonly List<Guid> handles = []; // in the order of their coming, also those that stand no more
    private readonly List<Guid> series = [];
    private readonly List<Guid> waitedFor = []; // bookings whose time somebody else would like to have
    private List<Standing> model = [];
    private LocalDate monday;

    /// <summary>Deeds that the hub did at least once, and those that are never refused.</summary>
    public HashSet<Deed> EverDone { get; } = [Deed.Offer, Deed.MinutesPass, Deed.HoursPass];

    private Instant Now => hub.Clock.GetCurrentInstant();

    private SiteTime Berlin { get; } = SiteTime.Of("Europe/Berlin");

    private LocalDateTime LocalNow => Berlin.Local(Now);

    /// <summary>Empties the hub of what the last history left, and begins at 07:10 of a Monday.</summary>
    public async Task Begin(LocalDate week)
    {
        handles.Clear();
        series.Clear();
        waitedFor.Clear();
        model = [];
        monday = week;
        hub.Clock.Reset(Berlin.Shifted(week + new LocalTime(7, 10)));
        await using var db = hub.OpenDb();
        await db.Notifications.ExecuteDeleteAsync(stop);
        await db.BookingProposals.ExecuteDeleteAsync(stop);
        await db.Claims.ExecuteDeleteAsync(stop);
        await db.WaitingOffers.ExecuteDeleteAsync(stop);
        await db.WaitingEntries.ExecuteDeleteAsync(stop);
        await db.SeriesExceptions.ExecuteDeleteAsync(stop);
        await db.Bookings.ExecuteDeleteAsync(stop);
        await db.BookingSeries.ExecuteDeleteAsync(stop);
        await db.Approvals.ExecuteDeleteAsync(stop);
    }

    /// <returns>What is wrong after the step; null: nothing.</returns>
    public async Task<string?> Do(Step step)
    {
        var before = model;
        var (isDone, must, touched) = await Act(step);
        if (isDone == true && step.Deed is Deed.Cancel or Deed.CancelSeries or Deed.BeAway or Deed.Move)
            await hub.Get<OfferFreeSpace>().Run(stop); // as the hub does by itself, within a second
        if (isDone == true)
            EverDone.Add(step.Deed);
        model = await AllStanding();
        handles.AddRange(model.Select(one => one.Id).Except(handles).ToList());

        if (must is { } expected && isDone != expected)
            return $"{(expected ? "refused although it was free" : "done although it was taken")}";
        var changed = before.Except(model).Concat(model.Except(before)).Select(one => one.Id).Distinct().ToList();
        if (isDone == false && changed.Count > 0)
            return $"refused, and still {changed.Count} changed";
        var strangers = changed.Where(id => before.Exists(one => one.Id == id) && !touched.Contains(id)).ToList();
        return strangers.Count > 0 ? $"touched {strangers.Count} that it was not about" : WhatOverlaps();
    }

    /// <summary>The promises, by the hub's own checker and by claims and clocks.</summary>
    public async Task<string?> Check()
    {
        await using var db = hub.OpenDb();
        if (await CheckInvariants.Run(db, stop) is { Count: > 0 } broken)
            return string.Join("; ", broken);
        var claims = await db.Claims.AsNoTracking().ToListAsync(stop);
        foreach (var one in await db.Bookings.AsNoTracking().Where(one => one.Status == BookingStatus.Confirmed).ToListAsync(stop))
        {
            var space = rooms.Single(room => room.Id == one.SpaceId);
            if (Berlin.Shifted(one.StartLocal) != one.Start || Berlin.Shifted(one.EndLocal) != one.End)
                return $"{one.Id} is not at the time that was agreed";
            var held = claims.Where(claim => claim.HolderId == one.Id).ToList();
            if (!one.HasLapsed(Now) && one.End > Now && held.Select(claim => claim.UnitId).Distinct().Count() != space.Units.Count)
                return $"{one.Id} stands and does not hold all of its room";
            if (held.Exists(claim => claim.Start > one.Start || claim.End < one.End))
                return $"{one.Id} does not hold its whole time";
        }

        return null;
    }

    private async Task<List<Standing>> AllStanding() => await hub.Read(async db => (await db.Bookings.AsNoTracking()
            .Where(one => one.Status == BookingStatus.Confirmed && (one.ApproveBy == null || one.ApproveBy > Now))
            .OrderBy(one => one.Start).ToListAsync(stop))
        .ConvertAll(one => new Standing(one.Id, one.MemberId, one.SpaceId, one.StartLocal, one.EndLocal)));

    private string? WhatOverlaps() => (
        from one in model
        from other in model
        where one.Id.CompareTo(other.Id) < 0 && Share(one.SpaceId, other.SpaceId) && one.Start < other.End && other.Start < one.End
        select $"{one.Id} and {other.Id} have the same room at the same time").FirstOrDefault();

    private bool Share(int one, int other) => Units(one).Intersect(Units(other)).Any();

    private IEnumerable<int> Units(int spaceId) => rooms.Single(room => room.Id == spaceId).Units.Select(unit => unit.UnitId);

    /// <summary>With set-up, as the rules have it; null where an offer may have it, which the model does not know.</summary>
    private async Task<bool?> IsFree(Space space, LocalDateTime from, LocalDateTime until, Guid? but = null)
    {
        var setUp = space.Rules.SetUpMinutes;
        var taken = model.Exists(one => one.Id != but && Share(one.SpaceId, space.Id)
            && one.Start.PlusMinutes(-rooms.Single(room => room.Id == one.SpaceId).Rules.SetUpMinutes) < until
            && from.PlusMinutes(-setUp) < one.End);
        if (taken || PublicHolidays.Name(Land.BE, from.Date) is not null)
            return false;
        var isOffered = await hub.Read(db => db.WaitingOffers.AnyAsync(one => one.Status == OfferStatus.Open && one.Until > Now, stop));
        return isOffered ? null : true;
    }

    private bool IsAboutToBegin(Standing one) => one.Start.PlusMinutes(-15) <= LocalNow && LocalNow <= one.Start.PlusMinutes(10);

    private LocalDateTime Time(int die) => monday.PlusDays(1 + die % 4) + new LocalTime(8 + die / 4 % 10, die / 40 % 2 * 30);

    private async Task<(bool? IsDone, bool? Must, ICollection<Guid> Touched)> Act(Step step)
    {
        var who = Step.Pick(people, step.Who);
        var space = Step.Pick(rooms, step.What);
        var (from, until) = (Time(step.When), Time(step.When).PlusMinutes(30 * (1 + step.How % 4)));
        var chosen = handles.Count == 0 ? Guid.Empty
            : step.Deed == Deed.Cancel && waitedFor.Count > 0 && step.How % 3 > 0 ? Step.Pick(waitedFor, step.What)
            : step.Deed == Deed.CheckIn && model.Find(IsAboutToBegin) is { } next ? next.Id
            : Step.Pick(handles, step.What);
        var known = model.Find(one => one.Id == chosen);
        var owner = known?.MemberId ?? who.Id;
        switch (step.Deed)
        {
            case Deed.Book:
                var free = from <= LocalNow ? (bool?)null : await IsFree(space, from, until);
                if (free == true && space.Id == hub.Cast.Booth.Id && from <= LocalNow.PlusHours(3))
                    free = null; // it may be too late to ask for approval
                return (Done(await hub.Get<BookSpace>().Run(
                    new() { ActorId = who.Id, SpaceId = space.Id, When = When.Between(from, until) }, stop)), free, []);
            case Deed.Move when known is not null:
                // To its own space; a running one is only made shorter, and what would wait for approval again may be too late for it.
                var own = rooms.Single(room => room.Id == known.SpaceId);
                bool? fits = known.Start <= LocalNow || from <= LocalNow || own.Id == hub.Cast.Booth.Id
                    ? null
                    : await IsFree(own, from, until, known.Id);
                return (Done(await hub.Get<MoveBooking>().Run(
                    new() { ActorId = owner, BookingId = chosen, When = When.Between(from, until) }, stop)), fits, [chosen]);
            case Deed.Cancel when chosen != Guid.Empty:
                return (Done(await hub.Get<CancelBooking>().Run(chosen, owner, ifRevision: null, stop)),
                    known is not null && known.Start > LocalNow ? true : null, [chosen]);
            case Deed.Reinstate when chosen != Guid.Empty:
                var lost = await hub.Read(db => db.Bookings.AsNoTracking().SingleAsync(one => one.Id == chosen, stop));
                bool? mayReturn = known is not null || await IsFree(
                    rooms.Single(room => room.Id == lost.SpaceId), lost.StartLocal, lost.EndLocal) == false ? false : null;
                return (Done(await hub.Get<ReinstateBooking>().Run(chosen, lost.MemberId, stop)), mayReturn, [chosen]);
            case Deed.Repeat:
                return await Repeat(who, space, from, until, step.How);
            case Deed.CancelSeries when series.Count > 0:
                return await InSeries(Step.Pick(series, step.What), step.How % 3, id => CancelDates(id, step));
            case Deed.ShiftSeries when series.Count > 0:
                return await InSeries(Step.Pick(series, step.What), step.How % 3, id => ShiftDates(id, step));
            case Deed.Swap when model.Count > 1:
                return await Swap(step);
            case Deed.HandOver when known is not null:
                return await HandOver(known);
            case Deed.Wait when known is not null:
                var waiter = Array.Find(people, one => one.Id != known.MemberId)!;
                var waits = Done(await hub.Get<JoinWaitingList>().Run(new()
                {
                    ActorId = waiter.Id,
                    SpaceId = known.SpaceId,
                    When = When.Between(known.Start, known.End),
                    AutoAccept = step.How % 5 == 0,
                }, stop));
                if (waits == true)
                    waitedFor.Add(chosen);
                return (waits, null, []);
            case Deed.Offer:
                await hub.Get<OfferFreeSpace>().Run(stop);
                return (null, null, []);
            case Deed.Accept or Deed.DeclineOffer:
                return await Answer(step);
            case Deed.CheckIn when known is not null:
                return (Done(await hub.Get<CheckInBooking>().Run(chosen, owner, CheckInWay.Page, stop)), null, []);
            case Deed.BeAway:
                var days = new Absence(from.Date, from.Date.PlusDays(step.How % 3));
                var away = (await hub.Get<CancelSeveral>().During(who.Id, days, stop)).Select(view => view.Booking.Id).ToList();
                return (Done(await hub.Get<CancelSeveral>().Run(new(who.Id, away, days), stop)), null, away);
            case Deed.Approve or Deed.DeclineApproval:
                return await Decide(step);
            case Deed.MinutesPass:
                return await Minutes();
            case Deed.HoursPass:
                // Half of the time until just before something begins: that is when people do something about it.
                if (step.How % 2 == 0 && model.Find(one => one.Start > LocalNow.PlusMinutes(5)) is { } coming)
                    hub.Clock.Reset(Berlin.Shifted(coming.Start.PlusMinutes(-5)));
                else
                    hub.Clock.AdvanceHours(1 + step.How % 6);
                return (null, null, model.ConvertAll(one => one.Id)); // what waited for approval may have lapsed
            default:
                return (null, null, []);
        }
    }

    private async Task<(bool?, bool?, ICollection<Guid>)> Repeat(Member who, Space space, LocalDateTime from, LocalDateTime until, int how)
    {
        var made = await hub.Get<BookSeries>().Run(new()
        {
            ActorId = who.Id,
            SpaceId = space.Id,
            From = from.Date,
            Pattern = new() { Kind = how % 2 == 0 ? RecurrenceKind.Daily : RecurrenceKind.Weekly, Count = 2 + how % 5 },
            Times = SeriesTimes.Between(from.TimeOfDay, until.TimeOfDay),
            SkipsImpossible = how % 4 != 0,
        }, stop);
        if (made.Outcome.IsDone)
            series.Add(made.Series.Id);
        return (made.Outcome.IsDone, null, []);
    }

    /// <summary>Of a series only what is ahead may change, and of "this and following" only from its date on.</summary>
    private async Task<(bool?, bool?, ICollection<Guid>)> InSeries(
        Guid seriesId, int scope, Func<(Guid Id, Guid Owner, SeriesScope Scope, LocalDate? Date), Task<bool?>> act)
    {
        var dates = await hub.Read(db => db.Bookings.AsNoTracking().Where(one => one.SeriesId == seriesId).OrderBy(one => one.SeriesDate)
            .ToListAsync(stop));
        if (dates.Count == 0)
            return (null, null, []);
        var which = (SeriesScope)scope;
        var date = which == SeriesScope.AllFuture ? null : dates[dates.Count / 2].SeriesDate;
        var touched = dates.Where(one => one.Start > Now || which == SeriesScope.This)
            .Where(one => which switch
            {
                SeriesScope.This => one.SeriesDate == date,
                SeriesScope.ThisAndFollowing => one.SeriesDate >= date,
                _ => true,
            }).Select(one => one.Id).ToList();
        return (await act((seriesId, dates[0].MemberId, which, date)), null, touched);
    }

    private async Task<bool?> CancelDates((Guid Id, Guid Owner, SeriesScope Scope, LocalDate? Date) of, Step step) =>
        Done(await hub.Get<CancelInSeries>().Run(
            new() { SeriesId = of.Id, ActorId = of.Owner, Scope = of.Scope, Date = of.Date, EndsRunning = false }, stop));

    private async Task<bool?> ShiftDates((Guid Id, Guid Owner, SeriesScope Scope, LocalDate? Date) of, Step step)
    {
        var from = Time(step.When).TimeOfDay;
        var changed = await hub.Get<ChangeSeries>().Run(new()
        {
            SeriesId = of.Id,
            ActorId = of.Owner,
            Scope = of.Scope,
            Date = of.Date,
            Times = SeriesTimes.Between(from, from.PlusMinutes(60)),
            SkipsImpossible = step.How % 2 == 0,
        }, stop);
        if (changed.Outcome.IsDone && !series.Contains(changed.Series.Id))
            series.Add(changed.Series.Id);
        return changed.Outcome.IsDone;
    }

    private async Task<(bool?, bool?, ICollection<Guid>)> Swap(Step step)
    {
        var (mine, theirs) = (Step.Pick(model, step.What), Step.Pick(model, step.When));
        var asked = await hub.Get<ProposeSwap>().Run(new(mine.MemberId, mine.Id, theirs.SpaceId, theirs.Start), stop);
        if (!asked.IsDone)
            return (false, null, []);
        var accepted = await hub.Get<AnswerProposal>().Accept(asked.Value.Id, theirs.MemberId, stop);
        if (!accepted.IsDone)
            await hub.Get<AnswerProposal>().Withdraw(asked.Value.Id, mine.MemberId, stop);
        return (accepted.IsDone, mine.MemberId == theirs.MemberId ? false : null, [mine.Id, theirs.Id]);
    }

    /// <summary>Bob and Grace are of one organisation.</summary>
    private async Task<(bool?, bool?, ICollection<Guid>)> HandOver(Standing booking)
    {
        var to = booking.MemberId == hub.Cast.Bob.Id ? hub.Cast.Grace.Id : hub.Cast.Bob.Id;
        var asked = await hub.Get<ProposeHandOver>().Run(new(booking.MemberId, booking.Id, to), stop);
        if (!asked.IsDone)
            return (false, booking.MemberId != hub.Cast.Ada.Id ? null : false, []);
        var accepted = await hub.Get<AnswerProposal>().Accept(asked.Value.Id, to, stop);
        if (!accepted.IsDone)
            await hub.Get<AnswerProposal>().Withdraw(asked.Value.Id, booking.MemberId, stop);
        return (accepted.IsDone, null, [booking.Id]);
    }

    /// <summary>What was offered is nobody else's until the offer is over, so it can be taken; later it cannot.</summary>
    private async Task<(bool?, bool?, ICollection<Guid>)> Answer(Step step)
    {
        var offers = await hub.Read(db => db.WaitingOffers.AsNoTracking().Where(one => one.Status == OfferStatus.Open)
            .OrderBy(one => one.Id).ToListAsync(stop));
        if (offers.Count == 0)
            return (null, null, []);
        var offer = Step.Pick(offers, step.What);
        if (step.Deed == Deed.DeclineOffer)
            return (Done(await hub.Get<AnswerOffer>().Decline(offer.Id, offer.MemberId, stop)), offer.Until > Now ? true : null, []);
        return (Done(await hub.Get<AnswerOffer>().Accept(offer.Id, offer.MemberId, stop)), offer.Until > Now ? null : false, []);
    }

    private async Task<(bool?, bool?, ICollection<Guid>)> Decide(Step step)
    {
        var pending = await hub.Read(db => db.Bookings.AsNoTracking()
            .Where(one => one.Status == BookingStatus.Confirmed && one.ApproveBy != null).OrderBy(one => one.Id).ToListAsync(stop));
        if (pending.Count == 0)
            return (null, null, []);
        var asked = Step.Pick(pending, step.What).ApprovalId!.Value;
        List<Guid> touched = [.. pending.Where(one => one.ApprovalId == asked).Select(one => one.Id)];
        return step.Deed == Deed.Approve
            ? (Done(await hub.Get<ApproveBookings>().Run(asked, hub.Cast.Alan.Id, stop)), null, touched)
            : (Done(await hub.Get<DeclineBookings>().Run(asked, hub.Cast.Alan.Id, "No", stop)), null, touched);
    }

    /// <summary>The jobs run every second minute: nobody loses a booking before their time to check in is over.</summary>
    private async Task<(bool?, bool?, ICollection<Guid>)> Minutes()
    {
        for (var minute = 0; minute < 24; minute += 2)
        {
            hub.Clock.AdvanceMinutes(2);
            await hub.Get<ReleaseNoShows>().Run(stop);
        }

        await hub.Get<LapseApprovals>().Run(stop);
        return (null, null, await hub.Read(db => db.Bookings
            .Where(one => (one.Status == BookingStatus.Released && one.CheckInBy <= Now) || one.ApproveBy <= Now)
            .Select(one => one.Id).ToListAsync(stop)));
    }

    private static bool? Done<T>(Outcome<T> outcome) => outcome.IsDone;
}
