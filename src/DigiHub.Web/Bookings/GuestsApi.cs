using DigiHub.Bookings;
using DigiHub.Bookings.Guests;
using DigiHub.Spaces;
using DigiHub.Web.Account;
using DigiHub.Web.Api;
using DigiHub.Web.Reader;

namespace DigiHub.Web.Bookings;

/// <summary>/bookings/{id}/guests: those who come by name; /sites/{slug}/guests: who is expected on a day, for the front desk.</summary>
internal static class GuestsApi
{
    public static void MapGuestsApi(this RouteGroupBuilder api)
    {
        var ofBooking = api.MapGroup("/bookings/{id:guid}/guests").WithTags("Guests");
        ofBooking.MapGet("/", OfBooking).WithName("listGuests").WithSummary("List the guests of a booking by name")
            .Produces<Page<GuestShape>>();
        ofBooking.MapPost("/", Add).WithName("addGuests")
            .WithSummary("Add guests to a booking. Those with an address are invited").Produces<Page<GuestShape>>();
        ofBooking.MapDelete("/{guestId:guid}", Remove).WithMetadata(Unversioned.Mark).WithName("removeGuest")
            .WithSummary("Take a guest off a booking, and list those who are left").Produces<Page<GuestShape>>();
        api.MapGet("/sites/{slug}/guests", OfDay).WithTags("Guests").WithName("listExpectedGuests")
            .WithSummary("List the guests expected at a site on a day, for its front desk").Produces<Page<ExpectedGuestShape>>();
        api.MapPost("/guests/{guestId:guid}/arrive", Arrive).WithTags("Guests").WithName("markGuestArrived")
            .WithSummary("Say that a guest has come").Produces<GuestShape>();
        api.MapPost("/guests/{guestId:guid}/undo-arrival", Undo).WithTags("Guests").WithName("undoGuestArrival")
            .WithSummary("Take back that a guest has come").Produces<GuestShape>();
    }

    private static async Task<IResult> OfBooking(Guid id, HttpContext http, OneBooking one, ArrivalList guests, CancellationToken stop) =>
        await one.Find(id, http.Viewer(), stop) is null ? Problems.NotFound : await Guests(id, guests, stop);

    private static async Task<IResult> Guests(Guid id, ArrivalList guests, CancellationToken stop) =>
        Results.Ok(new Page<GuestShape>([.. (await guests.Of(id, stop)).Select(GuestShape.Of)], Next: null));

    private static async Task<IResult> Add(
        Guid id, GuestsInput input, HttpContext http, AddGuests add, ArrivalList guests, CancellationToken stop)
    {
        var added = await add.Run(
            id, http.User.MemberId()!.Value, [.. (input.Guests ?? []).Select(one => new GuestDraft(one.Name, one.Email))], stop);
        return added.IsDone ? await Guests(id, guests, stop) : added.Refusal.ToProblem();
    }

    private static async Task<IResult> Remove(
        Guid id, Guid guestId, HttpContext http, RemoveGuest remove, ArrivalList guests, CancellationToken stop)
    {
        var removed = await remove.Run(id, guestId, http.User.MemberId()!.Value, stop);
        return removed.IsDone ? await Guests(id, guests, stop) : removed.Refusal.ToProblem();
    }

    private static async Task<IResult> OfDay(
        string slug, Asked<LocalDate>? day, HttpContext http, ArrivalList guests, Catalogue catalogue, IClock clock, CancellationToken stop)
    {
        if ((await catalogue.Map(stop)).Place(slug) is not { } place)
            return Problems.NotFound;
        var on = day?.Value ?? place.Time.DateOf(clock.GetCurrentInstant());
        return await guests.Run(place.Site.Id, on, http.Viewer(), stop) is { } expected
            ? Results.Ok(new Page<ExpectedGuestShape>([.. expected.Select(ExpectedGuestShape.Of)], Next: null))
            : Problems.NotFound;
    }

    private static Task<IResult> Arrive(Guid guestId, HttpContext http, GuestArrives arrives, CancellationToken stop) =>
        Mark(guestId, hasArrived: true, http, arrives, stop);

    private static Task<IResult> Undo(Guid guestId, HttpContext http, GuestArrives arrives, CancellationToken stop) =>
        Mark(guestId, hasArrived: false, http, arrives, stop);

    private static async Task<IResult> Mark(
        Guid guestId, bool hasArrived, HttpContext http, GuestArrives arrives, CancellationToken stop)
    {
        var marked = await arrives.Run(guestId, http.User.MemberId()!.Value, hasArrived, stop);
        return marked.IsDone ? Results.Ok(GuestShape.Of(marked.Value)) : marked.Refusal.ToProblem();
    }
}

/// <summary>Guests to be added.</summary>
public sealed record GuestsInput
{
    /// <summary>At least one.</summary>
    public IReadOnlyList<GuestInput>? Guests { get; init; }
}

/// <summary>Somebody who comes.</summary>
public sealed record GuestInput
{
    public string? Name { get; init; }

    /// <summary>Left out: they are expected, but not written to.</summary>
    public string? Email { get; init; }
}

/// <param name="Email">Null: not written to.</param>
/// <param name="ArrivedAt">Null: not yet.</param>
public sealed record GuestShape(Guid Id, Guid BookingId, string Name, string? Email, Instant? ArrivedAt)
{
    internal static GuestShape Of(BookingGuest guest) =>
        new(guest.Id, guest.BookingId, guest.Name.Text, guest.Email?.Shown, guest.ArrivedAt);
}

/// <param name="Host">Whose booking it is; empty: not known any more.</param>
/// <param name="ArrivedAt">Null: not yet.</param>
public sealed record ExpectedGuestShape(
    Guid Id, Guid BookingId, string Name, string Host, string Space, LocalDateTime Start, LocalDateTime End, Instant? ArrivedAt)
{
    internal static ExpectedGuestShape Of(ExpectedGuest one) => new(
        one.Guest.Id, one.Booking.Id, one.Guest.Name.Text, one.Host?.Text ?? "", one.Space.Name, one.Booking.StartLocal,
        one.Booking.EndLocal, one.Guest.ArrivedAt);
}
