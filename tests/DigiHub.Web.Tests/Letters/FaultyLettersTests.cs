using DigiHub.Calendars;
using DigiHub.Data;
using DigiHub.Letters;
using DigiHub.Operations;
using DigiHub.Tests;
using DigiHub.Web.Letters;
using DigiHub.Web.Registrations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using MimeKit;

namespace DigiHub.Web.Tests.Letters;

/// <summary>Faults of the hub's own in writing a letter.</summary>
public sealed class FaultyLettersTests(SqliteDatabase database) : WebHouseTests(database), IClassFixture<SqliteDatabase>
{
    private Func<LetterDraft, LetterDraft> fault = draft => draft;

    protected override WebHouseOptions Manners => new()
    {
        Settings = new Dictionary<string, string?> { ["Jobs:Workers"] = "0" },
        Furnish = services =>
        {
            services.RemoveAll<ILetterAuthor>();
            services.AddSingleton<RegistrationLetters>();
            services.AddSingleton<ILetterAuthor>(provider => new FaultyAuthor(provider.GetRequiredService<RegistrationLetters>(), draft => fault(draft)));
        },
    };

    [Fact]
    public async Task A_fault_in_the_calendar_part_does_not_cost_the_mail()
    {
        House.Expect("leaves without its calendar part");
        fault = draft => draft with
        {
            Calendar = draft.Calendar! with
            {
                Entry = draft.Calendar.Entry with { Series = new CalendarSeries(CalendarFrequency.Day, 2), InPlaceOf = draft.Calendar.Entry.When.Start },
            },
        };

        var letter = await Deliver();

        Assert.Equal((LetterState.Sent, null), (letter.State, letter.ToldSequence));
        using var mail = await MimeMessage.LoadAsync(Assert.Single(House.DataFolder.GetFiles("*.eml", SearchOption.AllDirectories)).FullName, Stop);
        Assert.Contains(DueLetters.Title, mail.TextBody!, StringComparison.Ordinal);
        Assert.DoesNotContain(mail.BodyParts, part => part.ContentType.IsMimeType("text", "calendar"));
        Assert.Contains(House.Log, line => line.Level == LogLevel.Error && line.ToString()!.Contains("calendar part", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_fault_in_the_picture_of_the_ticket_does_not_cost_the_mail()
    {
        House.Expect("leaves without its ticket picture");
        fault = draft => draft with { TicketCode = () => throw new InvalidOperationException("A fault of the test.") };

        var letter = await Deliver();

        Assert.Equal(LetterState.Sent, letter.State);
        using var mail = await MimeMessage.LoadAsync(Assert.Single(House.DataFolder.GetFiles("*.eml", SearchOption.AllDirectories)).FullName, Stop);
        Assert.Contains("/tickets/", mail.HtmlBody!, StringComparison.Ordinal);
        Assert.DoesNotContain(mail.BodyParts, part => part.ContentType.IsMimeType("image", "png"));
        Assert.Contains(mail.BodyParts, part => part.ContentType.IsMimeType("text", "calendar"));
    }

    [Fact]
    public async Task A_mail_that_cannot_be_written_is_in_the_outbox_as_given_up_and_somebodys_alarm()
    {
        House.Expect("cannot be written");
        House.Expect("DigiHub.Letters.");
        House.Expect("DigiHub.Operations.WatchLetters");
        fault = _ => throw new InvalidOperationException("A fault of the test.");

        var letter = await Deliver();

        Assert.Equal((LetterState.Failed, "unwritable", 1), (letter.State, letter.Reason, letter.Attempts));
        await using var scope = House.Services.CreateAsyncScope();
        Assert.Equal(1, await scope.ServiceProvider.GetRequiredService<WatchLetters>().Run(Stop));
        Assert.Null(await scope.ServiceProvider.GetRequiredService<LetterPreviews>().Of(letter, Stop));
        Assert.Contains("bug in DigiHub", letter.Advice!.Value.English, StringComparison.Ordinal);
    }

    private async Task<Letter> Deliver()
    {
        var now = DigiHub.Tests.House.Opening;
        var evt = DueLetters.NewEvent(Cast, now, now + Duration.FromDays(3));
        var letter = DueLetters.New(LetterKind.RegistrationConfirmed, "ada@example.org", now, evt.Start);
        await House.Lay(evt, DueLetters.NewRegistration(evt, letter.RegistrationId!.Value, letter.RecipientEmail!.Shown), letter);
        await using var scope = House.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<DeliverLetters>().Run(Stop);
        return await House.Read(db => db.Letters.AsNoTracking().SingleAsync(one => one.Id == letter.Id, Stop));
    }

    private sealed class FaultyAuthor(ILetterAuthor author, Func<LetterDraft, LetterDraft> fault) : ILetterAuthor
    {
        public bool Writes(LetterKind kind) => author.Writes(kind);

        public async Task<LetterDraft?> Draft(HubDb db, Letter letter, CancellationToken stop) =>
            await author.Draft(db, letter, stop) is { } draft ? fault(draft) : null;
    }
}
