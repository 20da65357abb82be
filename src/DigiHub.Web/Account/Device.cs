namespace DigiHub.Web.Account;

/// <summary>
/// A browser in a few words, for the list of one's own sessions. A guess from what it says of itself: never a proof of anything.
/// </summary>
public static class Device
{
    // The order matters: Edge and Opera also name Chrome, Chrome also names Safari.
    private static readonly (string Mark, string Name)[] Browsers =
        [("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome/", "Chrome"), (
            "Safari/", "Safari")];

    private static readonly (string Mark, string Name)[] Systems =
        [("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS", "macOS"), ("Linux", "Linux")];

    /// <summary>"Firefox, Linux"; a question mark for what is not known.</summary>
    public static string Describe(string userAgent) => $"{NameIn(Browsers, userAgent)}, {NameIn(Systems, userAgent)}";

    private static string NameIn((string Mark, string Name)[] known, string userAgent)
    {
        foreach (var (mark, name) in known)
        {
            if (userAgent.Contains(mark, StringComparison.Ordinal))
                return name;
        }

        return "?";
    }
}
