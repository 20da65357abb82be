namespace DigiHub.Data;

/// <summary>How a database differs from the shape this version works on, by the names of migrations.</summary>
/// <param name="Missing">This version has them and the database has not.</param>
/// <param name="Unknown">The database has them and this version does not know them: another version made it.</param>
public sealed record DatabaseShape(IReadOnlyList<string> Missing, IReadOnlyList<string> Unknown)
{
    public bool Fits => Missing.Count == 0 && Unknown.Count == 0;
}

/// <summary>A database that another version of the hub made; nothing in it was touched.</summary>
public sealed class DatabaseOfAnotherVersionException(IReadOnlyList<string> unknown) : Exception(
    $"The database was created by another version of DigiHub. This one doesn't know {string.Join(", ", unknown)}. Nothing was changed.");
