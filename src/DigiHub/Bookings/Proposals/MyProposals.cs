using DigiHub.Bookings.Meetings;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Bookings.Proposals;

/// <summary>One time of one space.</summary>
public sealed record ProposedTime(Space Space, SiteContext Place, LocalSpan When)
{
    /// <summary>The other room of a meeting at two sites, which goes with it; null: there is none.</summary>
    public MeetingPart? Also { get; init; }
}

/// <summary>A proposal as those see it whom it concerns.</summary>
/// <param name="Given">What who asks has to give.</param>
/// <param name="Wanted">What they would like for it; null where it is handed over.</param>
/// <param name="From">Who asks; null if that is not known any more.</param>
/// <param name="To">Who is asked; null to who asks for a swap, as they do not learn whose booking it is.</param>
/// <param name="Dates">How many bookings are handed over.</param>
/// <param name="IsOpen">It can be answered still, and both bookings are as they were.</param>
public sealed record ProposalView(
    BookingProposal Proposal, ProposedTime Given, ProposedTime? Wanted, PersonName? From, PersonName? To, int Dates, bool IsOpen);

/// <summary>What a member is asked, and has asked.</summary>
public sealed class MyProposals(HubDbFactory databases, Catalogue catalogue, IClock clock)
{
    private const int Max = 100;

    /// <summary>Open ones to answer, the next to lapse first.</summary>
    public async Task<IReadOnlyList<ProposalView>> ToAnswer(Guid memberId, CancellationToken stop)
    {
        await using var db = databases.Open();
        var open = db.BookingProposals.Where(one => one.ToMemberId == memberId && one.Status == ProposalStatus.Open);
        var views = await Views(db, open, memberId, stop);
        return [.. views.Where(view => view.IsOpen).OrderBy(view => view.Proposal.AnswerBy)];
    }

    /// <summary>All that they asked or were asked of a kind, open or not, the newest first.</summary>
    public async Task<IReadOnlyList<ProposalView>> Of(Guid memberId, ProposalKind kind, CancellationToken stop)
    {
        await using var db = databases.Open();
        return await Views(db, db.BookingProposals.Where(one => one.Kind == kind
            && (one.ToMemberId == memberId || one.FromMemberId == memberId)), memberId, stop);
    }

    /// <summary>The open one about a booking that its member has asked; null: there is none.</summary>
    public async Task<ProposalView?> About(Booking booking, CancellationToken stop)
    {
        var (id, seriesId) = (booking.Id, booking.SeriesId);
        await using var db = databases.Open();
        var open = db.BookingProposals.Where(one => one.Status == ProposalStatus.Open && one.FromMemberId == booking.MemberId
            && (one.BookingId == id || (one.SeriesId != null && one.SeriesId == seriesId)));
        var views = await Views(db, open, booking.MemberId, stop);
        return views.Find(view => view.IsOpen);
    }

    /// <summary>Null: not there, or it concerns others.</summary>
    public async Task<ProposalView?> Find(Guid proposalId, Guid memberId, CancellationToken stop)
    {
        await using var db = databases.Open();
        var theirs = db.BookingProposals.Where(one => one.Id == proposalId
            && (one.ToMemberId == memberId || one.FromMemberId == memberId || one.AskedById == memberId));
        return (await Views(db, theirs, memberId, stop)).SingleOrDefault();
    }

    /// <summary>As who is asked sees it, by the link of their e-mail. Null: not there.</summary>
    public async Task<ProposalView?> Asked(Guid proposalId, CancellationToken stop)
    {
        await using var db = databases.Open();
        return await Told(db, proposalId, stop);
    }

    /// <summary>As an e-mail about it tells of it.</summary>
    public async Task<ProposalView?> Told(HubDb db, Guid proposalId, CancellationToken stop)
    {
        var toId = await db.BookingProposals.Where(one => one.Id == proposalId).Select(one => one.ToMemberId).SingleOrDefaultAsync(stop);
        return (await Views(db, db.BookingProposals.Where(one => one.Id == proposalId), toId, stop)).SingleOrDefault();
    }

