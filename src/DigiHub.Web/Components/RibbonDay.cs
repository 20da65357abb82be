namespace DigiHub.Web.Components;

/// <summary>A day of the ribbon.</summary>
/// <param name="IsClosed">Still a link: what is booked on it can be seen.</param>
/// <param name="Note">Read out with the day: "closed, Christmas Day", "3 desks free".</param>
public sealed record RibbonDay(LocalDate Date, bool IsClosed = false, string? Note = null);
