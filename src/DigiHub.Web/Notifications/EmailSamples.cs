using DigiHub.Access;
using DigiHub.Bookings;
using DigiHub.Closures;
using DigiHub.Demo;
using DigiHub.Notifications;
using DigiHub.Spaces;

namespace DigiHub.Web.Notifications;

/// <summary>The examples of all authors, and the notifications they are written from.</summary>
public sealed class EmailSamples
{
    private EmailSamples(SampleWorld world, IEnumerable<IEmailAuthor> authors)
    {
        World = world;
        // As the types are declared, and the usual one of each first, in any order of registration.
        All = [.. authors.SelectMany(author => author.Samples(world)).ToLookup(sample => sample.Type)
            .OrderBy(samples => order[samples.Key]).SelectMany(samples => samples)];
    }

    private static readonly Dictionary<NotificationType, int> order =
        NotificationType.All.Index().ToDictionary(one => one.Item, one => one.Index);

    public SampleWorld World { get; }

    public IReadOnlyList<EmailSample> All { get; }

    /// <summary>What they tell of. To be laid into a database of their own, never into the hub's.</summary>
    public IEnumerable<object> Rows => World.Rows.Concat(All.SelectMany(sample => sample.Rows)).Distinct();

    /// <summary>Null in a hub without rooms.</summary>
    /// <param name="memberId">Whose e-mails they are.</param>
    public static EmailSamples? In(HubDirectory map, IEnumerable<IEmailAuthor> authors, Guid memberId, Instant now) =>
        SampleWorld.In(map, memberId, now) is { } world ? new EmailSamples(world, authors) : null;

    /// <exception cref="InvalidOperationException">There is no such example.</exception>
    public EmailSample Find(NotificationType type, string reading = "") =>
        All.FirstOrDefault(sample => sample.Type == type && sample.Reading == reading)
        ?? throw new InvalidOperationException($"There is no example of {type} {reading}.");

    /// <summary>The usual one.</summary>
    public Notification Of(NotificationType type, Language language, PersonName? name = null, EmailAddress? email = null) =>
        Of(Find(type), language, name, email);

    public Notification Of(EmailSample sample, Language language, PersonName? name = null, EmailAddress? email = null)
    {
        var notification = Notification.To(
            new Recipient(name ?? DemoCast.Ada.Name, email ?? DemoCast.Ada.Email, language, World.MemberId),
            sample.Type, sample.Subject, World.Now,
            purpose: $"sample:{sample.Type}:{sample.Reading}:{language}", note: sample.Note);
        notification.Told = sample.Told;
        if (sample.Carries.Count > 0)
            notification.Carries = [.. sample.Carries.Select(carried => Of(carried, language))];
        return notification;
    }
}
