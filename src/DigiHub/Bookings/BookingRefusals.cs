using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Bookings;

/// <summary>How the rules say no: each names the rule and what to do instead.</summary>
public static partial class BookingRules
{
    internal static Refusal AlreadyBooked { get; } = new("already_booked", new(
        "One person sits at one desk, and there is one booked for that time already. Move or cancel that booking, or choose another time.",
        "Eine Person sitzt an einem Tisch, und für diese Zeit ist bereits einer gebucht. Bitte verschieben oder stornieren Sie diese Buchung, oder wählen Sie eine andere Zeit."));

    internal static Refusal TooManyBookings { get; } = new("too_many_bookings", new(
        $"One person may have {OpenBookingsMax} bookings ahead. Cancel one you do not need, or wait until one is over.",
        $"Eine Person darf höchstens {OpenBookingsMax} Buchungen vor sich haben. Bitte stornieren Sie eine, die Sie nicht brauchen, oder warten Sie, bis eine vorbei ist."));

    internal static Refusal MemberDisabled { get; } = new("member_disabled", new(
        "This account has been closed and cannot book. Please ask the front desk.",
        "Dieses Konto ist gesperrt und kann nicht buchen. Bitte wenden Sie sich an den Empfang."))
    { Field = "memberId" };

    internal static Refusal OnlyForYourself { get; } = new("only_for_yourself", new(
        "You can book for yourself only. For somebody else, please ask the front desk.",
        "Sie können nur für sich selbst buchen. Für andere bucht der Empfang."))
    { Field = "memberId" };

    internal static Refusal AlreadyStarted { get; } = new("already_started", new(
        "This booking has begun: it can be ended earlier, but not moved. Choose an end between now and the booked end.",
        "Diese Buchung hat begonnen: Sie lässt sich früher beenden, aber nicht mehr verschieben. Bitte wählen Sie ein Ende zwischen jetzt und dem gebuchten Ende."))
    { Field = "end" };

    internal static Refusal AlreadyOver { get; } = new("already_over", new(
        "This booking is over and stays as it was. Please make a new one.",
        "Diese Buchung ist vorbei und bleibt, wie sie war. Bitte buchen Sie neu."));

    internal static Refusal AlreadyCancelled { get; } = new("already_cancelled", new(
        "This booking has been cancelled. Please make a new one.",
        "Diese Buchung ist storniert. Bitte buchen Sie neu."));

    internal static Refusal NotCancelled { get; } = new("not_cancelled", new(
        "This booking stands; there is nothing to bring back.",
        "Diese Buchung besteht; es gibt nichts zurückzuholen."));

    internal static Refusal TooLateToReinstate { get; } = new("too_late_to_reinstate", new(
        $"A cancelled booking can be brought back for {ReinstateBooking.MinutesMax} minutes. Please make a new one.",
        $"Eine stornierte Buchung lässt sich {ReinstateBooking.MinutesMax} Minuten lang zurückholen. Bitte buchen Sie neu."));

    private static Refusal InThePast { get; } = new("in_the_past", new(
        "That time has already begun. Choose a later start.",
        "Diese Zeit hat schon begonnen. Bitte wählen Sie einen späteren Beginn."))
    { Field = "start" };

    internal static Refusal NobodyComes { get; } = new("people_out_of_range", new(
        "At least one person must come. Say how many people you expect.",
        "Mindestens eine Person muss kommen. Bitte geben Sie an, wie viele Personen Sie erwarten."))
    { Field = "people" };

    private static Refusal TitleTooLong { get; } = new("title_too_long", new(
        $"A title may have {Booking.TitleMax} characters. Please shorten it.",
        $"Ein Titel darf höchstens {Booking.TitleMax} Zeichen haben. Bitte kürzen Sie ihn."))
    { Field = "title" };

    private static Refusal ReminderOutOfRange { get; } = new("reminder_out_of_range", new(
        "A reminder can be sent up to 7 days before. Choose fewer minutes, or 0 for no reminder.",
        "Eine Erinnerung ist bis zu 7 Tage vorher möglich. Bitte wählen Sie weniger Minuten, oder 0 für keine Erinnerung."))
    { Field = "reminderMinutesBefore" };

    private static Refusal NotOffered(Space space) => new("space_not_offered", new(
        $"{space.Name} cannot be booked at present. Please choose another space.",
        $"„{space.Name}“ kann zurzeit nicht gebucht werden. Bitte wählen Sie einen anderen Platz."))
    { Field = "spaceId" };

    private static Refusal TooManyPeople(Space space) => new("too_many_people", new(
        $"{space.Name} has room for {space.Capacity}. Choose a larger space or fewer people.",
        $"„{space.Name}“ hat Platz für {space.Capacity}. Bitte wählen Sie einen größeren Raum oder weniger Personen."))
    { Field = "people" };

