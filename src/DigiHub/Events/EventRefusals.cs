namespace DigiHub.Events;

/// <summary>What can be wrong with an event as typed, said to its organiser; each names the field.</summary>
internal static class EventRefusals
{
    public static Refusal NotOrganiser { get; } = new("not_an_organiser", new(
        "Only organisers can create events. Ask the front desk to make you one.",
        "Dafür brauchen Sie das Recht, Veranstaltungen zu erstellen. Wenden Sie sich an den Empfang.",
        "Dafür brauchst du das Recht, Veranstaltungen zu erstellen. Wende dich an den Empfang."));

    public static Refusal TitleMissing { get; } = On("title", "title_missing",
        "Enter a title, in German or in English.", "Geben Sie einen Titel ein, auf Deutsch oder auf Englisch.",
        "Gib einen Titel ein, auf Deutsch oder auf Englisch.");

    public static Refusal TooLong(string field, int max) => On(field, "text_too_long",
        $"This is too long. Use at most {max} characters.", $"Das ist zu lang. Nutzen Sie höchstens {max} Zeichen.",
        $"Das ist zu lang. Nutze höchstens {max} Zeichen.");

    public static Refusal StartMissing { get; } = On("start", "start_missing",
        "Enter when the event starts.", "Geben Sie an, wann die Veranstaltung beginnt.", "Gib an, wann die Veranstaltung beginnt.");

    public static Refusal TooLongInTime { get; } = On("end", "event_too_long",
        $"An event can last at most {DraftRules.DaysMax} days. Choose an earlier end.",
        $"Eine Veranstaltung kann höchstens {DraftRules.DaysMax} Tage dauern. Wählen Sie ein früheres Ende.",
        $"Eine Veranstaltung kann höchstens {DraftRules.DaysMax} Tage dauern. Wähle ein früheres Ende.");

    public static Refusal InThePast { get; } = On("start", "start_in_the_past",
        "The event would start in the past. Choose a later start.",
        "Die Veranstaltung würde in der Vergangenheit beginnen. Wählen Sie einen späteren Beginn.",
        "Die Veranstaltung würde in der Vergangenheit beginnen. Wähle einen späteren Beginn.");

    public static Refusal TooFarAhead { get; } = On("start", "too_far_ahead",
        $"Events can start at most {DraftRules.HorizonDays} days from now. Choose an earlier start.",
        $"Veranstaltungen können höchstens {DraftRules.HorizonDays} Tage im Voraus liegen. Wählen Sie einen früheren Beginn.",
        $"Veranstaltungen können höchstens {DraftRules.HorizonDays} Tage im Voraus liegen. Wähle einen früheren Beginn.");

    public static Refusal SiteUnknown { get; } = On("site", "site_unknown", "Choose a site.", "Wählen Sie einen Standort.",
        "Wähle einen Standort.");

    public static Refusal NoSite { get; } = new("no_site", new(
        "No site has been set up yet, and every event needs one. Ask an administrator to set one up.",
        "Noch ist kein Standort eingerichtet, und jede Veranstaltung braucht einen. Wenden Sie sich an die Verwaltung.",
        "Noch ist kein Standort eingerichtet, und jede Veranstaltung braucht einen. Wende dich an die Verwaltung."));

    public static Refusal TopicUnknown { get; } = new("unknown_topic", new(
        "The hub doesn’t have this topic. Choose one from the list.", "Dieses Thema gibt es im Hub nicht. Wählen Sie eines aus der Liste.",
        "Dieses Thema gibt es im Hub nicht. Wähle eines aus der Liste."))
    { Field = "topic" };

    public static Refusal RoomUnknown { get; } = On("space", "room_unknown",
        "This isn’t a room for events. Choose another one.", "Dies ist kein Raum für Veranstaltungen. Wählen Sie einen anderen.",
        "Dies ist kein Raum für Veranstaltungen. Wähle einen anderen.");

    public static Refusal RoomElsewhere { get; } = On("space", "room_elsewhere",
        "This room is at the other site. Choose another room or site.",
        "Dieser Raum ist am anderen Standort. Wählen Sie einen anderen Raum oder Standort.",
        "Dieser Raum ist am anderen Standort. Wähle einen anderen Raum oder Standort.");

    public static Refusal RoomMissing { get; } = On("space", "room_missing",
        "Choose a room, or make it an online event.", "Wählen Sie einen Raum oder machen Sie eine Online-Veranstaltung daraus.",
        "Wähle einen Raum oder mach eine Online-Veranstaltung daraus.");

