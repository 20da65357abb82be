using DigiHub.Data;
using DigiHub.Keys;

namespace DigiHub.Members;

/// <summary>Stores a form that a member sent after their session had ended, for that member alone.</summary>
public sealed class KeepForm(UnitOfWork unitOfWork, HubDbFactory databases, IClock clock)
{
    /// <summary>The key to find it by, which is stored nowhere; null if it is too much, or the database too busy.</summary>
    public async Task<string?> Run(Guid memberId, byte[] encryptedForm, CancellationToken stop)
    {
        if (encryptedForm.Length > KeptForm.BytesMax)
            return null;
        var now = clock.GetCurrentInstant();
        var key = RandomToken.Make();
        var kept = await unitOfWork.Run<KeptForm>(async db =>
        {
            var before = now - KeptForm.Life;
            await db.KeptForms.Where(old => old.KeptAt <= before).ExecuteDeleteAsync(stop);
            var theirs = await db.KeptForms.Where(old => old.MemberId == memberId).OrderByDescending(old => old.KeptAt).ToListAsync(stop);
            db.KeptForms.RemoveRange(theirs.Skip(KeptForm.PerMemberMax - 1));
            var form = new KeptForm { Hash = RandomToken.Hash(key), MemberId = memberId, Sealed = encryptedForm, KeptAt = now };
            db.KeptForms.Add(form);
            return form;
        }, stop);
        return kept.IsDone ? key : null;
    }

    /// <summary>Null for an unknown key, somebody else's form, and one that has waited too long.</summary>
    public async Task<byte[]?> Find(string key, Guid memberId, CancellationToken stop)
    {
        var (hash, after) = (RandomToken.Hash(key), clock.GetCurrentInstant() - KeptForm.Life);
        await using var db = databases.Open();
        return await db.KeptForms.Where(form => form.Hash == hash && form.MemberId == memberId && form.KeptAt > after)
            .Select(form => form.Sealed).SingleOrDefaultAsync(stop);
    }

    public async Task Drop(string key, Guid memberId, CancellationToken stop)
    {
        var hash = RandomToken.Hash(key);
        await unitOfWork.Run<int>(
            async db => await db.KeptForms.Where(form => form.Hash == hash && form.MemberId == memberId).ExecuteDeleteAsync(stop), stop);
    }
}
