using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Net.Http.Headers;

namespace DigiHub.Web.Tests;

/// <summary>
/// A browser expires cookies by the real clock, the hub dates them by the fake clock. This moves their ends
/// from the one to the other, so that a cookie lives as long in a test as it does in life, in whatever year the test runs.
/// </summary>
internal sealed class CookiesOfToday(IClock inHand) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (context, rest) =>
        {
            context.Response.OnStarting(() =>
            {
                var cookies = SetCookieHeaderValue.ParseList(context.Response.Headers.SetCookie.ToArray()!);
                foreach (var cookie in cookies.Where(cookie => cookie.Expires is not null))
                    cookie.Expires += Shift();
                if (cookies.Count > 0)
                    context.Response.Headers.SetCookie = cookies.Select(cookie => cookie.ToString()).ToArray();
                return Task.CompletedTask;
            });
            await rest(context);
        });
        next(app);
    };

    private TimeSpan Shift()
    {
#pragma warning disable RS0030 // the browser uses the real clock
        return (SystemClock.Instance.GetCurrentInstant() - inHand.GetCurrentInstant()).ToTimeSpan();
#pragma warning restore RS0030
    }
}
