using DigiHub.Activity;
using DigiHub.Data;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Webhooks;

public enum WebhookState
{
    Waiting,

    /// <summary>Leased by a worker; taken over by others when the lease has expired. May be delivered twice, always under one id.</summary>
    Leased,
    Delivered,
    Failed,
}

/// <summary>One message to one endpoint: a row, written in the commit of the act it is about.</summary>
public sealed class WebhookDelivery
{
    public static readonly SubjectKind<Guid> Subject = new("webhook_delivery");

    public const int BodyMax = 4_000;

    public required Guid Id { get; init; }

    public required Guid EndpointId { get; init; }

    public required string Type { get; init; }

    /// <summary>JSON; the same at every attempt.</summary>
    public required string Body { get; init; }

    public required Instant At { get; init; }

    public WebhookState State { get; set; }

    public required Instant NextAttemptAt { get; set; }

    public Instant? LeasedAt { get; set; }

    public int Attempts { get; set; }

    /// <summary>webhook-id: by it a receiver knows what it has had already.</summary>
    public string MessageId => $"msg_{Id:N}";
}

/// <summary>One attempt, to find out why nothing arrives. Kept as long as its delivery.</summary>
public sealed class WebhookAttempt
{
    public const int ReplyMax = 500;

    public required Guid Id { get; init; }

    public required Guid DeliveryId { get; init; }

    public required Instant At { get; init; }

    public required int Milliseconds { get; init; }

    /// <summary>Null when there was no answer.</summary>
    public int? Status { get; init; }

    /// <summary>The beginning of the answer, or why there was none.</summary>
    public required string Reply { get; init; }
}

internal sealed class WebhookDeliveryTable : IEntityTypeConfiguration<WebhookDelivery>
{
    public void Configure(EntityTypeBuilder<WebhookDelivery> builder)
    {
        builder.ToTable("webhook_deliveries");
        builder.Property(delivery => delivery.Type).HasMaxLength(WebhookType.NameMax);
        builder.Property(delivery => delivery.Body).HasMaxLength(WebhookDelivery.BodyMax);
        builder.HasIndex(delivery => delivery.NextAttemptAt).HasFilter("state IN ('Waiting', 'Leased')");
        // How much waits for an endpoint is asked whenever something is told to it.
        builder.HasIndex(delivery => delivery.EndpointId, "webhook_deliveries_waiting").HasFilter("state IN ('Waiting', 'Leased')");
        builder.HasIndex(delivery => delivery.EndpointId);
        builder.HasOne<WebhookEndpoint>().WithMany().HasForeignKey(delivery => delivery.EndpointId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class WebhookAttemptTable : IEntityTypeConfiguration<WebhookAttempt>
{
    public void Configure(EntityTypeBuilder<WebhookAttempt> builder)
    {
        builder.ToTable("webhook_attempts");
        builder.Property(attempt => attempt.Reply).HasMaxLength(WebhookAttempt.ReplyMax);
        builder.HasOne<WebhookDelivery>().WithMany().HasForeignKey(attempt => attempt.DeliveryId).OnDelete(DeleteBehavior.Cascade);
    }
}
