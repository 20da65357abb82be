using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace DigiHub.Data;

/// <summary>
/// A lock on one scarce thing, held until the transaction ends. Locks are taken in ascending order of kind
/// and key, so that there are no deadlocks.
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

    /// <summary>The units of space among these locks.</summary>
    internal static int[] Units(IEnumerable<LockKey> turns) => [.. turns.Where(turn => turn.Kind == 1).Select(turn => turn.Key).Distinct()];

    /// <summary>
    /// The sites, their hours and closures, and the spaces: shared by everything that reads them to decide, exclusive for changes
    /// (by triggers: Data/CatalogueTriggers.cs).
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

    /// <summary>The state of the mail relay, and its pace.</summary>
    public static LockKey OfRelay { get; } = new(5, 0);

    /// <summary>Raising an alarm.</summary>
    public static LockKey OfAlarms { get; } = new(6, 0);

    /// <summary>Members' access and roles.</summary>
    public static LockKey OfAccess { get; } = new(7, 0);

    /// <summary>The pictures of plans: which are still used.</summary>
    public static LockKey OfPlanPictures { get; } = new(8, 0);

    /// <summary>The plans of a floor: its draft, and which of them members see.</summary>
    public static LockKey OfFloorPlans(int floorId) => new(8, floorId);

    /// <summary>Beginning, taking back and ending imports of bookings; their rows are written under the locks of bookings.</summary>
    public static LockKey OfBookingImports { get; } = new(9, 0);

    /// <summary>Since when the hub has been there to release what nobody checks in to.</summary>
    public static LockKey OfReleases { get; } = new(10, 0);

    /// <summary>Adding up what was wished and not had.</summary>
    public static LockKey OfWishes { get; } = new(13, 0);

    /// <summary>How many wait in the whole hub.</summary>
    public static LockKey OfWaitingList { get; } = new(11, 0);

    /// <summary>Writing to those who decide on bookings: what waits for one of them is one e-mail.</summary>
    public static LockKey OfApprovals { get; } = new(12, 0);

    /// <summary>Pairing screens: codes are used once, and their number is bounded.</summary>
    public static LockKey OfPairings { get; } = new(14, 0);

    /// <summary>What one screen does, and revoking it.</summary>
    public static LockKey OfDevice(Guid deviceId) => new(15, Fold(deviceId));

    /// <summary>Two ids that fold to the same key only wait for each other now and then; nothing goes wrong.</summary>
    private static int Fold(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes);
        return BinaryPrimitives.ReadInt32LittleEndian(bytes) ^ BinaryPrimitives.ReadInt32LittleEndian(bytes[4..])
            ^ BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]) ^ BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]);
    }
}
