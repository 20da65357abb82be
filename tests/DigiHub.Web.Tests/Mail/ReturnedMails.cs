using System.Text;
using DigiHub.Notifications;

namespace DigiHub.Web.Tests.Mail;

/// <summary>Returned mails in the forms in which the mail programs of the world write them; every word is ours.</summary>
internal static class ReturnedMails
{
    public const string Hub = "hub.test";

    public static string Verp(Guid notification) => $"bounce+{notification:N}@{Hub}";

    /// <summary>Postfix: ENVID and ORCPT where it was given them, an RFC 3464 report, the e-mail enclosed.</summary>
    public static string Postfix(
        Guid notification, string recipient, string status = "5.1.1", string action = "failed", bool withEnvelopeId = true) => $"""
        Return-Path: <>
        Date: Mon, 23 Nov 2026 09:00:05 +0100 (CET)
        From: MAILER-DAEMON@relay.test (Mail Delivery System)
        Subject: Undelivered Mail Returned to Sender
        To: {(withEnvelopeId ? $"bounce@{Hub}" : Verp(notification))}
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status;
        	boundary="4F1C2.1763888405/relay.test"
        Message-Id: <{Guid.NewGuid():N}.relay@relay.test>

        This is a MIME-encapsulated message.

        --4F1C2.1763888405/relay.test
        Content-Description: Notification
        Content-Type: text/plain; charset=us-ascii

        This is the mail system at host relay.test. Your message could not be delivered.

        <{recipient}>: host mx.test[192.0.2.7] said: 550 {status} no such user here (in reply to RCPT TO command)

        --4F1C2.1763888405/relay.test
        Content-Description: Delivery report
        Content-Type: message/delivery-status

        Reporting-MTA: dns; relay.test
        {(withEnvelopeId ? $"Original-Envelope-Id: {notification:N}\n" : "")}X-Postfix-Queue-ID: 4F1C2
        X-Postfix-Sender: rfc822; {Verp(notification)}
        Arrival-Date: Mon, 23 Nov 2026 09:00:01 +0100 (CET)

        Final-Recipient: rfc822; {recipient}
        Original-Recipient: rfc822;{recipient}
        Action: {action}
        Status: {status}
        Remote-MTA: dns; mx.test
        Diagnostic-Code: smtp; 550 {status} no such user here

        --4F1C2.1763888405/relay.test
        Content-Description: Undelivered Message
        Content-Type: message/rfc822

        Return-Path: <{Verp(notification)}>
        Message-ID: <other@elsewhere.test>
        From: DigiHub <hub@{Hub}>
        To: {recipient}
        Subject: A letter

        Its text.

        --4F1C2.1763888405/relay.test--
        """;

    /// <summary>Exchange: the e-mail's own Message-ID is all that names it; the report part is long and wordy.</summary>
    public static string Exchange(Guid notification, string recipient) => $"""
        From: Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@exchange.test>
        To: <bounce@{Hub}>
        Subject: =?utf-8?B?VW56dXN0ZWxsYmFy?=
        Date: Mon, 23 Nov 2026 08:00:05 +0000
        Message-ID: <{Guid.NewGuid()}@exchange.test>
        MIME-Version: 1.0
        Auto-Submitted: auto-generated
        Content-Language: de-DE
        Content-Type: multipart/report; report-type=delivery-status; boundary="_xch_"

        --_xch_
        Content-Type: multipart/alternative; differences=Content-Type; boundary="_alt_"

        --_alt_
        Content-Type: text/plain; charset="utf-8"
        Content-Transfer-Encoding: quoted-printable

        Ihre Nachricht an {recipient} konnte nicht zugestellt werden. =C3=9Cberpr=C3=BCfen Sie die Adresse.

        --_alt_
        Content-Type: text/html; charset="utf-8"

        <html><body><p>Unzustellbar</p></body></html>

        --_alt_--

        --_xch_
        Content-Type: message/delivery-status

        Reporting-MTA: dns;EX01.exchange.test
        Received-From-MTA: dns;relay.test
        Arrival-Date: Mon, 23 Nov 2026 08:00:01 +0000

        Original-Recipient: rfc822;{recipient}
        Final-Recipient: rfc822;{recipient}
        Action: failed
        Status: 5.1.10
        Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found by SMTP address lookup
        X-Display-Name: Ada

        --_xch_
        Content-Type: text/rfc822-headers

        Message-ID: <{notification:N}@{Hub}>
        From: DigiHub <hub@{Hub}>
        Subject: A letter

        --_xch_--
        """;

