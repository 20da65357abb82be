namespace DigiHub.Bookings.Series;

/// <summary>Refusals about series as a whole; what speaks against a date is in its preview.</summary>
internal static class SeriesRefusals
{
    /// <summary>How many dates of series one member may have ahead of them.</summary>
    public const int DatesAheadMax = 400;

    public static Refusal PreviewChanged { get; } = new("preview_changed", new(
        "The dates have changed since you looked. Nothing was saved. Check them and confirm again.",
        "Die Termine haben sich geändert, seit Sie sie gesehen haben. Es wurde nichts gespeichert. Prüfen und bestätigen Sie sie erneut.",
        "Die Termine haben sich geändert, seit du sie gesehen hast. Es wurde nichts gespeichert. Prüf und bestätige sie erneut."));

    public static Refusal DatesImpossible(int count) => new("dates_impossible", count == 1
        ? new("1 date can’t be booked. Skip it, or choose another room or time for it.",
            "1 Termin ist nicht möglich. Lassen Sie ihn aus oder wählen Sie dafür einen anderen Raum oder eine andere Zeit.",
            "1 Termin ist nicht möglich. Lass ihn aus oder wähle dafür einen anderen Raum oder eine andere Zeit.")
        : new($"{count} dates can’t be booked. Skip them, or choose another room or time for each.",
            $"{count} Termine sind nicht möglich. Lassen Sie sie aus oder wählen Sie für jeden einen anderen Raum oder eine andere Zeit.",
            $"{count} Termine sind nicht möglich. Lass sie aus oder wähle für jeden einen anderen Raum oder eine andere Zeit."))
    { Field = "dates" };

    public static Refusal NoDateLeft { get; } = new("no_dates", new(
        "No date is left to book. Choose other days, another room or another time.",
        "Es bleibt kein Termin übrig. Wählen Sie andere Tage, einen anderen Raum oder eine andere Zeit.",
        "Es bleibt kein Termin übrig. Wähle andere Tage, einen anderen Raum oder eine andere Zeit."))
    { Field = "until" };

    public static Refusal TooManyAhead { get; } = new("too_many_series_dates", new(
        $"The limit is {DatesAheadMax} upcoming dates of series per person. End a series first, or book fewer dates.",
        $"Pro Person sind höchstens {DatesAheadMax} kommende Serientermine möglich. "
            + "Beenden Sie zuerst eine Serie oder buchen Sie weniger Termine.",
        $"Pro Person sind höchstens {DatesAheadMax} kommende Serientermine möglich. Beende zuerst eine Serie oder buche weniger Termine."))
    { Field = "until" };

    public static Refusal NothingAhead { get; } = new("nothing_ahead", new(
        "Nothing of this series is ahead any more.", "Von dieser Serie steht nichts mehr bevor."));

    public static Refusal PatternOfOneDate { get; } = new("pattern_of_one_date", new(
        "One date has no pattern. Change this and the following dates, or all of them.",
        "Ein einzelner Termin hat kein Muster. Ändern Sie diesen und die folgenden Termine oder alle.",
        "Ein einzelner Termin hat kein Muster. Ändere diesen und die folgenden Termine oder alle."))
    { Field = "scope" };

    public static Refusal NotRepeatable { get; } = new("booking_not_repeatable", new(
        "Only a booking that is ahead, of one desk or room, and in no series yet can become a series.",
        "Nur eine kommende Buchung eines bestimmten Platzes oder Raums, die zu keiner Serie gehört, kann zur Serie werden."));

    public static Refusal WithoutTheBooking { get; } = new("pattern_without_booking", new(
        "The day of the booking is not among the dates. Choose a pattern that has it.",
        "Der Tag der Buchung ist nicht unter den Terminen. Wählen Sie ein Muster, das ihn enthält.",
        "Der Tag der Buchung ist nicht unter den Terminen. Wähle ein Muster, das ihn enthält."))
    { Field = "day" };

    public static Refusal DateMissing { get; } = new("date_missing", new(
        "Say which date of the series is meant.", "Geben Sie an, welcher Termin der Serie gemeint ist.",
        "Gib an, welcher Termin der Serie gemeint ist."))
    { Field = "date" };
}
