using DigiHub.Bookings;
using DigiHub.Calendars;
using DigiHub.Data;
using DigiHub.Letters;
using DigiHub.Members;
using DigiHub.Spaces;
using DigiHub.Web.Letters;

namespace DigiHub.Web.Bookings;

/// <summary>Writes the letters about bookings.</summary>
public sealed class BookingLetters(Catalogue catalogue, LetterLinks links) : ILetterAuthor
{
    public bool Writes(LetterKind kind) => kind is LetterKind.BookingConfirmed or LetterKind.BookingMoved
        or LetterKind.BookingCancelled or LetterKind.BookingReminder;

    public async Task<LetterDraft?> Draft(HubDb db, Letter letter, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        var booking = await db.Bookings.AsNoTracking().FirstOrDefaultAsync(known => known.Id == letter.BookingId, stop);
        if (booking is null || map.Space(booking.SpaceId) is not { } space)
            return null;

        var isReminder = letter.Kind == LetterKind.BookingReminder;
        var stopReminders = isReminder && letter.MemberId is { } memberId ? await links.Unsubscribe(memberId, stop) : null;
        var facts = new BookingLetterFacts(
            booking, space, map.PlaceOf(space), links.Booking(booking.Id), BookingLetterFacts.Known(letter.Note), stopReminders);
        var entries = await links.Entries(stop);
        var member = letter.Told is null ? null : await db.Members.AsNoTracking().SingleOrDefaultAsync(one => one.Id == booking.MemberId, stop);
        return new LetterDraft(LetterSubject.Of(What(letter.Kind, space), booking.StartLocal).In(letter.Language), Body(letter.Kind), facts)
        {
            About = LetterSubject.Of(new(space.Name, space.Name), booking.StartLocal).In(letter.Language),
            Calendar = letter.Told is not { } told ? null : new LetterCalendar(
                told.IsWithdrawal ? CalendarMethod.Cancel : CalendarMethod.Request,
                Entries.For(member, entries.Of(booking, map, letter.Language)) with { Sequence = told.Sequence, IsCancelled = told.IsWithdrawal }),
            Site = map.PlaceOf(space).Site,
            Unsubscribe = stopReminders,
        };
    }

    private static Words What(LetterKind kind, Space space) => kind switch
    {
        LetterKind.BookingConfirmed => new($"Booked: {space.Name}", $"Gebucht: {space.Name}"),
        LetterKind.BookingMoved => new($"Changed: {space.Name}", $"Geändert: {space.Name}"),
        LetterKind.BookingCancelled => new($"Cancelled: {space.Name}", $"Storniert: {space.Name}"),
        _ => new($"Reminder: {space.Name}", $"Erinnerung: {space.Name}"),
    };

    private static Type Body(LetterKind kind) => kind switch
    {
        LetterKind.BookingConfirmed => typeof(BookingConfirmedLetter),
        LetterKind.BookingMoved => typeof(BookingMovedLetter),
        LetterKind.BookingCancelled => typeof(BookingCancelledLetter),
        _ => typeof(BookingReminderLetter),
    };
}
