using System.Globalization;
using System.Net;
using System.Text;
using DigiHub.Notifications;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace DigiHub.Web.Notifications;

/// <summary>Renders an e-mail's component to HTML and to plain text, outside any request, in the recipient's language.</summary>
public sealed class EmailRenderer(IServiceScopeFactory scopes, ILoggerFactory logs)
{
    public async Task<(string Html, string Text)> Render(EmailDraft draft, CultureInfo culture)
    {
        // The culture belongs to this asynchronous flow and is forgotten when the method returns.
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = culture;
        await using var scope = scopes.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, logs);
        return (await Render(renderer, draft, EmailForm.Html), PlainText(await Render(renderer, draft, EmailForm.Text)));
    }

    private static Task<string> Render(
        HtmlRenderer renderer, EmailDraft draft, EmailForm form) => renderer.Dispatcher.InvokeAsync(async () =>
        {
            var parameters = ParameterView.FromDictionary(new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                [nameof(EmailFrame.Form)] = form,
                [nameof(EmailFrame.Body)] = draft.Body,
                [nameof(EmailFrame.Facts)] = draft.Facts,
            });
            var rendered = await renderer.RenderComponentAsync<EmailFrame>(parameters);
            return rendered.ToHtmlString();
        });

    /// <summary>
    /// Only marks and words were rendered, no tag: what is left to undo is the renderer's escaping and the markup's white space.
    /// </summary>
    private static string PlainText(string rendered)
    {
        var text = new StringBuilder(rendered.Length);
        foreach (var block in WebUtility.HtmlDecode(rendered).Split(TextMarks.Block))
        {
            var lines = block.Split(TextMarks.Line)
                .Select(line => string.Join(' ', line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
            var written = string.Join('\n', lines).Trim();
            if (written.Length > 0)
                text.Append(text.Length > 0 ? "\n\n" : "").Append(written);
        }

        return text.Append('\n').ToString();
    }
}
