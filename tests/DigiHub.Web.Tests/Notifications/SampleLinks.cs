using System.Text.RegularExpressions;
using DigiHub.Notifications;
using DigiHub.Spaces;
using DigiHub.Web.Notifications;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests.Notifications;

/// <summary>
/// Every link of every e-mail the hub can write, with the rows they lead to: each page with a signed token can be opened by one of them.
/// </summary>
internal static class SampleLinks
{
    /// <summary>Lays the samples' rows down, Ada's bookings and registrations among them.</summary>
    /// <returns>Absolute addresses, sorted.</returns>
    public static async Task<SortedSet<string>> LaySampleEmails(this WebTestHub testHub)
    {
        var map = await testHub.Services.GetRequiredService<Catalogue>().Map(CancellationToken.None);
        var samples =
            EmailSamples.In(map, testHub.Services.GetServices<IEmailAuthor>(), testHub.Cast.Ada.Id, DigiHub.Tests.TestHub.Opening)!;
        await testHub.Lay([.. samples.Rows]);

        var links = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var sample in samples.All)
            links.UnionWith(await testHub.LinksOf(samples.Of(sample, Language.German)));
        links.UnionWith(links.Where(link => link.Contains("/unsubscribe/", StringComparison.Ordinal))
            .Select(link => link.Replace("/unsubscribe/", "/preferences/", StringComparison.Ordinal)).ToList());
        return links;
    }

    private static async Task<IEnumerable<string>> LinksOf(this WebTestHub testHub, Notification notification)
    {
        await testHub.Lay(notification); // links signed for the e-mail itself lead to a page only if it exists
        using var message = await testHub.Services.GetRequiredService<EmailMessages>().Write(notification, CancellationToken.None)
            ?? throw new InvalidOperationException($"Nothing was written for {notification.Type}.");
        var everywhere = message.HtmlBody + message.TextBody + string.Concat(message.Headers.Select(header => header.Value));
        return Regex.Matches(everywhere, $"{Regex.Escape(testHub.Url.ToString())}[\\w/.?=&-]*", RegexOptions.NonBacktracking)
            .Select(match => match.Value.TrimEnd('.'));
    }
}
