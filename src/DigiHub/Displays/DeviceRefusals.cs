namespace DigiHub.Displays;

/// <summary>What is said to those who pair screens, and on screens.</summary>
internal static class DeviceRefusals
{
    internal static Refusal CodeUnknown { get; } = new("pairing_code_unknown", new(
        "No screen shows this code. Codes are valid for 10 minutes and work once.",
        "Kein Bildschirm zeigt diesen Code. Codes gelten 10 Minuten und nur einmal."))
    { Field = "code" };

    internal static Refusal NoSuchRoom { get; } = new("device_space", new(
        "Choose a room, phone booth or lab of the site.",
        "Wählen Sie einen Raum, eine Telefonbox oder ein Labor des Standorts.",
        "Wähle einen Raum, eine Telefonbox oder ein Labor des Standorts."))
    { Field = "place" };

    internal static Refusal TooMany { get; } = new("too_many_devices", new(
        $"A site has at most {Device.PerSiteMax} screens. Revoke one that is no longer there.",
        $"Ein Standort hat höchstens {Device.PerSiteMax} Bildschirme. Widerrufen Sie einen, den es nicht mehr gibt.",
        $"Ein Standort hat höchstens {Device.PerSiteMax} Bildschirme. Widerruf einen, den es nicht mehr gibt."));

    internal static Refusal TooManyPairings { get; } = new("too_many_pairings", new(
        "Too many screens are waiting for a code. Try again in a few minutes.",
        "Zu viele Bildschirme warten auf einen Code. Versuchen Sie es in ein paar Minuten noch einmal.",
        "Zu viele Bildschirme warten auf einen Code. Versuch es in ein paar Minuten noch einmal."))
    { IsTransient = true };

    internal static Refusal NoWalkUp { get; } = new("walk_up_not_here", new(
        "This room can’t be taken at its door. Book it from your phone.",
        "Dieser Raum lässt sich nicht an der Tür belegen. Buchen Sie ihn mit dem Telefon.",
        "Dieser Raum lässt sich nicht an der Tür belegen. Buche ihn mit dem Telefon."));
}
