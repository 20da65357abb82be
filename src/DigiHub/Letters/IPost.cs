namespace DigiHub.Letters;

/// <summary>Puts a letter into words and hands it over: to a mail relay, or to a folder. Called outside any transaction.</summary>
public interface IPost
{
    /// <summary>Never throws for what a relay can do to a letter; throws only for bugs.</summary>
    Task<PostReply> Send(Letter letter, CancellationToken stop);
}

public enum PostResult
{
    /// <summary>The relay has taken responsibility (250 after DATA).</summary>
    Taken,

    /// <summary>4xx, no connection, time-out before DATA: try later.</summary>
    Later,

    /// <summary>5xx for this letter: never.</summary>
    Never,

    /// <summary>The connection broke between the end of DATA and its answer: nobody can know.</summary>
    Unknown,

    /// <summary>The relay refuses us as such (authentication, TLS): try later and have somebody look.</summary>
    RelayRefuses,
}

public sealed record PostReply(PostResult Result, string Reply);
