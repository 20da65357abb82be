using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Bookings;

/// <summary>Refusals of the booking rules: each names the rule and what to do instead.</summary>
public static partial class BookingRules
{
    internal static Refusal AlreadyBooked { get; } = new("already_booked", new(
        "Only one desk per person at a time. Change or cancel the other booking, or choose another time.",
        "Pro Person geht nur ein Arbeitsplatz zur selben Zeit. "
            + "Ändern oder stornieren Sie die andere Buchung oder wählen Sie eine andere Zeit.",
        "Pro Person geht nur ein Arbeitsplatz zur selben Zeit. Ändere oder storniere die andere Buchung oder wähle eine andere Zeit."));

    internal static Refusal TooManyBookings { get; } = new("too_many_bookings", new(
        $"The limit is {OpenBookingsMax} upcoming bookings per person. Cancel one first.",
        $"Pro Person sind höchstens {OpenBookingsMax} kommende Buchungen möglich. Stornieren Sie zuerst eine.",
        $"Pro Person sind höchstens {OpenBookingsMax} kommende Buchungen möglich. Storniere zuerst eine."));

    internal static Refusal MemberDisabled { get; } = new("member_disabled", new(
        "This account is disabled and can’t book. Ask the front desk.",
        "Dieses Konto ist gesperrt und kann nicht buchen. Wenden Sie sich an den Empfang.",
        "Dieses Konto ist gesperrt und kann nicht buchen. Wende dich an den Empfang."))
    { Field = "memberId" };

    internal static Refusal OnlyForYourself { get; } = new("only_for_yourself", new(
        "You can only book for yourself. To book for someone else, ask the front desk.",
        "Sie können nur für sich selbst buchen. Für andere bucht der Empfang.",
        "Du kannst nur für dich selbst buchen. Für andere bucht der Empfang."))
    { Field = "memberId" };

    internal static Refusal AlreadyStarted { get; } = new("already_started", new(
        "This booking has started, so you can only end it earlier. Choose an end between now and the booked end.",
        "Diese Buchung hat begonnen und lässt sich nur noch früher beenden. Wählen Sie ein Ende zwischen jetzt und dem gebuchten Ende.",
        "Diese Buchung hat begonnen und lässt sich nur noch früher beenden. Wähle ein Ende zwischen jetzt und dem gebuchten Ende."))
    { Field = "end" };

    internal static Refusal AlreadyOver { get; } = new("already_over", new(
        "This booking is over and can’t be changed. Book again.",
        "Diese Buchung ist vorbei und lässt sich nicht mehr ändern. Buchen Sie neu.",
        "Diese Buchung ist vorbei und lässt sich nicht mehr ändern. Buche neu."));

    internal static Refusal AlreadyCancelled { get; } = new("already_cancelled", new(
        "This booking is cancelled. Book again.",
        "Diese Buchung ist storniert. Buchen Sie neu.",
        "Diese Buchung ist storniert. Buche neu."));

    internal static Refusal AlreadyReleased { get; } = new("already_released", new(
        "Nobody checked in, so this booking was released. Book again.",
        "Niemand hat eingecheckt, darum wurde diese Buchung freigegeben. Buchen Sie neu.",
        "Niemand hat eingecheckt, darum wurde diese Buchung freigegeben. Buche neu."));

    internal static Refusal NotCancelled { get; } = new("not_cancelled", new(
        "This booking isn’t cancelled.",
        "Diese Buchung ist nicht storniert."));

    internal static Refusal TooLateToReinstate { get; } = new("too_late_to_reinstate", new(
        $"The {ReinstateBooking.MinutesMax} minutes to undo are over. Book again.",
        $"Die {ReinstateBooking.MinutesMax} Minuten zum Wiederherstellen sind vorbei. Buchen Sie neu.",
        $"Die {ReinstateBooking.MinutesMax} Minuten zum Wiederherstellen sind vorbei. Buche neu."));

