namespace DigiHub.Notifications;

/// <summary>What became of one attempt to hand a notification over.</summary>
public enum SendResult
{
    /// <summary>The relay has taken responsibility (250 after DATA).</summary>
    Taken,

    /// <summary>4xx for this notification, or a time-out in the middle of it: try later.</summary>
    Later,

    /// <summary>The relay asks to slow down (421, 432, full or too busy): this notification later, and all others more slowly.</summary>
    Busy,

    /// <summary>5xx for this notification: never.</summary>
    Never,

    /// <summary>5xx for this reader: never, and it is counted against the address.</summary>
    RecipientRejected,

    /// <summary>It cannot be rendered: a bug, which a retry does not fix.</summary>
    Unwritable,

    /// <summary>The connection broke between the end of DATA (mayLeave was called) and its answer: the result is unknown.</summary>
    Unknown,

    /// <summary>No connection to the relay: no notification can leave for now.</summary>
    RelayAway,

    /// <summary>The relay refuses the hub (authentication, TLS): no notification can leave until the settings are fixed.</summary>
    RelayRefuses,

    /// <summary>Nothing was sent, because mayLeave said no.</summary>
    Cancelled,
}
