using System.Globalization;
using DigiHub.Bookings.Approvals;
using DigiHub.Time;

namespace DigiHub.Web.Bookings;

/// <summary>What waits for approval, in words.</summary>
internal static class ApprovalWords
{
    /// <summary>"Tue 1 December, 09:00–11:00"; of several dates how many, from which to which.</summary>
    public static Words When(ApprovalView view)
    {
        if (view.Bookings is not [var first, ..])
            return new("–", "–");
        var span = TimeWords.Span(first.LocalSpan);
        if (view.Bookings.Count == 1)
            return span;
        var (from, until) = (TimeWords.ShortDay(first.StartLocal.Date), TimeWords.ShortDay(view.Bookings[^1].StartLocal.Date));
        var hours = TimeWords.Hours(first.StartLocal.TimeOfDay, first.EndLocal.TimeOfDay);
        return new(
            $"{view.Bookings.Count} dates of a series, {from.English} to {until.English}, {hours.English}",
            $"{view.Bookings.Count} Termine einer Serie, {from.German} bis {until.German}, {hours.German}");
    }

    public static Words People(ApprovalView view)
    {
        var people = view.People.ToString(CultureInfo.InvariantCulture);
        return view.IsOverCapacity
            ? new($"{people}, more than the {view.Space.Capacity} it holds", $"{people}, mehr als die {view.Space.Capacity} Plätze")
            : new(people, people);
    }

    public static Words Until(ApprovalView view) => TimeWords.Moment(view.Place.Time.Local(view.Approval.LapsesAt));

    /// <summary>How it was decided, plainly.</summary>
    public static Words Decided(ApprovalView view, Instant now)
    {
        var at = TimeWords.Moment(view.Place.Time.Local(view.Approval.DecidedAt ?? view.Approval.LapsesAt));
        return view.StateAt(now) switch
        {
            ApprovalState.Approved => view.Decider is { } by
                ? new($"{by.Isolated} approved it: {at.English}.", $"{by.Isolated} hat das genehmigt: {at.German}.")
                : new($"It was approved: {at.English}.", $"Das wurde genehmigt: {at.German}."),
            ApprovalState.Declined => view.Decider is { } by
                ? new($"{by.Isolated} declined it: {at.English}. “{view.Approval.Reason}”",
                    $"{by.Isolated} hat das abgelehnt: {at.German}. „{view.Approval.Reason}“")
                : new($"It was declined: {at.English}.", $"Das wurde abgelehnt: {at.German}."),
            ApprovalState.Withdrawn => new("It was cancelled or changed meanwhile. There is nothing left to decide.",
                "Das wurde inzwischen storniert oder geändert. Es gibt nichts mehr zu entscheiden."),
            ApprovalState.Lapsed => new("Nobody decided in time, so it has lapsed.",
                "Niemand hat rechtzeitig entschieden, daher ist es verfallen."),
            _ => new("It waits for an answer.", "Es wartet auf Antwort."),
        };
    }
}
