namespace DigiHub.Web.Layout;

/// <summary>
/// The button for the other language. On a page with a <see cref="LongFormAttribute"/> it sends that form along, so that what was typed
/// comes back in the new language without a script as well.
/// </summary>
public static class LanguageSwitch
{
    public const string Field = "language";

    /// <summary>
    /// Whether the form was sent for the language alone: then the page only shows it again. The language is the browser's from now on.
    /// </summary>
    public static bool ChosenIn(IFormCollection sent, HttpContext http)
    {
        if (Languages.Parse(sent[Field]) is not { } chosen)
            return false;
        Preferences.Speak(http, chosen);
        return true;
    }
}
