using System.Text.RegularExpressions;
using DigiHub.Mail;
using DigiHub.Notifications;

namespace DigiHub.Tests.Notifications;

/// <summary>Whatever the hub writes down as the reason of a notification's state has words for people: found in the sources, for a row takes any text.</summary>
public sealed partial class EmailReasonTests
{
    private static readonly string Model = Path.Combine(Repository.Root, "src", "DigiHub");

    [Fact]
    public void Every_reason_that_is_written_has_words_in_both_languages()
    {
        var written = Written().ToList();

        Assert.InRange(written.Count, 30, 200); // or they are not found any more
        Assert.DoesNotContain(written, reason => !NotificationReasonWords.All.ContainsKey(reason.Text));
        Assert.All(NotificationReasonWords.All.Values, words => Assert.True(words is { English.Length: > 0, German.Length: > 0 } && words.English != words.German));
    }

    private static IEnumerable<(string File, string Text)> Written()
    {
        foreach (var path in Directory.EnumerateFiles(Model, "*.cs", SearchOption.AllDirectories).Where(path => !path.Contains("Migrations", StringComparison.Ordinal)))
        {
            var (file, source) = (Path.GetFileName(path), Comment().Replace(File.ReadAllText(path), ""));
            // A check says nothing but reasons, from where it begins to the end of its file.
            var check = source.IndexOf(": INotificationCheck", StringComparison.Ordinal);
            var found = Literal().Matches(check < 0 ? "" : source[check..])
                .Concat(Withdrawing().Matches(source)).Concat(Recording().Matches(source)).Concat(Constant().Matches(source)).Concat(Setting().Matches(source));
            foreach (var match in found)
                yield return (file, match.Groups["reason"].Value);
        }
    }

    [GeneratedRegex(@"^\s*//.*$", RegexOptions.Multiline | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Comment();

    [GeneratedRegex("\\$?\"(?<reason>[^\"]*)\"", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Literal();

    [GeneratedRegex("Withdraw\\([^\"\\n;]*\"(?<reason>[^\"]*)\"", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Withdrawing();

    /// <summary>In DeliverNotifications.</summary>
    [GeneratedRegex("(Record\\(notification, [^\"\\n;]*|< now \\? )\"(?<reason>[^\"]*)\"", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Recording();

    [GeneratedRegex("const string (Reason|Withdrawn|Unwanted|CameBack) = \"(?<reason>[^\"]*)\"", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Constant();

    [GeneratedRegex("SetProperty\\(notification => notification\\.Reason, \"(?<reason>[^\"]*)\"", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Setting();
}
