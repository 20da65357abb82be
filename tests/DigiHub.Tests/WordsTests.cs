using System.Text.RegularExpressions;
using DigiHub.Notifications;

namespace DigiHub.Tests;

/// <summary>One word for one thing, and the field's standard term: names that were given up do not come back.</summary>
public sealed partial class WordsTests
{
    [Fact]
    public void No_name_that_was_given_up_stands_in_the_sources()
    {
        var found = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.*", SearchOption.AllDirectories)
            .Where(path => path.EndsWith(".cs", StringComparison.Ordinal) || path.EndsWith(".razor", StringComparison.Ordinal))
            .Where(path => !Between(path, "bin") && !Between(path, "obj") && !Between(path, "Migrations"))
            .SelectMany(path => GivenUp().Matches(File.ReadAllText(path)).Select(match => $"{Path.GetFileName(path)}: {match.Value}"))
            .ToList();

        Assert.Empty(found);
    }

    private static bool Between(string path, string folder) =>
        path.Contains($"{Path.DirectorySeparatorChar}{folder}{Path.DirectorySeparatorChar}", StringComparison.Ordinal);

    [GeneratedRegex(
        @"\b(Letter(Kind|State|Class|Draft|Links|Messages|Layout)\w*|\w+Letters|[a-z]\w*Letter\b|I?(Smtp|Pickup)?Post(Result|Reply)|SmtpPost|PickupPost|IPost"
        + @"|ArmReminders|ArmedFor\w*|GatherReminders|RelayGate|DeliveryRound|KeepHouse|TakeReturn|AddressFault|FlapGuard|MembersWord"
        + @"|ClaimLaw|WriteDoor|TakeTurns|I?Knock(er|s|ed)?|HubMap|SitePlace|DeskThen|RulesOnce|BookingInHand|KeptAnswer|SameHouse|NotThere"
        + @"|Atoms?\w*|(Space|Own|Of|by|By)Atom|SpaceAtom\w*|(Hub)?Seal(Purpose)?|SealedPage|Door|AtTheDoor|EventRoll\w*|Roll(Order|Counts|Csv|Endpoints)|Done(Kind|Words)"
        + @"|Bucket|Grip|SendAhead|Returns?(Reading|Mailbox|Now|Settings)\w*|Suppressions\.\w+Check|AlarmManners|\w+Manners|AreAstray|IsAstray"
        + @"|AuditEntry|AuditTrail|AuditTable|ChangedFields|SubjectNumber|ThingOf|SeesAll|MayHost|ViewerOf"
        + @"|NotificationTypeWords|WorkWay|Signposts|MailRoom|MailTrial|ShortMemory|DigiHub\.Web\.(Parts|Guards))\b",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex GivenUp();
}
