using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using DigiHub.Access;
using DigiHub.Members;
using DigiHub.Spaces;
using DigiHub.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DigiHub.Web.Tests.Fuzz;

/// <summary>Alone, so that time and memory are its own.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class FuzzAlone;

/// <summary>
/// Whatever is sent to any address by any party: no response is a 5xx, every refusal has a message and a code, none takes long, none shows
/// internals, each has the security headers. Each
/// operation gets a hundred inputs, or DIGIHUB_TEST_FUZZ (2000 in tests/run --nightly) from each party, on each engine. A failure says how
/// it is played again: DIGIHUB_TEST_FUZZ_SEED is the seed, DIGIHUB_TEST_FUZZ_ONLY begins the names of the operations to ask.
/// </summary>
[Collection(typeof(FuzzAlone))]
public abstract class FuzzTests(TestDatabase database) : WebHubTests(database)
{
    private const int InputsUsually = 100, InputsOnEmptyHub = 20, FaultsShown = 12, LinesMax = 4, TriesMax = 4;
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(2);

    /// <summary>
    /// What the process may hold more at the end than after the first round: caches that are bounded, code compiled
    /// meanwhile, the last lines of the log.
    /// </summary>
    private const long MemoryMax = 150L << 20;

    private static readonly int? Nightly = Number("DIGIHUB_TEST_FUZZ");
    private static readonly int Seed = Number("DIGIHUB_TEST_FUZZ_SEED") ?? (Nightly is null ? 20261128 : Random.Shared.Next());
    private static readonly string Only = Environment.GetEnvironmentVariable("DIGIHUB_TEST_FUZZ_ONLY") ?? "";

    private readonly ConcurrentDictionary<string, string> faults = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim lines = new(LinesMax), alone = new(1);
    private Callers callers = null!;
    private FuzzRows rows = null!;
    private HubOperations operations = null!;

