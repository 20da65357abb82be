using DigiHub.Letters;
using DigiHub.Web.Account;
using Microsoft.AspNetCore.WebUtilities;
using NodaTime.Text;

namespace DigiHub.Web.Letters;

/// <summary>The filter of a list of letters as it stands in the page's address. What cannot be read does not narrow the list.</summary>
public sealed record LettersQuery(string? State, string? Kind, string? Reason, string? Recipient, string? Event, string? From, string? Until, string? After)
{
    public LetterState? OneState => Known<LetterState>(State);

    public LetterKind? OneKind => Known<LetterKind>(Kind);

    public string? OneReason => Reason is not null && LetterReasonWords.All.ContainsKey(Reason) ? Reason : null;

    public Guid? EventId => Guid.TryParse(Event, out var id) ? id : null;

    /// <param name="dates">Whose days the days are: the hub's own.</param>
    public OutboxQuery ToOutbox(DateWords dates) => new()
    {
        States = OneState is { } state ? [state] : [],
        Kind = OneKind,
        Reason = OneReason,
        Recipient = Recipient,
        EventId = EventId,
        DueFrom = StartOf(From, plusDays: 0, dates),
        DueUntil = StartOf(Until, plusDays: 1, dates),
        After = OutboxMark.Parse(After),
    };

    /// <summary>The page's address with this filter.</summary>
    public string At(string path) => QueryHelpers.AddQueryString(path, new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["state"] = OneState?.ToString(),
        ["kind"] = OneKind?.ToString(),
        ["reason"] = OneReason,
        ["recipient"] = string.IsNullOrWhiteSpace(Recipient) ? null : Recipient,
        ["event"] = EventId?.ToString(),
        ["from"] = Day(From) is null ? null : From,
        ["until"] = Day(Until) is null ? null : Until,
        ["after"] = After,
    }.Where(pair => pair.Value is not null));

    private static T? Known<T>(string? text) where T : struct, Enum =>
        Enum.TryParse<T>(text, ignoreCase: true, out var known) && Enum.IsDefined(known) && char.IsLetter(text![0]) ? known : null;

    private static LocalDate? Day(string? text) => LocalDatePattern.Iso.Parse(text ?? "") is { Success: true, Value: var day } && day.Year is > 2000 and < 3000 ? day : null;

    private static Instant? StartOf(string? day, int plusDays, DateWords dates) => Day(day) is { } date ? dates.StartOf(date.PlusDays(plusDays)) : null;
}
