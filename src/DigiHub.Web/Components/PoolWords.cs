using DigiHub.Spaces;

namespace DigiHub.Web.Components;

/// <summary>Pools in words.</summary>
public static class PoolWords
{
    /// <summary>"Any desk of “Window row”", as a choice.</summary>
    public static Words Any(Pool pool)
    {
        var name = pool.Name.Words;
        return pool.Kind switch
        {
            SpaceKind.Desk => new($"Any desk of “{name.English}”", $"Beliebiger Platz aus „{name.German}“"),
            SpaceKind.Room => new($"Any room of “{name.English}”", $"Beliebiger Raum aus „{name.German}“"),
            SpaceKind.Booth => new($"Any phone booth of “{name.English}”", $"Beliebige Telefonbox aus „{name.German}“"),
            _ => new($"Any lab of “{name.English}”", $"Beliebiges Labor aus „{name.German}“"),
        };
    }

    /// <summary>Of a booking ahead: what was asked for, and what may still change.</summary>
    public static Words MayChange(Pool pool)
    {
        var any = Any(pool);
        return new($"{any.English}: may change until the booking begins.", $"{any.German}: kann bis zum Beginn noch wechseln.");
    }

    /// <summary>"3 of 8 free".</summary>
    public static Words FreeOf(int free, int all) => new($"{free} of {all} free", $"{free} von {all} frei");
}
