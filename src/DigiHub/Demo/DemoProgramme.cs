using DigiHub.Events;

namespace DigiHub.Demo;

/// <summary>What the demo's sixty events are called and about; each in both languages.</summary>
internal static class DemoProgramme
{
    public sealed record Plan(Words Title, Words Text, string Topic);

    public static IReadOnlyList<Plan> Plans { get; } =
    [
        Fin("Instant payments in practice", "Sofortzahlungen in der Praxis",
            "What changes at the counter when money arrives in ten seconds",
            "Was sich an der Kasse ändert, wenn Geld in zehn Sekunden da ist"),
        Iot("IoT security clinic", "Sprechstunde IoT-Sicherheit",
            "Bring a device, leave with a list of what to fix first", "Gerät mitbringen, mit einer Liste gehen, was zuerst zu tun ist"),
        Fin("Open banking breakfast", "Frühstück zu Open Banking",
            "Three short stories about interfaces that banks really opened",
            "Drei kurze Geschichten über Schnittstellen, die Banken wirklich geöffnet haben"),
        Iot("LoRaWAN for beginners", "LoRaWAN für Einsteiger",
            "From the sensor to the first curve on the screen in two hours",
            "In zwei Stunden vom Sensor zur ersten Kurve auf dem Bildschirm"),
        Fin("Fraud patterns we saw this quarter", "Betrugsmuster dieses Quartals",
            "Anonymous cases, open discussion, no slides", "Anonyme Fälle, offene Runde, keine Folien"),
        Iot("Predictive maintenance round table", "Runder Tisch vorausschauende Wartung",
            "Mittelstand meets research: which data is worth collecting",
            "Mittelstand trifft Forschung: Welche Daten lohnt es zu sammeln?"),
        Fin("Digital euro: what we know", "Digitaler Euro: was wir wissen",
            "The state of the project and what it asks of software", "Stand des Projekts und was es von Software verlangt"),
        Iot("Edge or cloud?", "Edge oder Cloud?",
            "A debate with a vote before and after", "Ein Streitgespräch mit Abstimmung davor und danach"),
        Fin("First funding: pitch evening", "Erste Finanzierung: Pitch-Abend",
            "Five start-ups, five minutes each, honest questions", "Fünf Start-ups, je fünf Minuten, ehrliche Fragen"),
        Iot("Smart building walk", "Rundgang durch ein kluges Gebäude",
            "We open the cabinets of this house and explain every cable",
            "Wir öffnen die Schaltschränke dieses Hauses und erklären jedes Kabel"),
        Fin("Embedded finance workshop", "Werkstatt Embedded Finance",
            "Map one process of your company and find where money waits", "Einen Ablauf der eigenen Firma zeichnen und finden, wo Geld "
                + "wartet"),
        Iot("Digital product passport", "Digitaler Produktpass",
            "What manufacturers have to deliver, and by when", "Was Hersteller liefern müssen und bis wann"),
        Fin("Identity wallets hands-on", "Identitäts-Wallets zum Ausprobieren",
            "Issue, show and check a credential on your own phone", "Einen Nachweis auf dem eigenen Telefon ausstellen, zeigen und prüfen"),
        Iot("Matter and Thread lab night", "Labornacht Matter und Thread",
            "Six radios, one table, plenty of cables", "Sechs Funkmodule, ein Tisch, viele Kabel"),
        Fin("Risk models explained", "Risikomodelle erklärt",
            "Scoring without a black box, with pen and paper", "Scoring ohne Blackbox, mit Stift und Papier"),
    ];

    private static Plan Fin(string en, string de, string aboutEn, string aboutDe) => Make(DemoSites.FinTech, en, de, aboutEn, aboutDe);

    private static Plan Iot(string en, string de, string aboutEn, string aboutDe) => Make(DemoSites.IoT, en, de, aboutEn, aboutDe);

    private static Plan Make(string topic, string en, string de, string aboutEn, string aboutDe) => new(
        new Words(en, de),
        new Words(
            $"{aboutEn}.\n\n**Who should come:** anyone who works on the subject, from every kind of organisation.\n\n- Short welcome\n- "
                + "The main part\n- Coffee and conversation\n\nThe room is step-free to reach. "
                + "Questions are welcome before, during and after.",
            $"{aboutDe.TrimEnd('?')}{(aboutDe.EndsWith('?') ? "?" : ".")}\n\n**Für wen:** alle, die am Thema arbeiten, aus jeder Art von "
                + "Organisation.\n\n- Kurze Begrüßung\n- Der Hauptteil\n- Kaffee und Gespräch\n\nDer Raum ist stufenlos erreichbar. "
                + "Fragen sind vorher, währenddessen und nachher willkommen."),
        topic);
}
