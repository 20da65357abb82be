using DigiHub.Spaces;

namespace DigiHub.Bookings.Meetings;

/// <summary>Why a meeting cannot have its rooms at two sites.</summary>
internal static class MeetingRefusals
{
    public static Refusal OneSite { get; } = new("meeting_one_site", new(
        "Both rooms are at the same site. Choose one room at each of two sites.",
        "Beide Räume sind am selben Standort. Wählen Sie an zwei Standorten je einen Raum.",
        "Beide Räume sind am selben Standort. Wähle an zwei Standorten je einen Raum."))
    { Field = "rooms" };

    public static Refusal TwoRooms { get; } = new("meeting_two_rooms", new(
        "A meeting at two sites has two rooms. Give exactly two.",
        "Eine Besprechung an zwei Standorten hat zwei Räume. Geben Sie genau zwei an.",
        "Eine Besprechung an zwei Standorten hat zwei Räume. Gib genau zwei an."))
    { Field = "rooms" };

    /// <summary>Who books for others at one site only cannot change what is at the other.</summary>
    public static Refusal AtTheOtherSite { get; } = new("meeting_at_other_site", new(
        "This is a meeting at two sites, and you don’t book for others at the other one. Ask its member, or the front desk there.",
        "Das ist eine Besprechung an zwei Standorten, und am anderen buchen Sie nicht für andere. "
            + "Wenden Sie sich an das Mitglied oder an den Empfang dort.",
        "Das ist eine Besprechung an zwei Standorten, und am anderen buchst du nicht für andere. "
            + "Wende dich an das Mitglied oder an den Empfang dort."));

    /// <summary>
    /// A meeting waits for nobody: two rooms may have two people who decide, and while one of them has not, neither room would be sure.
    /// </summary>
    public static Refusal NeedsApproval(Space space) => new("meeting_needs_approval", new(
        $"Somebody approves each booking of {space.Name}, so it can’t be part of a meeting at two sites. Choose another room there.",
        $"{space.Name} wird nur mit Genehmigung vergeben und kann darum nicht zu einer Besprechung an zwei Standorten gehören. "
            + "Wählen Sie dort einen anderen Raum.",
        $"{space.Name} wird nur mit Genehmigung vergeben und kann darum nicht zu einer Besprechung an zwei Standorten gehören. "
            + "Wähle dort einen anderen Raum."))
    { Field = "rooms" };

    public static Refusal NotARoom(Space space) => new("meeting_not_a_room", new(
        $"{space.Name} is no room for a meeting. Choose a room that is booked by the hour.",
        $"{space.Name} ist kein Raum für eine Besprechung. Wählen Sie einen Raum, der stundenweise gebucht wird.",
        $"{space.Name} ist kein Raum für eine Besprechung. Wähle einen Raum, der stundenweise gebucht wird."))
    { Field = "rooms" };

    /// <summary>Another time, or another site, would not do for the other room.</summary>
    public static Refusal WithRoomsOnly(Refusal refusal) =>
        refusal with { Alternatives = [.. refusal.Alternatives.Where(one => one.Kind == AlternativeKind.OtherSpace)] };

    /// <summary>The same with the room in front, unless the sentence names it already.</summary>
    public static Refusal Of(Space space, SiteContext place, Refusal refusal)
    {
        if (refusal.Message.English.Contains(space.Name, StringComparison.Ordinal))
            return refusal;
        var (named, message) = ($"{space.Name}, {place.Site.Name}", refusal.Message);
        return refusal with
        {
            Message = new(
                $"{named}: {message.English}", $"{named}: {message.German}", $"{named}: {message.Familiar}"),
        };
    }
}
