namespace DigiHub.Activity;

/// <summary>
/// Something that can be done, by name: kind of subject and verb, as in "booking.moved". A capability declares its acts beside the code
/// that does them (<c>Bookings/BookingActs.cs</c>); a name that is declared nowhere does not compile. Names stand in rows, so they stay.
/// </summary>
public abstract record Act(string Name)
{
    public const int NameMax = 60;

    public sealed override string ToString() => Name;
}

/// <summary>
/// An act on one of many things; <typeparamref name="TKey"/> is the type of their ids, so it is not recorded with an id of another type.
/// </summary>
public sealed record Act<TKey> : Act
    where TKey : struct
{
    internal Act(SubjectKind<TKey> kind, string verb)
        : base($"{kind.Name}.{verb}") => Kind = kind;

    /// <summary>What kind of thing it is done to.</summary>
    public SubjectKind<TKey> Kind { get; }
}

/// <summary>An act on the hub itself, or on something the hub has one of: it has no subject.</summary>
/// <param name="Name">Thing and verb, as in "relay.resumed".</param>
public sealed record HubAct(string Name) : Act(Name);
