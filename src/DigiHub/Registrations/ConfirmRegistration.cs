using DigiHub.Audit;
using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Keys;
using DigiHub.Letters;
using DigiHub.Reminders;
using DigiHub.Spaces;

namespace DigiHub.Registrations;

/// <summary>
/// A guest presses the link in the first letter: the place that was held is theirs, the ticket or the place in line comes by letter, and
/// reminders from now on. Doing it twice is the same as once. Refuses with not_found, hold_over and event_over.
/// </summary>
public sealed class ConfirmRegistration(WriteDoor door, Catalogue catalogue, HubSeal hubSeal, IClock clock)
{
    public async Task<Outcome<Registration>> ByLink(string seal, CancellationToken stop)
    {
        if ((await hubSeal.Get(stop)).Open(SealPurpose.ManageRegistration, seal) is not { } registrationId)
            return Refusal.NotFound;
        var map = await catalogue.Map(stop);
        return await door.Run(async db =>
        {
            if (await RegistrationTurn.Take(db, registrationId, stop) is not var (registration, hosted))
                return Refusal.NotFound;
            if (registration.ConfirmBy is not { } until)
                return (Outcome<Registration>)registration;
            var now = clock.GetCurrentInstant();
            if (!registration.IsLive || now >= until)
                return RegistrationRefusals.HoldOver;
            if (now >= hosted.End)
                return RegistrationRefusals.TooLateToCancel;

            await Settle(db, registration, hosted, map.Place(hosted.SiteId)!, now, stop);
            return registration;
        }, stop);
    }

    /// <summary>Under the event's turn: makes a held place its owner's, with the letters that go with it.</summary>
    internal static async Task Settle(HubDb db, Registration registration, Event hosted, SitePlace place, Instant now, CancellationToken stop)
    {
        var id = registration.Id;
        registration.Confirm(now);
        await db.Letters.Where(letter => letter.RegistrationId == id && letter.Kind == LetterKind.RegistrationToConfirm)
            .Withdraw("confirmed", stop);
        RegistrationLetters.WriteSettled(db, registration, hosted, place, now);
        await ArmReminders.ForAll(db, hosted, place, [registration], now, stop);
        db.Record(now, registration.MemberId, Act.RegistrationConfirmed, id);
        // They may be the first of the list who can be given a seat that is free already.
        await WaitingList.GiveFreeSeats(db, hosted, place, now, stop);
    }
}
