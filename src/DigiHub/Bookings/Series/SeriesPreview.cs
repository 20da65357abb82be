using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Bookings.Series;

public enum SeriesDayState
{
    /// <summary>It can be had.</summary>
    Free,

    /// <summary>Left out, as was asked.</summary>
    Skipped,

    /// <summary>Left out, since the site is closed.</summary>
    Closed,

    /// <summary>Somebody has the space then.</summary>
    Taken,

    /// <summary>Against a rule.</summary>
    Refused,
}

/// <summary>Who has the space, as far as the viewer may know.</summary>
/// <param name="HolderKind">The name of the kind of thing that holds it: a booking, an event, a closure of the space.</param>
/// <param name="BookingId">Null unless the viewer may see that booking; the same of what follows.</param>
public sealed record SeriesHold(string HolderKind, Span Span, Guid? BookingId, PersonName? MemberName, string? Title);

/// <summary>One date of a series that was asked for.</summary>
/// <param name="Date">As the pattern has it; the times may be of another day where it was chosen so.</param>
/// <param name="Local">Null where there are no times, as on a closed day.</param>
/// <param name="WhyNot">The rule, or that it is taken; null for what is free or left out.</param>
/// <param name="WhyClosed">Of a closed day: "public holiday: Women’s Day".</param>
public sealed record SeriesDay(
    LocalDate Date, SeriesDayState State, Space Space, LocalSpan? Local = null, Refusal? WhyNot = null, Words? WhyClosed = null)
{
    public IReadOnlyList<SeriesHold> TakenBy { get; init; } = [];

    /// <summary>The booking it is already; null: a new one.</summary>
    public Guid? BookingId { get; init; }

    public bool IsImpossible => State is SeriesDayState.Taken or SeriesDayState.Refused;

    /// <summary>Set where it is free.</summary>
    internal Span Span { get; init; }
}

/// <summary>What would become of each date, in order. Nothing is reserved by it.</summary>
public sealed record SeriesPreview
{
    public required Recurrence Pattern { get; init; }

    public required LocalDate From { get; init; }

    public required Space Space { get; init; }

    public required SeriesTimes Times { get; init; }

    /// <summary>All that would be booked or changed, or were left out.</summary>
    public required IReadOnlyList<SeriesDay> Days { get; init; }

    /// <summary>Of a change: dates that differ from their series and stay so, unless it is asked to reset them.</summary>
    public IReadOnlyList<LocalDate> Differing { get; init; } = [];

    /// <summary>Of a change: dates of the old pattern that the new one does not have; their bookings are cancelled.</summary>
    public IReadOnlyList<LocalDate> Dropped { get; init; } = [];

    public IEnumerable<SeriesDay> Free => Days.Where(day => day.State == SeriesDayState.Free);

    /// <summary>Those about which somebody has to decide: skip, another room, another time.</summary>
    public IEnumerable<SeriesDay> Impossible => Days.Where(day => day.IsImpossible);

    /// <summary>
    /// Equal for previews that say the same of every date, for every viewer. Handed in with what is decided by it: nothing is saved if it
    /// has changed.
    /// </summary>
    public string Token
    {
        get
        {
            var said = new StringBuilder();
            said.Append(CultureInfo.InvariantCulture, $"{Pattern}\n{From}\n{Space.Id}\n{Times.Start} {Times.End} {Times.Part}\n");
            foreach (var day in Days)
            {
                said.Append(CultureInfo.InvariantCulture,
                    $"{day.Date} {day.State} {day.Space.Id} {day.Local} {day.WhyNot?.Code} {day.BookingId}\n");
            }

            said.Append(SeriesNote.Of(Differing)).Append('\n').Append(SeriesNote.Of(Dropped));
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(said.ToString())))[..32];
        }
    }
}

/// <summary>A series that was booked or changed; or why not, with how its dates stand now where they are the reason.</summary>
public sealed record SeriesOutcome(Outcome<BookingSeries> Outcome, SeriesPreview? Preview)
{
    public Refusal? Refusal => Outcome.Refusal;

    /// <exception cref="RefusedException">It was refused.</exception>
    public BookingSeries Series => Outcome.Value;
}
