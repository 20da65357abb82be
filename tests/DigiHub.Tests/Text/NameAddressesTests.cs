namespace DigiHub.Tests.Text;

public sealed class NameAddressesTests
{
    [Theory]
    [InlineData("Win 1000 EUR at http://evil.example/claim")]
    [InlineData("Win at evil.example")]
    [InlineData("EVIL.EXAMPLE")]
    [InlineData("evil.example/claim")]
    [InlineData("www.evil")]
    [InlineData("WWW . evil")]
    [InlineData("x.com")]
    [InlineData("X.Com")]
    [InlineData("T.Co/abc")]
    [InlineData("evil。example")]
    [InlineData("evil．example")]
    [InlineData("evil.\u200Bexample")]
    [InlineData("bücher.example")]
    [InlineData("xn--bcher-kva.example")]
    [InlineData("evil.xn--p1ai")]
    [InlineData("10.0.0.1")]
    [InlineData("mailto:ada")]
    [InlineData("https:evil")]
    [InlineData("ada@example.org")]
    public void Finds_an_address_however_it_is_written(string name) => Assert.True(NameAddresses.AreIn(name));

    [Theory]
    [InlineData("Ada Lovelace")]
    [InlineData("Dr. Jörg Müller")]
    [InlineData("Prof. Dr.-Ing. Grace Hopper")]
    [InlineData("J.R.R. Tolkien")]
    [InlineData("J.Tolkien")]
    [InlineData("Ada Lovelace, M.Sc.")]
    [InlineData("Bob Jr.")]
    [InlineData("Ada, Ph.D.")]
    [InlineData("Anne-Marie O’Neill")]
    [InlineData("Grace Hopper (Navy), 2.0")]
    [InlineData("李小龙")]
    public void Takes_names_for_names(string name) => Assert.False(NameAddresses.AreIn(name));
}
