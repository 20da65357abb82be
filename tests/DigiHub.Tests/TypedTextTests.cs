namespace DigiHub.Tests;

public sealed class TypedTextTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData(" \r\n\t ", null)]
    [InlineData("  Lise   Meitner ", "Lise Meitner")]
    [InlineData("Lise\r\nBcc: all", "Lise Bcc: all")]
    [InlineData("a\0b\u0007c\u0085d", "abcd")]
    [InlineData("whole 🎉 pair", "whole 🎉 pair")]
    public void A_line_is_one_line_without_control_characters(string? typed, string? kept)
    {
        Assert.Equal(kept, TypedText.Line(typed));
    }

    [Fact]
    public void Half_a_character_that_no_database_could_keep_becomes_the_sign_for_one()
    {
        Assert.Equal("half \uFFFD pair", TypedText.Line("half " + '\uD83D' + " pair"));
    }

    [Theory]
    [InlineData("# Titel\r\n\r\n\tText\0 ", "# Titel\n\n\tText")]
    [InlineData("\n\n", null)]
    [InlineData(null, null)]
    public void Lines_keep_their_ends_and_tabs(string? typed, string? kept)
    {
        Assert.Equal(kept, TypedText.Lines(typed));
    }
}
