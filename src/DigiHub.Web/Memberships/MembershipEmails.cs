using DigiHub.Bookings;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Memberships;
using DigiHub.Notifications;
using DigiHub.Organisations;
using DigiHub.Spaces;
using DigiHub.Time;
using DigiHub.Web.Notifications;

namespace DigiHub.Web.Memberships;

/// <summary>Tells a member that somebody else changed their membership of an organisation.</summary>
public sealed class MembershipEmails(Catalogue catalogue, EmailLinks links) : IEmailAuthor
{
    public bool Writes(NotificationType type) => type == MembershipNotifications.Changed;

    public IEnumerable<EmailSample> Samples(SampleWorld world)
    {
        var organisation = SampleOrganisation.Row;
        var membership = Membership.Of(world.MemberId, organisation.Id, world.Now, isHome: false); // they may have one
        var ended = new EmailSample(MembershipNotifications.Changed, Membership.Subject.Of(membership.Id))
        {
            Note = new MembershipChangeNote(MembershipChange.Ended, BookingsCancelled: 2).Written,
            Rows = [organisation, membership],
        };
        return
        [
            ended,
            ended with
            {
                Reading = "HandedOver",
                Occasion = new("When bookings go to a colleague", "Wenn Buchungen an jemand anderen gehen"),
                Note = new MembershipChangeNote(MembershipChange.Ended)
                {
                    HandedOverTo = world.MemberId,
                    HandedOver = [Then(world.Booking), Then(world.DeskElsewhere)],
                }.Written,
            },
            Of(new(MembershipChange.Added), new("When somebody is added", "Wenn jemand aufgenommen wird")),
            Of(new(MembershipChange.MadeAdministrator), new("When somebody becomes administrator", "Wenn jemand die Verwaltung erhält")),
            Of(new(MembershipChange.MadeMember), new("When somebody is administrator no more", "Wenn jemand die Verwaltung abgibt")),
            Of(new(MembershipChange.OrganisationRetired),
                new("When the organisation is retired", "Wenn die Organisation stillgelegt wird")),
        ];

        static BookingThen Then(Booking booking) => new(booking.SpaceId, booking.LocalSpan);

        EmailSample Of(MembershipChangeNote note, Words occasion) =>
            ended with { Reading = note.Change.ToString(), Occasion = occasion, Note = note.Written };
    }

    public async Task<EmailDraft?> Draft(HubDb db, Notification notification, CancellationToken stop)
    {
        if (MembershipChangeNote.Parse(notification.Note) is not { } note)
            return null;
        var memberships = db.Memberships.Where(one => one.Id == notification.SubjectId);
        var name = await db.Organisations.Where(of => memberships.Any(one => one.OrganisationId == of.Id))
            .Select(of => of.Name).SingleOrDefaultAsync(stop);
        if (name is null)
            return null;
        var toId = note.HandedOverTo;
        var to = toId is null ? null : await db.Members.Where(one => one.Id == toId).Select(one => one.Name).SingleOrDefaultAsync(stop);
        var facts = new MembershipFacts(links.HubName, name, note) { HandedOverTo = to, Map = await catalogue.Map(stop) };
        return new EmailDraft(facts.Title.In(notification.Language), typeof(MembershipChangedEmail), facts);
    }
}

/// <summary>The organisation of examples: it is in no hub.</summary>
internal static class SampleOrganisation
{
    public static Organisation Row { get; } = new()
    {
        Id = 1_000_001,
        Slug = "musterwerk",
        Name = "Musterwerk",
        Kind = OrganisationKind.Mittelstand,
    };
}

