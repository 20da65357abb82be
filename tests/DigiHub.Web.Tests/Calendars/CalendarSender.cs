using DigiHub.Mail;
using DigiHub.Notifications;
using DigiHub.Web.Notifications;
using MimeKit;

namespace DigiHub.Web.Tests.Calendars;

/// <summary>What becomes of a mail.</summary>
public enum Fate { Arrives, LineBreaksAfterItArrived, LineBreaksBefore, ComesLater }

/// <summary>
/// Writes each e-mail as it would leave, and hands its calendar part to the reader's calendar; what else happens to it is its fate.
/// </summary>
internal sealed class CalendarSender : IMailSender, IDisposable
{
    private readonly Dictionary<string, CalendarClient> calendars = new(StringComparer.Ordinal);

    public CalendarReader Reader { get; set; } = null!;

    public void Dispose() => oneByOne.Dispose();

    public EmailMessages Messages { get; set; } = null!;

    public Fate Next { get; set; }

    public List<string> Log { get; } = [];

    public CalendarClient CalendarOf(string email) =>
        calendars.TryGetValue(email, out var known) ? known : calendars[email] = new CalendarClient();

    public void Clear()
    {
        calendars.Clear();
        Log.Clear();
    }

    private readonly SemaphoreSlim oneByOne = new(1);

    public async Task<SendReply> Send(Notification notification, Func<Task<bool>> mayLeave, CancellationToken stop)
    {
        await oneByOne.WaitAsync(stop);
        try
        {
            using var message = await Messages.Write(notification, stop) ?? throw new InvalidOperationException("Nothing to tell.");
            if (!await mayLeave())
                return SendReply.Cancelled;
            // A second hand-over of unknown end is final by design, and what it told with it.
            var fate = notification.UncertainCount == 0 ? Next : Fate.Arrives;
            Next = Fate.Arrives;
            if (fate is Fate.Arrives or Fate.LineBreaksAfterItArrived)
                await Arrive(notification, message);
            Log.Add($"{notification.Type} to {notification.RecipientName} ({notification.Told?.ToString() ?? "no calendar"}) {fate}");
            return fate switch
            {
                Fate.Arrives => new SendReply(SendResult.Taken, "250 OK"),
                Fate.ComesLater => new SendReply(SendResult.Later, "451 later"),
                _ => new SendReply(SendResult.Unknown, "the line broke"),
            };
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Fault ??= exception; // or the delivery would take it for a passing trouble
            throw;
        }
        finally
        {
            oneByOne.Release();
        }
    }

    public Exception? Fault { get; private set; }

    public Task<SendReply> Greet(CancellationToken stop) => Task.FromResult(new SendReply(SendResult.Taken, "250 OK"));

    private async Task Arrive(Notification notification, MimeMessage message)
    {
        foreach (var part in message.BodyParts.OfType<TextPart>().Where(part => part.ContentType.IsMimeType("text", "calendar")))
        {
            var read = await Reader.Read(part.Text);
            Assert.Equal(part.ContentType.Parameters["method"], read.Method);
            Assert.Equal($"mailto:{notification.RecipientEmail!.Shown}", Assert.Single(read.Entries[0].Attendees).Address);
            CalendarOf(notification.RecipientEmail.Shown).Take(read);
        }
    }
}
