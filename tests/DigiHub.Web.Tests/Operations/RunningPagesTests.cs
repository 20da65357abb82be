using System.Net;
using System.Reflection;
using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Tests;
using DigiHub.Web.Operations;
using Hangfire;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests.Operations;

/// <summary>The pages by which a hub is run: what was done, what runs by itself, which settings are in force.</summary>
public sealed class RunningPagesTests(SqliteDatabase database) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    [Fact]
    public void Every_act_has_words_in_both_languages()
    {
        var acts = typeof(Act).Assembly.GetTypes().SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Where(field => field.FieldType.IsAssignableTo(typeof(Act))).Select(field => ((Act)field.GetValue(null)!).Name).ToList();

        Assert.True(acts.Count > 80);
        Assert.DoesNotContain(acts, act => ActWords.Known(act) is null);
    }

    [Fact]
    public void Every_recurring_job_has_words()
    {
        var jobs = new JobNames();
        Schedule.Register(jobs);

        Assert.NotEmpty(jobs.Names);
        Assert.DoesNotContain(jobs.Names, name => JobWords.Known(name) is null);
    }

    [Fact]
    public async Task An_administrator_reads_who_did_what_and_leads_to_it()
    {
        using var ada = await TestHub.SignIn(Cast.Ada);
        await ada.Open("/account");
        await ada.Send("form:has(input[value=profile])", ("Profile.Name", "Ada Neu"));
        using var alan = await TestHub.SignIn(Cast.Alan);

        await alan.Open("/admin/audit?who=ada+neu");

        Assert.Contains("Mitglied: geändert", alan.Text, StringComparison.Ordinal);
        Assert.NotNull(alan.Page.QuerySelector($"main a[href='/admin/people/{Cast.Ada.Id}']"));
        var (headers, csv) = await alan.Download("/admin/audit.csv?who=ada+neu");
        Assert.Equal("text/csv", headers.ContentType?.MediaType);
        Assert.Contains("member.edited", System.Text.Encoding.UTF8.GetString(csv), StringComparison.Ordinal);
        await alan.Open("/admin/audit?kind=booking&from=2026-11-01&through=2026-11-02");
        Assert.Contains("Nichts gefunden", alan.Text, StringComparison.Ordinal);
        await alan.Open("/admin/audit?kind=elephant");
        Assert.Equal(HttpStatusCode.BadRequest, alan.Status);
    }

    [Fact]
    public async Task A_job_is_run_at_once_by_its_button()
    {
        using var alan = await TestHub.SignIn(Cast.Alan);
        TestHub.Services.GetRequiredService<IRecurringJobManager>().AddOrUpdate("purge-expired",
            () => Console.Out.Flush(), Cron.Never(), new RecurringJobOptions());
        await alan.Open("/admin/work");
        Assert.Contains("Abgelaufenes löschen", alan.Text, StringComparison.Ordinal);

        await alan.Send("button[value='purge-expired']");

        Assert.Contains("„Abgelaufenes löschen“ ist gestartet", alan.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_answers_for_one_site_sees_the_jobs_without_what_went_wrong_and_runs_none()
    {
        TestHub.Services.GetRequiredService<IRecurringJobManager>().AddOrUpdate("purge-expired",
            () => Console.Out.Flush(), Cron.Never(), new RecurringJobOptions());
        await TestHub.Services.GetRequiredService<GrantRoles>().Run(
            new(Cast.Bob.Id, [Role.Administrator], ActorId: null, Cast.West.Id), Stop);
        using var bob = await TestHub.SignIn(Cast.Bob, Language.English);

        await bob.Open("/admin/work");

        Assert.Equal(HttpStatusCode.OK, bob.Status);
        Assert.Contains("what waits at your site", bob.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Last good backup", bob.Text, StringComparison.Ordinal);
        Assert.Null(bob.Page.QuerySelector("button[name=job]"));
        using var api = await TestHub.NewApiClient(Cast.Bob);
        Assert.Equal(HttpStatusCode.OK, (await api.GetAsync(new Uri("/api/v1/work", UriKind.Relative), Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden,
            (await api.PostAsync(new Uri("/api/v1/work/purge-expired", UriKind.Relative), content: null, Stop)).StatusCode);
    }

    [Fact]
    public async Task An_auditor_reads_the_jobs_and_the_rules_for_booking_and_changes_neither()
    {
        await using (var db = TestHub.OpenDb())
            await Cast.GiveRoles(db, Cast.Bob, Role.Auditor);
        using var bob = await TestHub.SignIn(Cast.Bob, Language.English);

        await bob.Open("/admin/work");
        Assert.Contains("Last good backup", bob.Text, StringComparison.Ordinal);
        Assert.Null(bob.Page.QuerySelector("button[name=job]"));
        await bob.Open("/admin/rules");
        Assert.Equal(HttpStatusCode.OK, bob.Status);
        Assert.NotEmpty(bob.Page.QuerySelectorAll("main ul.rows > li"));
        Assert.Empty(bob.Page.QuerySelectorAll("main a.btn"));
        await bob.Open($"/admin/rules/{Cast.RoomRules.Id}");
        Assert.Equal(HttpStatusCode.NotFound, bob.Status);
    }

    [Fact]
    public async Task The_settings_say_where_they_come_from_and_no_secret()
    {
        using var alan = await TestHub.SignIn(Cast.Alan);
        await alan.Open("/admin/settings");

        Assert.Contains("DigiHub:Mail:KeepDays", alan.Text, StringComparison.Ordinal);
        Assert.Contains("Vorgabe", alan.Text, StringComparison.Ordinal);
        await alan.Open("/admin/settings?q=keepdays");
        Assert.DoesNotContain("DigiHub:PublicUrl", alan.Text, StringComparison.Ordinal);
        Assert.Contains("DigiHub:Mail:KeepDays", alan.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/admin/audit")]
    [InlineData("/admin/work")]
    [InlineData("/admin/settings")]
    public async Task Others_find_nothing_there(string path)
    {
        using var frieda = await TestHub.SignIn(Cast.Frieda);
        await frieda.Open(path);

        Assert.Equal(HttpStatusCode.NotFound, frieda.Status);
    }

    /// <summary>Notes the names of what is registered.</summary>
    private sealed class JobNames : IRecurringJobManager
    {
        public List<string> Names { get; } = [];

        public void AddOrUpdate(string recurringJobId, Hangfire.Common.Job job, string cronExpression, RecurringJobOptions options) =>
            Names.Add(recurringJobId);

        public void Trigger(string recurringJobId) => throw new NotSupportedException();

        public void RemoveIfExists(string recurringJobId) => throw new NotSupportedException();
    }
}
