using DigiHub.Access;
using DigiHub.Bookings.Approvals;
using DigiHub.Bookings.CheckIn;
using DigiHub.Bookings.Demand;
using DigiHub.Bookings.Guests;
using DigiHub.Bookings.Proposals;
using DigiHub.Bookings.Waiting;
using DigiHub.Claims;
using DigiHub.Events;
using DigiHub.Imports;
using DigiHub.Mail;
using DigiHub.Memberships;
using DigiHub.Notifications;
using DigiHub.Operations;
using DigiHub.Privacy;
using DigiHub.Registrations;
using DigiHub.Reminders;
using DigiHub.Setup;
using DigiHub.Web.Account;
using DigiHub.Web.Mail;
using DigiHub.Web.Notifications;
using DigiHub.Webhooks;
using Hangfire;
using Hangfire.InMemory;
using Hangfire.PostgreSql;
using Hangfire.PostgreSql.Factories;
using Microsoft.Extensions.Options;
using Npgsql;

namespace DigiHub.Web;

/// <summary>All recurring jobs, a line each. Hangfire only signals: what is due is in the hub's own tables.</summary>
public static class Schedule
{
    public static void UseSchedule(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<IOptions<HubSettings>>().Value.Jobs.Dashboard)
            return;
        app.MapHangfireDashboardWithAuthorizationPolicy(nameof(Permission.RunJobs), "/admin/jobs", new DashboardOptions
        {
            DashboardTitle = "DigiHub",
            AppPath = Paths.Admin,
            DisplayStorageConnectionString = false,
            Authorization = [], // ASP.NET Core's policy decides; Hangfire's own filter would only let the machine itself in
        });
    }

    /// <summary>
    /// Tells Hangfire what comes again, and when. May wait for a lock that a killed process has left
    /// behind; see <see cref="ScheduleStart"/>.
    /// </summary>
    public static void Register(IRecurringJobManager jobs)
    {
        Each<DeliverNotifications>("deliver-notifications", Cron.Minutely(), deliver => deliver.Run(CancellationToken.None));
        Each<ReadInbound>("read-inbound", Cron.Minutely(), read => read.Run(CancellationToken.None));
        Each<ReadInbound>("tidy-inbound", Cron.Hourly(53), read => read.Tidy(CancellationToken.None));
        Each<WriteDigests>("write-digests", Cron.Minutely(), write => write.Run(CancellationToken.None));
        Each<PromoteFromWaitingList>("promote-from-waiting-list", Cron.Minutely(), promote => promote.Run(CancellationToken.None));
        Each<ReleaseNoShows>("release-no-shows", Cron.Minutely(), release => release.Run(CancellationToken.None));
        Each<OfferFreeSpace>("offer-free-space", Cron.Minutely(), offer => offer.Run(CancellationToken.None));
        Each<LapseProposals>("lapse-proposals", Cron.Minutely(), lapse => lapse.Run(CancellationToken.None));
        Each<LapseApprovals>("lapse-approvals", Cron.Minutely(), lapse => lapse.Run(CancellationToken.None));
        Each<AskApprovers>("ask-approvers", Cron.Minutely(), ask => ask.Run(CancellationToken.None));
        Each<TellGuests>("tell-guests", Cron.Minutely(), tell => tell.Run(CancellationToken.None));
        Each<LapseRegistrations>("lapse-registrations", Cron.Minutely(), lapse => lapse.Run(CancellationToken.None));
        Each<UnmetWishes>("count-unmet-wishes", Cron.Minutely(), wishes => wishes.Run(CancellationToken.None));
        Each<WatchNotifications>("watch-notifications", Cron.Minutely(), watch => watch.Run(CancellationToken.None));
        Each<DeliverWebhooks>("deliver-webhooks", Cron.Minutely(), deliver => deliver.Run(CancellationToken.None));
        Each<ContinueImports>("continue-imports", Cron.Minutely(), imports => imports.Run(CancellationToken.None));
        Each<ForgetWebhooks>("forget-webhooks", Cron.Daily(2, 53), forget => forget.Run(CancellationToken.None));
        Each<AnonymiseNotifications>("anonymise-notifications", Cron.Daily(2, 41), forget => forget.Run(CancellationToken.None));
        Each<ForgetImports>("forget-imports", Cron.Daily(3, 3), forget => forget.Run(CancellationToken.None));
        Each<TidyPickup>("tidy-pickup", Cron.Hourly(47), tidy => tidy.Run());
        Each<RecomputeInstants>("recompute-instants", Cron.Daily(3, 37), recompute => recompute.Run(CancellationToken.None));
        Each<RetireSpaces>("finish-retirements", Cron.Hourly(7), retire => retire.Finish(CancellationToken.None));
        Each<ErasePerson>("erase-people", Cron.Daily(2, 27), erase => erase.RunDue(CancellationToken.None));
        Each<CheckDomain>("check-domains", Cron.Daily(2, 7), check => check.RunNightly(CancellationToken.None));
        Each<MembershipRequests>("lapse-membership-requests", Cron.Daily(5, 11), requests => requests.Lapse(CancellationToken.None));
        Each<ForgetPast>("forget-past", Cron.Daily(2, 17), forget => forget.Run(CancellationToken.None));
        Each<PurgeExpired>("purge-expired", Cron.Hourly(23), keep => keep.Run(CancellationToken.None));

        // UTC, so that no run falls into the hour that the clocks skip or repeat.
        void Each<T>(string name, string cron, System.Linq.Expressions.Expression<Func<T, Task>> run) =>
            jobs.AddOrUpdate(name, run, cron, new RecurringJobOptions { TimeZone = TimeZoneInfo.Utc });
    }

    public static void AddSchedule(this WebApplicationBuilder builder, HubSettings settings)
    {
        // This program's storage, not Hangfire's static one.
        builder.Services.AddSingleton<JobStorage>(_ => string.IsNullOrWhiteSpace(settings.Database.Postgres)
            ? new InMemoryStorage(new InMemoryStorageOptions { MaxExpirationTime = JobExpiry.Kept })
            : OnPostgres(settings));
        builder.Services.AddHangfire((provider, hangfire) =>
        {
            hangfire.UseStorage(provider.GetRequiredService<JobStorage>());
            hangfire.UseSimpleAssemblyNameTypeSerializer().UseRecommendedSerializerSettings();
            // The next signal retries a failed job; Hangfire's own retries would only duplicate it.
            hangfire.UseFilter(new AutomaticRetryAttribute { Attempts = 0, OnAttemptsExceeded = AttemptsExceededAction.Fail });
            hangfire.UseFilter(new JobExpiry());
        });
        builder.Services.AddHostedService<ScheduleStart>();
        if (settings.Jobs.Workers > 0)
        {
            builder.Services.AddHangfireServer((provider, server) =>
            {
                server.Activator = ActivatorUtilities.CreateInstance<JobAddress>(provider);
                server.WorkerCount = settings.Jobs.Workers;
                server.SchedulePollingInterval = TimeSpan.FromSeconds(5);
            });
        }
    }

    private static PostgreSqlStorage OnPostgres(HubSettings settings)
    {
        // A small pool of its own, so that requests do not wait for Hangfire's maintenance.
        var connection = new NpgsqlConnectionStringBuilder(settings.Database.Postgres)
        {
            MaxPoolSize = settings.Jobs.Workers + 6,
            ApplicationName = "DigiHub jobs",
        };
        var options = new PostgreSqlStorageOptions
        {
            SchemaName = "hangfire",
            QueuePollInterval = TimeSpan.FromSeconds(2),
            InvisibilityTimeout = TimeSpan.FromMinutes(5),
            UseSlidingInvisibilityTimeout = true,
            // A process that is killed leaves its lock behind. Locks are held for moments: one older than this is a dead process's, and the
            // next to start (it waits for 15 seconds) or to look for the job of the minute need not wait the ten minutes of the default.
            DistributedLockTimeout = TimeSpan.FromSeconds(10),
        };
        return new PostgreSqlStorage(new NpgsqlConnectionFactory(connection.ConnectionString, options), options);
    }
}