    private static Refusal InThePast { get; } = new("in_the_past", new(
        "That time has already started. Choose a later start.",
        "Diese Zeit hat schon begonnen. Wählen Sie einen späteren Beginn.",
        "Diese Zeit hat schon begonnen. Wähle einen späteren Beginn."))
    { Field = "start" };

    internal static Refusal NobodyComes { get; } = new("people_out_of_range", new(
        "Enter at least 1 person.",
        "Geben Sie mindestens 1 Person an.",
        "Gib mindestens 1 Person an."))
    { Field = "people" };

    private static Refusal TitleTooLong { get; } = new("title_too_long", new(
        $"The title can have at most {Booking.TitleMax} characters. Shorten it.",
        $"Der Titel darf höchstens {Booking.TitleMax} Zeichen haben. Kürzen Sie ihn.",
        $"Der Titel darf höchstens {Booking.TitleMax} Zeichen haben. Kürze ihn."))
    { Field = "title" };

    private static Refusal ReminderOutOfRange { get; } = new("reminder_out_of_range", new(
        "A reminder can be sent up to 7 days before. Choose fewer minutes, or 0 for no reminder.",
        "Eine Erinnerung ist bis zu 7 Tage vorher möglich. Wählen Sie weniger Minuten oder 0 für keine Erinnerung.",
        "Eine Erinnerung ist bis zu 7 Tage vorher möglich. Wähle weniger Minuten oder 0 für keine Erinnerung."))
    { Field = "reminderMinutesBefore" };

    internal static Refusal PoolTaken(Pool pool)
    {
        var name = pool.Name.Words;
        return new("pool_taken", new(
            $"Nothing of “{name.English}” is free then. Choose another time, or a single desk or room.",
            $"Von „{name.German}“ ist dann nichts frei. Wählen Sie eine andere Zeit oder einen einzelnen Platz oder Raum.",
            $"Von „{name.Familiar}“ ist dann nichts frei. Wähle eine andere Zeit oder einen einzelnen Platz oder Raum."))
        { Field = "poolId" };
    }

    internal static Refusal PoolEmpty(Pool pool)
    {
        var name = pool.Name.Words;
        return new("pool_empty", new(
            $"Nothing of “{name.English}” is on offer right now. Choose a single desk or room.",
            $"Von „{name.German}“ ist derzeit nichts im Angebot. Wählen Sie einen einzelnen Platz oder Raum.",
            $"Von „{name.Familiar}“ ist derzeit nichts im Angebot. Wähle einen einzelnen Platz oder Raum."))
        { Field = "poolId" };
    }

    /// <summary>A rule says no to all of the pool; the sentence speaks of the first of them.</summary>
    internal static Refusal NotInPool(Pool pool, Refusal rule)
    {
        var name = pool.Name.Words;
        return rule with
        {
            Message = new(
                $"Nothing of “{name.English}” can be booked then. {rule.Message.English}",
                $"Von „{name.German}“ kann dann nichts gebucht werden. {rule.Message.German}",
                $"Von „{name.Familiar}“ kann dann nichts gebucht werden. {rule.Message.Familiar}"),
        };
    }

    internal static Refusal OutsidePool(Pool pool, Space space)
    {
        var name = pool.Name.Words;
        return new("outside_pool", new(
            $"This booking is for any of “{name.English}” and stays there. To have {space.Name}, book it and cancel this one.",
            $"Diese Buchung gilt für „{name.German}“ und bleibt dort. "
                + $"Wenn Sie {space.Name} möchten, buchen Sie das und stornieren Sie diese Buchung.",
            $"Diese Buchung gilt für „{name.Familiar}“ und bleibt dort. Wenn du {space.Name} möchtest, buche das und storniere diese "
                + "Buchung."))
        { Field = "spaceId" };
    }

