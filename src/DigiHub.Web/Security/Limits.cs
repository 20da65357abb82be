using System.Globalization;
using System.Threading.RateLimiting;
using DigiHub.Members;
using DigiHub.Web.Account;
using DigiHub.Web.Reader;
using Microsoft.Extensions.Options;

namespace DigiHub.Web.Security;

/// <summary>
/// All rate limits in one place. Counted in this process alone: several processes together allow that
/// many times as much, which still slows guessing, and there is no store that could fail.
/// </summary>
public sealed class Limits : IDisposable
{
    private static readonly string[] BookingPaths =
        [Paths.Book, Paths.Desks, Paths.Rooms, Paths.Find, Paths.Folders.Bookings, Paths.MyBookings, Paths.Folders.ApiBookings,
            Paths.Folders.SpaceCodes];

    // Pages protected by a code or token in the address, where guessing is limited. Not /unsubscribe: mailbox providers call
    // it for thousands of readers from few addresses, and nobody may be kept from it.
    private static readonly string[] TokenPaths =
    [
        Paths.Folders.Tickets, Paths.Folders.Registrations, Paths.Folders.Feeds, Paths.Folders.SignInLinks, Paths.Folders.Addresses,
        Paths.Folders.AccountAddresses, Paths.Folders.Declines, Paths.Folders.Preferences, Paths.Folders.Invitations,
        Paths.Folders.KeepAccount, Paths.Folders.Coming,
    ];

    /// <summary>Of one member: each reads everything that is stored about them.</summary>
    private const int ExportsPerHour = 6;

    private readonly Attempts<(string Caller, string Account)> guessesOfAccount;
    private readonly Attempts<string> guessesOfCaller;
    private readonly Attempts<string> wrongCodes;
    private readonly PartitionedRateLimiter<string> newCodes;
    private readonly PartitionedRateLimiter<string> wrongLinks;
    private readonly PartitionedRateLimiter<string> emailsToAddress;
    private readonly PartitionedRateLimiter<string> emailsByCaller;
    private readonly PartitionedRateLimiter<string> guestFormsByCaller;

    public Limits(IOptions<HubSettings> settings)
    {
        var limits = settings.Value.Limits;
        guessesOfAccount = new(limits.FailedSignInsPer15Minutes, TimeSpan.FromMinutes(15));
        guessesOfCaller = new(limits.FailedSignInsPerHourAndCaller, TimeSpan.FromHours(1));
        wrongCodes = new(limits.WrongScreenCodesPerHour, TimeSpan.FromHours(1));
        newCodes = PartitionedRateLimiter.Create<string, string>(key => Window(key, limits.NewScreenCodesPerHour, TimeSpan.FromHours(1)));
        wrongLinks = PartitionedRateLimiter.Create<string, string>(key => Window(key, limits.WrongLinksPerMinute, TimeSpan.FromMinutes(1)));
        emailsToAddress =
            PartitionedRateLimiter.Create<string, string>(key => Window(key, limits.EmailsPerHourAndAddress, TimeSpan.FromHours(1)));
        emailsByCaller =
            PartitionedRateLimiter.Create<string, string>(key => Window(key, limits.EmailsPerHourAndCaller, TimeSpan.FromHours(1)));
        guestFormsByCaller =
            PartitionedRateLimiter.Create<string, string>(key => Window(key, limits.GuestFormsPerHourAndCaller, TimeSpan.FromHours(1)));
        Requests = PartitionedRateLimiter.CreateChained(
            PartitionedRateLimiter.Create<HttpContext, string>(http => ApiCalls(http, limits)),
            PartitionedRateLimiter.Create<HttpContext, string>(http => BookingWrites(http, limits)),
            PartitionedRateLimiter.Create<HttpContext, string>(Exports));
    }

    /// <summary>For every request, by its address.</summary>
    public PartitionedRateLimiter<HttpContext> Requests { get; }

    /// <summary>
    /// Null if a password may be tried for this account by this caller: it counts as wrong until reported right. Right ones do not
    /// count: the members of a whole hub sign in from one network address on a Monday morning.
    /// </summary>
    public Refusal? TakePasswordGuess(HttpContext http, string email)
    {
        var (caller, account) = (Caller.Of(http), KeyOf(email));
        if (guessesOfAccount.Take((caller, account)) is { } wait)
            return TooMany(http, wait);
        if (guessesOfCaller.Take(caller) is not { } longer)
            return null;
        guessesOfAccount.GiveBack((caller, account));
        return TooMany(http, longer);
    }

    /// <summary>The password was right.</summary>
    public void GiveBackPasswordGuess(HttpContext http, string email)
    {
        guessesOfCaller.GiveBack(Caller.Of(http));
        guessesOfAccount.GiveBack((Caller.Of(http), KeyOf(email)));
    }

    /// <summary>
    /// Null if the code of a screen may be tried by this caller: it counts as wrong until reported right, so that nobody finds one by
    /// trying, not even who may pair.
    /// </summary>
    public Refusal? TakeCodeGuess(HttpContext http) => wrongCodes.Take(Caller.Of(http)) is { } wait ? TooMany(http, wait) : null;

