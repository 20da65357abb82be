using DigiHub.Spaces;

namespace DigiHub.Web.Bookings;

/// <summary>Equipment in addresses: each thing a value of its own, in lower case ("with=monitor&amp;with=window").</summary>
public static class EquipmentQuery
{
    public static IEnumerable<string> Of(Equipment equipment) =>
        Enum.GetValues<Equipment>().Where(thing => thing != Equipment.None && equipment.HasFlag(thing)).Select(Write);

    public static string Write(Equipment thing) => thing.ToString().ToLowerInvariant();
}
