using DigiHub.Activity;
using DigiHub.Bookings.Approvals;
using DigiHub.Bookings.CheckIn;
using DigiHub.Bookings.Demand;
using DigiHub.Bookings.Guests;
using DigiHub.Bookings.Meetings;
using DigiHub.Bookings.Proposals;
using DigiHub.Bookings.Series;
using DigiHub.Bookings.Waiting;
using DigiHub.Claims;
using DigiHub.Notifications;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Bookings;

/// <summary>Use cases of bookings.</summary>
internal static class BookingsUseCases
{
    public static void AddBookings(this IServiceCollection services)
    {
        services.AddSingleton<UnmetWishes>();
        services.AddSingleton<BookSpace>();
        services.AddSingleton<MoveBooking>();
        services.AddSingleton<CancelBooking>();
        services.AddSingleton<CancelSeveral>();
        services.AddSingleton<ReinstateBooking>();
        services.AddSingleton<ReinstateSeveral>();
        services.AddSingleton<Alternatives>();
        services.AddSingleton<FreeSpaces>();
        services.AddSingleton<RecentClaims>();
        services.AddSingleton<FloorDay>();
        services.AddSingleton<DayTimeline>();
        services.AddSingleton<MyBookings>();
        services.AddSingleton<OneBooking>();
        services.AddSingleton<JustBooked>();
        services.AddSingleton<UsualDesk>();
        services.AddSingleton<FreeNow>();
        services.AddSingleton<WhoIsIn>();
        services.AddSingleton<ExpectedToday>();
        services.AddSingleton<CheckInBooking>();
        services.AddSingleton<ComeLater>();
        services.AddSingleton<ReleaseNoShows>();
        services.AddSingleton<UndoRelease>();
        services.AddSingleton<ExtendBooking>();
        services.AddSingleton<EndBooking>();
        services.AddSingleton<ComingByLink>();
        services.AddSingleton<SpaceNow>();
        services.AddSingleton<ApproveBookings>();
        services.AddSingleton<DeclineBookings>();
        services.AddSingleton<LapseApprovals>();
        services.AddSingleton<AskApprovers>();
        services.AddSingleton<WaitingApprovals>();
        services.AddSingleton<ApprovalByLink>();
        services.AddSingleton<AddGuests>();
        services.AddSingleton<RemoveGuest>();
        services.AddSingleton<GuestArrives>();
        services.AddSingleton<GuestByLink>();
        services.AddSingleton<ArrivalList>();
        services.AddSingleton<TellGuests>();
        services.AddSingleton<INotificationCheck, ApprovalNotificationCheck>();
        services.AddSingleton<INotificationCheck, GuestNotificationCheck>();
        services.AddSingleton<INotificationCalendar, GuestCalendar>();
        services.AddSingleton<PreviewSeries>();
        services.AddSingleton<BookSeries>();
        services.AddSingleton<CancelInSeries>();
        services.AddSingleton<ChangeSeries>();
        services.AddSingleton<OneSeries>();
        services.AddSingleton<MySeries>();
        services.AddSingleton<BookMeeting>();
        services.AddSingleton<FreePairs>();
        services.AddSingleton<OneMeeting>();
        services.AddWaitingList();
        services.AddProposals();
        services.AddSingleton<IZoneFollower, BookingInstants>();
        services.AddSingleton<INotificationCheck, BookingNotificationCheck>();
        services.AddSingleton<INotificationCheck, SettledNotificationCheck>();
        services.AddSingleton<INotificationCheck, ReceivedNotificationCheck>();
        services.AddSingleton<INotificationCheck, BookingsBroughtCheck>();
        services.AddSingleton<INotificationCheck, SeriesNotificationCheck>();
        services.AddSingleton<INotificationCalendar, BookingCalendar>();
        services.AddSingleton<INotificationCalendar, SeriesCalendar>();
        services.AddSingleton<IWebhookSubject, BookingWebhooks>();
        services.AddSingleton<IWebhookSubject, SeriesWebhooks>();
    }

    private static void AddWaitingList(this IServiceCollection services)
    {
        services.AddSingleton<JoinWaitingList>();
        services.AddSingleton<LeaveWaitingList>();
        services.AddSingleton<OfferFreeSpace>();
        services.AddSingleton<AnswerOffer>();
        services.AddSingleton<MyWaitingList>();
        services.AddSingleton<INotificationCheck, WaitingNotificationCheck>();
        services.AddSingleton<IWebhookSubject, WaitingWebhooks>();
    }

    private static void AddProposals(this IServiceCollection services)
    {
        services.AddSingleton<ProposeSwap>();
        services.AddSingleton<ProposeHandOver>();
        services.AddSingleton<AnswerProposal>();
        services.AddSingleton<LapseProposals>();
        services.AddSingleton<MyProposals>();
        services.AddSingleton<SwapTimes>();
        services.AddSingleton<Colleagues>();
        services.AddSingleton<INotificationCheck, ProposalNotificationCheck>();
        services.AddSingleton<IWebhookSubject, ProposalWebhooks>();
    }
}
