using DigiHub.Notifications;

namespace DigiHub.Web.Notifications;

/// <summary>
/// The two forms of an e-mail. One component writes both: its parts put tags around their words, or set them as plain text, so neither can
/// say what the other does not, and no text is made by stripping tags.
/// </summary>
public enum EmailForm { Html, Text }

/// <summary>
/// Marks in the plain text, which the renderer turns into blank lines and line ends. White space of the markup counts for nothing.
/// </summary>
public static class TextMarks
{
    public const char Block = '\u001E';
    public const char Line = '\u001F';
}
