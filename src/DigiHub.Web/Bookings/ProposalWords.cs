using DigiHub.Bookings.Proposals;
using DigiHub.Time;
using DigiHub.Web.Components;

namespace DigiHub.Web.Bookings;

/// <summary>Proposals in words.</summary>
public static class ProposalWords
{
    /// <summary>"Room Spree, Tuesday 24 November 2026, 10:00 to 12:00"; of a meeting at two sites with its other room.</summary>
    public static Words Time(ProposedTime time)
    {
        var (what, when, site) = (SpaceWords.Named(time.Space), TimeWords.Span(time.When), time.Place.Site.Name);
        var (english, german) = ($"{what.English}, {when.English}, {site}", $"{what.German}, {when.German}, {site}");
        if (time.Also is not { } also)
            return new(english, german);
        var (other, elsewhere) = (SpaceWords.Named(also.Space), also.Place.Site.Name);
        return new($"{english}; {other.English}, {elsewhere}", $"{german}; {other.German}, {elsewhere}");
    }

    /// <summary>To who is asked.</summary>
    public static Words Asked(ProposalView view)
    {
        var who = view.From is { } from ? new Words(from.Isolated, from.Isolated) : new Words("Someone", "Jemand");
        return view.Proposal.Kind == ProposalKind.Swap
            ? new($"{who.English} would like to swap with you", $"{who.German} möchte mit Ihnen tauschen",
                $"{who.Familiar} möchte mit dir tauschen")
            : new($"{who.English} would like to hand over to you", $"{who.German} möchte Ihnen übergeben",
                $"{who.Familiar} möchte dir übergeben");
    }

    /// <summary>To who asks.</summary>
    public static Words Own(ProposalView view) => view.Proposal.Kind == ProposalKind.Swap
        ? new("You asked to swap", "Sie möchten tauschen", "Du möchtest tauschen")
        : new($"You asked {view.To?.Isolated} to take over", $"Sie möchten an {view.To?.Isolated} übergeben",
            $"Du möchtest an {view.To?.Isolated} übergeben");

    public static Words Accept(ProposalView view) => view.Proposal.Kind == ProposalKind.Swap
        ? new("Swap", "Tauschen")
        : new("Take over", "Übernehmen");

    public static Words AnswerBy(ProposalView view)
    {
        var local = view.Given.Place.Time.Local(view.Proposal.AnswerBy);
        var (day, clock) = (TimeWords.ShortDay(local.Date), TimeWords.Clock(local.TimeOfDay));
        return new($"Open until {day.English}, {clock.English}", $"Offen bis {day.German}, {clock.German} Uhr");
    }

    /// <summary>Of one that is no longer open.</summary>
    public static Words Stands(ProposalView view) => view.Proposal.Status switch
    {
        ProposalStatus.Accepted when view.Proposal.Kind == ProposalKind.Swap => new("Swapped", "Getauscht"),
        ProposalStatus.Accepted => new("Handed over", "Übergeben"),
        ProposalStatus.Declined => new("Declined, everything stays as it is", "Abgelehnt, alles bleibt, wie es ist"),
        ProposalStatus.Withdrawn => new("Withdrawn, everything stays as it is", "Zurückgezogen, alles bleibt, wie es ist"),
        ProposalStatus.Lapsed => new("Not answered in time, everything stays as it is",
            "Nicht rechtzeitig beantwortet, alles bleibt, wie es ist"),
        _ => new("No longer possible, everything stays as it is", "Nicht mehr möglich, alles bleibt, wie es ist"),
    };
}
