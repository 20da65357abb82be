namespace DigiHub.Web;

/// <summary>Settings with which the hub must not start; the message names each key and what to do.</summary>
public sealed class BadSettingsException(IReadOnlyList<string> problems) : Exception(
    "Invalid settings:\n" + string.Join('\n', problems.Select(problem => "  - " + problem))
    + "\nEvery setting is explained in appsettings.example.json.")
{
    public IReadOnlyList<string> Problems { get; } = problems;
}
