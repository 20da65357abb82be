using DigiHub.Data;

namespace DigiHub.Imports;

/// <summary>Forgets the files and rows of old imports; that they took place stays. Safe to run at any time and anywhere at once.</summary>
public sealed class ForgetImports(UnitOfWork unitOfWork, IClock clock)
{
    /// <summary>Says how many were forgotten.</summary>
    public async Task<int> Run(CancellationToken stop)
    {
        var before = clock.GetCurrentInstant() - Import.Kept;
        var outcome = await unitOfWork.Run<int>(async db =>
        {
            var old = db.Imports.Where(import => (import.DoneAt ?? import.ReadAt) < before && import.File != null);
            return await old.Forget(db, stop);
        }, stop);
        return outcome.IsDone ? outcome.Value : 0;
    }
}

internal static class ForgottenImports
{
    /// <summary>Files and rows go; says how many imports there were.</summary>
    public static async Task<int> Forget(this IQueryable<Import> imports, HubDb db, CancellationToken stop)
    {
        await db.ImportRows.Where(row => imports.Any(import => import.Id == row.ImportId)).ExecuteDeleteAsync(stop);
        return await imports.ExecuteUpdateAsync(set => set
            .SetProperty(import => import.File, (byte[]?)null).SetProperty(import => import.FileName, ""), stop);
    }
}
