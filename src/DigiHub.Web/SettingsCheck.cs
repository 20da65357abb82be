using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Reflection;
using DigiHub.Notifications;
using DigiHub.Web.Mail;
using DigiHub.Web.Notifications;
using DigiHub.Web.Operations;
using Npgsql;

namespace DigiHub.Web;

/// <summary>Reads the settings and refuses unknown keys, wrong types, values out of bounds and combinations that cannot work.</summary>
public static class SettingsCheck
{
    /// <exception cref="BadSettingsException">Names every problem at once, by its key.</exception>
    public static HubSettings Read(IConfiguration configuration)
    {
        HubSettings settings;
        try
        {
            settings = configuration.GetSection(HubSettings.Section).Get<HubSettings>(binder => binder.ErrorOnUnknownConfiguration = true)
                ?? new HubSettings();
        }
        catch (InvalidOperationException unbindable)
        {
            throw new BadSettingsException(
                [unbindable.InnerException is { } cause ? $"{unbindable.Message} {cause.Message}" : unbindable.Message]);
        }

        List<string> problems =
            [.. WrongIn(settings, HubSettings.Section), .. Impossible(settings), .. TooOpen(settings, Listening.Addresses(configuration))];
        return problems.Count == 0 ? settings : throw new BadSettingsException(problems);
    }

    /// <summary>What the attributes of the settings forbid, in every section.</summary>
    private static IEnumerable<string> WrongIn(object settings, string key)
    {
        List<ValidationResult> results = [];
        Validator.TryValidateObject(settings, new ValidationContext(settings), results, validateAllProperties: true);
        foreach (var result in results)
            yield return $"{key}:{string.Join(", ", result.MemberNames)}: {result.ErrorMessage}";

        foreach (var section in settings.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.PropertyType.Namespace == typeof(HubSettings).Namespace && property.PropertyType.IsClass))
        {
            if (section.GetValue(settings) is { } inner and not IEnumerable)
            {
                foreach (var problem in WrongIn(inner, $"{key}:{section.Name}"))
                    yield return problem;
            }
        }
    }

    private static IEnumerable<string> Impossible(HubSettings settings)
    {
        var url = settings.PublicUrl;
        if (!url.IsAbsoluteUri || url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps)
            yield return "DigiHub:PublicUrl: Set the full address where people reach the hub, such as https://hub.example.org.";
        else if (url.PathAndQuery != "/")
            yield return "DigiHub:PublicUrl: Leave out the path. The hub must run at the root of its host.";
        else if (url.Scheme == Uri.UriSchemeHttp && !url.IsLoopback)
            yield return "DigiHub:PublicUrl: Must start with https, because http exposes sessions and passwords. "
                + "Use a reverse proxy with a certificate. http is for localhost only.";

        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(settings.Zone) is null)
            yield return $"DigiHub:Zone: \"{settings.Zone}\" is not an IANA time zone. Use an ID such as {HubSettings.UsualZone}.";
        if (WhyNotSigned(settings) is { } unsigned)
            yield return unsigned;

        foreach (var proxy in settings.Server.KnownProxies.Where(proxy => !IPNetwork.TryParse(proxy, out _)
            && !IPAddress.TryParse(proxy, out _)))
            yield return $"DigiHub:Server:KnownProxies: '{proxy}' is not an address (10.0.0.5) or network (10.0.0.0/24).";

        if (settings.Dns is { Server.Length: > 0, EndPoint: null })
            yield return $"DigiHub:Dns:Server: '{settings.Dns.Server}' is not an address (192.0.2.53 or 192.0.2.53:5353).";

        foreach (var address in settings.Metrics.AllowedAddresses.Where(address => !IPNetwork.TryParse(address, out _)
            && !IPAddress.TryParse(address, out _)))
            yield return $"DigiHub:Metrics:AllowedAddresses: '{address}' is not an address (10.0.0.5) or network (10.0.0.0/24).";

        if (!string.IsNullOrWhiteSpace(settings.Database.Postgres) && WhyNotPostgres(settings.Database.Postgres) is { } why)
            yield return $"DigiHub:Database:Postgres: {why} Example: Host=localhost;Database=digihub;Username=digihub;Password=...";
    }

    /// <summary>
    /// In demo mode anybody can sign in as an administrator and read every e-mail: it must not be reachable from outside.
    /// </summary>
    private static IEnumerable<string> TooOpen(HubSettings settings, IReadOnlyList<string> addresses)
    {
        if (!settings.Demo)
            yield break;
        const string Because = "the demo lets anyone in as an administrator and shows all e-mails, so it may run on this machine only. " +
            "Set DigiHub:Demo to false (the environment Development sets it to true)";
        if (settings.PublicUrl is { IsAbsoluteUri: true, IsLoopback: false })
            yield return $"DigiHub:Demo: {settings.PublicUrl} is not an address of this machine, "
                + $"and {Because}, or DigiHub:PublicUrl to http://localhost:5000.";
        foreach (var host in settings.AllowedHosts.Where(host => !Listening.IsForThisMachine($"http://{host}")))
            yield return $"DigiHub:Demo: DigiHub:AllowedHosts names {host}, and {Because}, or leave that host out.";
        foreach (var address in addresses.Where(address => !Listening.IsForThisMachine(address)))
            yield return $"DigiHub:Demo: {address} is open to other machines, and {Because}, "
                + "or listen on http://localhost:5000 (--urls, ASPNETCORE_URLS).";
    }

    private static string? WhyNotSigned(HubSettings settings)
    {
        try
        {
            DkimKey.Read(settings.Mail.Dkim, senderDomain: "");
            return null;
        }
        catch (FormatException unusable)
        {
            return unusable.Message;
        }
    }

    private static string? WhyNotPostgres(string connection)
    {
        try
        {
            var builder = new NpgsqlConnectionStringBuilder(connection);
            return string.IsNullOrEmpty(builder.Host) ? "The connection string has no Host." : null;
        }
        catch (Exception malformed) when (malformed is ArgumentException or FormatException)
        {
            return malformed.Message; // names the keyword, never its value
        }
    }
}
