using DigiHub.Access;
using DigiHub.Bookings.Demand;
using DigiHub.Bookings.Proposals;
using DigiHub.Bookings.Waiting;
using DigiHub.Data;
using DigiHub.Displays;
using DigiHub.Mail;
using DigiHub.Members;
using DigiHub.Memberships;
using DigiHub.Notifications;
using DigiHub.Registrations;

namespace DigiHub.Operations;

/// <summary>
/// Deletes what has expired: sessions, sign-in links, idempotency records, bounce records, address checks, ended invitations, requests to
/// join, entries of waiting lists and proposals that have ended, codes and screens that are no longer, and inbound records of
/// notifications. Safe to run at any time and anywhere at once.
/// </summary>
public sealed class PurgeExpired(UnitOfWork unitOfWork, Func<NotificationKeeping> keeping, IClock clock)
{
    /// <summary>Used and expired links are kept for a while, so that "already used" can be told from "unknown".</summary>
    private static readonly Duration linksKept = Duration.FromDays(1);

    /// <summary>Says how many rows went or lost what they told.</summary>
    public async Task<int> Run(CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        var (linkBefore, answerBefore, faultBefore) = (now - linksKept, now - IdempotencyRecord.Life, now - BounceRecord.Kept);
        var (formBefore, invitationBefore) = (now - KeptForm.Life, now - Invitation.Kept);
        var joinBefore = now - JoinRequest.Kept;
        var wishBefore = now.InUtc().Date - UnmetWish.Kept;
        var (waitingBefore, proposalBefore) = (now - WaitingEntry.Kept, now - BookingProposal.Kept);
        var screensBefore = now - Device.Kept;
        var (namesBefore, proofBefore) = (now - keeping().ByName, now - InboundRecord.Kept);
        // Several short writes rather than a long one, so that no other write waits long.
        return await Sweep(db => db.Sessions.Where(session => session.ExpiresAt < now).ExecuteDeleteAsync(stop), stop)
            + await Sweep(db => db.KeptForms.Where(form => form.KeptAt < formBefore).ExecuteDeleteAsync(stop), stop)
            + await Sweep(db => db.SignInLinks.Where(link => link.ExpiresAt < linkBefore).ExecuteDeleteAsync(stop), stop)
            + await Sweep(db => db.AddressChanges.Where(change => change.ExpiresAt < linkBefore).ExecuteDeleteAsync(stop), stop)
            + await Sweep(db => db.Invitations.Where(one =>
                one.ExpiresAt < invitationBefore || one.AcceptedAt < invitationBefore || one.WithdrawnAt < invitationBefore)
                .ExecuteDeleteAsync(stop), stop)
            + await Sweep(db => db.UnmetWishes.Where(wish => wish.Date < wishBefore).ExecuteDeleteAsync(stop), stop)
            + await Sweep(db => db.WaitingEntries.Where(one => one.EndedAt < waitingBefore).ExecuteDeleteAsync(stop), stop)
            + await Sweep(db => db.BookingProposals.Where(one => one.AnsweredAt < proposalBefore).ExecuteDeleteAsync(stop), stop)
            + await Sweep(db => db.Pairings.Where(one => one.ExpiresAt < now).ExecuteDeleteAsync(stop), stop)
            + await Sweep(db => db.Devices.Where(one => one.RevokedAt < screensBefore).ExecuteDeleteAsync(stop), stop)
            + await Sweep(db => db.JoinRequests.Where(one => one.AskedAt < joinBefore).ExecuteDeleteAsync(stop), stop)
            + await Sweep(db => db.BounceRecords.Where(fault => fault.At < faultBefore).ExecuteDeleteAsync(stop), stop)
            + await Sweep(db => db.IdempotencyRecords.Where(answer => answer.At < answerBefore).ExecuteDeleteAsync(stop), stop)
            // Addresses, and words of servers in which they stand, are known as long as those of notifications.
            + await Sweep(db =>
                db.AddressChecks.Where(check => check.ExpiresAt < now && check.AskedAt < namesBefore).ExecuteDeleteAsync(stop), stop)
            + await Sweep(db => db.InboundRecords.Where(mail => mail.At < proofBefore).ExecuteDeleteAsync(stop), stop)
            + await Sweep(db => db.InboundRecords.Where(mail => mail.At < namesBefore && mail.Note != null)
                .ExecuteUpdateAsync(set => set.SetProperty(mail => mail.Note, (string?)null), stop), stop);
    }

    private async Task<int> Sweep(Func<HubDb, Task<int>> rows, CancellationToken stop)
    {
        var swept = await unitOfWork.Run<int>(async db => await rows(db), stop);
        return swept.IsDone ? swept.Value : 0;
    }
}
