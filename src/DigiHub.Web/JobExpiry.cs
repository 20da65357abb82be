using Hangfire.Common;
using Hangfire.States;
using Hangfire.Storage;

namespace DigiHub.Web;

/// <summary>Jobs that are over are forgotten after a while: one a second would soon be a table larger than the hub's own.</summary>
public sealed class JobExpiry : JobFilterAttribute, IApplyStateFilter
{
    public static readonly TimeSpan Kept = TimeSpan.FromMinutes(30);

    public void OnStateApplied(ApplyStateContext context, IWriteOnlyTransaction transaction) => context.JobExpirationTimeout = Kept;

    public void OnStateUnapplied(ApplyStateContext context, IWriteOnlyTransaction transaction) => context.JobExpirationTimeout = Kept;
}
