using System.Buffers.Text;
using System.Text;
using DigiHub.Time;

namespace DigiHub.Tests.Time;

public sealed class CursorTests
{
    private static readonly Cursor some = new(Instant.FromUtc(2026, 11, 29, 9, 0), Guid.Parse("0198b1a0-0000-7000-8000-000000000001"));

    [Fact]
    public void Comes_back_from_its_text_and_fits_into_an_address()
    {
        Assert.Equal(some, Cursor.Parse(some.ToString()));
        Assert.Equal(7, Cursor.ParseNumber(Cursor.OfNumber(7)));
        Assert.Equal(some.ToString(), Uri.EscapeDataString(some.ToString()));
    }

    [Fact]
    public void Of_one_kind_is_none_of_the_other()
    {
        Assert.Null(Cursor.Parse(Cursor.OfNumber(7)));
        Assert.Null(Cursor.ParseNumber(some.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("1.2")]
    [InlineData("x.0198b1a0000070008000000000000001")]
    [InlineData("99999999999999999999.00000000000000000000000000000000")]
    [InlineData("9223372036854775807.00000000000000000000000000000000")]
    [InlineData("-9223372036854775808.00000000000000000000000000000000")]
    public void Nobody_gave_out_is_not_read(string text)
    {
        Assert.Null(Cursor.Parse(text));
        Assert.Null(Cursor.Parse(Base64Url.EncodeToString(Encoding.ASCII.GetBytes(text))));
        Assert.Null(Cursor.ParseNumber(text));
    }

    [Theory]
    [InlineData("17639424000000000", 2025)]
    [InlineData("104137919999999999", 2299)]
    [InlineData("7889184000000000", 1995)]
    [InlineData("7889183999999999", null)]
    [InlineData("104137920000000000", null)]
    [InlineData("-1", null)]
    [InlineData("9223372036854775807", null)]
    [InlineData("-9223372036854775808", null)]
    [InlineData("9223372036854775808", null)]
    [InlineData(" 17639424000000000", null)]
    [InlineData("1e3", null)]
    [InlineData("", null)]
    public void Goes_on_only_after_an_instant_that_databases_can_compare_with(string ticks, int? year) =>
        Assert.Equal(year, Cursor.Parse(Base64Url.EncodeToString(Encoding.ASCII.GetBytes($"{ticks}.{some.Id:N}")))?.At.InUtc().Year);

    [Fact]
    public void Of_nothing_is_none()
    {
        Assert.Null(Cursor.Parse(null));
        Assert.Null(Cursor.ParseNumber(null));
        Assert.Null(Cursor.Parse(new string('a', 101)));
    }
}
