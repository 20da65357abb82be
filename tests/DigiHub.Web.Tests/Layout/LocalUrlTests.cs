using DigiHub.Web.Layout;

namespace DigiHub.Web.Tests.Layout;

public sealed class LocalUrlTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/desks")]
    [InlineData("/desks?site=east&day=2026-11-23#plan")]
    [InlineData("/events/gr%C3%B6%C3%9Fe")]
    [InlineData("/a//b")]
    public void Leads_back_to_a_page_of_the_hub(string url) => Assert.Equal(url, LocalUrl.OrHome(url));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("desks")]
    [InlineData("//evil.example")]
    [InlineData("///evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("\\\\evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("/\n/evil.example")]
    [InlineData("/desks\r\nSet-Cookie: a=b")]
    [InlineData("/\0")]
    [InlineData("https://evil.example")]
    [InlineData("HTTPS://evil.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData(" /desks")]
    [InlineData("/events/größe")]
    [InlineData("/\u2028/evil.example")]
    [InlineData("~/desks")]
    [InlineData("@evil.example")]
    [InlineData(".evil.example")]
    public void Leads_home_instead_of_anywhere_else(string? url) => Assert.Equal("/", LocalUrl.OrHome(url));

    [Fact]
    public void Leads_home_instead_of_to_an_address_without_end() =>
        Assert.Equal("/", LocalUrl.OrHome("/" + new string('a', LocalUrl.LengthMax)));
}
