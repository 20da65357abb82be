using System.Buffers.Text;
using System.Security.Cryptography;
using DigiHub.Keys;

namespace DigiHub.Tests.Keys;

/// <summary>What is hidden opens for its own use and thing alone, and tells nothing before that.</summary>
public sealed class TokenSignerTests
{
    private static readonly TokenSigner Ours = new(RandomNumberGenerator.GetBytes(32));
    private static readonly Guid Thing = Guid.NewGuid();

    [Theory]
    [InlineData("")]
    [InlineData("https://hooks.example.org/services/T0/B0/geheim")]
    [InlineData("grüß Gott 🦊")]
    public void What_is_hidden_can_be_read_again(string text) =>
        Assert.Equal(text, Ours.Reveal("use", Thing, Ours.Hide("use", Thing, text)));

    [Fact]
    public void The_same_text_looks_different_each_time() =>
        Assert.NotEqual(Ours.Hide("use", Thing, "text"), Ours.Hide("use", Thing, "text"));

    [Fact]
    public void It_opens_for_nothing_else()
    {
        var hidden = Ours.Hide("use", Thing, "text");

        Assert.Null(Ours.Reveal("another use", Thing, hidden));
        Assert.Null(Ours.Reveal("use", Guid.NewGuid(), hidden));
        Assert.Null(new TokenSigner(RandomNumberGenerator.GetBytes(32)).Reveal("use", Thing, hidden));
    }

    [Fact]
    public void Each_changed_bit_spoils_it()
    {
        var hidden = Base64Url.DecodeFromChars(Ours.Hide("use", Thing, "text"));

        for (var bit = 0; bit < hidden.Length * 8; bit++)
        {
            byte[] changed = [.. hidden];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Null(Ours.Reveal("use", Thing, Base64Url.EncodeToString(changed)));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("not base64 at all!")]
    [InlineData("bm90IGhpZGRlbg")]
    public void What_was_never_hidden_is_no_error(string? text) => Assert.Null(Ours.Reveal("use", Thing, text));
}
