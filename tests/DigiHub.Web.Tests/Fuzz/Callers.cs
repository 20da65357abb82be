using System.Collections.Concurrent;
using System.Net;
using System.Text;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using DigiHub.Members;
using DigiHub.Tests;

namespace DigiHub.Web.Tests.Fuzz;

/// <summary>
/// Clients of each party: with a session's cookie and the token of its forms, or as a program. Signs in again where needed.
/// </summary>
internal sealed class Callers(WebTestHub testHub) : IDisposable
{
    private const int TriesMax = 5;

    private readonly ConcurrentDictionary<Party, Caller> callers = new();
    private readonly SemaphoreSlim opening = new(1);

    /// <param name="Browser">Keeps cookies, follows no redirect.</param>
    /// <param name="Program">With a personal access token; the browser's for nobody.</param>
    /// <param name="FormToken">The antiforgery token of the party's forms.</param>
    public sealed record Caller(HttpClient Browser, HttpClient Program, string FormToken);

    public Member? MemberOf(Party party) => party switch
    {
        Party.Member => testHub.Cast.Ada,
        Party.Organiser => testHub.Cast.Grace,
        Party.FrontDesk => testHub.Cast.Frieda,
        Party.Administrator => testHub.Cast.Alan,
        _ => null,
    };

    public async Task<Caller> Of(Party party)
    {
        if (callers.TryGetValue(party, out var known))
            return known;
        await opening.WaitAsync();
        try
        {
            return callers.TryGetValue(party, out known) ? known : callers[party] = await Enter(MemberOf(party));
        }
        finally
        {
            opening.Release();
        }
    }

    /// <summary>For a party whose session or token the last form ended.</summary>
    public void Forget(Party party) => callers.TryRemove(party, out _); // others may still be using its clients

    /// <summary>Clients of its own; anonymous without a member.</summary>
    public async Task<Caller> Enter(Member? member)
    {
        var browser = NewClient();
        if (member is null)
            return new Caller(browser, NewClient(), await TokenOn(browser, "/sign-in"));
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await SignIn(NewClient(), member);
            }
            catch (HttpRequestException) when (attempt < TriesMax)
            {
                // What another party sends at the same time has disabled them, or signed them out everywhere.
            }
        }
    }

    private async Task<Caller> SignIn(HttpClient browser, Member member)
    {
        // Whatever the forms have made of the account meanwhile.
        await using (var db = testHub.OpenDb())
            await db.Members.Where(one => one.Id == member.Id).ExecuteUpdateAsync(row => row
                .SetProperty(one => one.Email, member.Email).SetProperty(one => one.NormalizedEmail, member.NormalizedEmail)
                .SetProperty(one => one.DisabledAt, (Instant?)null));
        await testHub.GivePassword(member);
        using var form = new FormUrlEncodedContent([
            new("__RequestVerificationToken", await TokenOn(browser, "/sign-in")), new("_handler", "password"),
            new("Password.Email", member.Email), new("Password.Secret", WebTestHub.Password)]);
        using var answer = await browser.PostAsync(new Uri("/sign-in", UriKind.Relative), form);
        if (answer.StatusCode != HttpStatusCode.Found)
            throw new HttpRequestException($"{member.Email} cannot sign in: {answer.StatusCode}");

        var program = NewClient();
        using (var known = await testHub.NewApiClient(member))
            program.DefaultRequestHeaders.Authorization = known.DefaultRequestHeaders.Authorization;
        return new Caller(browser, program, await TokenOn(browser, "/account"));
    }

    public void Dispose() => opening.Dispose();

    public static async Task<string> TokenOn(HttpClient client, string page)
    {
        using var parsed = await new HtmlParser().ParseDocumentAsync(await client.GetStringAsync(new Uri(page, UriKind.Relative)));
        return ((IHtmlInputElement)parsed.QuerySelector("input[name='__RequestVerificationToken']")!).Value;
    }

    // Headers as they come: bytes above 127 as well.
    private HttpClient NewClient() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = true,
        CookieContainer = new CookieContainer(),
        RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1,
    })
    { BaseAddress = testHub.Url };
}
