using DigiHub.Spaces;

namespace DigiHub.Setup;

/// <summary>What a pool must be, and which desks and rooms may belong to it.</summary>
internal static class PoolRules
{
    /// <summary>Bookings that one act moves because of what leaves a pool.</summary>
    public const int StandingMax = 500;

    /// <summary>Everything that is wrong with a name, in one refusal; null if nothing is.</summary>
    public static Refusal? WhyNot(LocalisedText name) => Refusal.AllOf([.. Wrong(name)]);

    private static IEnumerable<Refusal> Wrong(LocalisedText name)
    {
        if (name.IsEmpty)
            yield return new("name_missing", new("Enter a name.", "Geben Sie einen Namen ein.",
                "Gib einen Namen ein."))
            { Field = "nameGerman" };
        if (name.Words.German.Length > Pool.NameMax || name.Words.English.Length > Pool.NameMax)
            yield return new("name_too_long", new(
                $"Use at most {Pool.NameMax} characters.", $"Höchstens {Pool.NameMax} Zeichen sind möglich."))
            { Field = "nameGerman" };
    }

    /// <summary>Whether these may belong to it; there are no others among its members then.</summary>
    /// <param name="field">Where it was chosen.</param>
    public static Refusal? WhyNotIn(Pool pool, IReadOnlyCollection<Space> spaces, string field)
    {
        var other = spaces.FirstOrDefault(space => !pool.MayHold(space));
        return other is null ? null : NotOfKind(pool, other.Name) with { Field = field };
    }

    public static Refusal NotOfKind(Pool pool, string spaceName) => new("not_of_pool", new(
        $"{spaceName} can’t belong to “{pool.Name.Words.English}”: all of a pool are of one site and one kind, and in use.",
        $"{spaceName} kann nicht zu „{pool.Name.Words.German}“ gehören: "
            + "Alles in einem Pool ist an einem Standort, von einer Art und in Gebrauch."));

    public static Refusal Unknown(string field) => new("pool_unknown", new(
        "This pool is no longer there. Choose another one from the list.",
        "Diesen Pool gibt es nicht mehr. Wählen Sie einen anderen aus der Liste.",
        "Diesen Pool gibt es nicht mehr. Wähle einen anderen aus der Liste."))
    { Field = field };

    public static Refusal NameTaken { get; } = new("pool_name_taken", new(
        "The site already has a pool of this name. Choose another one.",
        "Einen Pool dieses Namens hat der Standort schon. Wählen Sie einen anderen.",
        "Einen Pool dieses Namens hat der Standort schon. Wähle einen anderen."))
    { Field = "nameGerman" };

    public static Refusal TooManyPools { get; } = new("too_many_pools", new(
        $"A site has at most {Pool.PoolsOfSiteMax} pools.", $"Ein Standort hat höchstens {Pool.PoolsOfSiteMax} Pools."));

    public static Refusal TooManyMembers { get; } = new("too_many_spaces", new(
        $"A pool has at most {Pool.MembersMax} desks or rooms.", $"Ein Pool hat höchstens {Pool.MembersMax} Plätze oder Räume."))
    { Field = "spaceIds" };

    public static Refusal TooMuch { get; } = new("too_many_standing", new(
        $"More than {StandingMax} bookings of the pool stand there. Take out fewer at once.",
        $"Dort stehen mehr als {StandingMax} Buchungen des Pools. Nehmen Sie weniger auf einmal heraus.",
        $"Dort stehen mehr als {StandingMax} Buchungen des Pools. Nimm weniger auf einmal heraus."));

    public static Refusal InUse(int bookings) => new("pool_in_use", bookings == 1
        ? new("1 booking ahead was made through this pool. Wait until it is over, or cancel it first.",
            "1 kommende Buchung gilt für diesen Pool. Warten Sie, bis sie vorbei ist, oder stornieren Sie sie zuerst.",
            "1 kommende Buchung gilt für diesen Pool. Warte, bis sie vorbei ist, oder storniere sie zuerst.")
        : new($"{bookings} bookings ahead were made through this pool. Wait until they are over, or cancel them first.",
            $"{bookings} kommende Buchungen gelten für diesen Pool. Warten Sie, bis sie vorbei sind, oder stornieren Sie sie zuerst.",
            $"{bookings} kommende Buchungen gelten für diesen Pool. Warte, bis sie vorbei sind, oder storniere sie zuerst."));
}
