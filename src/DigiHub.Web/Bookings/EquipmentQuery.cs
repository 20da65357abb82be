using DigiHub.Spaces;
using Microsoft.Extensions.Primitives;

namespace DigiHub.Web.Bookings;

/// <summary>Equipment in addresses: each thing a value of its own, in lower case ("with=monitor&amp;with=window").</summary>
public static class EquipmentQuery
{
    public static IEnumerable<string> Of(Equipment equipment) =>
        Enum.GetValues<Equipment>().Where(thing => thing != Equipment.None && equipment.HasFlag(thing)).Select(Write);

    public static string Write(Equipment thing) => thing.ToString().ToLowerInvariant();

    /// <summary>What is no equipment is passed over.</summary>
    public static Equipment Parse(StringValues values) => Enum.GetValues<Equipment>()
        .Where(thing => values.Contains(Write(thing)))
        .Aggregate(Equipment.None, (all, thing) => all | thing);
}
