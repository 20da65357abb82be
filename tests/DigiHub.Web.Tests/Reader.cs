using System.Net;
using System.Net.Http.Headers;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace DigiHub.Web.Tests;

/// <summary>
/// Somebody who reads pages and sends forms as a browser without JavaScript does: cookies kept, hidden fields sent back,
/// redirects followed after a form.
/// </summary>
public sealed class Reader : IDisposable
{
    private const int RedirectsMax = 10;

    private readonly HttpClient client;

    public Reader(HttpClient client, Language language)
    {
        this.client = client;
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language.Tag());
    }

    /// <summary>To send what no form would, as the same reader.</summary>
    public HttpClient Client => client;

    /// <summary>The page that was read last.</summary>
    public IHtmlDocument Page { get; private set; } = new HtmlParser().ParseDocument("");

    /// <summary>Where that page stands, after all redirects.</summary>
    public Uri Address { get; private set; } = new("about:blank");

    public HttpStatusCode Status { get; private set; }

    /// <summary>The text of the page as a person reads it, white space drawn together.</summary>
    public string Text => string.Join(' ', (Page.Body?.TextContent ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public async Task<IHtmlDocument> Open(string path) => await Follow(await client.GetAsync(new Uri(path, UriKind.RelativeOrAbsolute)));

    /// <summary>A file instead of a page; the page that was read last stays.</summary>
    public async Task<(HttpContentHeaders Headers, byte[] Content)> Download(string path)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.RelativeOrAbsolute));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (answer.Content.Headers, await answer.Content.ReadAsByteArrayAsync());
    }

    /// <summary>Sends the only form on the page that the selector finds, with what stands in it and these fields instead.</summary>
    /// <param name="selector">Of the form or of something in it, such as the button that is chosen.</param>
    public async Task<IHtmlDocument> Send(string selector, params (string Name, string Value)[] fields)
    {
        var found = Assert.Single(Page.QuerySelectorAll(selector));
        var form = found as IHtmlFormElement ?? found.Closest("form") as IHtmlFormElement
            ?? Page.GetElementById(found.GetAttribute("form") ?? "") as IHtmlFormElement
            ?? throw new InvalidOperationException($"{selector} on {Address} is no form and stands in none.");
        var values = Standing(form, pressed: found).Where(standing => fields.All(field => field.Name != standing.Key))
            .Concat(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));

        // The attribute, not the property: the parser does not know where the page stands.
        var target = new Uri(Address,
            (found.GetAttribute("formaction") ?? form.GetAttribute("action")) is { Length: > 0 } action ? action : Address.PathAndQuery);
        using var content = new FormUrlEncodedContent(values);
        if (string.Equals(form.GetAttribute("method"), "post", StringComparison.OrdinalIgnoreCase))
            return await Follow(await client.PostAsync(target, content));
        return await Follow(await client.GetAsync(new UriBuilder(target) { Query = await content.ReadAsStringAsync() }.Uri));
    }

    /// <summary>What no form that is read can hold: a file.</summary>
    public async Task<IHtmlDocument> Post(string path, HttpContent content) =>
        await Follow(await client.PostAsync(new Uri(path, UriKind.RelativeOrAbsolute), content));

    public void Dispose() => client.Dispose();

    private async Task<IHtmlDocument> Follow(HttpResponseMessage answer)
    {
        for (var count = 0; answer.Headers.Location is { } target && (int)answer.StatusCode is >= 300 and < 400; count++)
        {
            Assert.True(count < RedirectsMax, $"{answer.RequestMessage!.RequestUri} sends in circles.");
            var next = new Uri(answer.RequestMessage!.RequestUri!, target);
            answer.Dispose();
            answer = await client.GetAsync(next);
        }

        Address = answer.RequestMessage!.RequestUri!;
        Status = answer.StatusCode;
        Page = await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync());
        answer.Dispose();
        return Page;
    }

    /// <summary>
    /// The form's fields as HTML sends them: named, not disabled, boxes only when ticked, of buttons only the chosen one.
    /// </summary>
    private static IEnumerable<KeyValuePair<string, string>> Standing(IHtmlFormElement form, object pressed)
    {
        foreach (var element in form.Elements.Append((IElement)pressed).Distinct()) // a button may stand elsewhere and name its form
        {
            var name = element.GetAttribute("name");
            if (string.IsNullOrEmpty(name) || element.HasAttribute("disabled"))
                continue;
            var value = element switch
            {
                IHtmlInputElement { Type: "checkbox" or "radio" } box => box.IsChecked ? box.Value : null,
                IHtmlInputElement { Type: "submit" or "button" or "image" } button =>
                    ReferenceEquals(button, pressed) ? button.Value : null,
                IHtmlInputElement input => input.Value,
                IHtmlTextAreaElement text => text.Value,
                IHtmlSelectElement select => select.Value,
                IHtmlButtonElement button => ReferenceEquals(button, pressed) ? button.Value : null,
                _ => null,
            };
            if (value is not null)
                yield return KeyValuePair.Create(name, value);
        }
    }
}
