using DigiHub.Activity;
using DigiHub.Bookings.Approvals;
using DigiHub.Bookings.CheckIn;
using DigiHub.Data;
using DigiHub.Spaces;

namespace DigiHub.Bookings.Guests;

/// <param name="Email">Null: they are expected, but not written to.</param>
public sealed record GuestDraft(string? Name, string? Email);

/// <summary>
/// Names guests of a booking that is not over. They count as people; those with an address are invited by <see cref="TellGuests"/> once the
/// booking stands for good.
/// </summary>
public sealed class AddGuests(UnitOfWork unitOfWork, Catalogue catalogue, IClock clock)
{
    /// <summary>
    /// Refuses with guests_missing, too_many_guests, too_many_people (naming what the space holds), not_found, member_disabled,
    /// already_cancelled, already_released, already_over, the codes of names and addresses, too_late_for_approval and busy.
    /// </summary>
    /// <param name="along">What else is written in the same commit.</param>
    public async Task<Outcome<IReadOnlyList<BookingGuest>>> Run(
        Guid bookingId, Guid actorId, IReadOnlyList<GuestDraft> drafts, CancellationToken stop,
        Alongside<IReadOnlyList<BookingGuest>>? along = null)
    {
        if (drafts.Count == 0)
            return GuestRefusals.None;
        List<(PersonName Name, EmailAddress? Email)> people = [];
        foreach (var draft in drafts)
        {
            var name = PersonName.Parse(draft.Name);
            if (!name.IsDone)
                return name.Refusal.Code == GuestRefusals.NameMissing.Code ? GuestRefusals.NameMissing : name.Refusal;
            var email = string.IsNullOrWhiteSpace(draft.Email) ? (Outcome<EmailAddress>?)null : EmailAddress.Parse(draft.Email);
            if (email is { IsDone: false, Refusal: var wrong })
                return wrong!;
            people.Add((name.Value, email?.Value));
        }

        var map = await catalogue.Map(stop);
        return await unitOfWork.Run(
            async db =>
            {
                var now = clock.GetCurrentInstant();
                var taken = await LockedBooking.Take(db, map, bookingId, actorId, next: null, ifRevision: null, now, stop);
                if (!taken.IsDone)
                    return taken.Refusal;
                var (booking, member, space) = taken.Value;
                if (CheckInRules.Closed(booking.StageAt(now)) is { } closed)
                    return closed;
                var known = await db.BookingGuests.ExpectedAt(bookingId).CountAsync(stop);
                if (known + people.Count > BookingGuest.PerBookingMax)
                    return GuestRefusals.TooMany;
                var count = (Before: HeadCount.Of(booking.People, known), Now: HeadCount.Of(booking.People, known + people.Count));
                if (BookingRules.CheckHeadCount(space, count.Now) is { } tooMany)
                    return tooMany with { Field = "guests" };
                if (await AskApproval.ForPeople(db, taken.Value, map.PlaceOf(space), count, actorId, now, stop) is { } tooLate)
                    return tooLate;

                List<BookingGuest> guests = [.. people.Select(one => new BookingGuest
                {
                    Id = Guid.CreateVersion7(now.ToDateTimeOffset()),
                    BookingId = bookingId,
                    Name = one.Name,
                    Email = one.Email,
                    Language = member.Language,
                    AddedAt = now,
                })];
                db.BookingGuests.AddRange(guests);
                db.Record(now, actorId, BookingActs.GuestsChanged, bookingId, onBehalfOf: member.Id);
                return (Outcome<IReadOnlyList<BookingGuest>>)guests;
            },
            stop, along);
    }
}
