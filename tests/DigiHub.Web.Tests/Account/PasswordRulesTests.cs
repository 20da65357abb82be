using DigiHub.Web.Account;

namespace DigiHub.Web.Tests.Account;

public sealed class PasswordRulesTests
{
    [Theory]
    [InlineData("vierzehnzeiche", "password_short")]
    [InlineData("correct horse battery staple", "password_common")]
    [InlineData("Correct-Horse-Battery-Staple!", "password_common")]
    [InlineData("Das ist mein Passwort", "password_common")]
    [InlineData("aaaaaaaaaaaaaaaaaa", "password_common")]
    [InlineData("abcabcabcabcabcabc", "password_common")]
    [InlineData("1234567890123456", "password_common")]
    [InlineData("abcdefghijklmnopq", "password_common")]
    [InlineData("DigiHub Berlin 2026", "password_common")]
    [InlineData("digihubdigihub1", "password_common")]
    [InlineData("Ada Lindholm 1815", "password_common")]
    [InlineData("lindholm@ledgerlicht", "password_common")]
    [InlineData("...............", "password_common")]
    [InlineData("password123456789", "password_common")]
    [InlineData("qwerty123456qwerty", "password_common")]
    [InlineData("Summer2026Summer2026", "password_common")]
    [InlineData("Summer2025!Summer2026!", "password_common")]
    [InlineData("Sommer2026Sommer2026", "password_common")]
    [InlineData("Willkommen2026!!", "password_common")]
    [InlineData("P@ssw0rdP@ssw0rd", "password_common")]
    [InlineData("qwertzuiop123456", "password_common")]
    [InlineData("01.01.1990 01.01.1990", "password_common")]
    [InlineData("ladygagaladygaga22", "password_common")]
    [InlineData("Ich bin ein Berliner", "password_common")]
    [InlineData("Werkhof-Nord 2026!", "password_common")]
    public void Refuses_what_is_short_or_easy_to_guess(string password, string code) =>
        Assert.Equal(code, PasswordRules.WhyNot(password, "Ada Lindholm", "ada.lindholm@ledgerlicht.example", "Werkhof Nord")?.Code);

    [Theory]
    [InlineData("fünfzehnzeichnx")]
    [InlineData("vier kleine Kähne am Kanal")]
    [InlineData("kq7w3hx9vd2mz5t")]
    [InlineData("rain river paper glass")]
    [InlineData("baum haus fenster regen")]
    [InlineData("Füchse im Berliner Regen")]
    [InlineData("🦊🌧️🚲 drei Bilder und Wörter")]
    public void Takes_anything_else_without_asking_for_digits_or_signs(string password) =>
        Assert.Null(PasswordRules.WhyNot(password, "Ada Lindholm", "ada.lindholm@ledgerlicht.example", "Werkhof Nord"));

    [Fact]
    public void Counts_characters_as_people_do()
    {
        Assert.Null(
            PasswordRules.WhyNot(string.Concat(Enumerable.Range(0, 128).Select(i => (char)('a' + (i * 7 % 26)))), "A", "a@b.de", "Hub"));
        Assert.Equal("password_long", PasswordRules.WhyNot(string.Concat(Enumerable.Range(0, 129).Select(i => (char)('a' + (i * 7 % 26)))),
            "A", "a@b.de", "Hub")?.Code);
    }
}
