using System.Text.RegularExpressions;
using DigiHub.Letters;
using DigiHub.Spaces;
using DigiHub.Web.Letters;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests.Letters;

/// <summary>Every link of every letter the hub can write, with the rows they lead to: each sealed page can be opened by one of them.</summary>
internal static class SampleLinks
{
    /// <summary>Lays the samples' rows down, Ada's bookings and registrations among them.</summary>
    /// <returns>Absolute addresses, sorted.</returns>
    public static async Task<SortedSet<string>> LaySampleLetters(this WebHouse house)
    {
        var map = await house.Services.GetRequiredService<Catalogue>().Map(CancellationToken.None);
        var samples = LetterSamples.In(map, house.Cast.Ada.Id, DigiHub.Tests.House.Opening)!;
        await house.Lay([.. samples.Rows]);

        var links = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var sample in LetterSample.All)
            links.UnionWith(await house.LinksOf(samples.Of(sample, Language.German)));
        links.UnionWith(links.Where(link => link.Contains("/unsubscribe/", StringComparison.Ordinal))
            .Select(link => link.Replace("/unsubscribe/", "/preferences/", StringComparison.Ordinal)).ToList());
        return links;
    }

    private static async Task<IEnumerable<string>> LinksOf(this WebHouse house, Letter letter)
    {
        await house.Lay(letter); // links that are sealed over the letter itself lead to a page only if it is there
        using var message = await house.Services.GetRequiredService<LetterMessages>().Write(letter, CancellationToken.None)
            ?? throw new InvalidOperationException($"Nothing was written for {letter.Kind}.");
        var everywhere = message.HtmlBody + message.TextBody + string.Concat(message.Headers.Select(header => header.Value));
        return Regex.Matches(everywhere, $"{Regex.Escape(house.Url.ToString())}[\\w/.?=&-]*", RegexOptions.NonBacktracking)
            .Select(match => match.Value.TrimEnd('.'));
    }
}
