namespace DigiHub.Bench;

/// <summary>The table of a document, between two marks, so that its figures are those that a run printed.</summary>
internal static class MeasuredTable
{
    private const string Begin = "<!-- measured: written by tests/bench record -->";
    private const string End = "<!-- /measured -->";

    /// <exception cref="InvalidOperationException">The document has not both marks, in their order.</exception>
    public static void Write(string document, Report report, string date, string commit)
    {
        var text = File.ReadAllText(document);
        var (begin, end) = (text.IndexOf(Begin, StringComparison.Ordinal), text.IndexOf(End, StringComparison.Ordinal));
        if (begin < 0 || end < begin)
            throw new InvalidOperationException($"{document} has no room for the table: between {Begin} and {End}.");
        var written = string.Join('\n',
        [
            Begin, $"On {date}, commit {commit}, on {Environment.ProcessorCount} processors that load generator, hub and database share.",
            "", .. report.Table(), "", "```", .. report.Goals(), "```", "",
        ]);
        File.WriteAllText(document, text[..begin] + written + text[end..]);
    }
}
