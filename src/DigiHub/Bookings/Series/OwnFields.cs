namespace DigiHub.Bookings.Series;

/// <summary>What of one date was changed by itself, and so does not follow its series any more.</summary>
[Flags]
public enum OwnFields
{
    None = 0,
    Times = 1,
    Space = 2,
    Title = 4,
    Reminder = 8,
}
