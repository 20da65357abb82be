using System.Globalization;

namespace DigiHub.Tests;

/// <summary>German in two forms of address, which the culture carries.</summary>
public sealed class LanguagesTests
{
    private static readonly Words greeting = new("Welcome, you are in", "Willkommen, Sie sind drin", "Willkommen, du bist drin");

    [Theory]
    [InlineData(Language.German, FormOfAddress.Formal, "Willkommen, Sie sind drin")]
    [InlineData(Language.German, FormOfAddress.Familiar, "Willkommen, du bist drin")]
    [InlineData(Language.English, FormOfAddress.Formal, "Welcome, you are in")]
    [InlineData(Language.English, FormOfAddress.Familiar, "Welcome, you are in")]
    public void A_sentence_is_read_in_the_language_and_form_of_the_moment(Language language, FormOfAddress address, string expected)
    {
        CultureInfo.CurrentUICulture = language.Culture(address);

        Assert.Equal((language, address, expected), (Languages.Here, Languages.Address, greeting.Here));
    }

    [Fact]
    public void German_quoted_in_an_English_page_is_in_the_form_of_the_hub()
    {
        CultureInfo.CurrentUICulture = Language.English.Culture(FormOfAddress.Familiar);

        Assert.Equal("Willkommen, du bist drin", greeting.In(Language.German));
    }

    [Fact]
    public void One_German_text_serves_both_forms_where_it_addresses_nobody()
    {
        var plain = new Words("Booked", "Gebucht");

        Assert.Equal(["Gebucht", "Gebucht"],
            Enum.GetValues<FormOfAddress>().Select(address => plain.In(Language.German.Culture(address))));
    }

    [Theory]
    [InlineData(Language.German)]
    [InlineData(Language.English)]
    public void Both_forms_write_numbers_and_days_alike_and_have_one_name(Language language)
    {
        var (formal, familiar) = (language.Culture(), language.Culture(FormOfAddress.Familiar));
        var at = new DateTime(2026, 11, 30, 18, 5, 0, DateTimeKind.Unspecified);

        Assert.Equal((formal.Name, language.Tag()), (familiar.Name, Languages.Of(familiar).Tag()));
        Assert.Equal(1234567.89.ToString("N2", formal), 1234567.89.ToString("N2", familiar));
        Assert.Equal(at.ToString("F", formal), at.ToString("F", familiar));
        Assert.Equal("a ä b Z", string.Join(' ', "Z b ä a".Split(' ').Order(StringComparer.Create(familiar, ignoreCase: false))));
    }
}
