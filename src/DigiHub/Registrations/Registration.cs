using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Members;
using DigiHub.Time;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Registrations;

public enum RegistrationStatus { Confirmed, Waiting, Cancelled }

/// <summary>
/// One person's seat at an event, or place on its waiting list. There is one row for a person and event for good:
/// registering again after cancelling gives a new number in the same row, and the calendar entry goes on.
/// </summary>
public sealed class Registration
{
    public static readonly SubjectKind<Guid> Subject = new("registration");

    /// <summary>How long a guest's place is held at most before they confirm it.</summary>
    public static readonly Duration HoldMax = Duration.FromHours(24);

    /// <summary>And at least: a notification needs a moment.</summary>
    public static readonly Duration HoldMin = Duration.FromMinutes(15);

    /// <summary>Places held for one address at the same time, at all events: each has cost its reader a notification.</summary>
    public const int HeldPerAddressMax = 5;

    public required Guid Id { get; init; }

    public required Guid EventId { get; init; }

    /// <summary>Null for a guest.</summary>
    public Guid? MemberId { get; set; }

    public required PersonName Name { get; set; }

    /// <summary>By which the name is found.</summary>
    public string NameKey { get => Name.SearchKey; private init => _ = value; }

    /// <summary>Changed by <see cref="Correct"/> alone.</summary>
    public required EmailAddress Email { get; set; }

    /// <summary>The key of the address; unique within the event.</summary>
    public string NormalizedEmail { get => Email.Key; private init => _ = value; }

    public required Language Language { get; set; }

    public RegistrationStatus Status { get; set; }

    /// <summary>The order of joining within the event, from 1; who waits is promoted in this order.</summary>
    public required int Number { get; set; }

    public required Instant RegisteredAt { get; set; }

    public Instant? PromotedAt { get; set; }

    public Instant? CancelledAt { get; set; }

    /// <summary>What it was before it was cancelled; restored by undoing, if still available.</summary>
    public RegistrationStatus? CancelledFrom { get; set; }

    public Instant? CheckedInAt { get; set; }

    public Guid? CheckedInById { get; set; }

    /// <summary>Rises when this person's entry changes by itself; the SEQUENCE they get is the event's plus this.</summary>
    public int CalendarSequence { get; set; }

    /// <summary>The event's revision this person was last told of.</summary>
    public int NotifiedRevision { get; set; }

    public bool WantsReminders { get; set; } = true;

    /// <summary>
    /// Until then, not including it, a guest's place is held without confirmation. Null once confirmed,
    /// and for members, whose address is proven.
    /// </summary>
    public Instant? ConfirmBy { get; set; }

    /// <summary>
    /// A place that lapses unless it is confirmed: it counts as taken, but nothing is written to the address beyond the question.
    /// </summary>
    public bool IsHeld => IsLive && ConfirmBy is not null;

    /// <summary>The hold has lapsed, but the place has not been passed on yet.</summary>
    public bool HasLapsed(Instant now) => IsHeld && ConfirmBy <= now;

    /// <summary>Rises with every change; the ETag of the registration.</summary>
    public int Revision { get; set; } = 1;

    /// <summary>When their entry last changed by itself, in whole seconds; never falls.</summary>
    public Instant ChangedAt { get; private set; }

    /// <summary>When name and address gave way to a number; null as long as they stand.</summary>
    public Instant? ForgottenAt { get; private set; }

    /// <summary>A seat of their own: one that is held until they confirm it is not yet.</summary>
    public bool HoldsSeatOf(Event evt) =>
        Status == RegistrationStatus.Confirmed && ConfirmBy is null && evt.Status == EventStatus.Published;

    public bool IsLive => Status is RegistrationStatus.Confirmed or RegistrationStatus.Waiting;

