namespace DigiHub.Tests.Text;

/// <summary>One parser for addresses, and one key for a mailbox however it is written.</summary>
public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("Ada@Example.ORG", "Ada@example.org", "Ada@example.org", "ADA@EXAMPLE.ORG")]
    [InlineData("  ada@example.org\t", "ada@example.org", "ada@example.org", "ADA@EXAMPLE.ORG")]
    [InlineData("\u200B\uFEFFada@example.org\u2060\u00AD", "ada@example.org", "ada@example.org", "ADA@EXAMPLE.ORG")]
    [InlineData("ada@m\u00FCnchen.example", "ada@m\u00FCnchen.example", "ada@xn--mnchen-3ya.example", "ADA@XN--MNCHEN-3YA.EXAMPLE")]
    [InlineData("ada@XN--MNCHEN-3YA.example", "ada@m\u00FCnchen.example", "ada@xn--mnchen-3ya.example", "ADA@XN--MNCHEN-3YA.EXAMPLE")]
    [InlineData("j\u00F6rg@example.org", "j\u00F6rg@example.org", "j\u00F6rg@example.org", "J\u00D6RG@EXAMPLE.ORG")]
    [InlineData("a.b+tag!#$%&'*/=?^_`{|}~-@example.org", "a.b+tag!#$%&'*/=?^_`{|}~-@example.org",
        "a.b+tag!#$%&'*/=?^_`{|}~-@example.org", "A.B+TAG!#$%&'*/=?^_`{|}~-@EXAMPLE.ORG")]
    public void Has_a_form_for_people_one_for_servers_and_one_to_compare(string typed, string shown, string wire, string key)
    {
        var address = EmailAddress.Parse(typed).Value;

        Assert.Equal((shown, wire, key), (address.Shown, address.Wire, address.Key));
    }

    [Theory]
    [InlineData("jo\u0308rg@mu\u0308nchen.example", "J\u00D6RG@M\u00DCNCHEN.EXAMPLE")] // NFD and NFC
    [InlineData("ada@xn--mnchen-3ya.example", "ADA@m\u00FCnchen.example")]
    [InlineData("ada@example\u3002org", "ada@example.org")] // RFC 5895 2: an ideographic full stop separates labels, too
    [InlineData("ada@\uFF45xample.org", "ada@example.org")]
    [InlineData("\u2066ada@example.org\u2069", "ada@example.org")]
    public void Spellings_of_one_mailbox_have_one_key(string one, string other)
    {
        Assert.Equal(EmailAddress.Parse(one).Value.Key, EmailAddress.Parse(other).Value.Key);
        Assert.Equal(EmailAddress.Parse(one).Value.Key, EmailAddress.KeyOfPart(other));
    }

    [Theory]
    [InlineData("ada+a@example.org", "ada@example.org")]
    [InlineData("ada@stra\u00DFe.example", "ada@strasse.example")] // RFC 5894 7.2: since IDNA 2008 two hosts
    [InlineData("joerg@example.org", "j\u00F6rg@example.org")]
    public void Different_mailboxes_have_different_keys(string one, string other) =>
        Assert.NotEqual(EmailAddress.Parse(one).Value.Key, EmailAddress.Parse(other).Value.Key);

    [Theory]
    [InlineData(null, "email_missing")]
    [InlineData(" \u200B ", "email_missing")]
    [InlineData("ada\u200B@example.org", "email_invisible")]
    [InlineData("ada@exam\u00ADple.org", "email_invisible")]
    [InlineData("a\u202Eda@example.org", "email_invisible")]
    [InlineData("ad\u3164a@example.org", "email_invisible")]
    [InlineData("ada@example.org\r\nBcc: bob@example.org", "email_invisible")]
    [InlineData("ada", "email_invalid")]
    [InlineData("@example.org", "email_invalid")]
    [InlineData("ada@", "email_invalid")]
    [InlineData("ada.@example.org", "email_invalid")] // RFC 5322 3.2.3: dots only between
    [InlineData(".ada@example.org", "email_invalid")]
    [InlineData("a..da@example.org", "email_invalid")]
    [InlineData("ada@example.org.", "email_invalid")]
    [InlineData("ada@example", "email_invalid")]
    [InlineData("ada@localhost", "email_invalid")]
    [InlineData("ada@127.0.0.1", "email_invalid")]
    [InlineData("ada@[127.0.0.1]", "email_invalid")]
    [InlineData("ada@-example.org", "email_invalid")]
    [InlineData("ada@exa_mple.org", "email_invalid")]
    [InlineData("ada@example..org", "email_invalid")]
    [InlineData("ada@xn--99999999.example", "email_invalid")]
    [InlineData("a da@example.org", "email_invalid")]
    [InlineData("\"a da\"@example.org", "email_invalid")]
    [InlineData("Ada <ada@example.org>", "email_invalid")]
    [InlineData("ada@example.org, bob@example.org", "email_invalid")]
    [InlineData("ada@bob@example.org", "email_invalid")]
    [InlineData("\uFF41da@example.org", "email_invalid")] // full-width a: another mailbox that looks the same
    [InlineData("ada\u00A0b@example.org", "email_invalid")]
    public void Refuses_what_is_none_in_words_that_name_the_field(string? typed, string code)
    {
        var refusal = EmailAddress.Parse(typed).Refusal;

        Assert.Equal((code, "email"), (refusal?.Code, refusal?.Field));
    }

    [Fact]
    public void Refuses_half_a_character() => Assert.Equal("email_invalid", EmailAddress.Parse("ad\uD83Da@example.org").Refusal?.Code);

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void A_local_part_has_at_most_64_octets(int octets, bool isOne) =>
        Assert.Equal(isOne, EmailAddress.TryParse(new string('a', octets) + "@example.org", out _));

    [Theory]
    [InlineData(32, true)]
    [InlineData(33, false)]
    public void Umlauts_count_two(int umlauts, bool isOne) =>
        Assert.Equal(isOne, EmailAddress.TryParse(new string('ö', umlauts) + "@example.org", out _));

    [Theory]
    [InlineData(254, true)]
    [InlineData(255, false)]
    public void Is_at_most_254_octets_long(int octets, bool isOne)
    {
        Assert.Equal(isOne, EmailAddress.TryParse(Fit(octets), out _));

        static string Fit(int octets)
        {
            var domain = string.Join('.', Enumerable.Repeat(new string('d', 47), 4)) + ".example"; // 199
            return new string('a', octets - domain.Length - 1) + "@" + domain;
        }
    }

    [Theory]
    [InlineData("hub@localhost", "hub@localhost")]
    [InlineData("hub@127.0.0.1", "hub@127.0.0.1")]
    [InlineData("hub@hub.example", "hub@hub.example")]
    [InlineData("hub", null)]
    [InlineData("", null)]
    [InlineData("hub\uFFFE@hub.example", null)]
    [InlineData("hub@h\uFFFFub.example", null)]
    public void A_mailbox_of_the_hub_may_be_at_a_host_without_a_dot(string typed, string? shown) =>
        Assert.Equal(shown, EmailAddress.OfTheHub(typed)?.Shown);

    [Theory]
    [InlineData("ada@", "ADA@")]
    [InlineData("@m\u00FCnchen.example", "@XN--MNCHEN-3YA.EXAMPLE")]
    [InlineData("jo\u0308rg", "J\u00D6RG")]
    public void A_part_is_looked_for_in_the_same_form(string part, string key) => Assert.Equal(key, EmailAddress.KeyOfPart(part));

    [Theory]
    [InlineData("ada@example.org", "mailto:ada@example.org")]
    [InlineData("a%b?c#d&e=f/g+h@example.org", "mailto:a%25b%3Fc%23d%26e%3Df%2Fg+h@example.org")]
    [InlineData("jörg@münchen.example", "mailto:j%C3%B6rg@xn--mnchen-3ya.example")]
    public void Becomes_a_URI_as_RFC_6068_2_says_and_back(string typed, string uri)
    {
        var address = EmailAddress.Of(typed);

        Assert.Equal(uri, MailtoUri.Of(address));
        Assert.Equal(address, MailtoUri.Read(uri + "?subject=x"));
        Assert.Equal($"{uri}?subject=Ab%26zu%20%C3%B6", MailtoUri.Of(address, "Ab&zu ö"));
    }

    [Fact]
    public void No_other_code_builds_such_a_URI()
    {
        var places = from path in Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*", SearchOption.AllDirectories)
                     where path.EndsWith(".cs", StringComparison.Ordinal) || path.EndsWith(".razor", StringComparison.Ordinal)
                         || path.EndsWith(".js", StringComparison.Ordinal)
                     where !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
                     where File.ReadAllText(path).Contains("mailto:", StringComparison.OrdinalIgnoreCase)
                     select Path.GetFileName(path);

        Assert.Equal(["MailtoUri.cs"], places);
    }
}