public sealed record MembershipFacts(string HubName, string Organisation, MembershipChangeNote Note)
{
    public Words Title => Note.Change switch
    {
        MembershipChange.Added => new($"You now belong to {Organisation}", $"Sie gehören jetzt zu {Organisation}",
            $"Du gehörst jetzt zu {Organisation}"),
        MembershipChange.MadeAdministrator => new($"You now administrate {Organisation}", $"Sie verwalten jetzt {Organisation}",
            $"Du verwaltest jetzt {Organisation}"),
        MembershipChange.MadeMember => new($"You no longer administrate {Organisation}", $"Sie verwalten {Organisation} nicht mehr",
            $"Du verwaltest {Organisation} nicht mehr"),
        _ => new($"You no longer belong to {Organisation}", $"Sie gehören nicht mehr zu {Organisation}",
            $"Du gehörst nicht mehr zu {Organisation}"),
    };

    public Words What => Note.Change switch
    {
        MembershipChange.Added => new(
            $"From now on you book at {HubName} in the name of {Organisation}, unless you belong to another organisation already.",
            $"Ab jetzt buchen Sie bei {HubName} im Namen von {Organisation}, "
                + "sofern Sie nicht schon zu einer anderen Organisation gehören.",
            $"Ab jetzt buchst du bei {HubName} im Namen von {Organisation}, sofern du nicht schon zu einer anderen Organisation gehörst."),
        MembershipChange.MadeAdministrator => new(
            $"You can invite people to {Organisation} and end their memberships.",
            $"Sie können Menschen zu {Organisation} einladen und ihre Zugehörigkeit beenden.",
            $"Du kannst Menschen zu {Organisation} einladen und ihre Zugehörigkeit beenden."),
        MembershipChange.MadeMember => new(
            $"You still belong to {Organisation}, but others look after its people.",
            $"Sie gehören weiter zu {Organisation}, um die Mitglieder kümmern sich andere.",
            $"Du gehörst weiter zu {Organisation}, um die Mitglieder kümmern sich andere."),
        MembershipChange.OrganisationRetired => new(
            $"{HubName} has retired {Organisation}. Your account and what you booked in the past remain.",
            $"{HubName} hat {Organisation} stillgelegt. Ihr Konto und Ihre vergangenen Buchungen bleiben bestehen.",
            $"{HubName} hat {Organisation} stillgelegt. Dein Konto und deine vergangenen Buchungen bleiben bestehen."),
        _ => new(
            $"Your membership of {Organisation} has ended. Your account and what you booked in the past remain.",
            $"Ihre Zugehörigkeit zu {Organisation} ist beendet. Ihr Konto und Ihre vergangenen Buchungen bleiben bestehen.",
            $"Deine Zugehörigkeit zu {Organisation} ist beendet. Dein Konto und deine vergangenen Buchungen bleiben bestehen."),
    };

    /// <summary>Who has the bookings that were handed over; null if that is not known any more.</summary>
    public PersonName? HandedOverTo { get; init; }

    /// <summary>Where the spaces have their names.</summary>
    public required HubDirectory Map { get; init; }

    /// <summary>Null where none were handed over.</summary>
    public Words? HandedOver => Note.HandedOverCount switch
    {
        0 => null,
        1 => new($"One booking ahead now belongs to {To.English}:", $"Eine kommende Buchung gehört jetzt {To.German}:"),
        var count => new($"{count} bookings ahead now belong to {To.English}:", $"{count} kommende Buchungen gehören jetzt {To.German}:"),
    };

    /// <summary>Those that were handed over, as they were then.</summary>
    public IEnumerable<Words> HandedOverLines =>
        from one in Note.HandedOver
        let name = Map.Space(one.SpaceId)?.Name
        where name is not null
        let when = TimeWords.Span(one.LocalSpan)
        select new Words($"{name}, {when.English}", $"{name}, {when.German}");

    private Words To => HandedOverTo is { } name ? new(name.Isolated, name.Isolated) : new("a colleague", "jemand anderem");

    /// <summary>Null where none were ahead, or it does not concern them.</summary>
    public Words? Bookings => Note.BookingsCancelled switch
    {
        0 => null,
        1 => new("One booking ahead was cancelled.", "Eine kommende Buchung wurde storniert."),
        var count => new($"{count} bookings ahead were cancelled.", $"{count} kommende Buchungen wurden storniert."),
    };
}
