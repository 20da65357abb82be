namespace DigiHub.Events;

/// <summary>What can be wrong with an event as typed, said to its organiser; each names the field.</summary>
internal static class EventRefusals
{
    public static Refusal NotOrganiser { get; } = new("not_an_organiser", new(
        "Only organisers can write events. Please ask the front desk.",
        "Nur Veranstalterinnen und Veranstalter können Veranstaltungen anlegen. Bitte fragen Sie am Empfang."));

    public static Refusal TitleMissing { get; } = On("title", "title_missing",
        "Please give the event a title, in German or in English.", "Bitte geben Sie einen Titel an, auf Deutsch oder auf Englisch.");

    public static Refusal TooLong(string field, int max) => On(field, "text_too_long",
        $"This is too long: at most {max} characters.", $"Das ist zu lang: höchstens {max} Zeichen.");

    public static Refusal StartMissing { get; } = On("start", "start_missing",
        "Please say when the event starts.", "Bitte geben Sie an, wann die Veranstaltung beginnt.");

    public static Refusal TooLongInTime { get; } = On("end", "event_too_long",
        $"An event may last at most {DraftRules.DaysMax} days.", $"Eine Veranstaltung darf höchstens {DraftRules.DaysMax} Tage dauern.");

    public static Refusal InThePast { get; } = On("start", "start_in_the_past",
        "The event would start in the past. Please choose a later start.",
        "Die Veranstaltung würde in der Vergangenheit beginnen. Bitte wählen Sie einen späteren Beginn.");

    public static Refusal TooFarAhead { get; } = On("start", "too_far_ahead",
        $"Events can be published up to {DraftRules.HorizonDays} days ahead.",
        $"Veranstaltungen können höchstens {DraftRules.HorizonDays} Tage im Voraus veröffentlicht werden.");

    public static Refusal SiteUnknown { get; } = On("site", "site_unknown", "Please choose a site.", "Bitte wählen Sie einen Standort.");

    public static Refusal NoSite { get; } = new("no_site", new(
        "No site has been set up yet, and every event keeps the clock of a site. Please ask the administration to set one up.",
        "Noch ist kein Standort eingerichtet, und jede Veranstaltung richtet sich nach der Uhr eines Standorts. Bitte wenden Sie sich an die Verwaltung."));

    public static Refusal RoomUnknown { get; } = On("space", "room_unknown",
        "This is not a room for events. Please choose another.", "Dies ist kein Raum für Veranstaltungen. Bitte wählen Sie einen anderen.");

    public static Refusal RoomElsewhere { get; } = On("space", "room_elsewhere",
        "This room is at the other site. Please choose a room or a site anew.",
        "Dieser Raum ist am anderen Standort. Bitte wählen Sie Raum oder Standort neu.");

    public static Refusal RoomMissing { get; } = On("space", "room_missing",
        "Please choose a room, or make it an online event.", "Bitte wählen Sie einen Raum, oder machen Sie eine Online-Veranstaltung daraus.");

    public static Refusal RoomTooSmall(string room, int seats) => On("capacity", "room_too_small",
        $"{room} has {seats} seats. Please choose fewer seats or a bigger room.",
        $"{room} hat {seats} Plätze. Bitte wählen Sie weniger Plätze oder einen größeren Raum.");

    public static Refusal CapacityOut { get; } = On("capacity", "capacity_out_of_range",
        $"The number of seats must be between 1 and {Figures.Of(Event.CapacityMax).English}.",
        $"Die Zahl der Plätze muss zwischen 1 und {Figures.Of(Event.CapacityMax).German} liegen.");

    public static Refusal JoinLinkMissing { get; } = On("joinLink", "join_link_missing",
        "Please give the link by which people join online.", "Bitte geben Sie den Link an, über den man online teilnimmt.");

    public static Refusal JoinLinkInvalid { get; } = On("joinLink", "join_link_invalid",
        "The link must be a full address that starts with https://.", "Der Link muss eine vollständige Adresse sein, die mit https:// beginnt.");

    public static Refusal WindowEmpty { get; } = On("registrationCloses", "registration_window_empty",
        "Registration must close after it opens.", "Die Anmeldung muss nach ihrem Beginn enden.");

    public static Refusal WindowTooLate { get; } = On("registrationCloses", "registration_closes_after_start",
        "Registration must close at the start at the latest.", "Die Anmeldung muss spätestens mit dem Beginn enden.");

    public static Refusal OpensTooLate { get; } = On("registrationOpens", "registration_opens_after_start",
        "Registration must open before the event starts.", "Die Anmeldung muss vor dem Beginn öffnen.");

    public static Refusal MinutesOut(string field) => On(field, "minutes_out_of_range",
        $"Please choose between 0 and {DraftRules.BufferMinutesMax} minutes.", $"Bitte wählen Sie zwischen 0 und {DraftRules.BufferMinutesMax} Minuten.");

    public static Refusal RemindersInvalid { get; } = On("reminders", "reminders_invalid",
        $"At most {Reminders.ReminderRule.PerEventMax} reminders, 1 to {Time.ReminderTime.DaysMax} days or 1 to {Time.ReminderTime.HoursMax} hours before the start.",
        $"Höchstens {Reminders.ReminderRule.PerEventMax} Erinnerungen, 1 bis {Time.ReminderTime.DaysMax} Tage oder 1 bis {Time.ReminderTime.HoursMax} Stunden vor dem Beginn.");

    public static Refusal NotADraft { get; } = new("not_a_draft", new(
        "This event has been published already.", "Diese Veranstaltung ist bereits veröffentlicht."));

    public static Refusal NotPublished { get; } = new("not_published", new(
        "Only a published event can be changed or cancelled like this.",
        "Nur eine veröffentlichte Veranstaltung kann so geändert oder abgesagt werden."));

    public static Refusal IsOver { get; } = new("event_over", new("This event is over.", "Diese Veranstaltung ist vorbei."));

    public static Refusal ReinstateTooLate { get; } = new("undo_too_late", new(
        "The letters about the cancelling are on their way; it cannot be taken back. You can copy the event.",
        "Die Absagen sind schon unterwegs; das lässt sich nicht mehr zurücknehmen. Sie können die Veranstaltung kopieren."));

    private static Refusal On(string field, string code, string english, string german) => new(code, new(english, german)) { Field = field };
}
