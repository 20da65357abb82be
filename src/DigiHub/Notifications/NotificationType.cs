using System.Collections.Frozen;
using System.Reflection;

namespace DigiHub.Notifications;

/// <summary>
/// Why somebody gets a notification, and so what happens when it is unknown whether it went out, and who may switch it off.
/// <para>The connection broke between the end of DATA and the relay's answer, and the process noticed: transactional notifications are sent
/// once more under the same Message-ID (at least once); the others are not (at most once), since most relays have accepted the notification
/// by then, and a reminder twice annoys more than one missed.</para>
/// <para>The process died between the end of DATA and the recorded answer. Notifications of all classes are then sent
/// once more under the same Message-ID: no notification is lost because a machine was restarted. One interrupted earlier is sent again
/// without any doubt, because a relay accepts no message without the end of DATA.</para>
/// <para>A second uncertainty is final for all: nobody gets a notification three times.</para>
/// </summary>
public enum NotificationClass
{
    /// <summary>
    /// The answer to something its reader or somebody else did: confirmations, changes, cancellations, links. Nobody can switch it off.
    /// </summary>
    Transactional,

    /// <summary>Asked for ahead of time. Its reader may switch it off; several to one address within an hour go out in one mail.</summary>
    Reminder,

    /// <summary>News that its reader did not request. Sent at most once, and not to people who want no reminders.</summary>
    Announcement,
}

/// <summary>
/// A kind of notification, declared once, by the capability that sends it: a static readonly field is all it takes to be known by name, in
/// the outbox and in the gallery. Two are the same if their names are.
/// </summary>
public sealed record NotificationType
{
    public const int NameMax = 40;

    private static readonly Lazy<IReadOnlyList<NotificationType>> all = new(Declared);

    private static readonly Lazy<FrozenDictionary<string, NotificationType>> byName =
        new(() => All.ToFrozenDictionary(type => type.Name, StringComparer.Ordinal));

    /// <param name="name">
    /// With underscores: "booking_confirmed". At most <see cref="NameMax"/> characters; it stands in rows, so it stays.
    /// </param>
    /// <param name="class">What is promised of it.</param>
    /// <param name="words">What it is called where notifications are listed.</param>
    /// <param name="occasion">On what occasion it is written, to its reader: "because you booked".</param>
    public NotificationType(string name, NotificationClass @class, Words words, Words occasion) =>
        (Name, Class, Words, Occasion) = (name, @class, words, occasion);

    /// <summary>All that are declared, by capability and in the order of their declarations.</summary>
    public static IReadOnlyList<NotificationType> All => all.Value;

    public string Name { get; }

    public NotificationClass Class { get; }

    public Words Words { get; }

    public Words Occasion { get; }

    /// <summary>Also sent to a suppressed address: by it the owner can lift the suppression.</summary>
    public bool ReachesSuppressed { get; init; }

    /// <summary>Sent to an unconfirmed address. It names nobody: a typed name would be a stranger's words to a third person.</summary>
    public bool NamesNobody { get; init; }

    /// <summary>Its content signs in as its reader, so it is shown to nobody else.</summary>
    public bool LetsIn { get; init; }

    /// <summary>False for the name of an old row that nothing declares any more: it is shown by its name and never sent.</summary>
    public bool IsDeclared { get; private init; } = true;

    public static NotificationType Of(string name) => Find(name)
        ?? new NotificationType(name, NotificationClass.Transactional, new Words(name, name), new Words(name, name)) { IsDeclared = false };

    /// <summary>Null if none of this name is declared.</summary>
    public static NotificationType? Find(string? name) => name is null ? null : byName.Value.GetValueOrDefault(name);

    public bool IsOneOf(params ReadOnlySpan<NotificationType> types) => types.Contains(this);

    public bool Equals(NotificationType? other) => other?.Name == Name;

    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Name;

    // By declaring type and then by the order in its text, which the tokens of the metadata keep: the same order on every machine.
    private static NotificationType[] Declared() =>
    [
        .. typeof(NotificationType).Assembly.GetTypes().OrderBy(type => type.FullName, StringComparer.Ordinal)
            .SelectMany(type =>
                type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
                    .Where(field => field is { IsInitOnly: true } && field.FieldType == typeof(NotificationType))
                    .OrderBy(field => field.MetadataToken))
            .Select(field => (NotificationType)field.GetValue(null)!),
    ];
}
