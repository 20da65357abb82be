namespace DigiHub.Tests.Text;

/// <summary>Names appear in mails to strangers: no hidden characters, no links.</summary>
public sealed class PersonNameTests
{
    [Theory]
    [InlineData("  Ada   Lovelace ", "Ada Lovelace")]
    [InlineData("Ada\u00A0\t\r\nLovelace\u2003", "Ada Lovelace")]
    [InlineData("\u200BAda\uFEFF\u2060", "Ada")]
    [InlineData("Gu\u0308l", "G\u00FCl")]
    [InlineData("Dr.M\u00FCller", "Dr. M\u00FCller")]
    [InlineData("Prof.Dr.Ada Lovelace", "Prof. Dr. Ada Lovelace")]
    [InlineData("J.R.R. Tolkien", "J.R.R. Tolkien")]
    [InlineData("Ada Lovelace, B.Sc.", "Ada Lovelace, B.Sc.")]
    [InlineData("O\u2019Neill-Yıldız", "O\u2019Neill-Yıldız")]
    [InlineData("\u0622\u0644\u0627\u0646", "\u0622\u0644\u0627\u0646")]
    [InlineData("王小明 3", "王小明 3")]
    [InlineData("Ada 😀", "Ada 😀")]
    public void Is_one_line_in_one_form(string typed, string name) => Assert.Equal(name, PersonName.Parse(typed).Value.Text);

    [Theory]
    [InlineData(null, "name_missing")]
    [InlineData(" \u200B\u3164\u2800 ", "name_missing")]
    [InlineData("123", "name_letters")]
    [InlineData("😀", "name_letters")]
    [InlineData("-", "name_letters")]
    [InlineData("\u0301", "name_letters")]
    [InlineData("A\u202Eda", "name_invisible")]
    [InlineData("A\u200Bda", "name_invisible")]
    [InlineData("A\u00ADda", "name_invisible")]
    [InlineData("A\u2066da\u2069 L", "name_invisible")]
    [InlineData("A\u3164da", "name_invisible")]
    [InlineData("A\u0001da", "name_invisible")]
    [InlineData("Win 1000 EUR at http://evil.example/claim", "name_link")]
    [InlineData("ftp://x", "name_link")]
    [InlineData("www.evil", "name_link")]
    [InlineData("WWW.evil", "name_link")]
    [InlineData("Ada evil.example", "name_link")]
    [InlineData("Ada EVIL.COM", "name_link")]
    [InlineData("Ada evil\uFF0Eexample", "name_link")]
    [InlineData("Ada evil\u3002example", "name_link")]
    [InlineData("Ada x.com/claim", "name_link")]
    [InlineData("Ada 10.0.0.1", "name_link")]
    [InlineData("Ada пример.рф", "name_link")]
    [InlineData("ada@evil.example", "name_link")]
    [InlineData("Dr.evil.com", "name_link")]
    public void Refuses_what_is_none_in_words_that_name_the_field(string? typed, string code)
    {
        var refusal = PersonName.Parse(typed).Refusal;

        Assert.Equal((code, "name"), (refusal?.Code, refusal?.Field));
    }

    [Theory]
    [InlineData("Ada", "Ada")]
    [InlineData("\u0622\u0644\u0627\u0646", "\u2068\u0622\u0644\u0627\u0646\u2069")]
    public void A_name_that_runs_to_the_left_is_isolated_inside_a_sentence(string typed, string isolated) =>
        Assert.Equal(isolated, PersonName.Of(typed).Isolated);

    [Fact]
    public void Refuses_half_a_character() => Assert.False(PersonName.TryParse("A\uD83Dda", out _));

    [Theory]
    [InlineData(100, null)]
    [InlineData(101, "name_too_long")]
    [InlineData(100_000, "name_too_long")]
    public void Is_at_most_100_characters_long(int length, string? code) =>
        Assert.Equal(code, PersonName.Parse(new string('a', length)).Refusal?.Code);
}
