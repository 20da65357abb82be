using DigiHub.Calendars;
using DigiHub.Notifications;

namespace DigiHub.Web.Notifications;

/// <summary>Writer of calendar texts, the same for e-mails, feeds and downloads.</summary>
internal static class CalendarTexts
{
    /// <summary>The organiser of every entry is the hub, at the address whose answers somebody reads if there is one.</summary>
    public static CalendarText Of(HubSettings settings) =>
        new(new CalendarPerson(Name(settings), Address(settings))) { ReadsReplies = settings.Mail.Inbound.IsOn };

    private static string Name(HubSettings settings) => settings.Mail.FromName is { Length: > 0 } name ? name : settings.Name;

    private static EmailAddress Address(HubSettings settings) =>
        settings.Mail.Inbound.IsOn && EmailAddress.OfTheHub(settings.Mail.Inbound.Address) is { } replies
            ? replies
            : settings.SenderAddress;
}
