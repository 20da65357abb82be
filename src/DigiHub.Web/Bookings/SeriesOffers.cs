using DigiHub.Bookings;
using DigiHub.Bookings.Series;
using DigiHub.Web.Components;

namespace DigiHub.Web.Bookings;

/// <summary>What is offered for each date of a preview that cannot be had, and what the form has sent of it.</summary>
public sealed class SeriesOffers
{
    /// <summary>For how many dates something else is looked for; the others can be left out.</summary>
    private const int LookedForMax = 12;

    private readonly Dictionary<LocalDate, IReadOnlyList<SeriesOffer>> byDate = [];
    private readonly IFormCollection? sent;

    private SeriesOffers(IFormCollection? sent) => this.sent = sent;

    public static async Task<SeriesOffers> Of(
        SeriesPreview preview, Alternatives alternatives, IFormCollection? sent, CancellationToken stop)
    {
        var offers = new SeriesOffers(sent);
        foreach (var (index, day) in preview.Impossible.Index())
        {
            var others = index < LookedForMax && day.Local is { } local ? await alternatives.Of(day.Space, local, people: null, stop) : [];
            offers.byDate[day.Date] = SeriesOffer.Of(day, others);
        }

        return offers;
    }

    /// <summary>At least one: to leave it out.</summary>
    public IReadOnlyList<SeriesOffer> Of(LocalDate date) => byDate[date];

    /// <summary>As sent, else the first.</summary>
    public string Chosen(LocalDate date) => Sent(date) is { } value && Of(date).Any(one => one.Value == value) ? value : Of(date)[0].Value;

    public IReadOnlyCollection<SeriesChoice> Choices =>
        [.. byDate.Keys.Select(date => SeriesOffer.Choice(date, Sent(date))).OfType<SeriesChoice>()];

    public static string InputOf(LocalDate date) => $"d-{FormParse.Write(date)}";

    private string? Sent(LocalDate date) => sent?[InputOf(date)].ToString();
}
