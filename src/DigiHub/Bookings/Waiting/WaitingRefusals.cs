namespace DigiHub.Bookings.Waiting;

/// <summary>Why somebody cannot wait for something, or no longer have what was offered.</summary>
internal static class WaitingRefusals
{
    public static Refusal TooManyOfYours { get; } = new("too_many_waiting", new(
        $"You can wait for up to {WaitingEntry.PerMemberMax} things at a time. End one first.",
        $"Sie können auf höchstens {WaitingEntry.PerMemberMax} Dinge gleichzeitig warten. Beenden Sie zuerst einen Eintrag.",
        $"Du kannst auf höchstens {WaitingEntry.PerMemberMax} Dinge gleichzeitig warten. Beende zuerst einen Eintrag."));

    public static Refusal ListFull { get; } = new("waiting_list_full", new(
        "The waiting list is full. Try again later.",
        "Die Warteliste ist voll. Versuchen Sie es später noch einmal.",
        "Die Warteliste ist voll. Versuch es später noch einmal."));

    /// <summary>With what is free beside it.</summary>
    public static Refusal IsFree { get; } = new("free_now", new(
        "That’s free now. Book it, there’s no need to wait.",
        "Das ist jetzt frei. Buchen Sie es, Sie müssen nicht warten.",
        "Das ist jetzt frei. Buche es einfach, du musst nicht warten."));

    public static Refusal NothingFits { get; } = new("nothing_fits", new(
        "No desk or room fits this wish. Ask for fewer people, less equipment or another length.",
        "Zu diesem Wunsch passt kein Platz und kein Raum. Wünschen Sie weniger Personen, weniger Ausstattung oder eine andere Dauer.",
        "Zu diesem Wunsch passt kein Platz und kein Raum. Wünsch dir weniger Personen, weniger Ausstattung oder eine andere Dauer."));

    public static Refusal WindowTooLong { get; } = new("too_long", new(
        $"A wish can reach over up to {WaitingEntry.WindowDaysMax} days.",
        $"Ein Wunsch kann über höchstens {WaitingEntry.WindowDaysMax} Tage reichen."))
    { Field = "until" };

    public static Refusal WindowTooShort { get; } = new("window_too_short", new(
        "The window is shorter than what you wish for. Choose a longer window or a shorter time.",
        "Der Zeitraum ist kürzer als die gewünschte Dauer. Wählen Sie einen längeren Zeitraum oder eine kürzere Dauer.",
        "Der Zeitraum ist kürzer als die gewünschte Dauer. Wähle einen längeren Zeitraum oder eine kürzere Dauer."))
    { Field = "minutes" };

    public static Refusal MinutesOutOfRange { get; } = new("minutes_out_of_range", new(
        $"Choose a length from 1 minute to {WishMinutesMax / 60} hours.",
        $"Wählen Sie eine Dauer von 1 Minute bis {WishMinutesMax / 60} Stunden.",
        $"Wähle eine Dauer von 1 Minute bis {WishMinutesMax / 60} Stunden."))
    { Field = "minutes" };

    public const int WishMinutesMax = 24 * 60;

    public static Refusal IsYours { get; } = new("already_yours", new(
        "You have that yourself at this time.",
        "Das haben Sie zu dieser Zeit selbst gebucht.",
        "Das hast du zu dieser Zeit selbst gebucht."));

    public static Refusal OnlyTheFrontDesk { get; } = new("only_front_desk", new(
        "Only the front desk can put somebody first.",
        "Nur der Empfang kann jemanden vorziehen."))
    { Field = "first" };

    public static Refusal Over { get; } = new("waiting_over", new(
        "This entry on the waiting list has ended.",
        "Dieser Eintrag auf der Warteliste ist beendet."));

    /// <summary>In good time, but somebody else has it by now, or it was withdrawn.</summary>
    public static Refusal OfferOver { get; } = new("offer_over", new(
        "This offer has ended. You keep your place and get the next one, as long as your entry stands.",
        "Dieses Angebot ist beendet. Sie behalten Ihren Platz und bekommen das nächste, solange Ihr Eintrag steht.",
        "Dieses Angebot ist beendet. Du behältst deinen Platz und bekommst das nächste, solange dein Eintrag steht."));
}
