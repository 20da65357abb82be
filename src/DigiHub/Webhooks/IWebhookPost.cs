namespace DigiHub.Webhooks;

/// <summary>Carries a body over the network: a wall of the house, for nothing remote belongs into the model.</summary>
public interface IWebhookPost
{
    /// <summary>Null if this address may be posted to, as far as its text tells; else why not.</summary>
    Words? WhyNot(string url);

    /// <summary>Never throws for what a receiver or the network can do; in a few seconds at most.</summary>
    Task<WebhookReply> Send(string url, IReadOnlyDictionary<string, string> headers, string body, CancellationToken stop);
}

/// <param name="Status">Null when there was no answer.</param>
/// <param name="Words">The beginning of the answer, or why there was none.</param>
public sealed record WebhookReply(int? Status, string Words)
{
    public bool IsTaken => Status is >= 200 and < 300;
}
