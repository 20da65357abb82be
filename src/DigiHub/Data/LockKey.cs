using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace DigiHub.Data;

/// <summary>
/// The right to decide about one scarce thing, held until the transaction ends. Turns are taken in ascending order of kind
/// and key, so that two who want several things can never wait for each other.
/// </summary>
public sealed record LockKey
{
    private LockKey(int kind, int key)
    {
        Kind = kind;
        Key = key;
    }

    internal int Kind { get; }

    internal int Key { get; }

    /// <summary>
    /// The sites, their hours and closures, and the spaces: shared by all who decide by them, taken alone by who changes them
    /// (the database sees to that: Data/CatalogueTriggers.cs).
    /// </summary>
    public static LockKey OfCatalogue { get; } = new(0, 0);

    /// <summary>A bookable unit of space.</summary>
    public static LockKey OfUnit(int unitId) => new(1, unitId);

    /// <summary>Somebody whose quota is being used up: a member, an organisation.</summary>
    public static LockKey OfSubject(Guid subjectId) => new(2, Fold(subjectId));

    /// <summary>The seats of an event.</summary>
    public static LockKey OfEvent(Guid eventId) => new(3, Fold(eventId));

    /// <summary>Whether notifications may go to an address; compared as it is, so hand it in normalised.</summary>
    public static LockKey OfAddress(string normalizedEmail) =>
        new(4, BinaryPrimitives.ReadInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(normalizedEmail))));

    /// <summary>What all processes know of the mail relay, and the notifications it may still get.</summary>
    public static LockKey OfRelay { get; } = new(5, 0);

    /// <summary>Whether an alarm is raised now, and by whom.</summary>
    public static LockKey OfAlarms { get; } = new(6, 0);

    /// <summary>Who may come in, and as what.</summary>
    public static LockKey OfAccess { get; } = new(7, 0);

    /// <summary>Two ids that fold to the same key only wait for each other now and then; nothing goes wrong.</summary>
    private static int Fold(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes);
        return BinaryPrimitives.ReadInt32LittleEndian(bytes) ^ BinaryPrimitives.ReadInt32LittleEndian(bytes[4..])
            ^ BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]) ^ BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]);
    }
}
