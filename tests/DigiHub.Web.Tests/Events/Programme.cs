using DigiHub.Events;
using DigiHub.Keys;
using DigiHub.Registrations;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests.Events;

/// <summary>What Grace puts on, for tests of what people then see.</summary>
internal static class Programme
{
    /// <summary>Thursday 26 November 2026, 18:00 to 20:00, in Spree at East, for eight.</summary>
    public static async Task<Event> Publish(this WebTestHub testHub, Func<EventDraft, EventDraft>? change = null)
    {
        var draft = await testHub.Write(change);
        return (await testHub.Services
            .GetRequiredService<PublishEvent>().Run(draft.Id, testHub.Cast.Grace.Id, CancellationToken.None)).Value;
    }

    public static async Task<Event> Write(this WebTestHub testHub, Func<EventDraft, EventDraft>? change = null)
    {
        var draft = new EventDraft
        {
            Title = new("Kredit als Code", "Credit as code"),
            Text = new("Wir *zeigen* es.", "We *show* it."),
            SpaceId = testHub.Cast.Spree.Id,
            Start = new LocalDateTime(2026, 11, 26, 18, 0),
        };
        var request = new WriteEventRequest(EventId: null, change?.Invoke(draft) ?? draft, testHub.Cast.Grace.Id);
        return (await testHub.Services.GetRequiredService<WriteEvent>().Run(request, CancellationToken.None)).Value;
    }

    /// <summary>
    /// A guest's confirmed registration, as it lies in the database; their address is their first name at guests.example.
    /// </summary>
    public static async Task<Registration> Register(this WebTestHub testHub, Event evt, string name)
    {
        var email = $"{name.Split(' ')[0].ToLowerInvariant()}@guests.example";
        var outcome = await testHub.Services.GetRequiredService<Register>()
            .Run(new RegisterRequest(evt.Id, GuestName: PersonName.Of(name), GuestEmail: EmailAddress.Of(email)), CancellationToken.None);
        Assert.True(outcome.IsDone, outcome.Refusal?.Code);
        var link = await testHub.Token(TokenPurpose.ManageRegistration, await testHub.Registration(evt, email));
        await testHub.Services.GetRequiredService<ConfirmRegistration>().ByLink(link, CancellationToken.None);
        return await testHub.Registration(evt, email);
    }

    public static Task<Registration> Registration(this WebTestHub testHub, Event evt, string email) => testHub.Read(db =>
        db.Registrations.AsNoTracking().SingleAsync(one => one.EventId == evt.Id && one.NormalizedEmail == EmailAddress.Of(email).Key));

    /// <summary>The token that an e-mail or a ticket holds.</summary>
    public static async Task<string> Token(this WebTestHub testHub, TokenPurpose purpose, Registration registration) =>
        (await testHub.Services.GetRequiredService<HubTokenSigner>().Get()).Close(purpose, registration.Id);
}
