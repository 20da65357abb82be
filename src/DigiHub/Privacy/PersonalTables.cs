using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Bookings.Approvals;
using DigiHub.Bookings.Guests;
using DigiHub.Bookings.Proposals;
using DigiHub.Bookings.Series;
using DigiHub.Bookings.Waiting;
using DigiHub.Calendars.Links;
using DigiHub.Data;
using DigiHub.Displays;
using DigiHub.Events;
using DigiHub.Imports;
using DigiHub.Mail;
using DigiHub.Members;
using DigiHub.Memberships;
using DigiHub.Notifications;
using DigiHub.Registrations;
using DigiHub.Webhooks;

namespace DigiHub.Privacy;

/// <summary>By what a person is found in the tables: the account, if there is one, and the mailbox.</summary>
/// <param name="EmailKey">The key of the address.</param>
public sealed record PersonKeys(Guid? MemberId, string EmailKey)
{
    /// <summary>For queries: a missing account must not find all the rows that have none either.</summary>
    internal Guid Member => MemberId ?? Guid.Empty;
}

/// <summary>A table that tells something of people, and how the rows of one person are found in it.</summary>
public sealed record PersonalTable(Type Entity, Func<HubDb, PersonKeys, IQueryable<object>> Rows);

/// <summary>
/// All tables that tell something of people: what an export contains (Art. 15 and 20 GDPR). A test walks the schema and finds a table that
/// is missing here. What becomes of each when somebody is forgotten, <see cref="ErasePerson"/> says.
/// </summary>
public static class PersonalTables
{
    public static IReadOnlyList<PersonalTable> All { get; } =
    [
        Of<Member>((db, person) => db.Members.Where(one => one.Id == person.Member)),
        Of<Membership>((db, person) => db.Memberships.Where(one => one.MemberId == person.Member)),
        Of<RoleGrant>((db, person) => db.RoleGrants.Where(one => one.MemberId == person.Member)),
        Of<Booking>((db, person) => db.Bookings.Where(one => one.MemberId == person.Member).OrderBy(one => one.Start)),
        Of<BookingSeries>((db, person) => db.BookingSeries.Where(one => one.MemberId == person.Member).OrderBy(one => one.CreatedAt)),
        Of<SeriesException>((db, person) =>
        {
            var theirs = db.BookingSeries.Where(one => one.MemberId == person.Member);
            return db.SeriesExceptions.Where(exception => theirs.Any(one => one.Id == exception.SeriesId));
        }),
        Of<WaitingEntry>((db, person) => db.WaitingEntries.Where(one => one.MemberId == person.Member).OrderBy(one => one.JoinedAt)),
        Of<WaitingOffer>((db, person) => db.WaitingOffers.Where(one => one.MemberId == person.Member).OrderBy(one => one.OfferedAt)),
        Of<BookingProposal>((db, person) => db.BookingProposals
            .Where(one => one.FromMemberId == person.Member || one.ToMemberId == person.Member).OrderBy(one => one.AskedAt)),
        Of<Approval>((db, person) =>
        {
            var (memberId, bookings) = (person.Member, db.Bookings);
            return db.Approvals.Where(one => one.DecidedById == memberId
                || bookings.Any(booking => booking.ApprovalId == one.Id && booking.MemberId == memberId)).OrderBy(one => one.AskedAt);
        }),
        Of<ApprovalRequest>((db, person) => db.ApprovalRequests.Where(one => one.ApproverId == person.Member)),
        Of<SpaceApprover>((db, person) => db.SpaceApprovers.Where(one => one.MemberId == person.Member)),
        Of<BookingGuest>((db, person) => db.BookingGuests.Where(one => one.NormalizedEmail == person.EmailKey).OrderBy(one => one.AddedAt)),
        Of<Delegation>((db, person) => db.Delegations.Where(one => one.MemberId == person.Member || one.DelegateId == person.Member)),
        Of<Registration>((db, person) => db.RegistrationsOf(person).OrderBy(one => one.RegisteredAt)),
        Of<AddressCheck>((db, person) =>
        {
            var theirs = db.RegistrationsOf(person);
            return db.AddressChecks.Where(check => theirs.Any(one => one.Id == check.RegistrationId));
        }),
        Of<Event>((db, person) => db.Events.Where(one => one.OrganiserId == person.Member).OrderBy(one => one.Start)),
        Of<Invitation>((db, person) => db.Invitations.Where(one => one.NormalizedEmail == person.EmailKey)),
        Of<JoinRequest>((db, person) => db.JoinRequests.Where(one => one.NormalizedEmail == person.EmailKey)),
        Of<MembershipRequest>((db, person) => db.MembershipRequests.Where(one => one.MemberId == person.Member)),
        Of<Notification>((db, person) => db.NotificationsTo(person).OrderBy(one => one.WrittenAt)),
        Of<NotificationAttempt>((db, person) =>
        {
            var theirs = db.NotificationsTo(person);
            return db.NotificationAttempts.Where(attempt => theirs.Any(one => one.Id == attempt.NotificationId));
        }),
        Of<InboundRecord>((db, person) =>
        {
            var theirs = db.NotificationsTo(person);
            return db.InboundRecords.Where(mail => theirs.Any(one => one.Id == mail.NotificationId));
        }),
        Of<BounceRecord>((db, person) => db.BounceRecords.Where(one => one.NormalizedEmail == person.EmailKey)),
        Of<Suppression>((db, person) => db.Suppressions.Where(one => one.NormalizedEmail == person.EmailKey)),
        Of<Import>((db, person) => db.Imports.Where(one => one.ReadById == person.Member)),
        Of<ImportRow>((db, person) =>
        {
            var (memberId, bookings) = (person.Member, db.Bookings);
            return db.ImportRows.Where(one => one.OurId == memberId
                || bookings.Any(booking => booking.Id == one.OurId && booking.MemberId == memberId));
        }),
        Of<ForeignRow>((db, person) => db.ForeignRowsOf(db.Bookings.Where(one => one.MemberId == person.Member))),
        Of<Session>((db, person) => db.Sessions.Where(one => one.MemberId == person.Member)),
        Of<AccessToken>((db, person) => db.AccessTokens.Where(one => one.MemberId == person.Member)),
        Of<FeedLink>((db, person) =>
        {
            var theirs = db.AccessTokens.Where(one => one.MemberId == person.Member);
            return db.FeedLinks.Where(link => theirs.Any(one => one.Id == link.TokenId));
        }),
        Of<SignInLink>((db, person) => db.SignInLinks.Where(one => one.MemberId == person.Member)),
        Of<AddressChange>((db, person) => db.AddressChanges.Where(one => one.MemberId == person.Member)),
        Of<KeptForm>((db, person) => db.KeptForms.Where(one => one.MemberId == person.Member)),
        Of<IdempotencyRecord>((db, person) => db.IdempotencyRecords.Where(one => one.MemberId == person.Member)),
        Of<Device>((db, person) => db.Devices.Where(one => one.PairedById == person.Member)),
        Of<WebhookEndpoint>((db, person) => db.WebhookEndpoints.Where(one => one.OwnerId == person.Member)),
        Of<ActivityEntry>((db, person) => db.Activity.Where(one => one.ActorId == person.Member || one.OnBehalfOfId == person.Member
            || (one.SubjectKind == Member.Subject.Name && one.SubjectId == person.Member)).OrderBy(one => one.Id)),
        Of<Erasure>((db, person) => db.Erasures.Where(one => one.MemberId == person.Member)),
    ];

    extension(HubDb db)
    {
        /// <summary>Made as a member, or as a guest with their address.</summary>
        internal IQueryable<Registration> RegistrationsOf(PersonKeys person) =>
            db.Registrations.Where(one => one.MemberId == person.Member || one.NormalizedEmail == person.EmailKey);

        internal IQueryable<Notification> NotificationsTo(PersonKeys person) =>
            db.Notifications.Where(one => one.MemberId == person.Member || one.NormalizedEmail == person.EmailKey);

        /// <summary>Null: nothing is known of the address.</summary>
        public async Task<PersonKeys?> Person(EmailAddress email, CancellationToken stop)
        {
            var key = email.Key;
            var memberId = await db.Members.Where(one => one.NormalizedEmail == key).Select(one => (Guid?)one.Id)
                .SingleOrDefaultAsync(stop);
            var person = new PersonKeys(memberId, key);
            foreach (var table in memberId is null ? All : [])
            {
                if (await table.Rows(db, person).AnyAsync(stop))
                    return person;
            }

            return memberId is null ? null : person;
        }
    }

    private static PersonalTable Of<TRow>(Func<HubDb, PersonKeys, IQueryable<TRow>> rows)
        where TRow : class => new(typeof(TRow), rows);
}
