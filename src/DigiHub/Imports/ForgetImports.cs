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
            await db.ImportRows.Where(row => old.Any(import => import.Id == row.ImportId)).ExecuteDeleteAsync(stop);
            return await old.ExecuteUpdateAsync(set => set
                .SetProperty(import => import.File, (byte[]?)null).SetProperty(import => import.FileName, ""), stop);
        }, stop);
        return outcome.IsDone ? outcome.Value : 0;
    }
}