    private static Refusal NotOffered(Space space) => new("space_not_offered", new(
        $"{space.Name} can’t be booked right now. Choose another desk or room.",
        $"{space.Name} kann derzeit nicht gebucht werden. Wählen Sie einen anderen Platz oder Raum.",
        $"{space.Name} kann derzeit nicht gebucht werden. Wähle einen anderen Platz oder Raum."))
    { Field = "spaceId" };

    private static Refusal IsRetired(Space space, LocalDate from)
    {
        var day = TimeWords.Day(from);
        return new("space_retired", new(
            $"{space.Name} can’t be booked from {day.English} on. Choose another desk or room.",
            $"{space.Name} kann ab {day.German} nicht mehr gebucht werden. Wählen Sie einen anderen Platz oder Raum.",
            $"{space.Name} kann ab {day.Familiar} nicht mehr gebucht werden. Wähle einen anderen Platz oder Raum."))
        { Field = "spaceId" };
    }

    private static Refusal TooManyPeople(Space space) => new("too_many_people", new(
        $"{space.Name} holds {space.Capacity}. Choose a larger room or fewer people.",
        $"{space.Name} fasst {space.Capacity}. Wählen Sie einen größeren Raum oder weniger Personen.",
        $"{space.Name} fasst {space.Capacity}. Wähle einen größeren Raum oder weniger Personen."))
    { Field = "people" };

    private static Refusal TooManyDays(Space space)
    {
        var days = space.Rules.MaxDays == 1
            ? new Words("1 day", "1 Tag")
            : new Words($"{space.Rules.MaxDays} days in a row", $"{space.Rules.MaxDays} Tage am Stück");
        return new("too_long", new(
            $"{space.Name} can be booked for at most {days.English}. Choose an earlier last day.",
            $"{space.Name} kann für höchstens {days.German} gebucht werden. Wählen Sie einen früheren letzten Tag.",
            $"{space.Name} kann für höchstens {days.Familiar} gebucht werden. Wähle einen früheren letzten Tag."))
        { Field = "end" };
    }

    private static Refusal OffTheSteps(Space space)
    {
        var (first, second) = (LocalTime.Noon, LocalTime.Noon.PlusMinutes(space.Rules.StepMinutes));
        var (from, until) = (TimeWords.Clock(first), TimeWords.Clock(second));
        return new("off_the_grid", new(
            $"{space.Name} is booked in steps of {space.Rules.StepMinutes} minutes. "
                + $"Choose times such as {from.English} or {until.English}.",
            $"{space.Name} wird in Schritten von {space.Rules.StepMinutes} Minuten gebucht. "
                + $"Wählen Sie Zeiten wie {from.German} oder {until.German} Uhr.",
            $"{space.Name} wird in Schritten von {space.Rules.StepMinutes} Minuten gebucht. Wähle Zeiten wie {from.Familiar} oder "
                + $"{until.Familiar} Uhr."))
        { Field = "start" };
    }

    private static Refusal NotAHalfDay(Space space, LocalDate date, DayHours hours)
    {
        var (day, morning, afternoon) = (TimeWords.Day(date), Written(hours.Morning(date)), Written(hours.Afternoon(date)));
        return new("off_the_grid", new(
            $"{space.Name} is booked by the half day. On {day.English}, choose {morning.English}, {afternoon.English}, or both.",
            $"{space.Name} wird halbtags gebucht. Wählen Sie am {GermanDay(date)}, {morning.German}, {afternoon.German} oder beides.",
            $"{space.Name} wird halbtags gebucht. Wähle am {GermanDay(date)}, {morning.Familiar}, {afternoon.Familiar} oder beides."))
        { Field = "start" };
    }

    private static Refusal NotADay(Space space, LocalDate date, DayHours hours)
    {
        var day = TimeWords.Day(date);
        return new("off_the_grid", new(
            $"{space.Name} is booked by the day. On {day.English}, choose {hours.Written.English}.",
            $"{space.Name} wird tageweise gebucht. Wählen Sie am {GermanDay(date)}, {hours.Written.German}.",
            $"{space.Name} wird tageweise gebucht. Wähle am {GermanDay(date)}, {hours.Written.Familiar}."))
        { Field = "start" };
    }

