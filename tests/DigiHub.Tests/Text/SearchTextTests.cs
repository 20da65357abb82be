namespace DigiHub.Tests.Text;

public sealed class SearchTextTests
{
    [Theory]
    [InlineData("GÜL", "gul")]
    [InlineData("Gu\u0308l", "gül")]
    [InlineData("Straße", "STRASSE")]
    [InlineData("STRAẞE", "strasse")]
    [InlineData("Yıldız", "YILDIZ")]
    [InlineData("İpek", "ipek")]
    [InlineData("Ada   Lovelace", " ada lovelace ")]
    [InlineData("Ada\u00A0Lovelace", "ada\tlovelace")]
    [InlineData("O\u2019Neill", "o'neill")]
    [InlineData("O\u02BCNeill", "O`Neill")]
    [InlineData("O\u00B4Neill", "O\uFF07Neill")] // the acute accent by itself would come apart into a space and a mark
    [InlineData("Anna\u2011Lena", "anna-lena")]
    [InlineData("Paweł", "pawel")]
    [InlineData("Søren", "soren")]
    [InlineData("Ægir", "aegir")]
    [InlineData("Σίσυφος", "ΣΙΣΥΦΟΣ")]
    [InlineData("A\u200Bda", "ada")]
    [InlineData("Ａｄａ", "ada")]
    public void Folds_alike_what_people_take_for_the_same(string one, string other) =>
        Assert.Equal(SearchText.Fold(one), SearchText.Fold(other));

    [Theory]
    [InlineData("Ada", "Ida")]
    [InlineData("Muller", "Mueller")]
    public void Keeps_apart_what_is_different(string one, string other) => Assert.NotEqual(SearchText.Fold(one), SearchText.Fold(other));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \u200B\u0301 ")]
    public void Looks_for_nothing_when_nothing_was_typed(string? typed) => Assert.Null(SearchText.Typed(typed));

    [Fact]
    public void Takes_half_a_character_and_what_is_far_too_long()
    {
        Assert.NotNull(SearchText.Typed("A\uD83D"));
        Assert.InRange(SearchText.Typed(new string('ﷺ', 100_000))!.Length, 1, SearchText.TypedMax * 18);
    }

    [Theory]
    [InlineData("panke", "panke", 0)]
    [InlineData("panke", "panka", 1)]
    [InlineData("panke", "pnke", 1)]
    [InlineData("panke", "spanke", 1)]
    [InlineData("panke", "havel", 4)]
    [InlineData("", "abc", 3)]
    public void Counts_what_has_to_be_changed_to_make_one_word_of_another(string one, string other, int distance) =>
        Assert.Equal((distance, distance), (SearchText.Distance(one, other), SearchText.Distance(other, one)));
}
