using System.Text.RegularExpressions;

namespace DigiHub.Tests;

/// <summary>
/// One word for one thing, and the field's standard term: words that were given up come back neither as names nor in comments.
/// </summary>
public sealed partial class WordsTests
{
    private static readonly string[] Folders = ["src", "tests"];

    private static readonly string[] Endings = [".cs", ".razor", ".css", ".js", ".mjs", ".ts", ".py"];

    [Fact]
    public void No_name_that_was_given_up_is_in_the_sources_or_the_tests() =>
        Assert.Empty(from path in Sources()
                     from Match match in GivenUp().Matches(File.ReadAllText(path))
                     select $"{Path.GetFileName(path)}: {match.Value}");

    [Fact]
    public void No_file_has_a_name_that_was_given_up() =>
        Assert.DoesNotContain(Sources().Select(path => Path.GetFileName(path)!), name => GivenUp().IsMatch(name));

    /// <summary>Letters of the alphabet, laws of a country and doors of a building are meant where these words are allowed.</summary>
    [Fact]
    public void Comments_speak_plainly() =>
        Assert.Empty(from path in Sources()
                     from comment in Comments(File.ReadAllText(path))
                     from Match match in Images().Matches(comment)
                     select $"{Path.GetFileName(path)}: {match.Value}: {comment.Trim()}");

    [Fact]
    public void Names_of_tests_speak_plainly() =>
        Assert.Empty(from path in Sources()
                     where path.Contains("Tests", StringComparison.Ordinal)
                     from Match test in TestName().Matches(File.ReadAllText(path))
                     from Match match in Images().Matches(test.Value.Replace('_', ' '))
                     select $"{Path.GetFileName(path)}: {match.Value}: {test.Value}");

    private static IEnumerable<string> Sources() =>
        from folder in Folders
        from path in Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.*", SearchOption.AllDirectories)
        where Endings.Contains(Path.GetExtension(path))
        where !Between(path, "bin") && !Between(path, "obj") && !Between(path, "Migrations") && !Between(path, "node_modules")
        where Path.GetFileName(path) != nameof(WordsTests) + ".cs"
        select path;

    private static IEnumerable<string> Comments(string source) => Comment().Matches(source).Select(match => match.Value);

    private static bool Between(string path, string folder) =>
        path.Contains($"{Path.DirectorySeparatorChar}{folder}{Path.DirectorySeparatorChar}", StringComparison.Ordinal);

    [GeneratedRegex(
        @"\b(Letter(Kind|State|Class|Draft|Links|Messages|Layout)\w*|\w+Letters|[a-z]\w*Letter\b|I?(Smtp|Pickup|Webhook|Remembering"
            + @"|Calendar|Own)?Post(Result|Reply)|(I|Smtp|Pickup|IWebhook|Webhook|Remembering|Calendar|Own)Post(Tests)?"
        + @"|ArmReminders|ArmedFor\w*|GatherReminders|RelayGate|DeliveryRound|KeepHouse\w*|TakeReturn|AddressFault|FlapGuard|MembersWord"
        + @"|\w*(Claim|Catalogue)Law\w*|WriteDoor\w*|TakeTurns|ShareTurn|RegistrationTurn|I?Knock(er|s|ed)?|HubMap|SitePlace|DeskThen"
        + @"|RulesOnce|BookingInHand|KeptAnswers?\w*|SameHouse|NotThere"
        + @"|Atoms?\w*|(Space|Own|Of|by|By)Atom|SpaceAtom\w*|(Hub)?Seal(Purpose)?|SealedPage|AtTheDoor|EventRoll\w*|Roll(Order"
        + @"|Counts|Csv|Endpoints)|Done(Kind|Words)"
        + @"|Bucket|Grip|SendAhead|Returns?(Reading|Mailbox|Now|Settings)\w*|Suppressions\.\w+Check"
        + @"|AlarmManners|\w*Manners|AreAstray|IsAstray"
        + @"|AuditEntry|AuditTrail|AuditTable|ChangedFields|SubjectNumber|ThingOf|SeesAll|MayHost|ViewerOf"
        + @"|NotificationTypeWords|WorkWay\w*|AttendeeWays|Signposts|MailRoom|MailTrial|ShortMemory|DigiHub\.Web\.(Parts|Guards)"
        + @"|FloorsTests|(Web)?House(Tests|Options|SelfTests)?|HouseUrl\w*|IsOfTheHouse|DemoHouses|PressToBook|(Database|Member"
        + @"|Roles)AtHand|ReminderTyped|Speech|WhatStands|RemindAnew\w*|MendAddress\w*|SmtpWeather\w*)\b",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex GivenUp();

    [GeneratedRegex(
        @"\b(houses?|whoever|whomever|anew|shall|mends?|mending|knock(s|ed|ing)?|(pressed|presses) (it|the (link|button))|one press|at "
            + @"(one|the) press|in hand|at hand|the post|front door|porter|weather|burnt|parted by"
        + @"|hung up|hangs? up|none of ours|law of the)\b",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Images();

    [GeneratedRegex(@"//[^\n]*|@\*.*?\*@|/\*.*?\*/", RegexOptions.Singleline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Comment();

    [GeneratedRegex(@"(?<=(Task|void) )[A-Z][a-zA-Z0-9]*(_[a-zA-Z0-9]+)+(?=\()",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex TestName();
}
