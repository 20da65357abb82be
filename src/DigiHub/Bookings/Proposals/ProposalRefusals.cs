namespace DigiHub.Bookings.Proposals;

/// <summary>Why two members cannot swap, or one cannot hand over.</summary>
internal static class ProposalRefusals
{
    public static Refusal NeedsApproval { get; } = new("swap_needs_approval", new(
        "Bookings that somebody has to approve can’t be swapped. Move yours instead, and it is asked for again.",
        "Buchungen, die genehmigt werden, lassen sich nicht tauschen. Verschieben Sie Ihre, dann wird neu angefragt.",
        "Buchungen, die genehmigt werden, lassen sich nicht tauschen. Verschieb deine, dann wird neu angefragt."));

    public static Refusal IsMeeting { get; } = new("swap_of_meeting", new(
        "Rooms of a meeting at two sites can’t be swapped. Give the meeting another room instead.",
        "Räume einer Besprechung an zwei Standorten lassen sich nicht tauschen. Wählen Sie für die Besprechung einen anderen Raum.",
        "Räume einer Besprechung an zwei Standorten lassen sich nicht tauschen. Wähle für die Besprechung einen anderen Raum."));

    public static Refusal NotAColleague { get; } = new("not_a_colleague", new(
        "Bookings can be handed over to people of your organisation. Choose one of them.",
        "Buchungen lassen sich an Menschen aus Ihrer Organisation übergeben. Wählen Sie jemanden davon.",
        "Buchungen lassen sich an Menschen aus deiner Organisation übergeben. Wähle jemanden davon."))
    { Field = "memberId" };

    public static Refusal NobodyHasThat { get; } = new("nobody_has_that", new(
        "No one has booked that. Book it yourself.",
        "Das hat niemand gebucht. Buchen Sie es selbst.",
        "Das hat niemand gebucht. Buche es selbst."))
    { Field = "start" };

    public static Refusal BothYours { get; } = new("both_yours", new(
        "Both bookings are of the same person. Move one of them instead.",
        "Beide Buchungen gehören derselben Person. Verschieben Sie eine davon.",
        "Beide Buchungen gehören derselben Person. Verschieb eine davon."));

    public static Refusal AlreadyProposed { get; } = new("already_proposed", new(
        "Someone is being asked about this booking already. Withdraw that first.",
        "Wegen dieser Buchung ist schon jemand gefragt. Ziehen Sie das zuerst zurück.",
        "Wegen dieser Buchung ist schon jemand gefragt. Zieh das zuerst zurück."));

    public static Refusal TooMany { get; } = new("too_many_proposals", new(
        $"You can have up to {BookingProposal.PerMemberMax} open questions. Withdraw one first.",
        $"Sie können höchstens {BookingProposal.PerMemberMax} offene Fragen haben. Ziehen Sie zuerst eine zurück.",
        $"Du kannst höchstens {BookingProposal.PerMemberMax} offene Fragen haben. Zieh zuerst eine zurück."));

    public static Refusal Over { get; } = new("proposal_over", new(
        "This question is no longer open. Everything stays as it is.",
        "Diese Frage ist nicht mehr offen. Alles bleibt, wie es ist."));

    public static Refusal Changed { get; } = new("proposal_changed", new(
        "One of the bookings has changed since. Everything stays as it is; ask again if you still want to.",
        "Eine der Buchungen hat sich inzwischen geändert. Alles bleibt, wie es ist; fragen Sie neu, wenn Sie noch möchten.",
        "Eine der Buchungen hat sich inzwischen geändert. Alles bleibt, wie es ist; frag neu, wenn du noch möchtest."));

    public static Refusal NotPossibleForThem { get; } = new("not_possible_for_them", new(
        "The other person can’t have that: they have another desk then.",
        "Die andere Person kann das nicht haben, denn sie hat dann schon einen anderen Arbeitsplatz."));

    public static Refusal NothingAhead { get; } = new("nothing_ahead", new(
        "Nothing of this series is ahead.",
        "Von dieser Serie ist nichts mehr vor Ihnen.",
        "Von dieser Serie ist nichts mehr vor dir."));
}
