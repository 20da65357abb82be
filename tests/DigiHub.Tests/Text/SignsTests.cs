using System.Text;
using DigiHub.Text;

namespace DigiHub.Tests.Text;

public sealed class SignsTests
{
    /// <summary>.NET's own throws over each of them; people paste them, and so do attackers. As numbers, for xunit writes UTF-8.</summary>
    [Theory]
    [InlineData(0xFFFE)]
    [InlineData(0xFFFF)]
    [InlineData(0xD83D)]
    [InlineData(0xDE00)]
    public void Whatever_is_typed_has_a_normal_form_and_can_be_searched_and_judged(int sign)
    {
        var text = $"a{(char)sign}b";

        Assert.Equal("a\uFFFDb", Signs.Normal(text, NormalizationForm.FormC));
        Assert.NotNull(SearchText.Fold(text));
        Assert.Null(EmailAddress.OfTheHub($"{text}@hub.example"));
        Assert.Null(EmailAddress.OfTheHub($"hub@{text}.example"));
    }

    [Fact]
    public void A_letter_and_its_accent_become_one() => Assert.Equal("\u00F6", Signs.Normal("o\u0308", NormalizationForm.FormC));
}
