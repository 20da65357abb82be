using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Spaces;
using DigiHub.Time;
using NodaTime.Text;

namespace DigiHub.Access;

/// <param name="MemberId">Who makes somebody their delegate.</param>
/// <param name="DelegateId">A colleague: of an organisation to which both belong.</param>
/// <param name="SeesTitles">The delegate also reads what the bookings are for.</param>
/// <param name="Through">The last day; null: without end.</param>
public sealed record AddDelegateRequest(Guid MemberId, Guid DelegateId, bool SeesTitles = false, LocalDate? Through = null);

/// <summary>
/// Makes a colleague one's delegate, or changes until when and what they read. It counts at the delegate's next request, and they are told.
/// </summary>
public sealed class AddDelegate(UnitOfWork unitOfWork, Catalogue catalogue, IClock clock)
{
    /// <summary>
    /// Refuses with member_disabled, delegate_unknown (no colleague, or one whose account cannot be used), too_many_delegates,
    /// date_out_of_range and through_past.
    /// </summary>
    /// <param name="along">What else is written in the same commit.</param>
    public async Task<Outcome<Delegation>> Run(AddDelegateRequest request, CancellationToken stop, Alongside<Delegation>? along = null)
    {
        var (now, time) = (clock.GetCurrentInstant(), (await catalogue.Map(stop)).ClockOf(siteId: null));
        if (request.Through is { } last && WhyNot(last, time, now) is { } refusal)
            return refusal;
        return await unitOfWork.Run(
            async db =>
            {
                await db.AcquireLocks([LockKey.OfSubject(request.MemberId)], stop);
                if (await db.Members.SingleOrDefaultAsync(
                    one => one.Id == request.MemberId && one.DisabledAt == null, stop) is not { } member)
                    return DelegationRules.MemberDisabled;
                if (!await db.ColleaguesOf(request.MemberId).AnyAsync(one => one.Id == request.DelegateId, stop))
                    return DelegationRules.Unknown;
                var own = await db.Delegations.Where(one => one.MemberId == request.MemberId).ToListAsync(stop);
                var known = own.Find(one => one.DelegateId == request.DelegateId);
                if (known is null && own.Count(one => one.EndsAt is null || one.EndsAt > now) >= Delegation.PerMemberMax)
                    return DelegationRules.TooMany;
                if (known is not null && known.Through == request.Through && known.SeesTitles == request.SeesTitles)
                    return known;

                var delegation = known ?? db.Delegations.Add(new Delegation
                {
                    Id = Guid.CreateVersion7(now.ToDateTimeOffset()),
                    MemberId = request.MemberId,
                    DelegateId = request.DelegateId,
                    GrantedAt = now,
                }).Entity;
                delegation.SeesTitles = request.SeesTitles;
                delegation.HoldThrough(request.Through, time);
                db.Record(now, request.MemberId, known is null ? DelegationActs.Granted : DelegationActs.Changed, delegation.Id);
                var to = await db.Members.SingleAsync(one => one.Id == request.DelegateId, stop);
                db.Write(Notification.To(Recipient.Of(to), DelegationNotifications.Named, Member.Subject.Of(member.Id), now,
                    revision: $"{Guid.NewGuid():N}", note: request.Through is { } day ? LocalDatePattern.Iso.Format(day) : null));
                return (Outcome<Delegation>)delegation;
            },
            stop, along);
    }

    private static Refusal? WhyNot(LocalDate through, SiteTime time, Instant now)
    {
        if (!SiteTime.Reaches(through))
            return time.Typed(through.AtMidnight()).Refusal! with { Field = "through" };
        return through < time.DateOf(now) ? MemberAccess.IsOver : null;
    }
}
