namespace DigiHub.Web.Components;

/// <summary>Settings as a form sends them.</summary>
public static class SettingsForm
{
    /// <summary>The name of its input: "Mail.KeepDays".</summary>
    public static string InputOf(string key) => key.Replace(':', '.');

    /// <summary>Null if the form did not send it.</summary>
    public static string? Sent(HttpRequest request, BrowserSetting setting) =>
        request.HasFormContentType && request.Form.TryGetValue(InputOf(setting.Key), out var sent) ? sent.ToString() : null;

    /// <summary>The values to store, by key; what may not be stored is among the errors.</summary>
    /// <param name="settings">Of the form, those that may be changed here.</param>
    public static Dictionary<string, string> Read(HttpRequest request, IEnumerable<BrowserSetting> settings, FormErrors errors)
    {
        Dictionary<string, string> values = [];
        var usual = new HubSettings();
        foreach (var setting in settings)
        {
            if (Sent(request, setting) is not { } sent)
                continue;
            var value = TypedText.Line(sent) ?? "";
            if (setting.WhyNot(value) is { } refusal)
                errors.Add(refusal, InputOf);
            // A form sends all that it shows; a default is stored as nothing, or saving anything would store it.
            values[setting.Key] = value == setting.Of(usual) ? "" : value;
        }

        return values;
    }
}
