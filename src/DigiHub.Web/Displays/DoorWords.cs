using DigiHub.Displays;
using DigiHub.Time;

namespace DigiHub.Web.Displays;

/// <summary>What the screen at a door says: short, to be read from three metres.</summary>
internal static class DoorWords
{
    public static Words Of(DoorState state) => state switch
    {
        DoorState.Free => new("Free", "Frei"),
        DoorState.Soon => new("Soon taken", "Gleich belegt"),
        DoorState.InUse => new("In use", "Belegt"),
        _ => new("Closed", "Geschlossen"),
    };

    /// <summary>The word stands beside it, always.</summary>
    public static string IconOf(DoorState state) => state switch
    {
        DoorState.Free => "ok",
        DoorState.Soon => "warn",
        DoorState.InUse => "clock",
        _ => "close",
    };

    /// <summary>As a stylesheet names it.</summary>
    public static string NameOf(DoorState state) => state switch
    {
        DoorState.Free => "free",
        DoorState.Soon => "soon",
        DoorState.InUse => "use",
        _ => "closed",
    };

    /// <summary>Until when it is so.</summary>
    /// <param name="counts">Says how many minutes are left, which changes with each of them; else the time.</param>
    public static Words? Until(DoorView view, bool counts) => view switch
    {
        { State: DoorState.Soon, Until: { } until } when counts => Minutes(until - view.Now),
        { State: DoorState.Soon, Until: { } until } => new($"free until {At(until).English}", $"frei bis {At(until).German}"),
        { State: DoorState.Closed } => null,
        { Until: { } until } => new($"until {At(until).English}", $"bis {At(until).German}"),
        _ => new("for the rest of today", "für heute"),
    };

    /// <summary>"12:30–13:30, booked", or with what it is and whose where that is shown.</summary>
    public static Words Use(DoorUse use)
    {
        var (start, end, what) = (At(use.Start), At(use.End), What(use));
        return new($"{start.English}–{end.English}, {what.English}", $"{start.German}–{end.German}, {what.German}");
    }

    public static Words What(DoorUse use) => use switch
    {
        { IsOutOfService: true } => new("out of service", "außer Betrieb"),
        { IsWalkUp: true } => new("taken at the door", "an der Tür belegt"),
        { Title: { } title, Who: { } who } =>
            new($"{title.In(Language.English)}, {who}", $"{title.In(Language.German)}, {who}"),
        { Title: { } title } => title.Words,
        { Who: { } who } => new($"booked by {who}", $"gebucht von {who}"),
        _ => new("booked", "belegt"),
    };

    public static Words At(LocalDateTime time) => TimeWords.ClockUntil(time.TimeOfDay);

    private static Words Minutes(Period left)
    {
        var minutes = Math.Max(1, (int)Math.Ceiling(left.ToDuration().TotalMinutes));
        return minutes == 1
            ? new("free for 1 more minute", "noch 1 Minute frei")
            : new($"free for {minutes} more minutes", $"noch {minutes} Minuten frei");
    }
}
