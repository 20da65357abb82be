using System.Collections;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;

namespace DigiHub.Web.Operations;

/// <summary>Where a setting's value comes from; what is named first comes first.</summary>
public enum SettingSource { CommandLine, Environment, File, Browser, Default }

/// <param name="Key">"DigiHub:Mail:KeepDays".</param>
/// <param name="Value">As text; of a secret only whether it is set. Null: empty.</param>
/// <param name="File">Its name, where a file has it.</param>
public sealed record SettingInForce(string Key, string? Value, bool IsSecret, SettingSource Source, string? File = null)
{
    /// <summary>False: empty, by default or on purpose.</summary>
    public bool IsSet { get; init; }

    /// <summary>How it is changed in the browser; null where it is not.</summary>
    public BrowserSetting? Setting { get; init; }

    /// <summary>"Mail"; empty for those of the hub itself.</summary>
    public string Section => Key.Split(':') is [_, var section, _, ..] ? section : "";
}

/// <summary>
/// Every setting with its value and its source, without secrets: what an administrator looks at before they change anything.
/// </summary>
public sealed class SettingsInForce(IConfiguration configuration, SettingsNow settings)
{
    private static readonly string[] secrets = ["Password", "Token", "Postgres"];

    public IReadOnlyList<SettingInForce> All() => [.. Of(settings.Value, HubSettings.Section).Select(InBrowser)];

    private IEnumerable<SettingInForce> Of(object section, string key)
    {
        foreach (var property in section.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite))
        {
            var (value, path) = (property.GetValue(section), $"{key}:{property.Name}");
            if (value is not null and not IEnumerable && property.PropertyType.IsClass
                && property.PropertyType.Namespace == typeof(HubSettings).Namespace)
            {
                foreach (var inner in Of(value, path))
                    yield return inner;
                continue;
            }

            var isSecret = secrets.Contains(property.Name, StringComparer.Ordinal);
            var (source, file) = SourceOf(path);
            yield return new SettingInForce(path, isSecret ? null : Text(value), isSecret, source, file)
            {
                IsSet = Text(value) is { Length: > 0 },
            };
        }
    }

    private SettingInForce InBrowser(SettingInForce one)
    {
        var setting = BrowserSetting.All.FirstOrDefault(setting => setting.FullKey == one.Key);
        if (setting is null)
            return one;
        var isEntered = !settings.IsFixed(setting) && settings.Stored.TryGetValue(setting.Key, out var value)
            && setting.Of(settings.Value) == value;
        return one with { Setting = setting, Source = isEntered ? SettingSource.Browser : one.Source };
    }

    /// <summary>The last provider that has a value wins.</summary>
    private (SettingSource Source, string? File) SourceOf(string key)
    {
        foreach (var provider in ((IConfigurationRoot)configuration).Providers.Reverse())
        {
            if (!provider.TryGet(key, out _) && !provider.GetChildKeys([], key).Any())
                continue;
            return provider switch
            {
                CommandLineConfigurationProvider => (SettingSource.CommandLine, null),
                EnvironmentVariablesConfigurationProvider => (SettingSource.Environment, null),
                JsonConfigurationProvider json => (SettingSource.File, Path.GetFileName(json.Source.Path)),
                _ => (SettingSource.CommandLine, null),
            };
        }

        return (SettingSource.Default, null);
    }

    private static string? Text(object? value) => value switch
    {
        null => null,
        string text => text,
        bool truth => truth ? "true" : "false",
        IEnumerable list => string.Join(", ", list.Cast<object>().Select(one => Text(one))),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
