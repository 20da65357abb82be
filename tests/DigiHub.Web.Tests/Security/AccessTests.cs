using System.Net;
using System.Text;
using DigiHub.Access;
using DigiHub.Members;
using DigiHub.Spaces;
using DigiHub.Tests;
using DigiHub.Web.Tests.Fuzz;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests.Security;

/// <summary>
/// Who gets where: every endpoint, asked by everybody, with something of somebody's behind the address. An endpoint that has no row in
/// Approved/access.txt, or a row that says otherwise, fails: a new endpoint needs a row that says who has access. Review its diff.
/// </summary>
public sealed class AccessTests(SqliteDatabase database) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    private const string Head = """
        # Who gets where. The event is Grace's, the booking and the registration are Ada's, the webhook is Grace's.
        # Grace administrates the organisation, Ada and the other member belong to it.
        # in: allowed (done, or refused for what was asked). sign-in: asked to sign in. hidden: 404, as for what is not there. refused: 403.
        # nobody | disabled member | other member | Ada | other organiser | Grace | front desk | administrator | front desk of the other site | auditor

        """;

    private const string In = "in";

    private const string HeadOfSites = """
        # Where somebody gets with a role of one site; what lies behind the addresses is of the site East.
        # administrator of East | administrator of West | auditor of East

        """;

    [Fact]
    public async Task Everybody_gets_where_they_may_and_nowhere_else()
    {
        using var callers = new Callers(TestHub);
        Approved.Check("access.txt", await Matrix(callers, Head,
            () => callers.Enter(null), () => Disabled(callers), () => As(callers, Cast.Bob), () => callers.Enter(Cast.Ada),
            () => As(callers, Cast.Bob, Role.Organiser), () => callers.Enter(Cast.Grace), () => callers.Enter(Cast.Frieda),
            () => callers.Enter(Cast.Alan), () => At(callers, Cast.West.Id, Role.FrontDesk), () => As(callers, Cast.Bob, Role.Auditor)));
    }

    /// <summary>Section 6 of running a hub: each site names its operator, whose administrators see nothing of the others.</summary>
    [Fact]
    public async Task Who_answers_for_one_site_gets_to_what_is_of_that_site_and_nowhere_else()
    {
        using var callers = new Callers(TestHub);
        Approved.Check("access-of-sites.txt", await Matrix(callers, HeadOfSites,
            () => At(callers, Cast.East.Id, Role.Administrator), () => At(callers, Cast.West.Id, Role.Administrator),
            () => At(callers, Cast.East.Id, Role.Auditor)));
    }

    /// <summary>A row for each endpoint, a column for each of these.</summary>
    private async Task<string> Matrix(Callers callers, string head, params Func<Task<Callers.Caller>>[] columns)
    {
        var data = new FuzzRows(TestHub, isEmpty: false);
        await data.Write();
        var operations = new HubOperations(TestHub, data);
        var asked = await operations.Endpoints(callers);
        var rows = asked.ToDictionary(one => one, _ => new StringBuilder());

        foreach (var column in columns)
        {
            var visitor = await column();
            await data.Write();
            foreach (var one in asked)
            {
                var answer = await Answer(one, operations, data, visitor);
                rows[one].Append(" | ").Append(answer);
                if (answer == In && !one.IsSafe)
                    await data.Write();
                if (one.Pattern.EndsWith("sign-out", StringComparison.Ordinal))
                    visitor = await column();
            }
        }

        return head + string.Join('\n', rows.Select(row => row.Key.Name + row.Value).Order(StringComparer.Ordinal)) + "\n";
    }

    private async Task<Callers.Caller> As(Callers callers, Member member, params Role[] roles)
    {
        await using (var db = TestHub.OpenDb())
            await Cast.GiveRoles(db, member, roles);
        return await callers.Enter(member);
    }

    private async Task<Callers.Caller> At(Callers callers, int siteId, Role role)
    {
        await As(callers, Cast.Bob);
        await TestHub.Services.GetRequiredService<GrantRoles>().Run(new(Cast.Bob.Id, [role], ActorId: null, siteId), Stop);
        return await callers.Enter(Cast.Bob);
    }

    private async Task<Callers.Caller> Disabled(Callers callers)
    {
        var visitor = await callers.Enter(Cast.Bob);
        await using var db = TestHub.OpenDb();
        await db.Members.Where(one => one.Id == Cast.Bob.Id)
            .ExecuteUpdateAsync(row => row.SetProperty(one => one.DisabledAt, TestHub.Clock.GetCurrentInstant()), Stop);
        return visitor with { FormToken = await Callers.TokenOn(visitor.Browser, "/sign-in") }; // the forms they see now
    }

    [Fact]
    public async Task A_hub_with_nothing_in_it_answers_everybody_calmly()
    {
        await using (var db = TestHub.OpenDb())
        {
            await TestDatabase.Empty(db);
            db.Members.Add(Cast.Alan);
            await db.SaveChangesAsync(Stop);
            await Cast.GiveRoles(db, Cast.Alan, Role.Administrator);
        }

        TestHub.Clock.AdvanceSeconds(1); // past the moment in which the catalogue is not looked at again
        using var callers = new Callers(TestHub);
        var data = new FuzzRows(TestHub, isEmpty: true);
        await data.Write();
        var operations = new HubOperations(TestHub, data);
        List<string> faults = [];

        foreach (var visitor in new[] { await callers.Enter(null), await callers.Enter(Cast.Alan) })
            foreach (var one in await operations.Endpoints(callers))
                if (await Status(one, operations, data, visitor) is var status and >= 500)
                    faults.Add($"{one.Name}: {status} {TestHub.Log.LastOrDefault(line => line.Exception is not null)}");

        Assert.Empty(faults);
    }

    private async Task<string> Answer(Operation one, HubOperations operations, FuzzRows data, Callers.Caller visitor)
    {
        using var answer = await Ask(one, operations, data, visitor);
        return (int)answer.StatusCode switch
        {
            401 => "sign-in",
            302 when answer.Headers.Location!.OriginalString.StartsWith("/sign-in", StringComparison.Ordinal) => "sign-in",
            403 => "refused",
            404 => "hidden",
            < 500 => In,
            var status => status.ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
    }

    private static async Task<int> Status(Operation one, HubOperations operations, FuzzRows data, Callers.Caller visitor)
    {
        using var answer = await Ask(one, operations, data, visitor);
        return (int)answer.StatusCode;
    }

    private static async Task<HttpResponseMessage> Ask(Operation one, HubOperations operations, FuzzRows data, Callers.Caller visitor)
    {
        var path = operations.PathOf(one, parameter => data.ValueOf(one.Pattern, parameter))
            + (one.Pattern.TrimStart('/') == "book" ? $"?space={data.Space}" : "");
        using var request = new HttpRequestMessage(new HttpMethod(one.Method), path);
        if (one.Pattern.StartsWith("api/v1", StringComparison.Ordinal))
        {
            request.Headers.TryAddWithoutValidation("If-Match", "*");
            if (!one.IsSafe)
                request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
            return await visitor.Program.SendAsync(request, Stop);
        }

        if (!one.IsSafe)
            request.Content = new FormUrlEncodedContent([new("__RequestVerificationToken", visitor.FormToken)]);
        return await visitor.Browser.SendAsync(request, Stop);
    }
}
