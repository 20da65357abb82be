using DigiHub.Notifications;
using DigiHub.Registrations;
using DigiHub.Time;
using DigiHub.Web.Account;
using DigiHub.Web.Components;
using DigiHub.Web.Reader;
using Microsoft.AspNetCore.WebUtilities;

namespace DigiHub.Web.Notifications;

/// <summary>The filter of a list of e-mails as it stands in the page's address.</summary>
public sealed record OutboxPageQuery
{
    public NotificationState? State { get; init; }

    public NotificationType? Type { get; init; }

    public NotificationReason? Reason { get; init; }

    public string? Recipient { get; init; }

    public Guid? EventId { get; init; }

    public LocalDate? From { get; init; }

    /// <summary>The last day, included.</summary>
    public LocalDate? Until { get; init; }

    public Cursor? After { get; init; }

    public string? FromWritten => Written(From);

    public string? UntilWritten => Written(Until);

    public static OutboxPageQuery Of(QueryValues asked) => OfEvent(asked) with
    {
        Type = asked.Known("type", NotificationType.Find, NotificationType.All.Select(type => type.Name)),
        Reason = asked.OneOf("reason", NotificationReasonWords.ByName),
        Recipient = asked.Text("recipient", EmailAddress.LengthMax),
        EventId = asked.Id("event"),
        From = asked.Date("from"),
        Until = asked.Date("until"),
    };

    /// <summary>What the page of one event's e-mails can be asked.</summary>
    public static OutboxPageQuery OfEvent(QueryValues asked) => new()
    {
        State = asked.OneOf<NotificationState>("state"),
        After = asked.Cursor("after"),
    };

    /// <param name="dates">Whose days the days are: the hub's own.</param>
    public OutboxQuery ToOutbox(DateWords dates) => new()
    {
        States = State is { } state ? [state] : [],
        Type = Type,
        Reason = Reason,
        Recipient = Recipient,
        Among = EventId is { } eventId ? EventOutbox.Among(eventId) : OutboxQuery.All,
        DueFrom = StartOf(From, dates),
        DueUntil = StartOf(Until?.PlusDays(1), dates),
        After = After,
    };

    /// <summary>The page's address with this filter.</summary>
    public string At(string path) => QueryHelpers.AddQueryString(path, new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["state"] = State?.ToString(),
        ["type"] = Type?.Name,
        ["reason"] = Reason?.Name,
        ["recipient"] = string.IsNullOrWhiteSpace(Recipient) ? null : Recipient,
        ["event"] = EventId?.ToString(),
        ["from"] = FromWritten,
        ["until"] = UntilWritten,
        ["after"] = After?.ToString(),
    }.Where(pair => pair.Value is not null));

    private static string? Written(LocalDate? day) => day is { } date ? FormParse.Write(date) : null;

    private static Instant? StartOf(LocalDate? day, DateWords dates) => day is { } date ? dates.StartOf(date) : null;
}
