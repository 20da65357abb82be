namespace DigiHub.Web.Guards;

/// <summary>What a bare status means, in words and as a stable code.</summary>
internal static class Refused
{
    public static (string Code, Words Words) Of(int status) => status switch
    {
        400 => ("malformed", new(
            "This request could not be understood. If it was a form: it may have been open for too long, or you have signed in or out meanwhile. Go back, load the page again and send it once more.",
            "Diese Anfrage war nicht zu verstehen. Falls es ein Formular war: Vielleicht war es zu lange offen, oder Sie haben sich inzwischen an- oder abgemeldet. Gehen Sie zurück, laden Sie die Seite neu und senden Sie es noch einmal.")),
        401 => ("sign_in_required", new("Please sign in, or send a personal access token.", "Bitte melden Sie sich an, oder senden Sie ein persönliches Zugangstoken.")),
        403 => ("forbidden", new("This is not allowed from there, or not for you.", "Das ist von dort aus oder für Sie nicht erlaubt.")),
        404 => ("not_found", new("There is nothing here, or it is not yours to see.", "Hier gibt es nichts, oder es ist nicht für Sie bestimmt.")),
        405 => ("method_not_allowed", new("This cannot be done here in this way.", "Das geht hier auf diese Weise nicht.")),
        413 => ("too_large", new("That was more than the hub takes at once.", "Das war mehr, als der Hub auf einmal annimmt.")),
        414 => ("address_too_long", new("This address is too long.", "Diese Adresse ist zu lang.")),
        415 => ("unsupported_media_type", new("The hub does not understand this kind of content here.", "Diese Art von Inhalt versteht der Hub hier nicht.")),
        431 => ("headers_too_large", new(
            "The headers of this request are too large. In a browser, deleting this site's cookies helps.",
            "Die Kopfzeilen dieser Anfrage sind zu groß. Im Browser hilft es, die Cookies dieser Seite zu löschen.")),
        429 => ("too_many", new("That was too often in a short time. Please wait a little and try again.", "Das war zu oft in kurzer Zeit. Bitte warten Sie ein wenig und versuchen Sie es dann noch einmal.")),
        503 => (Refusal.Busy.Code, new(
            "The hub cannot answer at this moment. Nothing was changed; please try again shortly.",
            "Der Hub kann gerade nicht antworten. Es wurde nichts geändert; bitte versuchen Sie es gleich noch einmal.")),
        >= 500 => ("broken", new("Something broke on our side.", "Bei uns ist etwas schiefgegangen.")),
        _ => ("refused", new("This request was refused.", "Diese Anfrage wurde abgelehnt.")),
    };
}
