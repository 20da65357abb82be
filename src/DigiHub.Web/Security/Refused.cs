namespace DigiHub.Web.Security;

/// <summary>A message and a stable code for each bare status.</summary>
internal static class Refused
{
    public static (string Code, Words Words) Of(int status) => status switch
    {
        400 => ("malformed", new(
            "This request can’t be processed. If it was a form, it has expired. Go back, reload the page and send it again.",
            "Diese Anfrage konnte nicht verarbeitet werden. War es ein Formular, ist es abgelaufen. "
                + "Gehen Sie zurück, laden Sie die Seite neu und senden Sie es noch einmal.",
            "Diese Anfrage konnte nicht verarbeitet werden. War es ein Formular, ist es abgelaufen. Geh zurück, lade die Seite neu und "
                + "sende es noch einmal.")),
        401 => ("sign_in_required",
            new("Sign in, or send a personal access token.", "Melden Sie sich an oder senden Sie ein persönliches Zugriffstoken.",
                "Melde dich an oder sende ein persönliches Zugriffstoken.")),
        403 => ("forbidden", new("You don’t have permission for this.", "Dafür fehlt Ihnen die Berechtigung.",
            "Dafür fehlt dir die Berechtigung.")),
        404 => ("not_found", new("Not found, or you don’t have access.", "Nicht gefunden, oder Ihnen fehlt die Berechtigung.",
            "Nicht gefunden, oder dir fehlt die Berechtigung.")),
        405 => ("method_not_allowed", new("This method isn’t supported here.", "Diese Methode wird hier nicht unterstützt.")),
        413 => ("too_large", new("The data is too large.", "Die Daten sind zu groß.")),
        414 => ("address_too_long", new("This address is too long.", "Diese Adresse ist zu lang.")),
        415 => ("unsupported_media_type", new("Unsupported content type.", "Dieses Format wird nicht unterstützt.")),
        431 => ("headers_too_large", new(
            "The request headers are too large. In a browser, delete this site’s cookies.",
            "Die Kopfzeilen dieser Anfrage sind zu groß. Löschen Sie im Browser die Cookies dieser Seite.",
            "Die Kopfzeilen dieser Anfrage sind zu groß. Lösche im Browser die Cookies dieser Seite.")),
        429 => ("too_many", new("Too many attempts. Wait a little, then try again.",
            "Zu viele Versuche. Warten Sie ein wenig und versuchen Sie es dann noch einmal.",
            "Zu viele Versuche. Warte ein wenig und versuch es dann noch einmal.")),
        503 => (Refusal.Busy.Code, new(
            "We can’t answer right now. Nothing was changed. Please try again shortly.",
            "Wir können gerade nicht antworten. Es wurde nichts geändert. Bitte versuchen Sie es gleich noch einmal.",
            "Wir können gerade nicht antworten. Es wurde nichts geändert. Bitte versuch es gleich noch einmal.")),
        >= 500 => ("broken", new("Something went wrong on our side.", "Bei uns ist etwas schiefgegangen.")),
        _ => ("refused", new("This request was refused.", "Diese Anfrage wurde abgelehnt.")),
    };
}