    private static Refusal TooManyDays(Space space)
    {
        var days = space.MaxDays == 1
            ? new Words("1 day", "1 Tag")
            : new Words($"{space.MaxDays} days in a row", $"{space.MaxDays} Tage am Stück");
        return new("too_long", new(
            $"{space.Name} can be booked for at most {days.English}. Choose an earlier last day.",
            $"„{space.Name}“ kann für höchstens {days.German} gebucht werden. Bitte wählen Sie einen früheren letzten Tag."))
        { Field = "end" };
    }

    private static Refusal OffTheSteps(Space space)
    {
        var (first, second) = (LocalTime.Noon, LocalTime.Noon.PlusMinutes(space.StepMinutes));
        var (from, until) = (TimeWords.Clock(first), TimeWords.Clock(second));
        return new("off_the_grid", new(
            $"{space.Name} is booked in steps of {space.StepMinutes} minutes. Choose times such as {from.English} or {until.English}.",
            $"„{space.Name}“ wird in Schritten von {space.StepMinutes} Minuten gebucht. Bitte wählen Sie Zeiten wie {from.German} oder {until.German} Uhr."))
        { Field = "start" };
    }

    private static Refusal NotAHalfDay(Space space, LocalDate date, DayHours hours)
    {
        var (day, morning, afternoon) = (TimeWords.Day(date), Written(hours.Morning(date)), Written(hours.Afternoon(date)));
        return new("off_the_grid", new(
            $"{space.Name} is booked by the half day. On {day.English}, choose {morning.English}, {afternoon.English}, or both.",
            $"„{space.Name}“ wird halbtags gebucht. Bitte wählen Sie am {day.German}, {morning.German}, {afternoon.German} oder beides."))
        { Field = "start" };
    }

    private static Refusal NotADay(Space space, LocalDate date, DayHours hours)
    {
        var day = TimeWords.Day(date);
        return new("off_the_grid", new(
            $"{space.Name} is booked by the day. On {day.English}, choose {hours.Written.English}.",
            $"„{space.Name}“ wird tageweise gebucht. Bitte wählen Sie am {day.German}, {hours.Written.German}."))
        { Field = "start" };
    }

    private static Refusal NotWholeDays(LocalSpan whole)
    {
        var written = TimeWords.Span(whole);
        return new("off_the_grid", new(
            $"A booking over several days runs from opening to closing. Choose {written.English}.",
            $"Eine Buchung über mehrere Tage reicht von der Öffnung bis zur Schließung. Bitte wählen Sie {written.German}."))
        { Field = "start" };
    }

    private static Refusal TooShort(Space space)
    {
        var least = TimeWords.Length(Duration.FromMinutes(space.MinMinutes));
        return new("too_short", new(
            $"{space.Name} is booked for at least {least.English}. Choose a later end.",
            $"„{space.Name}“ wird für mindestens {least.German} gebucht. Bitte wählen Sie ein späteres Ende."))
        { Field = "end" };
    }

    private static Refusal TooLong(Space space)
    {
        var most = TimeWords.Length(Duration.FromMinutes(space.MaxMinutes));
        return new("too_long", new(
            $"{space.Name} can be booked for at most {most.English}. Choose an earlier end.",
            $"„{space.Name}“ kann für höchstens {most.German} gebucht werden. Bitte wählen Sie ein früheres Ende."))
        { Field = "end" };
    }

    private static Refusal NoticeTooShort(Space space, SitePlace place, Instant now)
    {
        var notice = TimeWords.Length(Duration.FromMinutes(space.NoticeMinutes));
        var earliest = place.Time.Local(now + Duration.FromMinutes(space.NoticeMinutes));
        var (day, time) = (TimeWords.Day(earliest.Date), TimeWords.Clock(earliest.TimeOfDay));
        return new("notice_too_short", new(
            $"{space.Name} is booked at least {notice.English} ahead. Choose a start after {time.English} on {day.English}.",
            $"„{space.Name}“ wird mindestens {notice.German} im Voraus gebucht. Bitte wählen Sie einen Beginn nach {time.German} Uhr am {day.German}."))
        { Field = "start" };
    }

    private static Refusal BeyondHorizon(Space space, LocalDate last, string field)
    {
        var (days, until) = (space.HorizonDays == 1 ? new Words("1 day", "1 Tag") : new Words($"{space.HorizonDays} days", $"{space.HorizonDays} Tage"), TimeWords.Day(last));
        return new("beyond_horizon", new(
            $"{space.Name} can be booked {days.English} ahead. Choose a time up to {until.English}.",
            $"„{space.Name}“ kann {days.German} im Voraus gebucht werden. Bitte wählen Sie eine Zeit bis {until.German}."))
        { Field = field };
    }

    private static Words Written(LocalSpan span) => TimeWords.Hours(span.Start.TimeOfDay, span.End.TimeOfDay);
}
