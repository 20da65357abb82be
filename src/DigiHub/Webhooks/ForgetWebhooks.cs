using DigiHub.Data;

namespace DigiHub.Webhooks;

/// <summary>Deletes old deliveries with their attempts; safe to run at any time.</summary>
public sealed class ForgetWebhooks(UnitOfWork unitOfWork, WebhookOptions options, IClock clock)
{
    public async Task<int> Run(CancellationToken stop)
    {
        var before = clock.GetCurrentInstant() - options.Kept;
        var swept = await unitOfWork.Run<int>(
            async db => await db.WebhookDeliveries.Where(one => one.At < before).ExecuteDeleteAsync(stop), stop);
        return swept.IsDone ? swept.Value : 0;
    }
}
