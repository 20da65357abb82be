using System.Security.Cryptography;
using System.Text;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Web.Account;
using DigiHub.Web.Reader;

namespace DigiHub.Web.Api;

/// <summary>
/// Makes a POST with an Idempotency-Key safe to repeat for a day. The answer is written in the act's own transaction, so a
/// crash leaves both or neither; whatever is asked again with the same key runs into the kept row, is rolled back, and gets the
/// first answer. Refusals are kept as well, in a transaction of their own, since nothing else is written. The
/// same key with another request is refused with 422. What was malformed or found the database busy is not kept.
/// </summary>
public sealed class Idempotency(HubDbFactory databases, UnitOfWork unitOfWork, IClock clock)
{
    public const string Header = "Idempotency-Key";

    private const int TriesMax = 2;

    /// <summary>Runs the act, once if the request has a key, and answers.</summary>
    /// <param name="act">A use case; it writes what it is given in its own transaction.</param>
    /// <param name="show">The answer about what was done. Must not ask the database: what it is about is not saved yet.</param>
    internal async Task<IResult> Run<T>(HttpContext http, Func<Alongside<T>?, Task<Outcome<T>>> act, Func<T, Answer> show)
    {
        var key = http.Request.Headers[Header].ToString();
        if (key.Length == 0)
        {
            var outcome = await act(null);
            return outcome.IsDone ? show(outcome.Value) : outcome.Refusal.ToProblem();
        }

        if (key.Length > IdempotencyRecord.KeyMax || key.Any(char.IsControl))
            return Problems.Bad("malformed_idempotency_key", new(
                $"An Idempotency-Key has at most {IdempotencyRecord.KeyMax} printable characters.",
                $"Ein Idempotency-Key hat höchstens {IdempotencyRecord.KeyMax} druckbare Zeichen."));
        var once = new Once(http.User.MemberId()!.Value, key, await HashOf(http.Request));
        return await RunOnce(once, act, show, http.RequestAborted);
    }

    private async Task<IResult> RunOnce<T>(
        Once once, Func<Alongside<T>?, Task<Outcome<T>>> act, Func<T, Answer> show, CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                Answer? answer = null;
                var outcome = await act((db, done, _) =>
                {
                    answer = show(done);
                    Keep(db, once, answer);
                    return Task.CompletedTask;
                });
                if (outcome.IsDone)
                    return answer!;
                return outcome.Refusal.IsTransient ? outcome.Refusal.ToProblem() : await KeepRefusal(once, outcome.Refusal, stop);
            }
            catch (DbUpdateException exception) when (DatabaseRefusals.Of(exception) == DatabaseRefusal.Duplicate)
            {
                if (await Find(once, stop) is { } kept)
                    return Replay(kept, once);
                if (attempt == TriesMax)
                    throw; // another constraint, not the key
            }
        }
    }

    private async Task<IResult> KeepRefusal(Once once, Refusal refusal, CancellationToken stop)
    {
        var answer = Answer.Of(refusal);
        var kept = await unitOfWork.Run<Answer>(db =>
        {
            Keep(db, once, answer);
            return Task.FromResult<Outcome<Answer>>(answer);
        }, stop);
        return kept.IsDone ? answer : kept.Refusal.ToProblem();
    }

    private void Keep(HubDb db, Once once, Answer answer) => db.IdempotencyRecords.Add(new IdempotencyRecord
    {
        MemberId = once.MemberId,
        Key = once.Key,
        RequestHash = once.RequestHash,
        At = clock.GetCurrentInstant(),
        Status = answer.Status,
        Location = answer.Location,
        ETag = answer.ETag,
        Body = answer.Body,
    });

    /// <summary>Null if there is none, or one so old that it has just been forgotten: then the act may run.</summary>
    private async Task<IdempotencyRecord?> Find(Once once, CancellationToken stop)
    {
        await using var db = databases.Open();
        var (memberId, key) = (once.MemberId, once.Key);
        var kept = await db.IdempotencyRecords.AsNoTracking()
            .SingleOrDefaultAsync(answer => answer.MemberId == memberId && answer.Key == key, stop);
        var expired = clock.GetCurrentInstant() - IdempotencyRecord.Life;
        if (kept is null || kept.At >= expired)
            return kept;
        await unitOfWork.Run<int>(async write => await write.IdempotencyRecords
            .Where(answer => answer.MemberId == memberId && answer.Key == key && answer.At < expired).ExecuteDeleteAsync(stop), stop);
        return null;
    }

    private static IResult Replay(IdempotencyRecord kept, Once once) =>
        CryptographicOperations.FixedTimeEquals(kept.RequestHash, once.RequestHash)
            ? new Replayed(new Answer(kept.Status, kept.Body, kept.Location, kept.ETag))
            : Problems.Answer(StatusCodes.Status422UnprocessableEntity, "idempotency_key_reused", new(
                "This Idempotency-Key was already used for another request. Use a new key for each new request.",
                "Dieser Idempotency-Key wurde schon für eine andere Anfrage verwendet. Verwenden Sie für jede Anfrage einen neuen.",
                "Dieser Idempotency-Key wurde schon für eine andere Anfrage verwendet. Verwende für jede Anfrage einen neuen."));

    private static async Task<byte[]> HashOf(HttpRequest request)
    {
        // The body has been read by the binding of the endpoint; ApiBodies has it buffered.
        request.Body.Position = 0;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}\n"));
        var buffer = new byte[4096];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted)) > 0)
            hash.AppendData(buffer, 0, read);
        return hash.GetHashAndReset();
    }

    /// <param name="RequestHash">SHA-256 of method, path and body.</param>
    private sealed record Once(Guid MemberId, string Key, byte[] RequestHash);

    private sealed record Replayed(Answer Answer) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers["Idempotency-Replayed"] = "true";
            return Answer.ExecuteAsync(httpContext);
        }
    }
}
