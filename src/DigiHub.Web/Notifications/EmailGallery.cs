using DigiHub.Data;
using DigiHub.Notifications;
using DigiHub.Spaces;
using DigiHub.Web.Mail;
using Microsoft.Data.Sqlite;
using MimeKit;

namespace DigiHub.Web.Notifications;

/// <summary>
/// Every e-mail the hub can write, made by the same authors as the real ones, about things that do not exist: they are laid into a
/// database in memory that is gone when the e-mails are written.
/// </summary>
public sealed class EmailGallery(Catalogue catalogue, IServiceProvider services, IClock clock) : IDisposable
{
    private static readonly Guid nobody = new("0198b1a0-0000-7000-8000-00000000d001");
    private static readonly Duration freshFor = Duration.FromMinutes(1);

    private readonly SemaphoreSlim writing = new(1);
    private (Instant At, Dictionary<(EmailSample, Language), MailView> Notifications)? written;

    /// <summary>In both languages and both forms; empty in a hub without rooms.</summary>
    public async Task<IReadOnlyDictionary<(EmailSample Sample, Language Language), MailView>> Notifications(CancellationToken stop)
    {
        await writing.WaitAsync(stop);
        try
        {
            var now = clock.GetCurrentInstant();
            if (written is { Notifications.Count: > 0 } known && now - known.At <= freshFor)
                return known.Notifications;
            var notifications = await Write(now, stop);
            written = (now, notifications); // an empty one is not kept: the hub's first room is seen at once
            return notifications;
        }
        finally
        {
            writing.Release();
        }
    }

    public void Dispose() => writing.Dispose();

    private async Task<Dictionary<(EmailSample, Language), MailView>> Write(Instant now, CancellationToken stop)
    {
        Dictionary<(EmailSample, Language), MailView> notifications = [];
        if (EmailSamples.In(await catalogue.Map(stop), nobody, now) is not { } samples)
            return notifications;

        await using var memory = new SqliteConnection("Data Source=:memory:;Foreign Keys=False"); // only the rows the e-mails tell of are there
        await memory.OpenAsync(stop);
        var databases = new HubDbFactory(() => new SqliteDb(new DbContextOptionsBuilder<SqliteDb>().UseSqlite(memory).Options));
        await using (var db = databases.Open())
        {
            await db.Database.EnsureCreatedAsync(stop);
            db.AddRange(samples.Rows);
            await db.SaveChangesAsync(stop);
        }

        var messages = ActivatorUtilities.CreateInstance<EmailMessages>(services, databases);
        foreach (var sample in EmailSample.All)
        {
            foreach (var language in Enum.GetValues<Language>())
            {
                using var message = await messages.Write(samples.Of(sample, language), stop)
                    ?? throw new InvalidOperationException($"The gallery has no example of {sample}.");
                notifications[(sample, language)] = MailView.Of($"{sample.Kind}-{sample.Reading}-{language.Tag()}", message);
            }
        }

        return notifications;
    }
}
