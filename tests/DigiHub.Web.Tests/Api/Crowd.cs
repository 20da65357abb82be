using System.Net.Http.Headers;
using DigiHub.Access;
using DigiHub.Keys;
using DigiHub.Members;
using DigiHub.Tests;

namespace DigiHub.Web.Tests.Api;

/// <summary>Many members, each a program with a token of their own, who all want the same at the same moment.</summary>
internal sealed class Crowd : IDisposable
{
    private readonly HttpClient client;
    private readonly string[] tokens;

    private Crowd(HttpClient client, string[] tokens)
    {
        this.client = client;
        this.tokens = tokens;
    }

    public int Count => tokens.Length;

    public static async Task<Crowd> Gather(WebTestHub testHub, int count)
    {
        var members = Enumerable.Range(0, count).Select(i => new Member
        {
            Id = Guid.CreateVersion7(),
            Name = PersonName.Of($"Crowd {i}"),
            Email = EmailAddress.Of($"crowd{i}@example.org"),
            SecurityStamp = "crowd",
            CreatedAt = DigiHub.Tests.TestHub.Opening,
        }).ToArray();
        var secrets = members.Select(_ => RandomToken.Make(AccessTokens.ApiPrefix)).ToArray();
        await testHub.Lay([.. members, .. members.Select((member, i) => new AccessToken
        {
            Id = Guid.CreateVersion7(), MemberId = member.Id, Use = TokenUse.Api, Name = "crowd",
            Hash = RandomToken.Hash(secrets[i]), CreatedAt = DigiHub.Tests.TestHub.Opening,
        })]);
        return new Crowd(testHub.NewClient(), secrets);
    }

    /// <summary>Everybody at once; the n-th member sends the n-th request.</summary>
    public Task<HttpResponseMessage[]> All(Func<int, HttpRequestMessage> request, CancellationToken stop) =>
        Task.WhenAll(tokens.Select((_, i) => Send(i, request(i), stop)));

    public Task<HttpResponseMessage> Send(int member, HttpRequestMessage request, CancellationToken stop)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens[member]);
        return client.SendAsync(request, stop);
    }

    public void Dispose() => client.Dispose();
}
