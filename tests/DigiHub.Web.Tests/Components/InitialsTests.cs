using DigiHub.Web.Components;

namespace DigiHub.Web.Tests.Components;

public sealed class InitialsTests
{
    [Theory]
    [InlineData("Ada Lovelace", "AL")]
    [InlineData("Grace", "G")]
    [InlineData("  bob   van der  berg ", "BB")]
    [InlineData("Öykü Şahin", "ÖŞ")]
    [InlineData("Ada (Hub West) Lovelace", "AL")]
    [InlineData("42", "?")]
    [InlineData("", "?")]
    public void Are_the_first_emails_of_the_first_and_the_last_word(string name, string initials) =>
        Assert.Equal(initials, Initials.Of(name));
}
