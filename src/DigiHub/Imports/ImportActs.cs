using DigiHub.Activity;

namespace DigiHub.Imports;

/// <summary>What is done to imports; what they do themselves is recorded of the things they change.</summary>
public static class ImportActs
{
    public static readonly Act<Guid> Read = Import.Subject.Act("read");
    public static readonly Act<Guid> Applied = Import.Subject.Act("applied");
    public static readonly Act<Guid> Undone = Import.Subject.Act("undone");
}
