using DigiHub.Bookings.Approvals;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Bookings.CheckIn;

/// <summary>When somebody can check in, and what they are told when they cannot.</summary>
public static class CheckInRules
{
    /// <summary>Check-in of a booking opens then for its member.</summary>
    public static Instant OpensAt(Booking booking, Space space) =>
        booking.Start - Duration.FromMinutes(space.Rules.CheckInOpensMinutes);

    /// <summary>Its member is asked to check in, and can do so now.</summary>
    public static bool IsOpen(Booking booking, Space space, Instant now) =>
        booking.IsToCheckIn(now) && now >= OpensAt(booking, space);

    /// <summary>
    /// Who has the e-mail that asks may answer it at once; the front desk sees who stands there, and checks in on the whole day.
    /// </summary>
    internal static Refusal? WhyNot(Booking booking, Space space, SiteContext place, CheckInWay how, Instant now)
    {
        var opens = how switch
        {
            CheckInWay.Link => Instant.MinValue,
            CheckInWay.FrontDesk => place.Time.DayOf(booking.StartLocal.Date).Start,
            _ => OpensAt(booking, space),
        };
        return Closed(booking.StageAt(now)) ?? (booking.IsPending ? ApprovalRefusals.Waits : null)
            ?? (booking.CheckInBy is null ? NotAsked : now < opens ? NotOpen(place.Time.Local(opens)) : null);
    }

    internal static Refusal? Closed(BookingStage stage) => stage switch
    {
        BookingStage.Over => BookingRules.AlreadyOver,
        BookingStage.Cancelled => BookingRules.AlreadyCancelled,
        BookingStage.Released => BookingRules.AlreadyReleased,
        _ => null,
    };

    internal static Refusal NotAsked { get; } = new("check_in_not_asked", new(
        "Nobody needs to check in here. The booking stands.",
        "Hier muss niemand einchecken. Die Buchung gilt."));

    private static Refusal NotOpen(LocalDateTime opens)
    {
        var (day, time) = (TimeWords.OnDay(opens.Date), TimeWords.Clock(opens.TimeOfDay));
        return new("check_in_not_open", new(
            $"It’s too early. Check-in opens on {day.English} at {time.English}.",
            $"Es ist noch zu früh. Der Check-in öffnet am {day.German}, um {time.German} Uhr."));
    }

    internal static Refusal NotReleased { get; } = new("not_released", new(
        "This booking wasn’t released. There is nothing to undo.",
        "Diese Buchung wurde nicht freigegeben. Es gibt nichts rückgängig zu machen."));

    internal static Refusal TooLateToUndo { get; } = new("too_late_to_undo", new(
        $"The {UndoRelease.MinutesMax} minutes to undo are over. Book again.",
        $"Die {UndoRelease.MinutesMax} Minuten zum Zurücknehmen sind vorbei. Buchen Sie neu.",
        $"Die {UndoRelease.MinutesMax} Minuten zum Zurücknehmen sind vorbei. Buche neu."));

    internal static Refusal NotBegun { get; } = new("not_begun", new(
        "This booking hasn’t started. Cancel or change it instead.",
        "Diese Buchung hat noch nicht begonnen. Stornieren oder ändern Sie sie.",
        "Diese Buchung hat noch nicht begonnen. Storniere oder ändere sie."));

    internal static Refusal NotLater { get; } = new("not_later", new(
        "Choose an end after the booked one. To leave earlier, end the booking.",
        "Wählen Sie ein späteres Ende als das gebuchte. Wenn Sie früher gehen, beenden Sie die Buchung.",
        "Wähle ein späteres Ende als das gebuchte. Wenn du früher gehst, beende die Buchung."))
    { Field = "end" };

}
