using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Members;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Bookings.Guests;

/// <summary>
/// Somebody from outside who comes to what is booked, by name: the front desk expects them, and with an address they are invited. The same
/// address may come as often as it is named. Forgotten a while after (<c>Retention</c>).
/// </summary>
public sealed class BookingGuest
{
    public static readonly SubjectKind<Guid> Subject = new("booking_guest");

    /// <summary>So many by name at one booking.</summary>
    public const int PerBookingMax = 50;

    public required Guid Id { get; init; }

    public required Guid BookingId { get; init; }

    public required PersonName Name { get; init; }

    /// <summary>Null: they are expected, but not written to.</summary>
    public EmailAddress? Email { get; init; }

    /// <summary>The key of Email; empty for none.</summary>
    public string NormalizedEmail { get => Email?.Key ?? ""; private init => _ = value; }

    /// <summary>In which they are written to.</summary>
    public required Language Language { get; init; }

    public required Instant AddedAt { get; init; }

    /// <summary>When they were taken off; null: they are expected.</summary>
    public Instant? RemovedAt { get; private set; }

    public Instant? ArrivedAt { get; private set; }

    /// <summary>The CalendarSequence of the booking that they were last written to about; null: they have no invitation.</summary>
    public int? InvitedSequence { get; private set; }

    /// <summary>Of their calendar entry, beside that of the booking; rises when they are taken off.</summary>
    public int CalendarSequence { get; private set; }

    public bool IsExpected => RemovedAt is null;

    internal void Remove(Instant now) => (RemovedAt, CalendarSequence) = (now, CalendarSequence + 1);

    /// <param name="at">Null: it was marked by mistake.</param>
    internal void Arrive(Instant? at) => ArrivedAt = at;

    /// <param name="sequence">Of the booking; null: the invitation was taken back.</param>
    internal void Told(int? sequence) => InvitedSequence = sequence;
}

internal sealed class BookingGuestTable : IEntityTypeConfiguration<BookingGuest>
{
    public void Configure(EntityTypeBuilder<BookingGuest> builder)
    {
        builder.ToTable("booking_guests").IsPersonal();
        builder.Property(guest => guest.NormalizedEmail).HasMaxLength(EmailAddress.LengthMax);
        builder.Ignore(guest => guest.IsExpected);
        builder.HasIndex(guest => guest.BookingId);
        builder.HasIndex(guest => guest.NormalizedEmail);
        builder.HasOne<Booking>().WithMany().HasForeignKey(guest => guest.BookingId).OnDelete(DeleteBehavior.Cascade);
    }
}

public static class BookingGuestSet
{
    extension(HubDb db)
    {
        public DbSet<BookingGuest> BookingGuests => db.Set<BookingGuest>();
    }

    extension(IQueryable<BookingGuest> guests)
    {
        /// <summary>Those who come to this booking.</summary>
        public IQueryable<BookingGuest> ExpectedAt(Guid bookingId) =>
            guests.Where(guest => guest.BookingId == bookingId && guest.RemovedAt == null);
    }
}
