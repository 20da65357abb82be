using DigiHub.Spaces;

namespace DigiHub.Web.Bookings;

/// <summary>A pool of which somebody can have any, and how much of it is free then.</summary>
public sealed record PoolOffer(Pool Pool, int Free, int All);
