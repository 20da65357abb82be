using Hangfire.Common;
using Hangfire.States;
using Hangfire.Storage;

namespace DigiHub.Web;

/// <summary>Deletes finished jobs after a while: with one a second their table would soon be the largest.</summary>
public sealed class JobExpiry : JobFilterAttribute, IApplyStateFilter
{
    public static readonly TimeSpan Kept = TimeSpan.FromMinutes(30);

    public void OnStateApplied(ApplyStateContext context, IWriteOnlyTransaction transaction) => context.JobExpirationTimeout = Kept;

    public void OnStateUnapplied(ApplyStateContext context, IWriteOnlyTransaction transaction) => context.JobExpirationTimeout = Kept;
}
