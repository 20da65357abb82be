using DigiHub.Data;
using DigiHub.Notifications;
using DigiHub.Spaces;
using DigiHub.Web.Mail;
using Microsoft.Data.Sqlite;
using MimeKit;

namespace DigiHub.Web.Notifications;

/// <summary>One e-mail as it would arrive.</summary>
public sealed record EmailExample(EmailSample Sample, Language Language, MailView Mail);

/// <summary>
/// Every e-mail the hub can write, made by the same authors as the real ones, about things that do not exist: they are laid into a
/// database in memory that is gone when the e-mails are written.
/// </summary>
public sealed class EmailGallery(Catalogue catalogue, IEnumerable<IEmailAuthor> authors, IServiceProvider services, IClock clock)
    : IDisposable
{
    private static readonly Guid nobody = new("0198b1a0-0000-7000-8000-00000000d001");
    private static readonly Duration freshFor = Duration.FromMinutes(1);

    private readonly SemaphoreSlim writing = new(1);
    private (Instant At, FormOfAddress Address, List<EmailExample> Examples)? written;

    /// <summary>By type and reading, in both languages and both forms; none in a hub without rooms.</summary>
    public async Task<IReadOnlyList<EmailExample>> Examples(CancellationToken stop)
    {
        await writing.WaitAsync(stop);
        try
        {
            var now = clock.GetCurrentInstant();
            if (written is { Examples.Count: > 0 } known && now - known.At <= freshFor && known.Address == Languages.Address)
                return known.Examples;
            var examples = await Write(now, stop);
            written = (now, Languages.Address, examples); // none are not kept: the hub's first room is seen at once
            return examples;
        }
        finally
        {
            writing.Release();
        }
    }

    public void Dispose() => writing.Dispose();

    private async Task<List<EmailExample>> Write(Instant now, CancellationToken stop)
    {
        List<EmailExample> examples = [];
        if (EmailSamples.In(await catalogue.Map(stop), authors, nobody, now) is not { } samples)
            return examples;

        // only the rows the e-mails tell of are there
        await using var memory = new SqliteConnection("Data Source=:memory:;Foreign Keys=False");
        await memory.OpenAsync(stop);
        var databases = new HubDbFactory(() => new SqliteDb(new DbContextOptionsBuilder<SqliteDb>().UseSqlite(memory).Options));
        await using (var db = databases.Open())
        {
            await db.Database.EnsureCreatedAsync(stop);
            db.AddRange(samples.Rows);
            await db.SaveChangesAsync(stop);
        }

        var messages = ActivatorUtilities.CreateInstance<EmailMessages>(services, databases);
        foreach (var sample in samples.All)
        {
            foreach (var language in Enum.GetValues<Language>())
            {
                using var message = await messages.Write(samples.Of(sample, language), stop)
                    ?? throw new InvalidOperationException($"The gallery has no example of {sample}.");
                examples.Add(new EmailExample(sample, language, MailView.Of($"{sample.Type}-{sample.Reading}-{language.Tag()}", message)));
            }
        }

        return examples;
    }
}
