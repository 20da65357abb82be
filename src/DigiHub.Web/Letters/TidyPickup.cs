using DigiHub.Letters;

namespace DigiHub.Web.Letters;

/// <summary>Bounds the pickup folder by age, as the rows of letters are: it holds whole letters.</summary>
public sealed class TidyPickup(PickupPost pickup, LetterKeeping keeping, IClock clock)
{
    public Task<int> Run() => Task.FromResult(pickup.Tidy(clock.GetCurrentInstant() - keeping.ByName));
}
