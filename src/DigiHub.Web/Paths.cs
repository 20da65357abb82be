using System.Globalization;
using DigiHub.Notifications;
using DigiHub.Spaces;
using DigiHub.Time;
using DigiHub.Web.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace DigiHub.Web;

/// <summary>
/// The addresses of the hub's own pages and endpoints, as links, forms, redirects and e-mails name them. The routes themselves stand at
/// the pages and endpoints; a test leads each of these addresses to one. Slugs and tokens
/// are escaped here and nowhere else.
/// </summary>
public static class Paths
{
    public const string Home = "/";
    public const string Imprint = "/imprint";
    public const string Privacy = "/privacy";
    public const string Accessibility = "/accessibility";
    public const string ApiDocs = "/api/docs";
    public const string ApiDocument = "/openapi/v1.json";
    public const string Sitemap = "/sitemap.xml";
    public const string SiteStyles = "/sites.css";
    public const string ChooseLanguage = "/language";
    public const string ChooseTheme = "/theme";

    /// <param name="hash">The picture's name.</param>
    public const string NewSeries = "/bookings/series/new";
    public const string Absence = "/bookings/absence";
    public static string AbsenceDuring(LocalDate? from, LocalDate? until) =>
        With(Absence, ("from", Written(from)), ("until", Written(until)));
    public static string AbsenceDone(LocalDate? from, LocalDate? until, int cancelled) => With(Absence,
        ("from", Written(from)), ("until", Written(until)), ("cancelled", cancelled.ToString(CultureInfo.InvariantCulture)));
    public static string Series(Guid id) => $"/bookings/series/{id}";
    public static string ChangeSeries(Guid id) => $"{Series(id)}/change";
    public static string SeriesDone(Guid id, string what) => With(Series(id), ("did", what));

    /// <param name="start">Null where the space is booked by parts of the day.</param>
    /// <param name="bookingId">One that becomes a date of it.</param>
    public static string NewSeriesOf(int spaceId, LocalDate? day, LocalTime? start, LocalTime? end, Guid? bookingId = null) => With(
        NewSeries,
        ("space", spaceId.ToString(CultureInfo.InvariantCulture)), ("day", Written(day)),
        ("start", start is { } from ? FormParse.Write(from) : null), ("end", end is { } until ? FormParse.Write(until) : null),
        ("booking", bookingId?.ToString()));
    public static string PlanPicture(string hash) => $"/floors/pictures/{Escaped(hash)}";
    public static string FloorStyles(int floorId) => $"/floors/{floorId}.css";

    public const string SignIn = "/sign-in";
    public const string SignInToDemo = "/sign-in/demo";
    public const string SignOut = "/sign-out";
    public const string Account = "/account";

    public static string SignInFor(string returnUrl) => $"{SignIn}?returnUrl={Escaped(returnUrl)}";
    public static string SignInLink(string token) => $"{Folders.SignInLinks}/{Escaped(token)}";
    public static string KeptForm(string key) => $"{Folders.KeptForms}/{Escaped(key)}";
    public static string DropKeptForm(string key) => $"{KeptForm(key)}/drop";
    public static string AccountDone(string what) => $"{Account}?done={what}";
    public const string CalendarLinks = "/account/calendars";
    public const string Reports = "/admin/reports";
    public static string ReportCsv(string table, string? site, string span, string kind) =>
        With($"{Reports}/{table}.csv", ("site", site), ("span", span), ("kind", kind));
    public static string ReportBook(string table, string? site, string span, string kind) =>
        With($"{Reports}/{table}.xlsx", ("site", site), ("span", span), ("kind", kind));
    public const string OwnPrivacy = "/account/privacy";
    public const string ExportOwnData = "/account/privacy/export";
    public const string DeleteAccount = "/account/delete";
    public const string AccountDeleted = "/account/deleted";
    /// <param name="of">As the page calls it: "space-12".</param>
    public static string CalendarLinksOf(string of) => With(CalendarLinks, ("of", of));
    public static string CalendarLinksAfter(string did) => With(CalendarLinks, ("did", did));
    /// <param name="did">What was done, or why not, for the page to say.</param>
    public static string OwnPrivacyAfter(string did) => With(OwnPrivacy, ("did", did));
    public static string KeepAccount(string token) => $"{Folders.KeepAccount}/{Escaped(token)}";
    public static string AccountAddress(string key) => $"{Folders.AccountAddresses}/{Escaped(key)}";

