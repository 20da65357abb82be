using System.Net.Sockets;
using DigiHub.Memberships;
using DnsClient;
using DnsClient.Protocol;
using Microsoft.Extensions.Options;

namespace DigiHub.Web.Memberships;

/// <summary>
/// Asks the machine's resolvers, or the one that is set, for TXT records. The answer is whatever the owner of a domain put there: it is
/// compared with one text and goes nowhere else.
/// </summary>
public sealed class DnsTxtRecords(IOptions<HubSettings> settings) : ITxtRecords
{
    private const int RecordsMax = 100;

    private static readonly TimeSpan longest = TimeSpan.FromSeconds(5), oneTry = TimeSpan.FromSeconds(2);

    private readonly Lazy<LookupClient> lookups = new(() => new LookupClient(Options(settings.Value.Dns)));

    public async Task<IReadOnlyList<string>?> Of(string host, CancellationToken stop)
    {
        using var timed = CancellationTokenSource.CreateLinkedTokenSource(stop);
        timed.CancelAfter(longest);
        try
        {
            var answer = await lookups.Value.QueryAsync(host, QueryType.TXT, cancellationToken: timed.Token).WaitAsync(timed.Token);
            return answer.Header.ResponseCode switch
            {
                DnsHeaderResponseCode.NoError =>
                    [.. answer.Answers.OfType<TxtRecord>().Take(RecordsMax).Select(record => string.Concat(record.Text))],
                DnsHeaderResponseCode.NotExistentDomain => [],
                _ => null,
            };
        }
        catch (Exception silent) when (silent is DnsResponseException or SocketException or OperationCanceledException or TimeoutException)
        {
            stop.ThrowIfCancellationRequested();
            return null;
        }
    }

    private static LookupClientOptions Options(DnsSettings dns)
    {
        var options = dns.EndPoint is { } server ? new LookupClientOptions(server) : new LookupClientOptions();
        (options.UseCache, options.Retries, options.Timeout) = (false, 1, oneTry);
        return options;
    }
}
