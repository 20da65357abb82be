using DigiHub.Data;
using DigiHub.Organisations;
using DigiHub.Time;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Members;

/// <summary>What somebody may do in the house; every member may book.</summary>
[Flags]
public enum Roles
{
    Member = 0,
    Organiser = 1,
    FrontDesk = 2,
    Administrator = 4,
}

/// <summary>A person of an organisation who signs in, books and registers.</summary>
public sealed class Member
{
    public const int NameMax = 100;
    public const int EmailMax = 254; // RFC 5321 4.5.3.1.3, less the angle brackets

    public required Guid Id { get; init; }

    public required string Name { get; set; }

    public required string Email { get; set; }

    /// <summary>Upper case; unique.</summary>
    public required string NormalizedEmail { get; set; }

    public int? OrganisationId { get; set; }

    public Roles Roles { get; set; }

    public Language Language { get; set; } = Language.German;

    /// <summary>Null: signs in by link only.</summary>
    public string? PasswordHash { get; set; }

    /// <summary>Changes with every credential; sessions begun under another one end.</summary>
    public required string SecurityStamp { get; set; }

    public required Instant CreatedAt { get; init; }

    public Instant? DisabledAt { get; set; }

    /// <summary>The site the home page opens with.</summary>
    public int? HomeSiteId { get; set; }

    /// <summary>The desk booked last, offered first: "your usual desk".</summary>
    public int? UsualDeskId { get; set; }

    /// <summary>How long before a booking a reminder goes out; null for none.</summary>
    public int? BookingReminderMinutesBefore { get; set; }

    /// <summary>The time of the day before a booking at which a reminder goes out, on the site's clock; null for none.</summary>
    public LocalTime? BookingReminderDayBeforeAt { get; set; }

    public ReminderWish BookingReminders => new(BookingReminderMinutesBefore, BookingReminderDayBeforeAt);

    /// <summary>False: no reminder-class letters at all.</summary>
    public bool WantsReminders { get; set; } = true;

    /// <summary>False: no reminders of events.</summary>
    public bool WantsEventReminders { get; set; } = true;

    /// <summary>When the digest of a day leaves, on the clock of the member's home site; null for none. See <see cref="DigestOnTheDay"/>.</summary>
    public LocalTime? DigestAt { get; set; }

    /// <summary>The digest leaves on the morning of its day; else on the evening before.</summary>
    public bool DigestOnTheDay { get; set; }

    /// <summary>Gets a digest of each day, which stands in for the reminders of the day before.</summary>
    public bool WantsDigest => WantsReminders && DigestAt is not null;

    /// <summary>The calendar itself reminds so many minutes before what it shows begins, 0 for when it begins; null for not at all.</summary>
    public int? CalendarAlarmMinutesBefore { get; set; }

    /// <summary>When that was chosen: their entries count as changed since; null for never.</summary>
    public Instant? CalendarAlarmChosenAt { get; set; }

    public bool IsOneOf(Roles roles) => (Roles & roles) != Roles.Member;

    /// <summary>The one form in which addresses are compared.</summary>
    public static string Normalize(string email) => Suppressions.Suppression.Normalize(email);
}

internal sealed class MemberTable : IEntityTypeConfiguration<Member>
{
    public void Configure(EntityTypeBuilder<Member> builder)
    {
        builder.ToTable("members");
        builder.Property(member => member.Name).HasMaxLength(Member.NameMax);
        builder.Property(member => member.Email).HasMaxLength(Member.EmailMax);
        builder.Property(member => member.NormalizedEmail).HasMaxLength(Member.EmailMax);
        builder.Property(member => member.Roles).HasConversion<int>();
        builder.Ignore(member => member.BookingReminders);
        builder.Ignore(member => member.WantsDigest);
        builder.Property(member => member.PasswordHash).HasMaxLength(300);
        builder.Property(member => member.SecurityStamp).HasMaxLength(64);
        builder.HasIndex(member => member.NormalizedEmail).IsUnique();
        builder.HasOne<Organisation>().WithMany().HasForeignKey(member => member.OrganisationId);
    }
}

public static class MemberSet
{
    extension(HubDb db)
    {
        public DbSet<Member> Members => db.Set<Member>();
    }
}
