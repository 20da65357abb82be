using System.Text.RegularExpressions;
using DigiHub.Access;
using DigiHub.Bookings;
using DigiHub.Bookings.Series;
using DigiHub.Imports;
using DigiHub.Members;
using DigiHub.Memberships;
using DigiHub.Notifications;
using DigiHub.Opening;
using DigiHub.Registrations;
using DigiHub.Reminders;
using DigiHub.Setup;
using DigiHub.Sites;
using DigiHub.Spaces;
using DigiHub.Tests;
using DigiHub.Time;
using DigiHub.Web.Account;
using DigiHub.Web.Events;
using DigiHub.Web.Tests.Events;
using DigiHub.Web.Tests.Notifications;
using DigiHub.Web.Tests.Opening;
using DigiHub.Webhooks;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace DigiHub.Web.Tests.Layout;

/// <summary>
/// Looks at every page there is as its readers: on narrow telephones, in both languages, and in a hub that says "du".
/// </summary>
public sealed class ButtonsTests(SqliteDatabase database, Browser browser) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    /// <summary>Pages that need the demonstration's mailbox, or that are shown in place of others.</summary>
    private static readonly string[] elsewhere = ["/mail", "/mail/{Id}", "/refused/{Status:int}", "/kept/{Key}"];

    private static readonly int[] widths = [320, 390];

    private const float PageWaitMilliseconds = 60_000;

    /// <summary>Pages that speak to their reader at all, of some hundred.</summary>
    private const int FamiliarPagesMin = 30;

    /// <summary>Buttons whose words do not fit, and whatever is wider than the window.</summary>
    private const string Cut = """
        async () => {
            const sheets = [...document.querySelectorAll('link[rel=stylesheet]:not([media=print])')];
            // One that failed or is late must not hold up the rest.
            await Promise.race([Promise.all(sheets.map(link => link.sheet || new Promise(done => link.onload = link.onerror = done))), new Promise(late => setTimeout(late, 10000))]);
            const words = e => e.innerText.trim().replace(/\s+/g, ' ').slice(0, 60);
            const cut = [...document.querySelectorAll('button, .btn, .chip, .ghost, input[type=submit], summary')]
                .filter(e => e.getClientRects().length > 0 && e.clientWidth > 0 && e.scrollWidth > e.clientWidth)
                .map(e => `"${words(e)}" ${e.scrollWidth} > ${e.clientWidth}`);
            const wide = document.documentElement.scrollWidth;
            if (wide > innerWidth) cut.push(`the page is ${wide} wide`);
            for (const strip of document.querySelectorAll('.strip'))
                if (strip.scrollWidth > strip.clientWidth) cut.push('a row of times goes on beyond the edge');
            const label = document.querySelector('.tl thead th:nth-child(2)');
            if (label) {
                const range = document.createRange();
                range.selectNodeContents(label);
                document.querySelector('.tl').scrollLeft = 0;
                if (range.getBoundingClientRect().left < label.previousElementSibling.getBoundingClientRect().right) cut.push('the first hour is cut');
            }
            const demo = document.querySelector('.demo');
            if (demo && demo.clientHeight > 40) cut.push(`the banner is ${demo.clientHeight} high`);
            for (const row of document.querySelectorAll('.where-when'))
                if (row.getBoundingClientRect().top >= row.parentElement.querySelector('.grow').getBoundingClientRect().bottom) cut.push('a row is broken');
            return cut;
        }
        """;

    [Fact]
    public async Task No_button_is_cut_on_any_page_in_either_language()
    {
        var (sights, findings) = (await Sights(), new List<string>());

        foreach (var audience in sights.GroupBy(sight => sight.Who))
        {
            await using var visitor = await browser.Visit(TestHub, new Viewing { Width = widths[0] });
            if (audience.Key is { } member)
                await TestHub.SignIn(visitor, member);
            foreach (var path in audience.Select(sight => sight.Path))
            {
                foreach (var language in Enum.GetValues<Language>())
                {
                    // E-mails in their frames may still be on their way; the page around them is there.
                    var answer = await visitor.Page.GotoAsync(
                        $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}lang={language.Tag()}",
                        new PageGotoOptions { WaitUntil = WaitUntilState.DOMContentLoaded, Timeout = PageWaitMilliseconds });
                    Assert.True(answer?.Status is 200 or 404, $"{path}: {answer?.Status}");
                    foreach (var width in widths)
                    {
                        await visitor.Page.SetViewportSizeAsync(width, 800);
                        var cut = await visitor.Page.EvaluateAsync<string[]>(Cut);
                        findings.AddRange(cut.Select(found => $"{path}, {language}, {width} px: {found}"));
                    }
                }
            }
        }

        Assert.True(findings.Count == 0, string.Join('\n', findings));
    }

    [Fact]
    public async Task A_hub_that_says_du_says_so_on_every_page()
    {
        var (sights, findings, familiar) = (await Sights(), new List<string>(), 0);
        await TestHub.Services.GetRequiredService<ChangeSettings>()
            .Run(Cast.Alan.Id, new Dictionary<string, string> { ["FormOfAddress"] = "Familiar" }, Stop);
        await TestHub.Services.GetRequiredService<Catalogue>().Map(Stop);

        foreach (var audience in sights.GroupBy(sight => sight.Who))
        {
            using var reader = audience.Key is { } member
                ? await TestHub.SignIn(member, Language.German) : TestHub.NewReader();
            foreach (var path in audience.Select(sight => sight.Path))
            {
                await reader.Open($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}lang=de");
                findings.AddRange(FormalWords.In(reader.Page).Select(found => $"{path}: {found}"));
                familiar += FormalWords.IsAnswered(reader.Text) ? 1 : 0;
            }
        }

        Assert.True(findings.Count == 0, string.Join('\n', findings.Distinct()));
        Assert.InRange(familiar, FamiliarPagesMin, int.MaxValue);
    }

    /// <summary>At least one address of every page, and who is to look at it.</summary>
    private async Task<IReadOnlyList<(string Path, Member? Who)>> Sights()
    {
        var links = await TestHub.LaySampleEmails();
        await TestHub.Services.GetRequiredService<ChangeMembershipRole>()
            .Run(Cast.Startup.Slug, Cast.Ada.Id, MembershipRole.Administrator, Cast.Alan.Id, Stop);
        await TestHub.Services.GetRequiredService<InvitePeople>().Run(new(Cast.Ada.Id, Cast.Startup.Slug, "lise@example.org"), Stop);
        var talk = await TestHub.Publish(draft => draft with { Capacity = 1 });
        await TestHub.Register(talk, "Konrad");
        await TestHub.Register(talk, "Hedwig");
        var draft = await TestHub.Write();
        var notification = await TestHub.Read(db => db.Notifications.AsNoTracking()
            .AboutEvent(db, talk.Id).Select(one => one.Id).FirstAsync(Stop));
        var hook = new WebhookEndpoint
        {
            Id = Guid.CreateVersion7(),
            OwnerId = Cast.Grace.Id,
            Name = "chat",
            HiddenUrl = "",
            ShownUrl = "https://chat.example/hooks/…",
            Shape = WebhookShape.Standard,
            Types = " email.failed ",
            CreatedAt = DigiHub.Tests.TestHub.Opening,
        };
        var closedOn = new LocalDate(2027, 3, 1);
        var closure = new Closure { SiteId = talk.SiteId, From = closedOn, Through = closedOn, Reason = new("Arbeiten", "Works") };
        await TestHub.Lay(hook, closure);
        var told = new RegisteredAnswer(talk.Id, Place: 2, "konrad@example.org", HeldUntil: (DigiHub.Tests.TestHub.Opening
            + NodaTime.Duration.FromDays(1)).ToUnixTimeSeconds()).Written(TestHub.Services.GetRequiredService<IDataProtectionProvider>());

        var import = await TestHub.Services.GetRequiredService<ReadImport>().Run(new(Cast.Alan.Id, ImportKind.Spaces, Cast.East.Id,
            "spaces.csv", "Name;Art;Etage;Plätze\nSpree;Raum;1;9\nIlse;Raum;1;vier\n"u8.ToArray()), Stop);

        var pool = (await TestHub.Services.GetRequiredService<EditPools>().Add(
            Cast.Alan.Id, Cast.East.Id, new("Am Fenster", "By the window"), SpaceKind.Desk, Stop)).Value;
        await TestHub.Services.GetRequiredService<EditPools>().SetMembers(Cast.Alan.Id, pool.Id, [Cast.Desk.Id], null, Stop);
        var series = (await TestHub.Services.GetRequiredService<BookSeries>().Run(new()
        {
            ActorId = Cast.Ada.Id,
            SpaceId = Cast.Panke.Id,
            From = new(2026, 11, 24),
            Pattern = new() { Kind = RecurrenceKind.Weekly, Weekdays = [IsoDayOfWeek.Tuesday], Count = 3 },
            Times = SeriesTimes.Between(new(14, 0), new(15, 0)),
        }, Stop)).Series;
        var booked = (await TestHub.Services.GetRequiredService<BookSpace>().Run(new()
        {
            ActorId = Cast.Ada.Id,
            SpaceId = Cast.Spree.Id,
            When = When.Between(new(2026, 11, 26, 9, 0), new(2026, 11, 26, 10, 0)),
        }, Stop)).Value;
        string[] paths =
        [
            .. SitePages.All.Where(page => page.IsPlain).Select(page => page.Route),
            .. links.Select(link => new Uri(link).PathAndQuery).Where(path => !path.StartsWith("/feeds/", StringComparison.Ordinal)),
            $"/events/{talk.Slug}", $"/events/{talk.Slug}/registered?answer={told}",
            $"/admin/closures/{closure.Id}", "/admin/sites/east", "/admin/sites/east/hours",
            "/admin/sites/east/details", "/admin/sites/west/retire", $"/admin/spaces?ids={Cast.Spree.Id}",
            $"/admin/spaces/retire?ids={Cast.Spree.Id}", "/admin/rules", "/admin/rules/new", $"/admin/rules/{Cast.RoomRules.Id}",
            $"/bookings/series/{series.Id}", $"/bookings/series/{series.Id}/change",
            $"/bookings/series/{series.Id}/change?repeat=Daily&every=2&count=3&start=15:00&end=16:00",
            $"/bookings/{booked.Id}", $"/bookings/{booked.Id}/swap", $"/bookings/{booked.Id}/hand-over",
            "/bookings/absence?from=2026-12-01&until=2026-12-31",
            $"/door/{Cast.Spree.Id}", "/lobby/east", $"/rooms/{Cast.Spree.Id}?day=2026-11-24", "/rooms?all=true&day=2026-11-24",
            "/rooms?day=2026-11-24&show=grid",
            "/my-bookings?view=week&day=2026-11-24", "/my-bookings?view=month&day=2026-12-01", "/my-bookings?view=past",
            "/palette?q=Raum+4+14:00", "/palette?q=xyzzy",
            $"/s/{Cast.Spree.Id}", $"/s/{Cast.Desk.Id}", $"/admin/floors/{Cast.Desk.FloorId}/codes",
            $"/bookings/series/new?space={Cast.Panke.Id}&day=2026-12-01&start=14:00&end=15:00&repeat=Weekly&count=5",
            $"/admin/pools/{pool.Id}", $"/book?pool={pool.Id}",
            $"/admin/people/{Cast.Bob.Id}",
            $"/admin/organisations/{Cast.Startup.Slug}", $"/organisation/{Cast.Startup.Slug}/people/{Cast.Ada.Id}",
            $"/organise/{draft.Id}", $"/organise/{talk.Id}", $"/organise/{talk.Id}/cancel", $"/organise/{talk.Id}/emails",
            $"/organise/{talk.Id}/registrations", $"/organise/{talk.Id}/schedule", $"/admin/outbox/{notification}", $"/webhooks/{hook.Id}",
            $"/admin/import/{import.Value.Id}", "/admin/settings/mail",
            $"/admin/floors/{Cast.Desk.FloorId}/plan", $"/admin/floors/{Cast.Desk.FloorId}/plan/publish",
            $"/emails/{ReminderNotifications.OfEvent}", $"/book?space={Cast.Desk.Id}", $"/book?space={Cast.Spree.Id}",
        ];
        List<(string Path, Member? Who)> sights = [.. paths.Distinct(StringComparer.Ordinal)
            .Select(path => (Path: path, Page: PageOf(path)))
            .Where(found => found.Page is not null && !elsewhere.Contains(found.Page.Route))
            .Select(found => (found.Path, WhoFor(found.Page!)))];
        Assert.Empty(SitePages.All.Where(page => !elsewhere.Contains(page.Route) && !sights.Exists(sight => Fits(page, sight.Path)))
            .Select(page => page.Route));

        // What those who work here see of pages for everybody.
        sights.AddRange([($"/events/{talk.Slug}", Cast.Grace), ("/", Cast.Alan), ("/approvals", Cast.Alan),
            ("/palette?q=einstellungen", Cast.Alan),
            ($"/door/{Cast.Spree.Id}", Cast.Alan), ($"/door/{Cast.Panke.Id}?look=ink", Cast.Alan), ("/lobby/east", Cast.Alan),
            ("/events", Cast.Grace), ("/", Cast.Ada), ($"/events/{talk.Slug}", Cast.Ada)]);
        return sights;
    }

    private static SitePage? PageOf(string path) =>
        SitePages.All.Where(page => Fits(page, path)).MinBy(page => page.Route.Count(sign => sign == '{'));

    private static bool Fits(SitePage page, string path) =>
        Regex.IsMatch(path.Split('?')[0], $"^{Regex.Replace(page.Route, @"\{[^}]+\}", "[^/]+", RegexOptions.NonBacktracking)}$",
            RegexOptions.NonBacktracking);

    private Member? WhoFor(SitePage page) =>
        page.IsPublic ? null : page.Component
            .GetCustomAttributes(typeof(AuthorizeAttribute), inherit: false).Cast<AuthorizeAttribute>().Single().Policy switch
        {
            nameof(Permission.HostEvents) or nameof(Permission.ManageWebhooks) => Cast.Grace,
            nameof(Permission.RunFrontDesk) => Cast.Frieda,
            not null and not Policies.Member => Cast.Alan,
            _ => page.Route.StartsWith("/organise", StringComparison.Ordinal) ? Cast.Grace : Cast.Ada,
        };
}
