using System.Text.Encodings.Web;
using System.Text.Unicode;
using DigiHub.Data;
using DigiHub.Data.Backups;
using DigiHub.Demo;
using DigiHub.Keys;
using DigiHub.Notifications;
using DigiHub.Settings;
using DigiHub.Sites;
using DigiHub.Spaces;
using DigiHub.Web.Access;
using DigiHub.Web.Account;
using DigiHub.Web.Api;
using DigiHub.Web.Bookings;
using DigiHub.Web.Calendars;
using DigiHub.Web.Calendars.Links;
using DigiHub.Web.Displays;
using DigiHub.Web.Events;
using DigiHub.Web.FloorPlans;
using DigiHub.Web.Imports;
using DigiHub.Web.Keys;
using DigiHub.Web.Layout;
using DigiHub.Web.Live;
using DigiHub.Web.Mail;
using DigiHub.Web.Members;
using DigiHub.Web.Memberships;
using DigiHub.Web.Notifications;
using DigiHub.Web.Opening;
using DigiHub.Web.Operations;
using DigiHub.Web.Palette;
using DigiHub.Web.Privacy;
using DigiHub.Web.Reader;
using DigiHub.Web.Registrations;
using DigiHub.Web.Reminders;
using DigiHub.Web.Reports;
using DigiHub.Web.Security;
using DigiHub.Web.Sites;
using DigiHub.Web.Spaces;
using DigiHub.Web.Webhooks;
using Microsoft.Extensions.Options;

namespace DigiHub.Web;

/// <summary>Composes the hub: its services (AddHub), what happens before it serves (PrepareHub), and the pipeline (UseHub).</summary>
public static class Setup
{
    public static void AddHub(this WebApplicationBuilder builder)
    {
        var settings = SettingsCheck.Read(builder.Configuration);
        var inForce = new SettingsNow(settings, builder.Configuration);
        builder.Services.AddSingleton(inForce);
        builder.Services.AddSingleton<IOptions<HubSettings>>(inForce);
        builder.Services.AddSingleton<ISettingsFollower>(inForce);
        builder.Services.AddHostedService<SettingsWatch>();

        // Stylesheets and scripts are also found where the program runs unpublished, whatever its environment is called.
        builder.WebHost.UseStaticWebAssets();

#pragma warning disable RS0030 // the one place that uses the real clock
        builder.Services.AddSingleton<IClock>(SystemClock.Instance);
#pragma warning restore RS0030
        builder.Services.AddHubDb(new DataOptions(
            string.IsNullOrWhiteSpace(settings.Database.Postgres) ? null : settings.Database.Postgres,
            Path.Combine(settings.DataFolder, "digihub.db"),
            settings.Database.PoolMax));
        builder.Services.AddSingleton(settings.Reminders.QuietHours);
        builder.Services.AddSingleton(new DateWords(settings.TimeZone));
        builder.Services.AddUseCases();
        builder.Services.AddEmails(settings.Mail);
        builder.Services.AddAccess();
        builder.Services.AddMembers();
        builder.Services.AddMemberships();
        builder.Services.AddPrivacy();
        builder.Services.AddBookings();
        builder.Services.AddRegistrations();
        builder.Services.AddPalette();
        builder.Services.AddReminders();
        builder.Services.AddSites();
        builder.Services.AddSingleton<DeviceCookie>();
        builder.Services.AddFloorPlans();
        builder.Services.AddOpening();
        builder.Services.AddCalendars();
        builder.Services.AddOperations();
        builder.Services.AddLive();
        builder.Services.AddWebhooks(settings);
        builder.AddSchedule(settings);
        builder.Services.AddRazorComponents();
        builder.Services.AddCompression();
        builder.Services.AddKeyRing();
        // Pages and e-mails are UTF-8: umlauts stand in them as they are, only what could be markup is encoded.
        builder.Services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        builder.Services.AddAccount();
        builder.Services.AddApi();
        builder.Services.AddGuards();
        builder.Services.AddSingleton<DataFolder>();
        builder.Services.AddSingleton<DiskWatch>();
        builder.Services.AddSingleton<PublicAddress>();
        builder.Services.AddSingleton<Doctor>();
    }

