using DigiHub.Activity;
using DigiHub.Sites;

namespace DigiHub.Closures;

/// <summary>What is done to closures of sites.</summary>
public static class ClosureActs
{
    public static readonly Act<int> Created = Closure.Subject.Act("created");
    public static readonly Act<int> Edited = Closure.Subject.Act("edited");
    public static readonly Act<int> Ended = Closure.Subject.Act("ended");
    public static readonly Act<Guid> SpaceClosed = SpaceClosure.Subject.Act("created");
    public static readonly Act<Guid> SpaceReopened = SpaceClosure.Subject.Act("ended");

    /// <summary>Its instants followed the zone's rules.</summary>
    public static readonly Act<Guid> SpaceRecomputed = SpaceClosure.Subject.Act("recomputed");

    /// <summary>By the new rules something is booked in it.</summary>
    public static readonly Act<Guid> SpaceOverlapped = SpaceClosure.Subject.Act("overlapped");
}
