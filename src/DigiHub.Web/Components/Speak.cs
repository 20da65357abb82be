namespace DigiHub.Web.Components;

/// <summary>Both languages side by side where a page or e-mail says something: <c>@T("Book", "Buchen")</c>.</summary>
public static class Speak
{
    /// <summary>The one of the request's (or the e-mail's) language, which localization or the e-mail's renderer has set.</summary>
    /// <param name="familiar">The German of a hub that says "du"; null where the same text serves.</param>
    public static string T(string english, string german, string? familiar = null) => new Words(english, german, familiar).Here;

    /// <summary>
    /// A count with the language's separators: "1,234", "1.234". For counts of people or rows, which may exceed a thousand.
    /// </summary>
    public static string N(long number) => Figures.Of(number).Here;
}