    /// <summary>The code was right, or was not looked at.</summary>
    public void GiveBackCodeGuess(HttpContext http) => wrongCodes.GiveBack(Caller.Of(http));

    /// <summary>Null if a screen may be shown a new code.</summary>
    public Refusal? WhyNoNewCode(HttpContext http)
    {
        using var lease = newCodes.AttemptAcquire(Caller.Of(http));
        return lease.IsAcquired ? null : TooMany(http, lease);
    }

    /// <summary>
    /// Counts an unknown link or code; null while there were few. Valid ones are never counted and always open: a
    /// venue scans tickets and reads calendars all evening from one address.
    /// </summary>
    public Refusal? WrongLink(HttpContext http)
    {
        if (http.User.MemberId() is not null)
            return null; // signed-in members are known
        using var wrong = wrongLinks.AttemptAcquire(Caller.Of(http));
        return wrong.IsAcquired ? null : TooMany(http, wrong);
    }

    /// <summary>True for the address of a page that needs a signed link.</summary>
    internal static bool HasToken(HttpContext http) => TokenPaths.Any(path => IsBelow(http, path));

    /// <summary>
    /// Null if an e-mail may be requested; the address counts whether it is a member's or not, so that this reveals nothing. Every form
    /// that has an e-mail written to an address that is typed asks here (or <see cref="WhyNoGuestForm"/>) first.
    /// </summary>
    public Refusal? WhyNoEmail(HttpContext http, string email) => WhyNoEmail(http, email, emailsByCaller);

    /// <summary>The same for a guest's registration.</summary>
    public Refusal? WhyNoGuestForm(HttpContext http, string email) => WhyNoEmail(http, email, guestFormsByCaller);

    private Refusal? WhyNoEmail(HttpContext http, string email, PartitionedRateLimiter<string> ofCaller)
    {
        using var byCaller = ofCaller.AttemptAcquire(Caller.Of(http));
        if (!byCaller.IsAcquired)
            return TooMany(http, byCaller);
        using var toAddress = emailsToAddress.AttemptAcquire(KeyOf(email));
        return toAddress.IsAcquired ? null : TooMany(http, toAddress);
    }

    public void Dispose()
    {
        newCodes.Dispose();
        wrongLinks.Dispose();
        emailsToAddress.Dispose();
        emailsByCaller.Dispose();
        guestFormsByCaller.Dispose();
        Requests.Dispose();
    }

    /// <summary>Says when to come back, in whole seconds.</summary>
    internal static void SayWhen(HttpResponse response, RateLimitLease lease) =>
        SayWhen(response, lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromMinutes(1));

    private static void SayWhen(HttpResponse response, TimeSpan wait) =>
        response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    private static RateLimitPartition<string> ApiCalls(HttpContext http, LimitSettings limits) =>
        IsBelow(http, Paths.Folders.ApiV1) ? Window("api:" + WhoOf(http), limits.ApiCallsPerMinute, TimeSpan.FromMinutes(1)) : Unlimited;

    private static RateLimitPartition<string> BookingWrites(HttpContext http, LimitSettings limits) =>
        !IsSafe(http) && http.User.MemberId() is { } member && BookingPaths.Any(path => IsBelow(http, path))
            ? Window($"write:{member}", limits.BookingWritesPerMinute, TimeSpan.FromMinutes(1))
            : Unlimited;

    private static RateLimitPartition<string> Exports(HttpContext http) =>
        IsBelow(http, Paths.ExportOwnData) && http.User.MemberId() is { } member
            ? Window($"export:{member}", ExportsPerHour, TimeSpan.FromHours(1))
            : Unlimited;

    private static RateLimitPartition<string> Unlimited { get; } = RateLimitPartition.GetNoLimiter("");

    private static string WhoOf(HttpContext http) =>
        http.User.FindFirst(TokenHandler.TokenIdClaim)?.Value ?? http.User.MemberId()?.ToString() ?? Caller.Of(http);

    private static bool IsBelow(HttpContext http, string path) =>
        http.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase);

    private static bool IsSafe(HttpContext http) => HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);

    private static RateLimitPartition<T> Window<T>(T key, int permits, TimeSpan window) => RateLimitPartition.GetFixedWindowLimiter(
        key, _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = window, QueueLimit = 0 });

    // The longest possible address: longer keys would only fill the memory.
    internal static string KeyOf(string email) => EmailAddress.KeyOfPart(email);

    private static Refusal TooMany(HttpContext http, RateLimitLease lease) =>
        TooMany(http, lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromMinutes(1));

    private static Refusal TooMany(HttpContext http, TimeSpan wait)
    {
        SayWhen(http.Response, wait);
        http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        var minutes = Math.Max(1, (int)Math.Ceiling(wait.TotalMinutes));
        return new Refusal("too_many", new Words(
            $"Too many attempts. Try again in {(minutes == 1 ? "1 minute" : $"{minutes} minutes")}.",
            $"Zu viele Versuche. Versuchen Sie es in {(minutes == 1 ? "1 Minute" : $"{minutes} Minuten")} noch einmal.",
            $"Zu viele Versuche. Versuch es in {(minutes == 1 ? "1 Minute" : $"{minutes} Minuten")} noch einmal."));
    }
}
