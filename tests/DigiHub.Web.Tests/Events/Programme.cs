using DigiHub.Events;
using DigiHub.Keys;
using DigiHub.Registrations;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests.Events;

/// <summary>What Grace puts on, for tests of what people then see.</summary>
internal static class Programme
{
    /// <summary>Thursday 26 November 2026, 18:00 to 20:00, in Spree at East, for eight.</summary>
    public static async Task<Event> Publish(this WebHouse house, Func<EventDraft, EventDraft>? change = null)
    {
        var draft = await house.Write(change);
        return (await house.Services.GetRequiredService<PublishEvent>().Run(draft.Id, house.Cast.Grace.Id, CancellationToken.None)).Value;
    }

    public static async Task<Event> Write(this WebHouse house, Func<EventDraft, EventDraft>? change = null)
    {
        var draft = new EventDraft
        {
            Title = new("Kredit als Code", "Credit as code"),
            Text = new("Wir *zeigen* es.", "We *show* it."),
            SpaceId = house.Cast.Spree.Id,
            Start = new LocalDateTime(2026, 11, 26, 18, 0),
        };
        var request = new WriteEventRequest(EventId: null, change?.Invoke(draft) ?? draft, house.Cast.Grace.Id);
        return (await house.Services.GetRequiredService<WriteEvent>().Run(request, CancellationToken.None)).Value;
    }

    /// <summary>A guest's confirmed registration, as it lies in the database; their address is their first name at guests.example.</summary>
    public static async Task<Registration> Register(this WebHouse house, Event evt, string name)
    {
        var email = $"{name.Split(' ')[0].ToLowerInvariant()}@guests.example";
        var outcome = await house.Services.GetRequiredService<Register>()
            .Run(new RegisterRequest(evt.Id, GuestName: PersonName.Of(name), GuestEmail: EmailAddress.Of(email)), CancellationToken.None);
        Assert.True(outcome.IsDone, outcome.Refusal?.Code);
        var link = await house.Token(TokenPurpose.ManageRegistration, await house.Registration(evt, email));
        await house.Services.GetRequiredService<ConfirmRegistration>().ByLink(link, CancellationToken.None);
        return await house.Registration(evt, email);
    }

    public static Task<Registration> Registration(this WebHouse house, Event evt, string email) => house.Read(db =>
        db.Registrations.AsNoTracking().SingleAsync(one => one.EventId == evt.Id && one.NormalizedEmail == EmailAddress.Of(email).Key));

    /// <summary>The token that an e-mail or a ticket holds.</summary>
    public static async Task<string> Token(this WebHouse house, TokenPurpose purpose, Registration registration) =>
        (await house.Services.GetRequiredService<HubTokenSigner>().Get()).Close(purpose, registration.Id);
}
