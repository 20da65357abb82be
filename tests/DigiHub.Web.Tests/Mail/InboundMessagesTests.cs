using CsCheck;
using DigiHub.Calendars;
using DigiHub.Mail;
using DigiHub.Web.Mail;
using static DigiHub.Web.Tests.Mail.ReturnedMails;

namespace DigiHub.Web.Tests.Mail;

public sealed class InboundMessagesTests
{
    private static readonly Guid notification = Guid.CreateVersion7();

    public static TheoryData<string, string, string> Bounces => new()
    {
        { "Postfix, envelope id", Postfix(notification, "ada@example.org"), "5.1.1" },
        { "Postfix, address of return", Postfix(notification, "ada@example.org", withEnvelopeId: false), "5.1.1" },
        { "Postfix, gave up after days", Postfix(notification, "ada@example.org", status: "4.4.1"), "4.4.1" },
        { "Exchange, enclosed headers", Exchange(notification, "ada@example.org"), "5.1.10" },
        { "Gmail", Gmail(notification, "ada@example.org"), "5.1.1" },
        { "qmail", Qmail(notification, "ada@example.org"), "5.1.1" },
        { "qmail without a number", Qmail(notification, "ada@example.org", "This account has been disabled."), "5" },
    };

    [Theory]
    [MemberData(nameof(Bounces))]
    public void Understands_that_an_email_did_not_arrive(string form, string mail, string status)
    {
        var read = Assert.IsType<InboundMessage.Status>(Read(mail));

        Assert.Equal((notification, status, true, InboundKind.Bounce, form),
            (read.NotificationId, read.Said.ToString(), read.HasFailed, read.Kind, form));
    }

    [Fact]
    public void A_delay_is_no_failure()
    {
        var read = Assert.IsType<InboundMessage.Status>(Read(Postfix(notification, "ada@example.org", "4.4.1", "delayed")));

        Assert.Equal((false, InboundKind.Delay, BounceCause.Nobody), (read.HasFailed, read.Kind, read.Said.BounceCause));
    }

    [Fact]
    public void Good_news_is_not_for_us() =>
        Assert.IsType<InboundMessage.Other>(Read(Postfix(notification, "ada@example.org", "2.0.0", "delivered")));

    [Fact]
    public void A_holiday_reply_is_no_bounce() => Assert.IsType<InboundMessage.Other>(Read(Holiday(notification, "ada@example.org")));

    // Many programs send it with an empty return path and as "generated", or without any mark at all; a date is no status.
    [Theory]
    [InlineData("Auto-Submitted: auto-generated\n", "Ich bin bis 5.1.27 im Urlaub.")]
    [InlineData("", "Ich bin bis 5.1.27 im Urlaub.")]
    [InlineData("", "I am away until Monday.")]
    [InlineData("", "550 years of service: we celebrate until Monday.")]
    public void A_holiday_reply_without_its_marks_is_no_bounce_either(string marks, string words)
    {
        var mail = $"Return-Path: <>\nFrom: Ada <ada@example.org>\nTo: {Verp(notification)}\nSubject: "
            + $"Abwesend\n{marks}Content-Type: text/plain; charset=utf-8\n\n{words}\n";

        Assert.IsType<InboundMessage.Other>(Read(mail));
        Assert.IsType<InboundMessage.Status>(
            Read(mail.Replace("Ada <ada@example.org>", "MAILER-DAEMON@relay.test", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_bounce_that_names_no_email_means_nothing() =>
        Assert.IsType<InboundMessage.Other>(
            Read(Postfix(notification, "ada@example.org").Replace(notification.ToString("N"), "not-an-id", StringComparison.Ordinal)));

    [Theory]
    [InlineData("abuse", true)]
    [InlineData("Fraud", true)]
    [InlineData("not-spam", false)]
    [InlineData("virus", false)]
    public void Understands_a_complaint(string type, bool isOne)
    {
        var read = Read(Complaint(notification, type));

        Assert.Equal(isOne ? new InboundMessage.Complaint(notification) : new InboundMessage.Other(), read);
    }

    [Theory]
    [InlineData("DECLINED", ReplyAnswer.Declined)]
    [InlineData("ACCEPTED", ReplyAnswer.Accepted)]
    [InlineData("tentative", ReplyAnswer.Tentative)]
    public void Understands_the_answer_of_a_calendar(string partStat, ReplyAnswer answer) =>
        Assert.Equal(new InboundMessage.Reply("event-1@hub.test", EmailAddress.Of("ada@example.org"), answer, 3),
            Read(Reply("event-1@hub.test", "ada@example.org", partStat, 3)));

    [Theory]
    [InlineData("NEEDS-ACTION", "REPLY")]
    [InlineData("DECLINED", "REQUEST")]
    [InlineData("DECLINED", "COUNTER")]
    public void Any_other_calendar_text_is_for_people(string partStat, string method) =>
        Assert.IsType<InboundMessage.Other>(Read(Reply("event-1@hub.test", "ada@example.org", partStat, 3, method)));

    [Fact]
    public void Whatever_is_done_to_a_mail_never_throws()
    {
        string[] whole =
        [
            Postfix(notification, "ada@example.org"), Exchange(notification, "ada@example.org"),
            Gmail(notification, "ada@example.org"), Qmail(notification, "ada@example.org"),
            Complaint(notification), Reply("event-1@hub.test", "ada@example.org"), Holiday(notification, "ada@example.org"),
        ];
        var damaged = from mail in Gen.Int[0, whole.Length - 1].Select(which => whole[which])
                      let bytes = Bytes(mail)
                      from cuts in Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Int[0, 200], Gen.Byte.Array[0, 40]).Array[1, 5]
                      select cuts.Aggregate(bytes,
                          (left, cut) => [.. left.Take(cut.Item1), .. cut.Item3, .. left.Skip(cut.Item1 + cut.Item2)]);

        damaged.Sample(mail => new InboundMessages().Read(new MemoryStream(mail)) is not null, iter: 2_000);
    }

    [Fact]
    public void A_mail_nested_too_deep_is_let_go()
    {
        var mail = string.Concat(Enumerable.Range(0, 5_000).Select(i => $"Content-Type: multipart/mixed; boundary=b{i}\r\n\r\n--b{i}\r\n"));

        Assert.True(new InboundMessages().Read(new MemoryStream(Bytes(mail))) is InboundMessage.Unreadable or InboundMessage.Other);
    }

    private static InboundMessage Read(string mail) => new InboundMessages().Read(new MemoryStream(Bytes(mail)));
}
