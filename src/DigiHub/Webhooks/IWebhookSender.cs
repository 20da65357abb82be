namespace DigiHub.Webhooks;

/// <summary>Sends a body over the network; implemented outside the model.</summary>
public interface IWebhookSender
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

    /// <summary>410 Gone (Standard Webhooks 1.0): the receiver wants no more deliveries.</summary>
    public bool IsGone => Status == 410;

    /// <summary>
    /// How long it asks to be left alone (Retry-After, RFC 9110 10.2.3), as said; never negative. Null if it asks for nothing.
    /// </summary>
    public Duration? RetryAfter { get; init; }

    /// <summary>In a word, for a notification.</summary>
    public string Said => Status is { } status ? $"HTTP {status}" : Words;

    /// <summary>The receiver is overloaded: other deliveries to it would be refused, too.</summary>
    public bool AsksForPatience => Status is 429 or 503 && RetryAfter > Duration.Zero;
}
