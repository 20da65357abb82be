using DigiHub.Access;
using DigiHub.Opening;
using DigiHub.Web.Account;
using DigiHub.Web.Api;
using DigiHub.Web.Reader;

namespace DigiHub.Web.Operations;

/// <summary>The settings in force, and changing those that may be changed while the hub runs.</summary>
internal static class SettingsApi
{
    public static void MapSettingsApi(this RouteGroupBuilder api)
    {
        var settings = api.MapGroup("/settings").WithTags("Settings");
        settings.MapGet("/", (SettingsInForce inForce) => Results.Ok(new Page<SettingShape>(
                [.. inForce.All().Select(SettingShape.Of)], Next: null)))
            .RequireAuthorization(nameof(Permission.SeeSettings)).WithName("listSettings")
            .WithSummary("List every setting with its value and source. Secrets are not shown").Produces<Page<SettingShape>>();
        settings.MapPut("/{setting}", Change).RequireAuthorization(nameof(Permission.ManageSettings))
            .WithMetadata(Unversioned.Mark).WithName("changeSetting")
            .WithSummary("Change a setting, or take it back with null. All processes follow within five seconds")
            .Produces<SettingShape>();
    }

    private static async Task<IResult> Change(
        string setting, SettingInput input, HttpContext http, SettingsNow settings, SettingsInForce inForce, ChangeSettings change,
        DigiHub.Spaces.Catalogue catalogue, CancellationToken stop)
    {
        var value = TypedText.Line(input.Value) ?? "";
        if (settings.WhyNot(setting, value) is { } why)
            return why.ToProblem();
        var known = BrowserSetting.Named(setting)!;
        var outcome = await change.Run(http.User.MemberId()!.Value, new Dictionary<string, string> { [known.Key] = value }, stop);
        if (!outcome.IsDone)
            return outcome.Refusal.ToProblem();
        await catalogue.Map(stop); // which tells the settings
        return Results.Ok(SettingShape.Of(inForce.All().Single(one => one.Key == known.FullKey)));
    }
}

/// <param name="Value">As the settings file has it; null takes back what was entered.</param>
[FieldsMayBeLeftOut]
public sealed record SettingInput(string? Value = null);

/// <param name="Key">“Mail:KeepDays”.</param>
/// <param name="Value">As text; null if it is empty or a secret.</param>
/// <param name="IsSet">False: empty, by default or on purpose.</param>
/// <param name="IsChangeable">By this API and in the browser, unless something else sets it.</param>
public sealed record SettingShape(string Key, string? Value, bool IsSet, SettingSource Source, bool IsChangeable)
{
    internal static SettingShape Of(SettingInForce one) => new(
        one.Key[(HubSettings.Section.Length + 1)..], one.Value, one.IsSet, one.Source, one.Setting is not null);
}
