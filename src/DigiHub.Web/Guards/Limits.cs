using System.Globalization;
using System.Threading.RateLimiting;
using DigiHub.Members;
using DigiHub.Web.Account;
using Microsoft.Extensions.Options;

namespace DigiHub.Web.Guards;

/// <summary>
/// Who may do how much in which time, all in one place. Counted in this process alone: several processes together allow that
/// many times as much, which slows whoever guesses all the same, and there is no store that could fail.
/// </summary>
public sealed class Limits : IDisposable
{
    private static readonly string[] BookingPaths = ["/book", "/desks", "/rooms", "/find", "/bookings", "/my-bookings", "/api/v1/bookings"];

    // What these lead to is guarded by a code or seal in the address: nobody shall try many.
    private static readonly string[] SealedPaths = ["/tickets", "/registrations", "/feeds", "/sign-in/link", "/unsubscribe", "/addresses", "/account/address", "/declines", "/preferences"];

    private readonly PartitionedRateLimiter<(string Caller, string Account)> signInsOfAccount;
    private readonly PartitionedRateLimiter<string> signInsOfCaller;
    private readonly PartitionedRateLimiter<string> lettersToAddress;
    private readonly PartitionedRateLimiter<string> lettersByCaller;

    public Limits(IOptions<HubSettings> settings)
    {
        var limits = settings.Value.Limits;
        signInsOfAccount = PartitionedRateLimiter.Create<(string Caller, string Account), (string, string)>(
            key => Window(key, limits.FailedSignInsPer15Minutes, TimeSpan.FromMinutes(15)));
        signInsOfCaller = PartitionedRateLimiter.Create<string, string>(key => Window(key, limits.FailedSignInsPerHourAndCaller, TimeSpan.FromHours(1)));
        lettersToAddress = PartitionedRateLimiter.Create<string, string>(key => Window(key, limits.SignInLinksPerHourAndAddress, TimeSpan.FromHours(1)));
        lettersByCaller = PartitionedRateLimiter.Create<string, string>(key => Window(key, limits.LettersPerHourAndCaller, TimeSpan.FromHours(1)));
        Requests = PartitionedRateLimiter.CreateChained(
            PartitionedRateLimiter.Create<HttpContext, string>(http => ApiCalls(http, limits)),
            PartitionedRateLimiter.Create<HttpContext, string>(http => BookingWrites(http, limits)),
            PartitionedRateLimiter.Create<HttpContext, string>(http => Lookups(http, limits)),
            PartitionedRateLimiter.Create<HttpContext, string>(http => GuestForms(http, limits)));
    }

    /// <summary>For every request, by its address.</summary>
    public PartitionedRateLimiter<HttpContext> Requests { get; }

    /// <summary>
    /// Null if this account may be tried from here. Only failures count (see <see cref="SignInFailed"/>): the members of a
    /// whole hub sign in from one network address on a Monday morning.
    /// </summary>
    public Refusal? WhyNoSignIn(HttpContext http, string email)
    {
        using var ofCaller = signInsOfCaller.AttemptAcquire(Caller.Of(http), permitCount: 0);
        using var ofAccount = signInsOfAccount.AttemptAcquire((Caller.Of(http), KeyOf(email)), permitCount: 0);
        return ofCaller.IsAcquired && ofAccount.IsAcquired ? null : TooMany(http, ofCaller.IsAcquired ? ofAccount : ofCaller);
    }

    public void SignInFailed(HttpContext http, string email)
    {
        signInsOfCaller.AttemptAcquire(Caller.Of(http)).Dispose();
        signInsOfAccount.AttemptAcquire((Caller.Of(http), KeyOf(email))).Dispose();
    }

    /// <summary>Null if a letter may be asked for; the address counts whether it is a member's or not, so that this tells nothing.</summary>
    public Refusal? WhyNoLetter(HttpContext http, string email)
    {
        using var byCaller = lettersByCaller.AttemptAcquire(Caller.Of(http));
        if (!byCaller.IsAcquired)
            return TooMany(http, byCaller);
        using var toAddress = lettersToAddress.AttemptAcquire(KeyOf(email));
        return toAddress.IsAcquired ? null : TooMany(http, toAddress);
    }

    public void Dispose()
    {
        signInsOfAccount.Dispose();
        signInsOfCaller.Dispose();
        lettersToAddress.Dispose();
        lettersByCaller.Dispose();
        Requests.Dispose();
    }

    /// <summary>Says when to come back, in whole seconds.</summary>
    internal static void SayWhen(HttpResponse response, RateLimitLease lease)
    {
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter) ? retryAfter : TimeSpan.FromMinutes(1);
        response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
    }

    private static RateLimitPartition<string> ApiCalls(HttpContext http, LimitSettings limits) =>
        IsBelow(http, "/api/v1") ? Window("api:" + WhoOf(http), limits.ApiCallsPerMinute, TimeSpan.FromMinutes(1)) : Unlimited;

    private static RateLimitPartition<string> BookingWrites(HttpContext http, LimitSettings limits) =>
        !IsSafe(http) && http.User.MemberId() is { } member && BookingPaths.Any(path => IsBelow(http, path))
            ? Window($"write:{member}", limits.BookingWritesPerMinute, TimeSpan.FromMinutes(1))
            : Unlimited;

    // The front desk scans tickets all evening, from one address: whoever has signed in is known, and not guessing in the dark.
    private static RateLimitPartition<string> Lookups(HttpContext http, LimitSettings limits) =>
        http.User.MemberId() is null && SealedPaths.Any(path => IsBelow(http, path))
            ? Window("lookup:" + Caller.Of(http), limits.LookupsPerMinute, TimeSpan.FromMinutes(1))
            : Unlimited;

    private static RateLimitPartition<string> GuestForms(HttpContext http, LimitSettings limits) =>
        !IsSafe(http) && http.User.MemberId() is null && (IsBelow(http, "/events") || IsBelow(http, "/api/v1/events"))
            ? Window("guest:" + Caller.Of(http), limits.GuestFormsPerHourAndCaller, TimeSpan.FromHours(1))
            : Unlimited;

    private static RateLimitPartition<string> Unlimited { get; } = RateLimitPartition.GetNoLimiter("");

    private static string WhoOf(HttpContext http) =>
        http.User.FindFirst(TokenHandler.TokenIdClaim)?.Value ?? http.User.MemberId()?.ToString() ?? Caller.Of(http);

    private static bool IsBelow(HttpContext http, string path) => http.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase);

    private static bool IsSafe(HttpContext http) => HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);

    private static RateLimitPartition<T> Window<T>(T key, int permits, TimeSpan window) => RateLimitPartition.GetFixedWindowLimiter(
        key, _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = window, QueueLimit = 0 });

    // As long as an address can be; what is longer is none, and must not fill the memory either.
    private static string KeyOf(string email) => EmailAddress.KeyOfPart(email);

    private static Refusal TooMany(HttpContext http, RateLimitLease lease)
    {
        SayWhen(http.Response, lease);
        http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        var minutes = lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? Math.Max(1, (int)Math.Ceiling(wait.TotalMinutes)) : 1;
        return new Refusal("too_many", new Words(
            $"That was too often in a short time. Please try again in {minutes} min.",
            $"Das war zu oft in kurzer Zeit. Bitte versuchen Sie es in {minutes} Min. noch einmal."));
    }
}
