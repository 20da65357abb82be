using DigiHub.Spaces;
using DigiHub.Text;
using DigiHub.Time;

namespace DigiHub.Bookings.Approvals;

internal static class ApprovalRefusals
{
    /// <summary>Says plainly what was decided before, by whom and when.</summary>
    /// <param name="by">Null: nobody did, or it is not known any more.</param>
    public static Refusal Decided(Approval approval, PersonName? by, SiteContext place)
    {
        var at = place.Time.Local(approval.DecidedAt ?? approval.LapsesAt);
        var (day, time) = (TimeWords.OnDay(at.Date), TimeWords.Clock(at.TimeOfDay));
        var when = new Words($"on {day.English} at {time.English}", $"am {day.German}, um {time.German} Uhr");
        return approval.State switch
        {
            ApprovalState.Approved => new("already_approved", by is null
                ? new($"This was approved {when.English}.", $"Das wurde {when.German} genehmigt.")
                : new($"{by.Isolated} approved this {when.English}.", $"{by.Isolated} hat das {when.German} genehmigt.")),
            ApprovalState.Declined => new("already_declined", by is null
                ? new($"This was declined {when.English}.", $"Das wurde {when.German} abgelehnt.")
                : new($"{by.Isolated} declined this {when.English}.", $"{by.Isolated} hat das {when.German} abgelehnt.")),
            ApprovalState.Withdrawn => Withdrawn,
            _ => Lapsed,
        };
    }

    public static Refusal Lapsed { get; } = new("approval_lapsed", new(
        "Nobody decided in time, so the booking has lapsed. Its time is free for others.",
        "Niemand hat rechtzeitig entschieden, daher ist die Buchung verfallen. Die Zeit ist für andere frei."));

    public static Refusal Withdrawn { get; } = new("approval_withdrawn", new(
        "There is nothing left to decide: the booking was cancelled or changed meanwhile.",
        "Es gibt nichts mehr zu entscheiden: Die Buchung wurde inzwischen storniert oder geändert."));

    public static Refusal ReasonMissing { get; } = new("reason_missing", new(
        "Say why. Who booked reads it.", "Geben Sie einen Grund an. Wer gebucht hat, liest ihn.",
        "Gib einen Grund an. Wer gebucht hat, liest ihn."))
    { Field = "reason" };

    public static Refusal ReasonTooLong { get; } = new("reason_too_long", new(
        $"The reason can have at most {Approval.ReasonMax} characters. Shorten it.",
        $"Der Grund darf höchstens {Approval.ReasonMax} Zeichen haben. Kürzen Sie ihn.",
        $"Der Grund darf höchstens {Approval.ReasonMax} Zeichen haben. Kürze ihn."))
    { Field = "reason" };

    public static Refusal Waits { get; } = new("waits_for_approval", new(
        "This booking waits for approval. You’ll get an e-mail once it’s decided.",
        "Diese Buchung wartet auf Genehmigung. Sie erhalten eine E-Mail, sobald entschieden ist.",
        "Diese Buchung wartet auf Genehmigung. Du erhältst eine E-Mail, sobald entschieden ist."));

    public static Refusal AlreadyDeclined { get; } = new("already_declined", new(
        "This booking was declined. Book another time or room.",
        "Diese Buchung wurde abgelehnt. Buchen Sie eine andere Zeit oder einen anderen Raum.",
        "Diese Buchung wurde abgelehnt. Buche eine andere Zeit oder einen anderen Raum."));

    public static Refusal AlreadyLapsed { get; } = new("already_lapsed", new(
        "Nobody approved this booking in time, so it has lapsed. Book again.",
        "Niemand hat diese Buchung rechtzeitig genehmigt, daher ist sie verfallen. Buchen Sie neu.",
        "Niemand hat diese Buchung rechtzeitig genehmigt, daher ist sie verfallen. Buche neu."));

    /// <summary>What runs cannot wait for an answer.</summary>
    public static Refusal NotLonger(Space space) => new("extension_needs_approval", new(
        $"{space.Name} needs approval, so a running booking can’t be extended. Ask the front desk.",
        $"{space.Name} braucht eine Genehmigung, daher lässt sich eine laufende Buchung nicht verlängern. Wenden Sie sich an den Empfang.",
        $"{space.Name} braucht eine Genehmigung, daher lässt sich eine laufende Buchung nicht verlängern. Wende dich an den Empfang."))
    { Field = "end" };
}