    public const string Desks = "/desks";
    public const string Rooms = "/rooms";
    public const string Find = "/find";
    /// <summary>One room, a row a day; null: this week.</summary>
    public static string RoomWeek(int spaceId, LocalDate? day) =>
        With(string.Create(CultureInfo.InvariantCulture, $"{Rooms}/{spaceId}"), ("day", Written(day)));
    public const string Book = "/book";
    public const string MyBookings = "/my-bookings";
    /// <summary>A room at each of two sites.</summary>
    public const string NewMeeting = "/meetings/new";

    public static string NewMeetingOn(LocalDate day, LocalTime? start = null, int? minutes = null) => With(
        NewMeeting, ("day", Written(day)), ("start", start is { } from ? FormParse.Write(from) : null),
        ("length", minutes?.ToString(CultureInfo.InvariantCulture)));
    /// <summary>The form with the time filled in.</summary>
    public static string BookSpaceAt(int spaceId, LocalSpan when, string returnUrl) => With(Book,
        ("space", spaceId.ToString(CultureInfo.InvariantCulture)), ("from", FormParse.Write(when.Start)), ("to", FormParse.Write(when.End)),
        ("returnUrl", returnUrl));
    public const string Palette = "/palette";

    /// <summary>With what is looked for filled in; the time counts for what goes by the clock.</summary>
    public static string FindLike(
        SpaceKind kind, string? site, LocalDate day, LocalTime? start, int? minutes, int? people) => With(
        Find,
        ("kind", kind.ToString().ToLowerInvariant()), ("site", site), ("day", Written(day)),
        ("start", start is { } from ? FormParse.Write(from) : null), ("length", minutes?.ToString(CultureInfo.InvariantCulture)),
        ("people", people?.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The form with a time filled in, for what is not booked by a press alone.</summary>
    public static string BookAt(int spaceId, LocalDateTime from, LocalDateTime until) => With(
        Book,
        ("space", spaceId.ToString(CultureInfo.InvariantCulture)), ("from", FormParse.Write(from)), ("to", FormParse.Write(until)));

    public static string BookSpace(int spaceId, LocalDate day) =>
        With(Book, ("space", spaceId.ToString(CultureInfo.InvariantCulture)), ("day", Written(day)));
    public static string DesksAt(string site, LocalDate? day = null) => With(Desks, ("site", site), ("day", Written(day)));
    public static string RoomsAt(string site, LocalDate? day = null) => With(Rooms, ("site", site), ("day", Written(day)));
    public static string FindAt(string site, SpaceKind? kind = null, LocalDate? day = null, Guid? memberId = null) =>
        With(Find, ("kind", kind?.ToString().ToLowerInvariant()), ("site", site), ("day", Written(day)), ("for", memberId?.ToString()));
    public static string MyBookingsAfter(Cursor next) => With(MyBookings, ("after", next.ToString()));
    public static string Booking(Guid id) => $"{Folders.Bookings}/{id}";
    /// <summary>Behind the code at a desk or room.</summary>
    public static string SpaceCode(int spaceId) => $"{Folders.SpaceCodes}/{spaceId.ToString(CultureInfo.InvariantCulture)}";
    /// <param name="answer">What the link of the e-mail says: "yes", "later", "release"; null: nothing yet.</param>
    public static string Coming(string key, string? answer = null) => With($"{Folders.Coming}/{Escaped(key)}", ("answer", answer));
    public const string WaitingList = "/waiting-list";
    /// <param name="did">"joined", "left" or "declined".</param>
    public static string WaitingListDone(string did) => With(WaitingList, ("did", did));
    /// <summary>With a wish filled in.</summary>
    public static string WaitFor(
        SpaceKind kind, string? site, LocalDate day, LocalTime? start, LocalTime? end, int? minutes, int? people) => With(
        WaitingList,
        ("kind", kind.ToString().ToLowerInvariant()), ("site", site), ("day", Written(day)),
        ("start", start is { } from ? FormParse.Write(from) : null), ("end", end is { } until ? FormParse.Write(until) : null),
        ("length", minutes?.ToString(CultureInfo.InvariantCulture)), ("people", people?.ToString(CultureInfo.InvariantCulture)));
    public static string WaitingOffer(string key) => $"{Folders.Offers}/{Escaped(key)}";
    public const string Proposals = "/proposals";
    /// <param name="did">"asked", "accepted", "declined" or "withdrawn".</param>
    public static string ProposalsDone(string did) => With(Proposals, ("did", did));
    public static string Proposal(string key) => $"{Folders.ProposalLinks}/{Escaped(key)}";
    public static string Swap(Guid bookingId) => $"{Booking(bookingId)}/swap";
    public static string SwapWith(Guid bookingId, int spaceId, LocalDate day) => With(Swap(bookingId),
        ("space", spaceId.ToString(CultureInfo.InvariantCulture)), ("day", Written(day)));
    public static string HandOver(Guid bookingId) => $"{Booking(bookingId)}/hand-over";
    /// <param name="act">What the link of the e-mail says: "approve", "decline"; null: nothing yet.</param>
    public static string Approval(string key, string? act = null) => With($"{Folders.ApprovalLinks}/{Escaped(key)}", ("act", act));
    public static string Guest(string key) => $"{Folders.GuestLinks}/{Escaped(key)}";
    public const string Approvals = "/approvals";
    /// <param name="did">What was done, for the page to say.</param>
    public static string ApprovalsAfter(string did) => With(Approvals, ("did", did));
    public const string Guests = "/guests";
    /// <param name="did">What was done, for the page to say.</param>
    public static string GuestsOn(string site, LocalDate? day, string? did = null) =>
        With(Guests, ("site", site), ("day", Written(day)), ("did", did));
    public const string Delegates = "/account/delegates";
    /// <param name="did">What was done, for the page to say.</param>
    public static string DelegatesAfter(string did) => With(Delegates, ("did", did));
    /// <summary>Of somebody whose delegate the reader is.</summary>
    public static string BookingsOf(Guid memberId) => With(MyBookings, ("for", memberId.ToString()));
    public static string BookingFile(Guid id) => $"{Booking(id)}.ics";

    public const string Events = "/events";

    public static string Event(string slug) => $"{Events}/{Escaped(slug)}";
    public static string PublishedEvent(string slug) => $"{Event(slug)}?published=true";
    public static string EventFile(string slug) => $"{Event(slug)}.ics";
    public static string Registered(string slug, string answer) => With($"{Event(slug)}/registered", ("answer", answer));
    /// <param name="name">A site's slug, or the secret of a member's own feed.</param>
    public static string Feed(string name) => $"{Folders.Feeds}/{Escaped(name)}.ics";

    public static string Registration(string key) => $"{Folders.Registrations}/{Escaped(key)}";
    public static string CancelRegistration(Guid id) => $"/my-registrations/{id}/cancel";
    public static string ReinstateRegistration(Guid id) => $"/my-registrations/{id}/reinstate";
    public static string Ticket(string code) => $"{Folders.Tickets}/{Escaped(code)}";
    public static string ConfirmAddress(string key) => $"{Folders.Addresses}/{Escaped(key)}";
    public static string Decline(string key) => $"{Folders.Declines}/{Escaped(key)}";
    public static string Preferences(string key) => $"{Folders.Preferences}/{Escaped(key)}";
    public static string Unsubscribe(string token) => $"{Folders.Unsubscribe}/{Escaped(token)}";

    public const string Organise = "/organise";
    public const string NewEvent = "/organise/new";
    public const string ReminderTemplates = "/organise/reminders";

    /// <param name="did">What was done, for the page to say.</param>
    public static string EventEditor(Guid id, string? did = null) => With($"{Organise}/{id}", ("did", did));
    public static string CancelEvent(Guid id) => $"{EventEditor(id)}/cancel";
    public static string ReinstateEvent(Guid id) => $"{EventEditor(id)}/reinstate";
    public static string DuplicateEvent(Guid id) => $"{EventEditor(id)}/duplicate";
    public static string DeleteDraft(Guid id) => $"{EventEditor(id)}/delete";
    public static string EventSchedule(Guid id) => $"{EventEditor(id)}/schedule";
    public static string EventEmails(Guid id, NotificationState? state = null) =>
        With($"{EventEditor(id)}/emails", ("state", state?.ToString()));
    public static string Attendees(Guid id) => $"{EventEditor(id)}/registrations";
    public static string AttendeesCsv(Guid id) => $"{Attendees(id)}.csv";
    public static string CheckIn(Guid id, Guid registrationId) => $"{Attendees(id)}/{registrationId}/in";
    public static string UndoCheckIn(Guid id, Guid registrationId) => $"{Attendees(id)}/{registrationId}/out";
    public static string CorrectAddress(Guid id, Guid registrationId) => $"{Attendees(id)}/{registrationId}/address";

    public const string Webhooks = "/webhooks";

    public static string Webhook(Guid id) => $"{Webhooks}/{id}";
    public static string PingWebhook(Guid id) => $"{Webhook(id)}/ping";
    public static string StopWebhook(Guid id) => $"{Webhook(id)}/stop";
    public static string ResumeWebhook(Guid id) => $"{Webhook(id)}/resume";
    public static string RemoveWebhook(Guid id) => $"{Webhook(id)}/remove";
    public static string DeliverAgain(Guid id, Guid deliveryId) => $"{Webhook(id)}/deliveries/{deliveryId}/again";

    /// <summary>Where a screen shows its code until it is paired.</summary>
    public const string Device = "/device";
    public const string Devices = "/admin/devices";
    /// <param name="code">That a screen shows.</param>
    public static string PairDevice(string code) => With(Devices, ("code", code));
    /// <param name="did">What was done, for the page to say.</param>
    public static string DevicesAfter(string did) => With(Devices, ("did", did));
    /// <param name="look">"ink" to see it so; null: as the screen there has it, or in colours.</param>
    public static string Door(int spaceId, string? look = null) =>
        With($"/door/{spaceId.ToString(CultureInfo.InvariantCulture)}", ("look", look));
    /// <param name="page">Of the events; null: the first.</param>
    public static string Lobby(string site, int? page = null, string? look = null) => With(
        $"/lobby/{Escaped(site)}", ("page", page?.ToString(CultureInfo.InvariantCulture)), ("look", look));

    public const string FrontDesk = "/front-desk";

    public const string DeviceLive = "/device/live";
    public const string LiveChanges = "/live";
    /// <summary>Says when something looks different; null: at any site, on any day.</summary>
    public static string Live(string? site, LocalDate? day) => With(LiveChanges, ("site", site), ("day", Written(day)));
    public const string Admin = "/admin";
    public const string SetUp = "/setup";
    public const string EditImprint = "/admin/imprint";
    public const string ImprintSaved = "/admin/imprint?did=saved";
    public const string OpenHub = "/admin/open";
    public const string Sites = "/admin/sites";
    public const string SpacesAdmin = "/admin/spaces";
    public const string RetireSpacesPage = "/admin/spaces/retire";
    public const string NewSite = "/admin/sites/new";
    public const string RuleSets = "/admin/rules";
    public const string NewRuleSet = "/admin/rules/new";
    public const string People = "/admin/people";
    public const string InvitePeople = "/admin/people/invite";
    public const string Organisations = "/admin/organisations";
    public const string NewOrganisation = "/admin/organisations/new";
    public const string Jobs = "/admin/jobs";
    public const string Outbox = "/admin/outbox";
    public const string RequeueFailed = "/admin/outbox/requeue-failed";
    public const string ResumeRelay = "/admin/outbox/resume";
    public const string ReleaseSending = "/admin/outbox/release";
    public const string Suspended = "/admin/suspended";

    public const string Activity = "/admin/audit";
    public const string Work = "/admin/work";
    public const string Settings = "/admin/settings";
    public const string SettingsSaved = "/admin/settings?did=saved";
    public const string EditLogo = "/admin/settings/logo";

    /// <param name="dropped">What was in the file and did not come along.</param>
    public static string LogoSaved(string? dropped) => With(EditLogo, ("did", "saved"), ("dropped", dropped));
    public static string Logo(string hash) => $"/logo/{Escaped(hash)}";

    /// <param name="section">As in the settings file, "hub" for those of the hub itself.</param>
    public static string EditSettings(string section) => $"{Settings}/{section.ToLowerInvariant()}";

    public const string ActivityCsv = "/admin/audit.csv";

    public static string ActivityCsvOf(string? who, string? kind, string? site, LocalDate? from, LocalDate? through) => With(
        ActivityCsv, ("who", who), ("kind", kind), ("site", site), ("from", Written(from)), ("through", Written(through)));
    public static string WorkStarted(string job) => With(Work, ("started", job));
    /// <param name="before">The entry after which the page goes on.</param>
    public static string ActivityOf(
        string? who, string? kind, string? site, LocalDate? from, LocalDate? through, Guid? before) => With(
        Activity, ("who", who), ("kind", kind), ("site", site), ("from", Written(from)), ("through", Written(through)),
        ("before", before?.ToString()));

    public const string Imports = "/admin/import";

    /// <param name="kind">What is chosen there: "spaces".</param>
    public static string ImportsOf(string kind, string? site = null) => With(Imports, ("kind", kind), ("site", site));
    /// <param name="did">What was done, for the page to say.</param>
    public static string Import(Guid id, string? did = null) => With($"{Imports}/{id}", ("did", did));
    /// <param name="outcome">Those rows alone; null: all.</param>
    public static string ImportRows(Guid id, string? outcome, int page = 1) => With(
        $"{Imports}/{id}", ("show", outcome), ("page", page == 1 ? null : page.ToString(CultureInfo.InvariantCulture)));
    public static string Export(string kind, string? site = null) => With($"{Admin}/export/{Escaped(kind)}.csv", ("site", site));
    /// <summary>The same as a workbook.</summary>
    public static string ExportBook(string kind, string? site = null) => With($"{Admin}/export/{Escaped(kind)}.xlsx", ("site", site));
    /// <param name="text">Part of a name that is searched for.</param>
    public static string FrontDeskFor(string site, string text) => With(FrontDesk, ("site", site), ("q", text));
    public static string FrontDeskAt(string site, string? did = null) => With(FrontDesk, ("site", site), ("did", did));
    public static string PeopleLike(string? text, string? role, string? state, int page) =>
        With(People, ("q", text), ("role", role), ("state", state), ("page", page.ToString(CultureInfo.InvariantCulture)));
    /// <param name="did">What was done, for the page to say.</param>
    public static string Person(Guid id, string? did = null) => With($"{People}/{id}", ("did", did));
    /// <param name="slug">The organisation's that is chosen there.</param>
    public static string InvitePeopleTo(string slug) => With(InvitePeople, ("organisation", slug));
    /// <param name="did">What was done, for the page to say.</param>
    public static string InviteDone(string did) => With(InvitePeople, ("did", did));
    public static string OrganisationsLike(string? text, bool withRetired, int page) =>
        With(Organisations, ("q", text), ("retired", withRetired ? "true" : null), ("page", page.ToString(CultureInfo.InvariantCulture)));
    /// <param name="did">What was done, for the page to say.</param>
    public static string AdminOrganisation(string slug, string? did = null) =>
        With($"{Organisations}/{Escaped(slug)}", ("did", did));
    public const string OwnOrganisation = "/organisation";
    /// <param name="did">What was done, for the page to say.</param>
    public static string OwnOrganisationOf(string slug, string? did = null) => With(OwnOrganisation, ("of", slug), ("did", did));
    /// <param name="did">What was done, for the page to say.</param>
    public static string Invitation(string token, string? did = null) =>
        With($"{Folders.Invitations}/{Escaped(token)}", ("did", did));
    /// <param name="did">What was done, for the page to say.</param>
    public static string Membership(string slug, Guid memberId, string? did = null) =>
        With($"/organisation/{Escaped(slug)}/people/{memberId}", ("did", did));
    /// <param name="did">What was done, for the page to say.</param>
    public static string AdminSite(string slug, string? did = null) => With($"{Admin}/sites/{Escaped(slug)}", ("did", did));
    public static string RetireSite(string slug) => $"{AdminSite(slug)}/retire";
    /// <summary>What became of what stood in retired desks and rooms is said there.</summary>
    public static string AdminSiteRetired(string slug, int moved, int cancelled) => With(AdminSite(slug), ("did", "retired"),
        ("moved", moved.ToString(CultureInfo.InvariantCulture)), ("cancelled", cancelled.ToString(CultureInfo.InvariantCulture)));
    public static string RetireSpaces(IReadOnlyCollection<int> ids) => QueryHelpers.AddQueryString(
        RetireSpacesPage, ids.Select(id => new KeyValuePair<string, string?>("ids", id.ToString(CultureInfo.InvariantCulture))));
    /// <param name="did">What was done, for the page to say.</param>
    public static string RuleSetsAfter(string did) => With(RuleSets, ("did", did));
    /// <param name="did">What was done, for the page to say.</param>
    public static string Pool(int id, string? did = null) => With($"{Admin}/pools/{id}", ("did", did));
    /// <summary>What became of the pool's bookings where a desk left is said there.</summary>
    public static string PoolSaved(int id, int moved, int stayed) => With(Pool(id, "saved"),
        ("moved", moved.ToString(CultureInfo.InvariantCulture)), ("stayed", stayed.ToString(CultureInfo.InvariantCulture)));
    /// <param name="spaces">How many its change touches, right after it.</param>
    public static string RuleSet(int id, int? spaces = null) =>
        With($"{RuleSets}/{id}", ("saved", spaces?.ToString(CultureInfo.InvariantCulture)));
    /// <param name="did">What was done, for the page to say.</param>
    public static string SiteHours(string slug, string? did = null) => With($"{AdminSite(slug)}/hours", ("did", did));
    /// <param name="did">What was done, for the page to say.</param>
    public static string SiteDetails(string slug, string? did = null) => With($"{AdminSite(slug)}/details", ("did", did));
    /// <param name="told">How many people were told of it, right after it was set or changed.</param>
    public static string Closure(int id, int? told = null) =>
        With($"{Admin}/closures/{id}", ("told", told?.ToString(CultureInfo.InvariantCulture)));
    /// <param name="did">What was done, for the page to say.</param>
    public static string EditSpaces(IReadOnlyCollection<int> ids, string? did = null) => QueryHelpers.AddQueryString(
        did is null ? SpacesAdmin : With(SpacesAdmin, ("did", did)),
        ids.Select(id => new KeyValuePair<string, string?>("ids", id.ToString(CultureInfo.InvariantCulture))));
    /// <param name="did">What was done, for the page to say.</param>
    /// <param name="dropped">What did not come along with its picture.</param>
    public static string FloorPlan(int floorId, string? did = null, string? dropped = null) =>
        With($"{Admin}/floors/{floorId}/plan", ("did", did), ("dropped", dropped));
    /// <summary>The codes of its desks and rooms, to print.</summary>
    public static string FloorCodes(int floorId) => $"{Admin}/floors/{floorId}/codes";
    public static string FloorPlanDraft(int floorId) => $"{FloorPlan(floorId)}/draft";
    public static string PublishFloorPlan(int floorId) => $"{FloorPlan(floorId)}/publish";
    public static string SitesDone(string what) => With(Sites, ("done", what));
    public static string OutboxOf(NotificationState state) => With(Outbox, ("state", state.ToString()));
    public static string OutboxEmail(Guid id) => $"{Outbox}/{id}";
    public static string OutboxEmailHtml(Guid id) => $"{OutboxEmail(id)}/html";
    public static string SendNow(Guid id) => $"{OutboxEmail(id)}/send";
    public static string StopEmail(Guid id) => $"{OutboxEmail(id)}/stop";
    public static string RequeueEmail(Guid id) => $"{OutboxEmail(id)}/requeue";
    public static string LiftSuspension(Guid id) => $"{Suspended}/{id}/lift";

    public const string Join = "/join";
    public const string AskedToJoin = "/join?did=asked";

    public const string EmailTemplates = "/emails";
    /// <summary>What the demo has sent.</summary>
    public const string Mailbox = "/mail";
    public const string SendToCome = "/mail/to-come";

    public static string EmailTemplate(NotificationType type) => $"{EmailTemplates}/{type}";
    public static string EmailTemplateHtml(NotificationType type, Language language, string reading) =>
        With($"{EmailTemplate(type)}/{language.Tag()}/html", ("reading", reading.Length == 0 ? null : reading));
    public static string MailboxEmail(string id) => $"{Mailbox}/{Escaped(id)}";
    public static string MailboxEmailHtml(string id) => $"{MailboxEmail(id)}/html";
    public static string MailboxEmailRaw(string id) => $"{MailboxEmail(id)}/raw";

    /// <summary>What addresses begin with, for rules that hold for all below.</summary>
    public static class Folders
    {
        public const string Api = "/api";
        public const string ApiV1 = "/api/v1";
        public const string ApiBookings = "/api/v1/bookings";
        public const string ApiWaitingList = "/api/v1/waiting-list";
        public const string Health = "/health";
        public const string Metrics = "/metrics";
        public const string KeptForms = "/kept";
        public const string SignInLinks = "/sign-in/link";
        public const string AccountAddresses = "/account/address";
        public const string KeepAccount = "/account/keep";
        public const string Bookings = "/bookings";
        public const string Feeds = "/feeds";
        public const string Registrations = "/registrations";
        public const string Tickets = "/tickets";
        public const string Addresses = "/addresses";
        public const string Declines = "/declines";
        public const string Coming = "/coming";
        public const string Offers = "/offers";
        public const string ProposalLinks = "/proposals/link";
        public const string ApprovalLinks = "/approve";
        public const string GuestLinks = "/guest";
        public const string SpaceCodes = "/s";
        public const string Invitations = "/invitation";
        public const string Preferences = "/preferences";
        public const string Unsubscribe = "/unsubscribe";
        public const string Refused = "/refused";
    }

    private static string Escaped(string part) => Uri.EscapeDataString(part);

    private static string? Written(LocalDate? day) => day is { } date ? FormParse.Write(date) : null;

    private static string With(string path, params IEnumerable<(string Name, string? Value)> query) => QueryHelpers.AddQueryString(
        path, query.Where(one => one.Value is not null).Select(one => KeyValuePair.Create(one.Name, one.Value)));
}