    public static Refusal RoomTooSmall(string room, int seats) => On("capacity", "room_too_small",
        $"{room} has {seats} seats. Choose fewer seats or a larger room.",
        $"{room} hat {seats} Plätze. Wählen Sie weniger Plätze oder einen größeren Raum.",
        $"{room} hat {seats} Plätze. Wähle weniger Plätze oder einen größeren Raum.");

    public static Refusal CapacityOut { get; } = On("capacity", "capacity_out_of_range",
        $"Enter between 1 and {Figures.Of(Event.CapacityMax).English} seats.",
        $"Geben Sie 1 bis {Figures.Of(Event.CapacityMax).German} Plätze an.",
        $"Gib 1 bis {Figures.Of(Event.CapacityMax).Familiar} Plätze an.");

    public static Refusal JoinLinkMissing { get; } = On("joinLink", "join_link_missing",
        "Enter the link to join online.", "Geben Sie den Link zur Online-Teilnahme ein.", "Gib den Link zur Online-Teilnahme ein.");

    public static Refusal JoinLinkInvalid { get; } = On("joinLink", "join_link_invalid",
        "Enter a full link that starts with https://.", "Geben Sie einen vollständigen Link ein, der mit https:// beginnt.",
        "Gib einen vollständigen Link ein, der mit https:// beginnt.");

    public static Refusal WindowEmpty { get; } = On("registrationCloses", "registration_window_empty",
        "Choose a closing time after the opening time.", "Wählen Sie einen Anmeldeschluss nach dem Anmeldebeginn.",
        "Wähle einen Anmeldeschluss nach dem Anmeldebeginn.");

    public static Refusal WindowTooLate { get; } = On("registrationCloses", "registration_closes_after_start",
        "Choose a closing time no later than the event’s start.",
        "Wählen Sie einen Anmeldeschluss spätestens zum Beginn der Veranstaltung.",
        "Wähle einen Anmeldeschluss spätestens zum Beginn der Veranstaltung.");

    public static Refusal OpensTooLate { get; } = On("registrationOpens", "registration_opens_after_start",
        "Choose an opening time before the event’s start.", "Wählen Sie einen Anmeldebeginn vor dem Beginn der Veranstaltung.",
        "Wähle einen Anmeldebeginn vor dem Beginn der Veranstaltung.");

    public static Refusal MinutesOut(string field) => On(field, "minutes_out_of_range",
        $"Enter between 0 and {DraftRules.BufferMinutesMax} minutes.", $"Geben Sie 0 bis {DraftRules.BufferMinutesMax} Minuten an.",
        $"Gib 0 bis {DraftRules.BufferMinutesMax} Minuten an.");

    public static Refusal RemindersInvalid { get; } = On("reminders", "reminders_invalid",
        $"Set at most {Reminders.ReminderRule.PerEventMax} reminders, "
            + $"1 to {Time.ReminderTime.DaysMax} days or 1 to {Time.ReminderTime.HoursMax} hours before the start.",
        $"Möglich sind höchstens {Reminders.ReminderRule.PerEventMax} Erinnerungen, "
            + $"1 bis {Time.ReminderTime.DaysMax} Tage oder 1 bis {Time.ReminderTime.HoursMax} Stunden vor dem Beginn.");

    public static Refusal HubNotOpen { get; } = new("hub_not_open", new(
        "This hub isn’t open yet. Your draft is saved, and can be published once an administrator opens the hub.",
        "Dieser Hub ist noch nicht eröffnet. Ihr Entwurf ist gespeichert. Veröffentlichen können Sie ihn, sobald die Verwaltung "
            + "den Hub eröffnet.",
        "Dieser Hub ist noch nicht eröffnet. Dein Entwurf ist gespeichert. Veröffentlichen kannst du ihn, sobald die Verwaltung den Hub "
            + "eröffnet."));

    public static Refusal NotADraft { get; } = new("not_a_draft", new(
        "This event is already published.", "Diese Veranstaltung ist bereits veröffentlicht."));

    public static Refusal NotPublished { get; } = new("not_published", new(
        "Only a published event can be changed or cancelled like this.",
        "Nur eine veröffentlichte Veranstaltung kann so geändert oder abgesagt werden."));

    public static Refusal IsOver { get; } = new("event_over", new("This event is over.", "Diese Veranstaltung ist vorbei."));

    public static Refusal ReinstateTooLate { get; } = new("undo_too_late", new(
        "The cancellation e-mails have been sent, so this can’t be undone. Duplicate the event instead.",
        "Die Absagen sind verschickt und lassen sich nicht zurücknehmen. Duplizieren Sie die Veranstaltung.",
        "Die Absagen sind verschickt und lassen sich nicht zurücknehmen. Dupliziere die Veranstaltung."));

    private static Refusal On(string field, string code, string english, string german, string? familiar = null) =>
        new(code, new(english, german, familiar)) { Field = field };
}
