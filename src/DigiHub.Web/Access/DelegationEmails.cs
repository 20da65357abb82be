using DigiHub.Access;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Time;
using DigiHub.Web.Notifications;
using NodaTime.Text;

namespace DigiHub.Web.Access;

/// <summary>Tells two members that one books for the other, and that it has ended.</summary>
public sealed class DelegationEmails(EmailLinks links) : IEmailAuthor
{
    public bool Writes(NotificationType type) => type.IsOneOf(DelegationNotifications.Named, DelegationNotifications.Ended);

    public IEnumerable<EmailSample> Samples(SampleWorld world)
    {
        var subject = Member.Subject.Of(world.MemberId);
        return
        [
            new EmailSample(DelegationNotifications.Named, subject)
            { Note = LocalDatePattern.Iso.Format(world.Booking.StartLocal.Date.PlusMonths(1)) },
            new EmailSample(DelegationNotifications.Ended, subject),
            new EmailSample(DelegationNotifications.Ended, subject, "by-delegate")
            {
                Occasion = new("when the delegate ended it", "wenn die Vertretung es beendet hat"),
                Note = DelegationNotifications.ByDelegate,
            },
        ];
    }

    public async Task<EmailDraft?> Draft(HubDb db, Notification notification, CancellationToken stop)
    {
        var otherId = notification.SubjectId;
        var name = await db.Members.Where(one => one.Id == otherId).Select(one => one.Name).SingleOrDefaultAsync(stop);
        var through = LocalDatePattern.Iso.Parse(notification.Note ?? "") is { Success: true, Value: var day } ? day : (LocalDate?)null;
        var facts = new DelegationEmailFacts(
            notification.Type == DelegationNotifications.Named, notification.Note == DelegationNotifications.ByDelegate, name, through,
            links.To(Paths.Delegates));
        return new EmailDraft(facts.Title.In(notification.Language), typeof(DelegationEmail), facts);
    }
}

/// <param name="ByDelegate">It was ended by the one who booked.</param>
/// <param name="Name">The other one; null: not known any more.</param>
/// <param name="Through">The last day; null: without end.</param>
public sealed record DelegationEmailFacts(bool IsNew, bool ByDelegate, PersonName? Name, LocalDate? Through, Uri Page)
{
    public Words Title => IsNew
        ? new($"You can book for {Whom.English}", $"Sie können für {Whom.German} buchen", $"Du kannst für {Whom.Familiar} buchen")
        : ByDelegate
        ? new($"{Name?.Isolated ?? "A colleague"} no longer books for you",
            $"{Name?.Isolated ?? "Jemand aus Ihrer Organisation"} bucht nicht mehr für Sie",
            $"{Name?.Isolated ?? "Jemand aus deiner Organisation"} bucht nicht mehr für dich")
        : new($"You no longer book for {Whom.English}", $"Sie buchen nicht mehr für {Whom.German}",
            $"Du buchst nicht mehr für {Whom.Familiar}");

    private Words Whom => Name is { Isolated: var name } ? new(name, name)
        : new("a colleague", "jemanden aus Ihrer Organisation", "jemanden aus deiner Organisation");

    public Words Text => (IsNew, Through) switch
    {
        (true, { } last) => new(
            $"Through {TimeWords.Date(last).English} you can book, change and cancel for {Whom.English}, who gets the e-mails about it.",
            $"Bis einschließlich {TimeWords.Date(last).German} können Sie für {Whom.German} buchen, ändern und stornieren; "
                + "die E-Mails dazu gehen dorthin.",
            $"Bis einschließlich {TimeWords.Date(last).Familiar} kannst du für {Whom.Familiar} buchen, ändern und stornieren; "
                + "die E-Mails dazu gehen dorthin."),
        (true, null) => new(
            $"From now on you can book, change and cancel for {Whom.English}, who gets the e-mails about it.",
            $"Ab jetzt können Sie für {Whom.German} buchen, ändern und stornieren; die E-Mails dazu gehen dorthin.",
            $"Ab jetzt kannst du für {Whom.Familiar} buchen, ändern und stornieren; die E-Mails dazu gehen dorthin."),
        _ => new("What was booked stays as it is.", "Was gebucht ist, bleibt, wie es ist."),
    };
}
