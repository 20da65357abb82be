using DigiHub.Data;
using DigiHub.Time;

namespace DigiHub.Bookings.Series;

/// <summary>What somebody wants of one date of a series.</summary>
/// <param name="Date">As the pattern has it.</param>
/// <param name="IsSkipped">The series does not have this date.</param>
/// <param name="SpaceId">Another space than the series; null: the same.</param>
/// <param name="Times">Other times than the series; null: the same.</param>
public sealed record SeriesChoice(LocalDate Date, bool IsSkipped = false, int? SpaceId = null, SeriesTimes? Times = null);

/// <summary>A series that somebody asks to have.</summary>
public sealed record SeriesRequest
{
    /// <summary>Who asks.</summary>
    public required Guid ActorId { get; init; }

    /// <summary>Whose it will be; null for the actor's own.</summary>
    public Guid? MemberId { get; init; }

    public required int SpaceId { get; init; }

    /// <summary>The first day on which it may be; the pattern counts from it.</summary>
    public required LocalDate From { get; init; }

    public required RecurrenceDraft Pattern { get; init; }

    public required SeriesTimes Times { get; init; }

    /// <summary>
    /// A booking by itself that becomes one of its dates, on the day it is: it keeps its id, and stays where and when it is.
    /// </summary>
    public Guid? FromBookingId { get; init; }

    public string? Title { get; init; }

    /// <summary>How many are expected; null where it does not matter.</summary>
    public int? People { get; init; }

    /// <summary>Null: as the member usually wants it.</summary>
    public ReminderChoice? Reminder { get; init; }

    /// <summary>Holidays and other closed days are left out; else they are refused like any date that cannot be.</summary>
    public bool SkipsClosedDays { get; init; } = true;

    /// <summary>Leaves out every date that is taken or against a rule, instead of asking what to do with it.</summary>
    public bool SkipsImpossible { get; init; }

    public IReadOnlyCollection<SeriesChoice> Choices { get; init; } = [];

    /// <summary>
    /// The <see cref="SeriesPreview.Token"/> of what the actor has seen: refused with preview_changed if it is another by now. Null: not
    /// compared.
    /// </summary>
    public string? Token { get; init; }

    /// <summary>What else is written in the same commit.</summary>
    public Alongside<BookingSeries>? Along { get; init; }
}