    /// <summary>Gmail: a picture beside the words, and the status behind several lines of folded diagnostics.</summary>
    public static string Gmail(Guid notification, string recipient) => $"""
        Delivered-To: {Verp(notification)}
        From: Mail Delivery Subsystem <mailer-daemon@googlemail.test>
        To: {Verp(notification)}
        Auto-Submitted: auto-replied
        Subject: Delivery Status Notification (Failure)
        References: <{notification:N}@{Hub}>
        In-Reply-To: <{notification:N}@{Hub}>
        X-Failed-Recipients: {recipient}
        Message-ID: <{Guid.NewGuid():N}.gmr@mx.googlemail.test>
        Date: Mon, 23 Nov 2026 00:00:05 -0800 (PST)
        Content-Type: multipart/report; boundary="00aa"; report-type=delivery-status

        --00aa
        Content-Type: multipart/related; boundary="00bb"

        --00bb
        Content-Type: text/plain; charset="UTF-8"

        ** Address not found **

        --00bb
        Content-Type: image/png; name="icon.png"
        Content-Disposition: attachment; filename="icon.png"
        Content-Transfer-Encoding: base64

        iVBORw0KGgo=
        --00bb--
        --00aa
        Content-Type: message/delivery-status

        Reporting-MTA: dns; googlemail.test
        Arrival-Date: Mon, 23 Nov 2026 00:00:04 -0800 (PST)
        X-Original-Message-ID: <{notification:N}@{Hub}>

        Final-Recipient: rfc822; {recipient}
        Action: failed
        Status: 5.1.1
        Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist.
         550-5.1.1 Please try double-checking the address
         550 5.1.1 NoSuchUser - gsmtp
        Last-Attempt-Date: Mon, 23 Nov 2026 00:00:05 -0800 (PST)

        --00aa
        Content-Type: message/rfc822

        Message-ID: <{notification:N}@{Hub}>
        Subject: A letter

        --00aa--
        """;

    /// <summary>qmail: no report, only words, back to the address the e-mail came from.</summary>
    public static string Qmail(Guid notification, string recipient, string says = "Sorry, no mailbox here by that name. (#5.1.1)") => $"""
        Return-Path: <>
        Delivered-To: {Verp(notification)}
        Date: 23 Nov 2026 08:00:05 -0000
        From: MAILER-DAEMON@qmail.test
        To: {Verp(notification)}
        Subject: failure notice

        Hi. This is the qmail program at qmail.test. I could not deliver your message.

        <{recipient}>:
        {says}

        --- Below this line is a copy of the message.

        From: DigiHub <hub@{Hub}>
        Subject: A letter
        """;

    /// <summary>A holiday reply, sent to the same address as bounces are.</summary>
    public static string Holiday(Guid notification, string sender) => $"""
        Return-Path: <>
        Delivered-To: {Verp(notification)}
        From: Ada <{sender}>
        To: {Verp(notification)}
        Subject: Abwesend
        Message-ID: <{Guid.NewGuid():N}@example.org>
        Auto-Submitted: auto-replied (vacation)

        Ich bin bis 5.1.1 im Urlaub.
        """;

    /// <summary>A feedback report of a mailbox provider (RFC 5965), its reader's address taken out.</summary>
    public static string Complaint(Guid notification, string type = "abuse") => $"""
        From: <feedback@provider.test>
        To: <abuse@{Hub}>
        Subject: FW: A letter
        Date: Mon, 23 Nov 2026 09:30:00 +0100
        Message-ID: <{Guid.NewGuid():N}@provider.test>
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=feedback-report; boundary="fbl"

        --fbl
        Content-Type: text/plain; charset="US-ASCII"

        This is an email abuse report for a message received from 192.0.2.1.

        --fbl
        Content-Type: message/feedback-report

        Feedback-Type: {type}
        User-Agent: Provider/1.0
        Version: 1
        Original-Mail-From: <{Verp(notification)}>
        Source-IP: 192.0.2.1

        --fbl
        Content-Type: message/rfc822

        Message-ID: <{notification:N}@{Hub}>
        From: DigiHub <hub@{Hub}>
        Subject: A letter

        Its text.

        --fbl--
        """;

    /// <summary>What Outlook and its kin send when somebody presses a button of an invitation (RFC 6047).</summary>
    public static string Reply(string uid, string attendee, string answer = "DECLINED", int sequence = 0, string method = "REPLY") => $"""
        From: Ada <{attendee}>
        To: DigiHub <hub@{Hub}>
        Subject: Abgelehnt
        Date: Mon, 23 Nov 2026 09:30:00 +0100
        Message-ID: <{Guid.NewGuid():N}@example.org>
        MIME-Version: 1.0
        Content-Type: multipart/alternative; boundary="itip"

        --itip
        Content-Type: text/plain; charset=utf-8

        Ich kann leider nicht.

        --itip
        Content-Type: text/calendar; charset=utf-8; method={method}

        BEGIN:VCALENDAR
        PRODID:-//Somebody//Calendar//EN
        VERSION:2.0
        METHOD:{method}
        BEGIN:VEVENT
        UID:{uid}
        SEQUENCE:{sequence}
        DTSTAMP:20261123T083000Z
        DTSTART:20261130T170000Z
        ORGANIZER:mailto:hub@{Hub}
        ATTENDEE;PARTSTAT={answer};CN=Ada:MAILTO:{attendee}
        SUMMARY:Abgelehnt
        END:VEVENT
        END:VCALENDAR

        --itip--
        """;

    public static byte[] Bytes(string mail) => Encoding.UTF8.GetBytes(mail.ReplaceLineEndings("\r\n"));
}
