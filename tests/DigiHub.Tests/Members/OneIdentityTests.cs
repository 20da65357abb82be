using DigiHub.Access;
using DigiHub.Data;
using DigiHub.Mail;
using DigiHub.Members;
using DigiHub.Operations;

namespace DigiHub.Tests.Members;

/// <summary>
/// One mailbox is one identity, however it is written: in the members' table, in search, for sign-in links and suppressions.
/// </summary>
public abstract class OneIdentityTests(TestDatabase database) : HubTests(database)
{
    private const string Jörg = "j\u00F6rg@m\u00FCnchen.example";

    /// <summary>Case, decomposed notifications, punycode, invisible signs around.</summary>
    private static readonly string[] Spellings =
        [Jörg, "JO\u0308RG@MU\u0308NCHEN.EXAMPLE", "j\u00F6rg@xn--mnchen-3ya.example",
            "\u200B\uFEFFj\u00F6rg@m\u00FCnchen.example\u2060 ", "jo\u0308rg@XN--MNCHEN-3YA.example"];

    [Fact]
    public async Task Of_those_who_come_at_the_same_moment_one_becomes_a_member()
    {
        var add = TestHub.Get<AddMember>();

        var outcomes = await Task.WhenAll(Spellings.Concat(Spellings).Select(spelled => Task.Run(() =>
            add.Run(new AddMemberRequest(PersonName.Of("Lise"), EmailAddress.Of(spelled), [], Language.German, PasswordHash: null),
                Stop))));

        Assert.Single(outcomes, outcome => outcome.IsDone);
        Assert.All(outcomes.Where(outcome => !outcome.IsDone), outcome => Assert.Equal("email_taken", outcome.Refusal!.Code));
        Assert.Equal(1,
            await TestHub.Read(db => db.Members.CountAsync(member => member.NormalizedEmail == EmailAddress.Of(Jörg).Key, Stop)));
    }

    [Fact]
    public async Task Every_spelling_gets_the_sign_in_link_and_finds_the_member_and_their_suppression()
    {
        await TestHub.Get<AddMember>().Run(
            new AddMemberRequest(PersonName.Of("Lise"), EmailAddress.Of(Jörg), [], Language.German, PasswordHash: null), Stop);
        await TestHub.Get<SuspendAddress>().Run(Spellings[1], SuppressionScope.Reminders, note: null, Cast.Alan.Id, Stop);

        foreach (var spelled in Spellings)
        {
            var explained = await TestHub.Get<ExplainAddress>().Run(EmailAddress.Of(spelled), Stop);
            Assert.Equal(("Lise", 1), (explained.Member?.Name.Text, explained.Suppressions.Count));
            Assert.Single(await TestHub.Get<MemberSearch>().Run(spelled, Cast.As(Cast.Frieda), Stop));
            Assert.Single((await TestHub.Get<SuspendedAddresses>().Find(spelled, Stop)).Addresses);
        }

        Assert.True((await TestHub.Get<SendSignInLink>().Run(EmailAddress.Of(Spellings[2]), Stop)).Value);
    }

    [Theory]
    [InlineData("YILDIZ")]
    [InlineData("yıldız")]
    [InlineData("  o'neill  yildiz ")]
    [InlineData("STRASSE")]
    [InlineData("gul")]
    public async Task A_name_is_found_whatever_its_case_accents_spaces_and_apostrophes(string typed)
    {
        await TestHub.Get<AddMember>().Run(
            new AddMemberRequest(PersonName.Of("Gül O\u2019Neill Yıldız Straße"),
                EmailAddress.Of("guel@example.org"), [], Language.German, PasswordHash: null), Stop);

        Assert.Equal("guel@example.org", Assert.Single(await TestHub.Get<MemberSearch>().Run(typed, Cast.As(Cast.Frieda), Stop)).Email);
    }

    public sealed class OnSqlite(SqliteDatabase database) : OneIdentityTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : OneIdentityTests(database), IClassFixture<PostgresDatabase>;
}
