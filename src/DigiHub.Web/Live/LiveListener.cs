using System.Threading.Channels;

namespace DigiHub.Web.Live;

/// <summary>
/// An open page that wants to know when a site looks different, on one day or on any. However much happens while it is not looking, it
/// learns once that something has.
/// </summary>
/// <param name="siteId">Null: any site.</param>
/// <param name="day">Null: any day.</param>
/// <param name="whoseId">The member who looks at it.</param>
public sealed class LiveListener(int? siteId, LocalDate? day, Guid whoseId)
{
    private readonly Channel<bool> news = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    internal Guid WhoseId { get; } = whoseId;

    /// <summary>True when something has changed since the last time; false when nothing has for so long.</summary>
    /// <exception cref="OperationCanceledException">By <paramref name="stop"/>.</exception>
    public async Task<bool> Wait(TimeSpan longest, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(longest);
        try
        {
            return await news.Reader.ReadAsync(patience.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return false;
        }
    }

    internal void Tell() => news.Writer.TryWrite(true);

    internal bool Wants(LiveChange change) =>
        (siteId is null || siteId == change.SiteId) && (day is null || (change.From <= day && day <= change.Through));
}