    public override async ValueTask DisposeAsync()
    {
        callers?.Dispose();
        lines.Dispose();
        alone.Dispose();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Nothing_that_is_sent_breaks_the_hub()
    {
        await SetUp(isEmpty: false);

        await AskAll(Nightly ?? InputsUsually);

        Assert.True(faults.IsEmpty, Told());
    }

    [Fact]
    public async Task Nor_a_hub_that_has_nothing_yet_but_its_first_member()
    {
        await using (var db = TestHub.OpenDb())
        {
            await TestDatabase.Empty(db);
            db.Members.Add(Cast.Alan);
            await db.SaveChangesAsync(Stop);
            await Cast.GiveRoles(db, Cast.Alan, Role.Administrator);
        }

        TestHub.Clock.AdvanceSeconds(1); // past the moment in which the catalogue is not looked at again
        await SetUp(isEmpty: true);

        await AskAll(Nightly ?? InputsOnEmptyHub, Party.Anonymous, Party.Administrator);

        Assert.True(faults.IsEmpty, Told());
    }

    private async Task SetUp(bool isEmpty)
    {
        TestHub.Expect("could not be served"); // busy for a moment: asked again with nobody else about
        TestHub.Expect("Gave up a write");
        callers = new Callers(TestHub);
        rows = new FuzzRows(TestHub, isEmpty);
        await rows.Write();
        operations = new HubOperations(TestHub, rows);
    }

    private async Task AskAll(int inputs, params Party[] some)
    {
        var parties = some.Length > 0 ? some : Enum.GetValues<Party>();
        var all = (await operations.Find(callers, parties))
            .Where(operation => operation.Name.StartsWith(Only, StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(all);
        long before = 0;
        foreach (var operation in all)
        {
            if (!operation.IsSafe)
                await rows.Write();
            var rolls = Nightly is null
                ? Enumerable.Range(0, inputs).Select(index => (Party: parties[index % parties.Length], Index: index))
                : parties.SelectMany(party => Enumerable.Range(0, inputs).Select(index => (Party: party, Index: index)));
            await Parallel.ForEachAsync(rolls, new ParallelOptions { MaxDegreeOfParallelism = LinesMax, CancellationToken = Stop },
                async (roll, stop) => await Ask(operation, roll.Party, roll.Index, stop));
            before = before == 0 ? Memory() : before;
        }

        var grown = Memory() - before;
        TestContext.Current.TestOutputHelper?.WriteLine($"{all.Count} operations; the process holds {grown >> 20} MB more");
        if (Only.Length == 0 && grown > MemoryMax)
            faults["memory"] = $"The process holds {grown >> 20} MB more than after its first round.";
    }

    private async Task Ask(Operation operation, Party party, int index, CancellationToken stop)
    {
        var visitor = await callers.Of(party);
        var request =
            new FuzzRequest(operations, rows, operation, visitor, new Random(Hash($"{Seed} {operation.Name} {party} {index}"))).Roll();
        await lines.WaitAsync(stop);
        string? wrong;
        try
        {
            wrong = await Send(operation, party, visitor, request, stop);
        }
        catch (HttpRequestException broken)
        {
            wrong = $"gave no answer: {broken.GetBaseException().Message}";
        }
        finally
        {
            lines.Release();
        }

        if (wrong is null)
            return;
        wrong = await SendAlone(operation, party, visitor, request, stop);
        if (wrong is not null)
            faults.TryAdd($"{operation.Name}: {wrong.Split('\n')[0]}",
                $"{party}, input {index} of {operation.Name}: {wrong}\n--- request\n{request}");
    }

    /// <summary>Too slow, or busy, is no fault where others were served meanwhile: it is asked again with nobody else about.</summary>
    private async Task<string?> SendAlone(
        Operation operation, Party party, Callers.Caller visitor, FuzzRequest request, CancellationToken stop)
    {
        string? wrong = null;
        await alone.WaitAsync(stop); // two that take the lines at once would each wait for the other's
        for (var line = 0; line < LinesMax; line++)
            await lines.WaitAsync(stop);
        try
        {
            for (var tries = 0; tries < TriesMax; tries++)
                if ((wrong = await Send(operation, party, visitor, request, stop)) is null
                    || !wrong.StartsWith("took", StringComparison.Ordinal))
                    break;
        }
        catch (HttpRequestException broken)
        {
            wrong = $"gave no answer: {broken.GetBaseException().Message}";
        }
        finally
        {
            lines.Release(LinesMax);
            alone.Release();
        }

        return wrong;
    }

    private async Task<string?> Send(Operation operation, Party party, Callers.Caller visitor, FuzzRequest request, CancellationToken stop)
    {
        using var message = request.Message();
        var began = Stopwatch.GetTimestamp();
        using var answer = await (request.ByProgram ? visitor.Program : visitor.Browser).SendAsync(message, stop);
        var body = await Text(answer, stop);
        var took = Stopwatch.GetElapsedTime(began);
        if (party != Party.Anonymous
            && (answer.Headers.Location?.OriginalString.StartsWith("/sign-in", StringComparison.Ordinal) == true
                || (int)answer.StatusCode == 401 || operation.Pattern.EndsWith("sign-out", StringComparison.Ordinal)
                || operation.Pattern.EndsWith("account/delete", StringComparison.Ordinal)))
            callers.Forget(party);
        if (body is null)
            return $"{(int)answer.StatusCode} says that it is {answer.Content.Headers.ContentEncoding} and is not";
        if (Verdict.On(operation, answer, body) is { } wrong)
            return $"{wrong}\n--- answer {(int)answer.StatusCode}\n{body[..Math.Min(body.Length, 700)]}{Logged(answer)}";
        return took > AnswerMax ? $"took {took.TotalSeconds:0.0} s" : null;
    }

    /// <summary>Uncompressed; null where that cannot be done, and nothing of a part of something compressed.</summary>
    private static async Task<string?> Text(HttpResponseMessage answer, CancellationToken stop)
    {
        await using var sent = await answer.Content.ReadAsStreamAsync(stop);
        var encoding = string.Join(',', answer.Content.Headers.ContentEncoding);
        if (encoding.Length > 0 && answer.StatusCode == HttpStatusCode.PartialContent)
            return "";
        await using Stream plain = encoding switch
        {
            "" => sent,
            "gzip" => new GZipStream(sent, CompressionMode.Decompress),
            "br" => new BrotliStream(sent, CompressionMode.Decompress),
            _ => Stream.Null,
        };
        using var reader = new StreamReader(plain, Encoding.UTF8);
        try
        {
            return await reader.ReadToEndAsync(stop);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private string Logged(HttpResponseMessage answer) => (int)answer.StatusCode < 500 ? ""
        : "\n--- log\n" + TestHub.Log.LastOrDefault(line => line.Level >= LogLevel.Error)?.ToString();

    private string Told()
    {
        var told = new StringBuilder().AppendLine(CultureInfo.InvariantCulture, $"{faults.Count} kinds of faults. To play again: "
            + $"DIGIHUB_TEST_FUZZ_SEED={Seed}, and DIGIHUB_TEST_FUZZ_ONLY=\"GET /desks\" for one operation.");
        foreach (var fault in faults.OrderBy(fault => fault.Key, StringComparer.Ordinal).Take(FaultsShown))
            told.AppendLine().AppendLine(fault.Value);
        foreach (var fault in faults.Keys.Order(StringComparer.Ordinal))
            told.AppendLine(fault);
        return told.ToString();
    }

    private static long Memory() => GC.GetTotalMemory(forceFullCollection: true);

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : null;

    // The same in every process, as the hash of a string is not.
    private static int Hash(string text) => unchecked((int)text.Aggregate(2166136261u, (hash, sign) => (hash ^ sign) * 16777619u));

    public sealed class OnSqlite(SqliteDatabase database) : FuzzTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : FuzzTests(database), IClassFixture<PostgresDatabase>;
}
