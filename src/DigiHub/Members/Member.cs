using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Time;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Members;

/// <summary>A person who signs in, books and registers; of which organisations, <see cref="Membership"/> says.</summary>
public sealed class Member
{
    public static readonly SubjectKind<Guid> Subject = new("member");

    public required Guid Id { get; init; }

    public required PersonName Name { get; set; }

    /// <summary>By which the name is found.</summary>
    public string NameKey { get => Name.SearchKey; private init => _ = value; }

    public required EmailAddress Email { get; set; }

    /// <summary>The key of the address; unique.</summary>
    public string NormalizedEmail { get => Email.Key; private init => _ = value; }

    public Language Language { get; set; } = Language.German;

    /// <summary>Null: signs in by link only.</summary>
    public string? PasswordHash { get; set; }

    /// <summary>Changes with every credential; sessions begun under another one end.</summary>
    public required string SecurityStamp { get; set; }

    public required Instant CreatedAt { get; init; }

    public Instant? DisabledAt { get; set; }

    /// <summary>The site the pages open with: that of the first desk booked, until the member names another.</summary>
    public int? HomeSiteId { get; set; }

    /// <summary>Who sees by name on which days they have a desk, and where; days that are over nobody sees.</summary>
    public PresenceAudience ShownTo { get; set; } = PresenceAudience.Organisation;

    /// <summary>How long before a booking a reminder goes out; null for none.</summary>
    public int? BookingReminderMinutesBefore { get; set; }

    /// <summary>The time of the day before a booking at which a reminder goes out, on the site's clock; null for none.</summary>
    public LocalTime? BookingReminderDayBeforeAt { get; set; }

    public ReminderWish BookingReminders => new(BookingReminderMinutesBefore, BookingReminderDayBeforeAt);

    /// <summary>False: no reminder-class notifications at all.</summary>
    public bool WantsReminders { get; set; } = true;

    /// <summary>False: no reminders of events.</summary>
    public bool WantsEventReminders { get; set; } = true;

    /// <summary>
    /// When the digest of a day leaves, on the clock of the member's home site; null for none. See <see cref="DigestOnTheDay"/>.
    /// </summary>
    public LocalTime? DigestAt { get; set; }

    /// <summary>The digest leaves on the morning of its day; else on the evening before.</summary>
    public bool DigestOnTheDay { get; set; }

    /// <summary>Gets a digest of each day, which stands in for the reminders of the day before.</summary>
    public bool WantsDigest => WantsReminders && DigestAt is not null;

    /// <summary>Ends all sessions of the member, and what was asked for in them and is not confirmed yet.</summary>
    public void RenewStamp() => SecurityStamp = Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(20));

    /// <summary>
    /// The calendar itself reminds so many minutes before what it shows begins, 0 for when it begins; null for not at all.
    /// </summary>
    public int? CalendarAlarmMinutesBefore { get; set; }

    /// <summary>When that was chosen: their entries count as changed since; null for never.</summary>
    public Instant? CalendarAlarmChosenAt { get; set; }
}

internal sealed class MemberTable : IEntityTypeConfiguration<Member>
{
    public void Configure(EntityTypeBuilder<Member> builder)
    {
        builder.ToTable("members");
        builder.IsPersonal();
        builder.Property(member => member.NormalizedEmail).HasMaxLength(EmailAddress.LengthMax);
        builder.Ignore(member => member.BookingReminders);
        builder.Ignore(member => member.WantsDigest);
        builder.Property(member => member.PasswordHash).HasMaxLength(300);
        builder.Property(member => member.SecurityStamp).HasMaxLength(64);
        builder.HasIndex(member => member.NormalizedEmail).IsUnique();
    }
}

public static class MemberSet
{
    extension(HubDb db)
    {
        public DbSet<Member> Members => db.Set<Member>();
    }
}