    private async Task<List<ProposalView>> Views(HubDb db, IQueryable<BookingProposal> which, Guid viewerId, CancellationToken stop)
    {
        var (map, now) = (await catalogue.Map(stop), clock.GetCurrentInstant());
        var (bookings, members) = (db.Bookings, db.Members);
        var rows = await which.AsNoTracking().OrderByDescending(one => one.AskedAt).ThenByDescending(one => one.Id).Take(Max)
            .Select(one => new
            {
                Proposal = one,
                Given = bookings.First(booking => booking.Id == one.BookingId),
                Wanted = bookings.FirstOrDefault(booking => booking.Id == one.OtherBookingId),
                From = members.Where(member => member.Id == one.FromMemberId).Select(member => member.Name).FirstOrDefault(),
                To = members.Where(member => member.Id == one.ToMemberId).Select(member => member.Name).FirstOrDefault(),
                Dates = bookings.Count(booking => one.SeriesId != null && booking.SeriesId == one.SeriesId
                    && booking.MemberId == one.FromMemberId && booking.Status == BookingStatus.Confirmed && booking.Start > now),
            }).ToListAsync(stop);
        var parts = await MeetingParts.Among(db, [.. rows.Select(row => row.Given)], stop);
        List<ProposalView> views = [];
        foreach (var row in rows)
        {
            if (TimeOf(map, row.Given) is not { } given)
                continue;
            if (parts.Find(one => one.MeetingId == row.Given.MeetingId && one.Id != row.Given.Id && one.IsStanding) is { } part
                && map.Space(part.SpaceId) is { } partSpace)
                given = given with { Also = new(part, partSpace, map.PlaceOf(partSpace)) };
            var proposal = row.Proposal;
            var isAsShown = row.Given.CalendarSequence == proposal.Sequence && row.Given.MemberId == proposal.FromMemberId
                && (row.Wanted is not { } other
                    || (other.CalendarSequence == proposal.OtherSequence && other.MemberId == proposal.ToMemberId));
            views.Add(new(proposal, given, row.Wanted is null ? null : TimeOf(map, row.Wanted), row.From,
                proposal.Kind == ProposalKind.Swap && viewerId != proposal.ToMemberId ? null : row.To,
                proposal.SeriesId is null ? 1 : row.Dates, isAsShown && proposal.IsOpenAt(now)));
        }

        return views;
    }

    private static ProposedTime? TimeOf(HubDirectory map, Booking booking) =>
        map.Space(booking.SpaceId) is { } space ? new(space, map.PlaceOf(space), booking.LocalSpan) : null;
}

/// <summary>Times of a space that others have on a day: what could be had by swapping. Whose they are stays private.</summary>
public sealed class SwapTimes(HubDbFactory databases, Catalogue catalogue, IClock clock)
{
    private const int Max = 100;

    /// <summary>By start; none of the member's own, and none that has begun.</summary>
    public async Task<IReadOnlyList<LocalSpan>> Of(int spaceId, LocalDate day, Guid memberId, CancellationToken stop)
    {
        if ((await catalogue.Map(stop)).Space(spaceId) is not { IsOffered: true })
            return [];
        var (now, from, until) = (clock.GetCurrentInstant(), day.AtMidnight(), day.PlusDays(1).AtMidnight());
        await using var db = databases.Open();
        var found = await db.Bookings.Where(one => one.SpaceId == spaceId && one.Status == BookingStatus.Confirmed && one.Start > now
            && one.MemberId != memberId && one.StartLocal >= from && one.StartLocal < until)
            .OrderBy(one => one.Start).Select(one => new { one.StartLocal, one.EndLocal }).Take(Max).ToListAsync(stop);
        return [.. found.Select(one => new LocalSpan(one.StartLocal, one.EndLocal))];
    }
}
