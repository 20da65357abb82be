using DigiHub.Mail;

namespace DigiHub.Tests.Mail;

public sealed class MailStatusTests
{
    [Theory]
    [InlineData("550 5.1.1 <ada@example.org>: Recipient address rejected", "5.1.1", BounceCause.NoSuchAddress)]
    [InlineData("5.1.10", "5.1.10", BounceCause.NoSuchAddress)] // RFC 7505: the domain takes no mail
    [InlineData("553 5.1.8 Sender address rejected: Domain not found", "5.1.8", BounceCause.Us)]
    [InlineData("550 5.7.1 Message rejected due to policy", "5.7.1", BounceCause.Us)]
    [InlineData("550-5.7.26 unauthenticated", "5.7.26", BounceCause.Us)]
    [InlineData("552 5.2.2 Mailbox full", "5.2.2", BounceCause.Address)]
    [InlineData("550 Mailbox unavailable", "5", BounceCause.Address)]
    [InlineData("smtp; 550 5.2.1 disabled", "5.2.1", BounceCause.Address)]
    [InlineData("450 4.2.0 Greylisted", "4.2.0", BounceCause.Nobody)]
    [InlineData("250 2.1.5 Ok", "2.1.5", BounceCause.Nobody)]
    [InlineData("10.5.1.1 does not answer", "0", BounceCause.Nobody)]
    [InlineData("connect to 5.1.1.20", "0", BounceCause.Nobody)]
    [InlineData("", "0", BounceCause.Nobody)]
    [InlineData(null, "0", BounceCause.Nobody)]
    [InlineData("5500 things", "0", BounceCause.Nobody)]
    public void Finds_whose_fault_a_refusal_is(string? said, string status, BounceCause blame)
    {
        var found = MailStatus.Find(said);

        Assert.Equal((status, blame), (found.ToString(), found.BounceCause));
    }
}
