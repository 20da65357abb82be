using DigiHub.Access;
using DigiHub.Bookings;
using DigiHub.Bookings.Approvals;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Time;
using DigiHub.Web.Components;
using DigiHub.Web.Notifications;

namespace DigiHub.Web.Bookings;

/// <summary>Writes to those who decide: one e-mail about all that waits for them as it leaves, with links to answer each.</summary>
public sealed class ApprovalEmails(WaitingApprovals approvals, EmailLinks links, IClock clock) : IEmailAuthor
{
    private static readonly Guid approvalId = new("0198b1a0-0000-7000-8000-00000000b201");
    private static readonly Guid requestId = new("0198b1a0-0000-7000-8000-00000000b202");
    private static readonly Guid waitingId = new("0198b1a0-0000-7000-8000-00000000b203");

    public bool Writes(NotificationType type) => type == ApprovalNotifications.Waiting;

    public IEnumerable<EmailSample> Samples(SampleWorld world)
    {
        var approval = ApprovalOf(world, approvalId, ApprovalState.Waiting);
        var waiting = BookingEmails.LikeThat(world.Booking, waitingId);
        (waiting.ApprovalId, waiting.ApproveBy) = (approval.Id, approval.LapsesAt);
        return
        [
            new EmailSample(ApprovalNotifications.Waiting, Member.Subject.Of(world.MemberId))
            {
                Rows =
                [
                    approval, waiting,
                    new ApprovalRequest { Id = requestId, ApprovalId = approval.Id, ApproverId = world.MemberId, AskedAt = world.Now },
                    new SpaceApprover { RulesId = world.SmallRoom.RulesId, MemberId = world.MemberId },
                ],
            },
        ];
    }

    /// <summary>For a booking a day after the usual one.</summary>
    internal static Approval ApprovalOf(SampleWorld world, Guid id, ApprovalState state) => new()
    {
        Id = id,
        SiteId = world.Booking.SiteId,
        SpaceId = world.Booking.SpaceId,
        AskedAt = world.Now,
        LapsesAt = world.Booking.Start,
        State = state,
        Reason = state == ApprovalState.Declined ? "The room is being painted that week." : null,
        DecidedAt = state == ApprovalState.Waiting ? null : world.Now,
    };

    public async Task<EmailDraft?> Draft(HubDb db, Notification notification, CancellationToken stop)
    {
        var (readerId, now) = (notification.SubjectId, clock.GetCurrentInstant());
        var requests = await db.ApprovalRequests.AsNoTracking().Where(one => one.ApproverId == readerId)
            .ToDictionaryAsync(one => one.ApprovalId, one => one.Id, stop);
        Guid[] ids = [.. requests.Keys];
        List<(ApprovalView View, Uri Approve, Uri Decline)> lines = [];
        foreach (var view in await approvals.Of(db, ids, now, stop))
        {
            if (view.StateAt(now) == ApprovalState.Waiting && requests.TryGetValue(view.Approval.Id, out var request))
                lines.Add((view, await links.Approval(request, "approve", stop), await links.Approval(request, "decline", stop)));
        }

        if (lines.Count == 0)
            return null;
        var facts = new ApprovalEmailFacts(lines, links.To(Paths.Approvals));
        return new EmailDraft(facts.Title.In(notification.Language), typeof(ApprovalsEmail), facts)
        {
            Site = lines.Select(line => line.View.Place.Site.Id).Distinct().Count() == 1 ? lines[0].View.Place.Site : null,
        };
    }
}

/// <param name="Lines">At least one; the soonest to lapse first.</param>
public sealed record ApprovalEmailFacts(IReadOnlyList<(ApprovalView View, Uri Approve, Uri Decline)> Lines, Uri All)
{
    /// <summary>More are behind the link: a mail stays readable.</summary>
    public const int ShownMax = 20;

    public Words Title => Lines.Count == 1
        ? new($"To approve: {Lines[0].View.Space.Name}, {Day.English}", $"Zu genehmigen: {Lines[0].View.Space.Name}, {Day.German}")
        : new($"To approve: {Lines.Count} bookings", $"Zu genehmigen: {Lines.Count} Buchungen");

    private Words Day => TimeWords.ShortDay(Lines[0].View.Bookings[0].StartLocal.Date);

    public static IReadOnlyList<EmailFact> FactsOf(ApprovalView view) =>
    [
        new(Speak.T("What", "Was"), SpaceWords.Named(view.Space).Here),
        new(Speak.T("When", "Wann"), ApprovalWords.When(view).Here),
        new(Speak.T("Who", "Wer"), view.MemberName is null ? "–"
            : view.Organisation is null ? view.MemberName.Isolated : $"{view.MemberName.Isolated}, {view.Organisation}"),
        new(Speak.T("People", "Personen"), ApprovalWords.People(view).Here),
        new(Speak.T("Held until", "Vorgemerkt bis"), ApprovalWords.Until(view).Here),
    ];
}
