using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Keys;
using DigiHub.Members;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Webhooks;

public enum WebhookShape
{
    /// <summary>Standard Webhooks 1.0: type, timestamp, data; ids only.</summary>
    Standard,

    /// <summary>A sentence as "text", as Slack, Mattermost and the like take it.</summary>
    Chat,
}

public enum WebhookStop
{
    ByOwner,

    /// <summary>It failed for days.</summary>
    Failing,

    /// <summary>It answered 410 Gone.</summary>
    Gone,

    /// <summary>More waits for it than the hub keeps for one endpoint.</summary>
    Full,
}

/// <summary>
/// The webhook of a member's program: an administrator's gets everything, an organiser's what concerns their own events.
/// Its secret is not stored: it is derived from the hub's key, the endpoint and the generation.
/// </summary>
public sealed class WebhookEndpoint
{
    public static readonly SubjectKind<Guid> Subject = new("webhook");

    public const int NameMax = 60;
    public const int UrlMax = 500;
    public const int PerMemberMax = 10;

    /// <summary>All types there are, and as many again to come.</summary>
    public const int TypesMax = 1_000;

    private const string UrlLabel = "webhook-url";
    private const int FirstPartMax = 20;

    /// <summary>How long both secrets sign after a change, so that the receiver has time to switch.</summary>
    public static readonly Duration Overlap = Duration.FromHours(24);

    /// <summary>The longest Retry-After that is honoured: a mistake in a header must not stop deliveries for years.</summary>
    public static readonly Duration PatienceMax = Duration.FromHours(24);

    public required Guid Id { get; init; }

    public required Guid OwnerId { get; init; }

    public required string Name { get; init; }

    /// <summary>Where to post to, encrypted: the address of a chat room is a secret that lets anyone write there.</summary>
    public required string HiddenUrl { get; init; }

    /// <summary>As much of the address as may be shown: see <see cref="Shorten"/>.</summary>
    public required string ShownUrl { get; init; }

    public required WebhookShape Shape { get; init; }

    /// <summary>Types with a space before and after each, so that SQL finds one.</summary>
    public required string Types { get; init; }

    public required Instant CreatedAt { get; init; }

    /// <summary>Raised with each new secret, from 1.</summary>
    public int Generation { get; private set; } = 1;

    /// <summary>Until then the secret before signs, too.</summary>
    public Instant? OldSecretUntil { get; private set; }

    public Instant? StoppedAt { get; private set; }

    public WebhookStop? StoppedWhy { get; private set; }

    /// <summary>Since when nothing arrived; null when the last thing did.</summary>
    public Instant? FailingSince { get; private set; }

    /// <summary>It asked to wait until then: nothing is tried before. Null or past: deliveries may be tried.</summary>
    public Instant? PatientUntil { get; private set; }

    public IReadOnlyList<string> TypeList => Types.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public static string Write(IEnumerable<string> types) => $" {string.Join(' ', types)} ";

    public static string Hide(TokenSigner signer, Guid id, string url) => signer.Hide(UrlLabel, id, url);

    /// <summary>Null if the hub's key is another than when it was set up.</summary>
    public string? Url(TokenSigner signer) => signer.Reveal(UrlLabel, Id, HiddenUrl);

    /// <summary>
    /// The host, and the first part of the path where more follows: "hooks.slack.com/services/…". The rest is where such addresses carry
    /// their secret.
    /// </summary>
    public static string Shorten(Uri url)
    {
        var first = url.Segments.Length > 2 && url.Segments[1].Length <= FirstPartMax ? url.Segments[1] : "";
        return $"{url.Authority}/{first}{(url.PathAndQuery.Length - 1 > first.Length ? "…" : "")}";
    }

    public void NewSecret(Instant now) => (Generation, OldSecretUntil) = (Generation + 1, now + Overlap);

    /// <summary>Records its response. A success ends its failure; a requested wait is kept all the same.</summary>
    public void Answered(WebhookReply reply, Instant now)
    {
        FailingSince = reply.IsTaken ? null : FailingSince ?? now;
        if (reply is { AsksForPatience: true, RetryAfter: { } asked })
            PatientUntil = now + Duration.Min(asked, PatienceMax);
    }

    public bool MayBeToldAt(Instant now) => StoppedAt is null && !(PatientUntil > now);

    public void Stop(WebhookStop why, Instant now) => (StoppedAt, StoppedWhy) = (now, why);

    public void Resume() => (StoppedAt, StoppedWhy, FailingSince, PatientUntil) = (null, null, null, null);

    /// <summary>The secret to sign with now, first the newest; in the text form "whsec_" and base64.</summary>
    public IEnumerable<string> Secrets(TokenSigner signer, Instant now)
    {
        yield return SecretOf(signer, Generation);
        if (OldSecretUntil > now)
            yield return SecretOf(signer, Generation - 1);
    }

    private string SecretOf(TokenSigner signer, int generation) =>
        WebhookSignature.SecretPrefix + Convert.ToBase64String(signer.Derive($"webhook:{Id:N}:{generation}"));
}

internal sealed class WebhookEndpointTable : IEntityTypeConfiguration<WebhookEndpoint>
{
    public void Configure(EntityTypeBuilder<WebhookEndpoint> builder)
    {
        builder.ToTable("webhook_endpoints");
        builder.Property(endpoint => endpoint.Name).HasMaxLength(WebhookEndpoint.NameMax);
        builder.Property(endpoint => endpoint.HiddenUrl).HasMaxLength(WebhookEndpoint.UrlMax * 6); // UTF-8, base64
        builder.Property(endpoint => endpoint.ShownUrl).HasMaxLength(300); // a host has 253 at most
        builder.Property(endpoint => endpoint.Types).HasMaxLength(WebhookEndpoint.TypesMax);
        builder.HasOne<Member>().WithMany().HasForeignKey(endpoint => endpoint.OwnerId).OnDelete(DeleteBehavior.Cascade);
    }
}

public static class WebhookSet
{
    extension(HubDb db)
    {
        public DbSet<WebhookEndpoint> WebhookEndpoints => db.Set<WebhookEndpoint>();

        public DbSet<WebhookDelivery> WebhookDeliveries => db.Set<WebhookDelivery>();

        public DbSet<WebhookAttempt> WebhookAttempts => db.Set<WebhookAttempt>();
    }

    extension(IQueryable<WebhookDelivery> deliveries)
    {
        public IQueryable<WebhookDelivery> NotYetThere() =>
            deliveries.Where(one => one.State == WebhookState.Waiting || one.State == WebhookState.Leased);
    }
}
