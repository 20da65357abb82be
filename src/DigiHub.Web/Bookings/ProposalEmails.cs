using DigiHub.Bookings;
using DigiHub.Bookings.Proposals;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Time;
using DigiHub.Web.Components;
using DigiHub.Web.Notifications;

namespace DigiHub.Web.Bookings;

/// <summary>Writes the e-mails about swaps and hand-overs: the question, and its end without success.</summary>
public sealed class ProposalEmails(MyProposals proposals, EmailLinks links) : IEmailAuthor
{
    private static readonly Guid swapId = new("0198b1a0-0000-7000-8000-00000000c011");
    private static readonly Guid handOverId = new("0198b1a0-0000-7000-8000-00000000c012");

    public bool Writes(NotificationType type) => type.IsOneOf(
        ProposalNotifications.SwapProposed, ProposalNotifications.HandOverProposed, ProposalNotifications.Ended);

    public IEnumerable<EmailSample> Samples(SampleWorld world)
    {
        var swap = Of(world.Booking, world, swapId, ProposalKind.Swap, world.DeskElsewhere);
        var handOver = Of(world.DeskElsewhere, world, handOverId, ProposalKind.HandOver, other: null);
        return
        [
            new EmailSample(ProposalNotifications.SwapProposed, BookingProposal.Subject.Of(swapId)) { Rows = [swap] },
            new EmailSample(ProposalNotifications.HandOverProposed, BookingProposal.Subject.Of(handOverId)) { Rows = [handOver] },
            new EmailSample(ProposalNotifications.Ended, BookingProposal.Subject.Of(swapId)) { Rows = [swap] },
            new EmailSample(ProposalNotifications.Ended, BookingProposal.Subject.Of(handOverId), "hand-over")
            {
                Occasion = new("of a hand-over", "einer Übergabe"),
                Rows = [handOver],
            },
        ];
    }

    private static BookingProposal Of(Booking booking, SampleWorld world, Guid id, ProposalKind kind, Booking? other) => new()
    {
        Id = id,
        Kind = kind,
        BookingId = booking.Id,
        OtherBookingId = other?.Id,
        FromMemberId = world.MemberId,
        ToMemberId = world.MemberId,
        AskedById = world.MemberId,
        Sequence = booking.CalendarSequence,
        OtherSequence = other?.CalendarSequence,
        AskedAt = world.Now,
        AnswerBy = world.Now + BookingProposal.Life,
    };

    public async Task<EmailDraft?> Draft(HubDb db, Notification notification, CancellationToken stop)
    {
        if (await proposals.Told(db, notification.SubjectId, stop) is not { } view)
            return null;
        var place = view.Given.Place;
        if (notification.Type == ProposalNotifications.Ended)
        {
            var ended = new ProposalEmailFacts(view, links.To(Paths.Proposals));
            return new EmailDraft(
                EmailSubject.Of(new($"Stays as it is: {view.Given.Space.Name}", $"Bleibt, wie es ist: {view.Given.Space.Name}"),
                    view.Given.When.Start).In(notification.Language), typeof(ProposalEndedEmail), ended)
            { Site = place.Site };
        }

        var what = view.Proposal.Kind == ProposalKind.Swap
            ? new Words($"Swap? {view.Given.Space.Name}", $"Tauschen? {view.Given.Space.Name}")
            : new Words($"Take over? {view.Given.Space.Name}", $"Übernehmen? {view.Given.Space.Name}");
        return new EmailDraft(EmailSubject.Of(what, view.Given.When.Start).In(notification.Language), typeof(ProposalEmail),
            new ProposalEmailFacts(view, await links.Proposal(notification.Id, stop)))
        { Site = place.Site };
    }
}

/// <param name="Page">Where it is answered, without signing in; once it has ended, where all are.</param>
public sealed record ProposalEmailFacts(ProposalView View, Uri Page)
{
    public IReadOnlyList<EmailFact> Lines => View.Wanted is { } wanted
        ?
        [
            new(Speak.T("You get", "Sie bekommen", "Du bekommst"), ProposalWords.Time(View.Given).Here),
            new(Speak.T("You give", "Sie geben", "Du gibst"), ProposalWords.Time(wanted).Here),
        ]
        : [new(Speak.T("You get", "Sie bekommen", "Du bekommst"), ProposalWords.Time(View.Given).Here), .. More];

    /// <summary>To who asked.</summary>
    public IReadOnlyList<EmailFact> OwnLines =>
        [new(Speak.T("Your booking", "Ihre Buchung", "Deine Buchung"), ProposalWords.Time(View.Given).Here)];

    private IEnumerable<EmailFact> More => View.Dates > 1
        ? [new(Speak.T("And", "Und"), Speak.T($"{View.Dates - 1} more dates of the series", $"{View.Dates - 1} weitere Termine der Serie"))]
        : [];
}
