using DigiHub.Data;

namespace DigiHub.Members;

/// <summary>
/// The one row that stands where a member is no longer known: bookings and events must have somebody, and how full the hub was is still
/// counted when it is no longer known by whom. It cannot sign in and is in no list of members.
/// </summary>
public static class Nobody
{
    public static readonly Guid Id = new("0198b1a0-0000-7000-8000-000000000000");

    private static readonly PersonName name = PersonName.Of("gelöscht / deleted");
    private static readonly EmailAddress email = EmailAddress.Of("nobody@deleted.invalid");

    extension(HubDb db)
    {
        /// <summary>Sees to it that the row is there. The caller holds <see cref="LockKey.OfAccess"/>.</summary>
        public async Task NeedNobody(Instant now, CancellationToken stop)
        {
            if (await db.Members.AnyAsync(one => one.Id == Id, stop))
                return;
            var nobody = new Member { Id = Id, Name = name, Email = email, SecurityStamp = "", CreatedAt = now, DisabledAt = now };
            nobody.RenewStamp();
            db.Members.Add(nobody);
            await db.SaveChangesAsync(stop);
        }
    }
}