    /// <summary>Comes for the first time, or comes back: a new number, and a calendar entry that goes on where it stopped.</summary>
    internal void Take(RegistrationStatus status, int number, Person person, Event evt, Instant now)
    {
        if (CancelledAt is not null)
            CalendarSequence++;
        Status = status;
        Number = number;
        MemberId ??= person.MemberId;
        (Name, Language, WantsReminders) = (person.Name, person.Language, person.WantsReminders);
        RegisteredAt = now;
        (PromotedAt, CancelledAt, CancelledFrom, CheckedInAt, CheckedInById) = (null, null, null, null, null);
        ConfirmBy = person.MemberId is null ? HeldUntil(evt.Start, now) : null;
        NotifiedRevision = evt.Revision;
        Change(now);
    }

    /// <summary>The reader of the mailbox confirms the registration.</summary>
    internal void Confirm(Instant now)
    {
        ConfirmBy = null;
        Change(now);
    }

    /// <summary>Until when a guest who registers now has to confirm.</summary>
    public static Instant HeldUntil(Event evt, Instant now) => HeldUntil(evt.Start, now);

    /// <summary>A day; for an event that begins sooner, half the time that is left, so that who waits still gets the seat.</summary>
    internal static Instant HeldUntil(Instant start, Instant now) => now + Duration.Max(HoldMin, Duration.Min(HoldMax, (start - now) / 2));

    internal void Promote(Instant now)
    {
        Status = RegistrationStatus.Confirmed;
        PromotedAt = now;
        Change(now);
    }

    internal void Cancel(Instant now)
    {
        CancelledFrom = Status;
        Status = RegistrationStatus.Cancelled;
        CancelledAt = now;
        (CheckedInAt, CheckedInById) = (null, null);
        CalendarSequence++;
        Change(now);
    }

    /// <summary>An address that was proven good, in place of one that was not.</summary>
    internal void Correct(EmailAddress email)
    {
        Email = email;
        Revision++;
    }

    internal void CheckIn(Guid byId, Instant now)
    {
        (CheckedInAt, CheckedInById) = (now, byId);
        ConfirmBy = null; // they stand there
        Revision++;
    }

    internal void UndoCheckIn()
    {
        (CheckedInAt, CheckedInById) = (null, null);
        Revision++;
    }

    /// <summary>Takes the cancelling back; with a new number for who has to join the end of the list.</summary>
    internal void Reinstate(RegistrationStatus status, int number, Instant now)
    {
        Status = status;
        Number = number;
        (CancelledAt, CancelledFrom) = (null, null);
        CalendarSequence++;
        Change(now);
    }

    /// <summary>The seat stays, whose it was does not. A number within the event stands for both.</summary>
    internal void Forget(Instant now)
    {
        var number = Number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        (Name, Email) = (PersonName.Of($"Person {number}"), EmailAddress.Of($"person-{number}@deleted.invalid"));
        (MemberId, CheckedInById, Language, WantsReminders, ForgottenAt) = (null, null, Language.German, false, now);
        Revision++;
    }

    private void Change(Instant now)
    {
        Revision++;
        ChangedAt = LastChange.After(ChangedAt, now);
    }
}

internal sealed class RegistrationTable : IEntityTypeConfiguration<Registration>
{
    public void Configure(EntityTypeBuilder<Registration> builder)
    {
        builder.ToTable("registrations");
        builder.Property(registration => registration.NormalizedEmail).HasMaxLength(EmailAddress.LengthMax);
        builder.Property(registration => registration.Revision).IsConcurrencyToken();
        builder.HasIndex(registration => new { registration.EventId, registration.NormalizedEmail }).IsUnique();
        builder.HasIndex(registration => new { registration.EventId, registration.Number }).IsUnique();
        builder.HasIndex(registration => registration.MemberId);
        builder.HasIndex(registration => registration.ConfirmBy);
        builder.HasIndex(registration => registration.EventId, "registrations_known").HasFilter("forgotten_at IS NULL");
        builder.HasOne<Event>().WithMany().HasForeignKey(registration => registration.EventId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Member>().WithMany().HasForeignKey(registration => registration.MemberId).OnDelete(DeleteBehavior.SetNull);
    }
}

public static class RegistrationSet
{
    extension(HubDb db)
    {
        public DbSet<Registration> Registrations => db.Set<Registration>();
    }
}
