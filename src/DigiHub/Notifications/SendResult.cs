namespace DigiHub.Notifications;

/// <summary>What became of one attempt to hand a notification over.</summary>
public enum SendResult
{
    /// <summary>The relay has taken responsibility (250 after DATA).</summary>
    Taken,

    /// <summary>4xx for this notification, or a time-out in the middle of it: try later.</summary>
    Later,

    /// <summary>The relay asks for patience (421, 432, full or too busy): this notification later, and all others slower.</summary>
    Busy,

    /// <summary>5xx for this notification: never.</summary>
    Never,

    /// <summary>5xx for this reader: never, and it is counted against the address.</summary>
    RecipientRejected,

    /// <summary>It cannot be put into words: a fault of the hub, which trying again does not mend.</summary>
    Unwritable,

    /// <summary>The connection broke between the end of DATA (mayLeave was asked) and its answer: nobody can know.</summary>
    Unknown,

    /// <summary>No connection to the relay: no notification can leave for now.</summary>
    RelayAway,

    /// <summary>The relay refuses us as such (authentication, TLS): no notification can leave until somebody looks.</summary>
    RelayRefuses,

    /// <summary>Nothing was done, because it might not leave.</summary>
    Cancelled,
}