    public static async Task PrepareHub(this WebApplication app)
    {
        var stop = app.Lifetime.ApplicationStopping;
        app.Services.GetRequiredService<DataFolder>().Prepare();
        app.Services.GetRequiredService<DatabaseInUse>().Hold();
        await app.Services.GetRequiredService<Migrating>().Run(stop);
        await RefuseDemo(app.Services, stop);
        await app.Services.GetRequiredService<HubTokenSigner>().Get(stop); // created here, not by the first requests concurrently
        await app.Services.GetRequiredService<HubIdentity>().Get(stop);
        await app.Services.GetRequiredService<Catalogue>().Map(stop); // and with it the settings entered in the browser
        if (app.Services.GetRequiredService<IOptions<HubSettings>>().Value.Demo)
            await app.Services.GetRequiredService<SeedDemo>().Run(stop); // refused from the second start on
        await app.PrintSetupCode(stop);
    }

    /// <summary>Made-up people must not become the hub of real ones by a changed setting.</summary>
    private static async Task RefuseDemo(IServiceProvider hub, CancellationToken stop)
    {
        if (hub.GetRequiredService<IOptions<HubSettings>>().Value.Demo)
            return;
        await using var db = hub.GetRequiredService<HubDbFactory>().Open();
        if ((await db.HubStateNow(stop)).DemoSince is not null)
            throw new BadSettingsException([
                "DigiHub:Demo is false, but this database holds the demo's people and bookings. Run 'demo remove' to make it a hub of your "
                    + "own (--keep-sites keeps the sites), set DigiHub:Demo to true, or use another database."]);
    }

    public static void UseHub(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseHeadAsGet();
        app.UseResponseCompression();
        UnknownProxy.Use(app);
        app.UseProblems();
        app.UseRequestSize();
        app.UseApiBodies();
        app.UseRouting();
        app.UseNotFoundGuard();
        app.UseRequestTimeouts();
        app.UseSetupGate();
        app.UseAuthentication();
        RequestLanguage.Use(app);
        app.UseRateLimiter();
        app.UseWrongLinks();
        app.UseAuthorization();
        app.UseReadableForms();
        app.UseSameOrigin();
        app.UseAntiforgery();
        app.UseNoNul();
        app.UsePagesAtOnce();
        app.MapStaticAssets().AllowAnonymous().WithMetadata(SameForEverybody.Mark);
        app.MapRazorComponents<App>();
        app.MapPreferences();
        app.MapAccount();
        app.MapHealth();
        app.MapEvents();
        app.MapRegistrations();
        app.MapExport();
        app.MapMail();
        app.MapOutbox();
        app.MapSuspended();
        app.MapExports();
        app.MapReports();
        app.MapActivityCsv();
        app.MapWebhooks();
        app.MapFloorStyles();
        app.MapFloorPlans();
        app.MapOpening();
        app.MapSiteStyles();
        app.MapBookingFile();
        app.MapUnsubscribe();
        app.MapCalendars();
        app.MapLive();
        app.MapDeviceLive();
        app.UseSchedule();
        MapApi(app);
    }

    private static void MapApi(WebApplication app)
    {
        var api = app.MapApi();
        api.MapSitesApi();
        api.MapSiteSetupApi();
        api.MapClosuresApi();
        api.MapSpacesApi();
        api.MapSpaceSetupApi();
        api.MapRetirementApi();
        api.MapRuleSetsApi();
        api.MapEquipmentApi();
        api.MapPoolsApi();
        api.MapFloorsApi();
        api.MapDevicesApi();
        api.MapAvailabilityApi();
        api.MapBookingsApi();
        api.MapSeriesApi();
        api.MapWaitingListApi();
        api.MapMeetingsApi();
        api.MapProposalsApi();
        api.MapApprovalsApi();
        api.MapGuestsApi();
        api.MapPresenceApi();
        api.MapEventsApi();
        api.MapRegistrationsApi();
        api.MapOrganisationsApi();
        api.MapInvitationsApi();
        api.MapDomainsApi();
        api.MapJoinRequestsApi();
        api.MapVisitorsApi();
        api.MapImportsApi();
        api.MapSettingsApi();
        api.MapMembersApi();
        api.MapMeApi();
        api.MapCalendarLinksApi();
        api.MapDelegatesApi();
        api.MapActivityApi();
        api.MapReportsApi();
    }
}
