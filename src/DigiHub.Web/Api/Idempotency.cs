using System.Security.Cryptography;
using System.Text;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Web.Account;

namespace DigiHub.Web.Api;

/// <summary>
/// Makes a POST with an Idempotency-Key safe to repeat for a day: the first request is carried out, every later or
/// simultaneous one of the same member with the same key gets the very same answer. The same key with another request is
/// refused with 422. Only answers below 500 are kept; after those, and after a crash, the act may be asked for again.
/// </summary>
public sealed class Idempotency(HubDbFactory databases, WriteDoor door, IClock clock) : IEndpointFilter
{
    public const string Header = "Idempotency-Key";
    private static readonly Duration abandonedAfter = Duration.FromSeconds(60);
    private static readonly TimeSpan pollEvery = TimeSpan.FromMilliseconds(25);
    private const int PollsMax = 400; // 10 s
    private static readonly TimeSpan actMax = TimeSpan.FromSeconds(30);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var key = http.Request.Headers[Header].ToString();
        if (key.Length == 0 || http.User.MemberId() is not { } memberId)
            return await next(context);
        if (key.Length > KeptAnswer.KeyMax || key.Any(char.IsControl))
            return Problems.Bad("malformed_idempotency_key", new(
                $"An Idempotency-Key has at most {KeptAnswer.KeyMax} printable characters.",
                $"Ein Idempotency-Key hat höchstens {KeptAnswer.KeyMax} druckbare Zeichen."));

        var hash = await HashOf(http.Request);
        for (var poll = 0; poll < PollsMax; poll++)
        {
            if (await Begin(memberId, key, hash, http.RequestAborted))
                return await AnswerAndKeep(context, next, memberId, key);

            var kept = await Find(memberId, key, http.RequestAborted);
            if (kept is null)
                continue; // the first one failed and has made room
            if (!CryptographicOperations.FixedTimeEquals(kept.RequestHash, hash))
                return Problems.Answer(StatusCodes.Status422UnprocessableEntity, "idempotency_key_reused", new(
                    "This Idempotency-Key was used for another request. Take a new key for a new request.",
                    "Dieser Idempotency-Key wurde für eine andere Anfrage verwendet. Nehmen Sie für jede Anfrage einen neuen."));
            if (kept.Status is not null)
                return new Replay(kept);

            await Task.Delay(pollEvery, http.RequestAborted);
        }

        return Refusal.Busy.ToProblem();
    }

    /// <summary>True if this request is the one to act.</summary>
    private async Task<bool> Begin(Guid memberId, string key, byte[] hash, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        var abandoned = now - abandonedAfter;
        var expired = now - KeptAnswer.Life;
        try
        {
            var begun = await door.Run<bool>(async db =>
            {
                await db.KeptAnswers.Where(answer => answer.MemberId == memberId && answer.Key == key
                    && (answer.At < expired || (answer.Status == null && answer.At < abandoned))).ExecuteDeleteAsync(stop);
                db.KeptAnswers.Add(new KeptAnswer { MemberId = memberId, Key = key, RequestHash = hash, At = now });
                return true;
            }, stop);
            return begun.IsDone;
        }
        catch (DbUpdateException exception) when (DatabaseRefusals.Of(exception) == DatabaseRefusal.Duplicate)
        {
            return false;
        }
    }

    private async Task<KeptAnswer?> Find(Guid memberId, string key, CancellationToken stop)
    {
        await using var db = databases.Open();
        return await db.KeptAnswers.AsNoTracking().SingleOrDefaultAsync(answer => answer.MemberId == memberId && answer.Key == key, stop);
    }

    private async Task<object?> AnswerAndKeep(EndpointFilterInvocationContext context, EndpointFilterDelegate next, Guid memberId, string key)
    {
        var response = context.HttpContext.Response;
        var wire = response.Body;
        using var copy = new MemoryStream();
        var isKept = false;
        var hangUp = context.HttpContext.RequestAborted;
        response.Body = copy;
        try
        {
            // Whoever hangs up in the middle will ask again, and wants the answer then: only time ends this act.
            using var patience = new CancellationTokenSource(actMax);
            context.HttpContext.RequestAborted = patience.Token;
            for (var i = 0; i < context.Arguments.Count; i++)
            {
                if (context.Arguments[i] is CancellationToken)
                    context.Arguments[i] = patience.Token;
            }

            if (await next(context) is IResult result)
                await result.ExecuteAsync(context.HttpContext);
            if (response.StatusCode < StatusCodes.Status500InternalServerError)
            {
                isKept = true; // an act that was done is never asked for again, even if its answer cannot be kept
                await Keep(memberId, key, response, copy);
            }
        }
        finally
        {
            context.HttpContext.RequestAborted = hangUp;
            response.Body = wire;
            if (!isKept)
                await GiveUp(memberId, key);
        }

        copy.Position = 0;
        await copy.CopyToAsync(wire, context.HttpContext.RequestAborted);
        return Results.Empty;
    }

    private Task<Outcome<int>> Keep(Guid memberId, string key, HttpResponse response, MemoryStream copy) =>
        door.Run<int>(async db => await db.KeptAnswers.Where(kept => kept.MemberId == memberId && kept.Key == key)
            .ExecuteUpdateAsync(kept => kept
                .SetProperty(answer => answer.Status, response.StatusCode)
                .SetProperty(answer => answer.ContentType, response.ContentType)
                .SetProperty(answer => answer.Location, response.Headers.Location.ToString())
                .SetProperty(answer => answer.ETag, response.Headers.ETag.ToString())
                .SetProperty(answer => answer.Body, Encoding.UTF8.GetString(copy.GetBuffer(), 0, (int)copy.Length))), CancellationToken.None);

    private Task<Outcome<int>> GiveUp(Guid memberId, string key) =>
        door.Run<int>(async db => await db.KeptAnswers
            .Where(answer => answer.MemberId == memberId && answer.Key == key).ExecuteDeleteAsync(), CancellationToken.None);

    private static async Task<byte[]> HashOf(HttpRequest request)
    {
        // The body has been read by the binding of the endpoint; ApiSetup has it buffered.
        request.Body.Position = 0;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}\n"));
        var buffer = new byte[4096];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted)) > 0)
            hash.AppendData(buffer, 0, read);
        return hash.GetHashAndReset();
    }

    private sealed class Replay(KeptAnswer kept) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = kept.Status!.Value;
            response.ContentType = kept.ContentType;
            if (!string.IsNullOrEmpty(kept.Location))
                response.Headers.Location = kept.Location;
            if (!string.IsNullOrEmpty(kept.ETag))
                response.Headers.ETag = kept.ETag;
            response.Headers["Idempotency-Replayed"] = "true";
            await response.WriteAsync(kept.Body ?? "", httpContext.RequestAborted);
        }
    }
}