    private static Refusal NotWholeDays(LocalSpan whole)
    {
        var written = TimeWords.Span(whole);
        return new("off_the_grid", new(
            $"A booking over several days runs from opening to closing. Choose {written.English}.",
            $"Eine Buchung über mehrere Tage reicht von der Öffnung bis zur Schließung. Wählen Sie {written.German}.",
            $"Eine Buchung über mehrere Tage reicht von der Öffnung bis zur Schließung. Wähle {written.Familiar}."))
        { Field = "start" };
    }

    private static Refusal TooShort(Space space)
    {
        var least = TimeWords.Length(Duration.FromMinutes(space.Rules.MinMinutes));
        return new("too_short", new(
            $"{space.Name} must be booked for at least {least.English}. Choose a later end.",
            $"{space.Name} muss für mindestens {least.German} gebucht werden. Wählen Sie ein späteres Ende.",
            $"{space.Name} muss für mindestens {least.Familiar} gebucht werden. Wähle ein späteres Ende."))
        { Field = "end" };
    }

    private static Refusal TooLong(Space space)
    {
        var most = TimeWords.Length(Duration.FromMinutes(space.Rules.MaxMinutes));
        return new("too_long", new(
            $"{space.Name} can be booked for at most {most.English}. Choose an earlier end.",
            $"{space.Name} kann für höchstens {most.German} gebucht werden. Wählen Sie ein früheres Ende.",
            $"{space.Name} kann für höchstens {most.Familiar} gebucht werden. Wähle ein früheres Ende."))
        { Field = "end" };
    }

    private static Refusal NoticeTooShort(Space space, SiteContext place, Instant now)
    {
        var notice = TimeWords.Length(Duration.FromMinutes(space.Rules.NoticeMinutes));
        var earliest = place.Time.Local(now + Duration.FromMinutes(space.Rules.NoticeMinutes));
        var (day, time) = (TimeWords.Day(earliest.Date), TimeWords.Clock(earliest.TimeOfDay));
        return new("notice_too_short", new(
            $"{space.Name} must be booked at least {notice.English} ahead. Choose a start after {time.English} on {day.English}.",
            $"{space.Name} muss mindestens {notice.German} im Voraus gebucht werden. "
                + $"Wählen Sie einen Beginn nach {time.German} Uhr am {GermanDay(earliest.Date)}.",
            $"{space.Name} muss mindestens {notice.Familiar} im Voraus gebucht werden. Wähle einen Beginn nach {time.Familiar} Uhr am "
                + $"{GermanDay(earliest.Date)}."))
        { Field = "start" };
    }

    private static Refusal BeyondHorizon(Space space, LocalDate last, string field)
    {
        var (days, until) = (space.Rules.HorizonDays == 1
            ? new Words("1 day", "1 Tag")
            : new Words($"{space.Rules.HorizonDays} days", $"{space.Rules.HorizonDays} Tage"), TimeWords.Day(last));
        return new("beyond_horizon", new(
            $"{space.Name} can be booked up to {days.English} ahead. Choose a time up to {until.English}.",
            $"{space.Name} kann bis zu {days.German} im Voraus gebucht werden. Wählen Sie eine Zeit bis {until.German}.",
            $"{space.Name} kann bis zu {days.Familiar} im Voraus gebucht werden. Wähle eine Zeit bis {until.Familiar}."))
        { Field = field };
    }

    /// <summary>"Montag, dem 23. November 2026", after "am".</summary>
    private static string GermanDay(LocalDate date) => $"{TimeWords.DayName(date.DayOfWeek).German}, dem {TimeWords.Date(date).German}";

    private static Words Written(LocalSpan span) => TimeWords.Hours(span.Start.TimeOfDay, span.End.TimeOfDay);
}
