using System.Security.Cryptography;
using System.Text.Json;
using DigiHub.Members;
using DigiHub.Web.Reader;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Primitives;

namespace DigiHub.Web.Account;

/// <param name="Address">Where it was sent to: a path of this hub, with its query.</param>
/// <param name="Fields">In their order; a name may come more than once.</param>
public sealed record SentForm(string Address, IReadOnlyList<KeyValuePair<string, string>> Fields);

/// <summary>
/// Keeps a form that is sent after its session has ended, encrypted. Once the same person has signed in again in the same
/// browser it is shown, to be sent with one button. Never sent automatically: it may come from another site.
/// </summary>
public sealed class KeptForms(KeepForm keep, IDataProtectionProvider protection, HubCookies cookies)
{
    private const int FieldsMax = 1_000;

    private readonly IDataProtector forms = protection.CreateProtector("DigiHub.KeptForms");
    private readonly IDataProtector people = protection.CreateProtector("DigiHub.LastMember");

    /// <summary>Remembers the browser's member, even after the session has expired.</summary>
    public void RememberWho(HttpContext http, Guid memberId, DateTimeOffset expires) =>
        http.Response.Cookies.Append(cookies.LastMember, people.Protect(memberId.ToString("N")), cookies.Options(expires));

    public void ForgetWho(HttpContext http)
    {
        http.Response.Cookies.Delete(cookies.LastMember, cookies.Options());
        http.Response.Cookies.Delete(cookies.KeptForm, cookies.Options());
    }

    /// <summary>
    /// The page that shows it after the sign-in; null for no form, for one from another site, and for an unknown browser.
    /// </summary>
    public async Task<string?> Keep(HttpContext http)
    {
        var request = http.Request;
        if (!HttpMethods.IsPost(request.Method) || !request.HasFormContentType
            || !ComesFromOurPage(request) || WhoWas(request) is not { } memberId)
            return null;
        IFormCollection form;
        try
        {
            form = await request.ReadFormAsync(http.RequestAborted);
        }
        catch (Exception malformed) when (malformed is BadHttpRequestException or InvalidDataException)
        {
            return null;
        }

        var fields = form.Where(field => !IsSecret(field.Key))
            .SelectMany(field => field.Value.Select(value => KeyValuePair.Create(field.Key, value ?? ""))).Take(FieldsMax).ToList();
        var sent = new SentForm(request.Path + request.QueryString, fields);
        if (await keep.Run(memberId, forms.Protect(JsonSerializer.SerializeToUtf8Bytes(sent)), http.RequestAborted) is not { } key)
            return null;
        http.Response.Cookies.Append(cookies.KeptForm, key, cookies.Options());
        return Paths.KeptForm(key);
    }

    /// <summary>The page of the form kept for this browser, for a sign-in by link; null if there is none.</summary>
    public string? PageOfWaiting(HttpRequest request) =>
        request.Cookies[cookies.KeptForm] is { Length: > 0 and <= 100 } key ? Paths.KeptForm(key) : null;

    /// <summary>Null for somebody else's, an unknown one, and one that has waited too long.</summary>
    public async Task<SentForm?> Of(HttpContext http, string key)
    {
        if (http.User.MemberId() is not { } memberId || await keep.Find(key, memberId, http.RequestAborted) is not { } encryptedForm)
            return null;
        try
        {
            return JsonSerializer.Deserialize<SentForm>(forms.Unprotect(encryptedForm));
        }
        catch (CryptographicException)
        {
            return null; // encrypted with a key that is gone
        }
    }

    /// <summary>Marks it as seen: the next sign-in does not lead there again.</summary>
    public void Seen(HttpContext http) => http.Response.Cookies.Delete(cookies.KeptForm, cookies.Options());

    private static bool ComesFromOurPage(HttpRequest request) => request.Headers.TryGetValue("Sec-Fetch-Site", out var site)
        ? site == "same-origin"
        : SameHost(request.Headers.Origin, request) || SameHost(request.Headers.Referer, request);

    private static bool SameHost(StringValues address, HttpRequest request) =>
        Uri.TryCreate(address, UriKind.Absolute, out var page)
            && string.Equals(page.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase);

    // Credentials are never kept; they must be typed again.
    private static bool IsSecret(string field) => field == "__RequestVerificationToken"
        || field.Contains("password", StringComparison.OrdinalIgnoreCase) || field.Contains("secret", StringComparison.OrdinalIgnoreCase);

    private Guid? WhoWas(HttpRequest request)
    {
        try
        {
            return request.Cookies[cookies.LastMember] is { Length: > 0 and <= 500 } who
                && Guid.TryParseExact(people.Unprotect(who), "N", out var id)
                ? id
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
