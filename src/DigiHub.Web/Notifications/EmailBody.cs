using DigiHub.Notifications;
using MimeKit;

namespace DigiHub.Web.Notifications;

/// <summary>
/// The body of an e-mail, which stops once on its way to the relay: when all of it is written and only the end of DATA is missing, without
/// which a relay takes nothing (RFC 5321 4.1.1.4). There mayLeave is called; so the time in which nobody can know whether it went out is as
/// short as it can be, and an e-mail can be withdrawn until then.
/// </summary>
internal sealed class EmailBody(params MimeEntity[] parts) : MultipartAlternative(parts)
{
    /// <summary>Null while the e-mail is measured, signed or laid down. Throws to keep the e-mail from leaving.</summary>
    public Func<Task>? BeforeTheEnd { get; set; }

    public override async Task WriteToAsync(
        FormatOptions options, Stream stream, bool contentOnly, CancellationToken cancellationToken = default)
    {
        await base.WriteToAsync(options, stream, contentOnly, cancellationToken);
        if (BeforeTheEnd is { } mayLeave)
            await mayLeave();
    }
}
