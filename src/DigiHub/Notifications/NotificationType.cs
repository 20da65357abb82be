using System.Collections.Frozen;
using System.Reflection;

namespace DigiHub.Notifications;

/// <summary>
/// Why somebody gets a notification, and so what happens when nobody knows whether it went out, and who may switch it off.
/// <para>The line broke between the end of DATA and the relay's answer, and we saw it: transactional notifications are sent once more under the
/// same Message-ID (at least once); the others are not (at most once), for most relays have taken the notification by then, and a reminder
/// twice annoys more than one missed.</para>
/// <para>Our own process died between the end of DATA and the recorded answer: it could not even notice. Notifications of all classes are then sent
/// once more under the same Message-ID: nobody misses a notification because a machine was restarted. Whatever died before is sent again without
/// any doubt, because a relay takes no notification whose end is missing.</para>
/// <para>A second uncertainty is final for all: nobody gets a notification three times.</para>
/// </summary>
public enum NotificationClass
{
    /// <summary>The answer to something its reader or somebody else did: confirmations, changes, cancellations, links. Nobody can switch it off.</summary>
    Transactional,

    /// <summary>Asked for ahead of time. Its reader may switch it off; several to one address within an hour go out in one mail.</summary>
    Reminder,

    /// <summary>News that its reader did not ask for. Sent at most once; whoever wants no reminders gets none either.</summary>
    Announcement,
}

/// <summary>
/// A kind of notification, declared once, by the capability that sends it: a static readonly field is all it takes to be known by name, in the
/// outbox and in the gallery. Two are the same if their names are.
/// </summary>
public sealed record NotificationType
{
    public const int NameMax = 40;

    private static readonly Lazy<IReadOnlyList<NotificationType>> all = new(Declared);

    private static readonly Lazy<FrozenDictionary<string, NotificationType>> byName = new(() => All.ToFrozenDictionary(type => type.Name, StringComparer.Ordinal));

    /// <param name="name">With underscores: "booking_confirmed". At most <see cref="NameMax"/> characters; it stands in rows, so it stays.</param>
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

    /// <summary>It goes to a suppressed address, too: by it the owner can mend that.</summary>
    public bool ReachesSuppressed { get; init; }

    /// <summary>Whose address it goes to has not been said yet. It names nobody: a name that somebody typed would be their words to a third person.</summary>
    public bool NamesNobody { get; init; }

    /// <summary>Whoever reads it can come in as its reader, so it is shown to nobody else.</summary>
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
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
                .Where(field => field is { IsInitOnly: true } && field.FieldType == typeof(NotificationType)).OrderBy(field => field.MetadataToken))
            .Select(field => (NotificationType)field.GetValue(null)!),
    ];
}
