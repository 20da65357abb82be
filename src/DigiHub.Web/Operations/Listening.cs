namespace DigiHub.Web.Operations;

/// <summary>Where the server will listen, as the configuration has it; in the order in which Kestrel asks.</summary>
internal static class Listening
{
    /// <summary>Empty where nothing is said: Kestrel then takes localhost.</summary>
    public static IReadOnlyList<string> Addresses(IConfiguration configuration)
    {
        List<string> endpoints = [.. configuration.GetSection("Kestrel:Endpoints").GetChildren()
            .Select(endpoint => endpoint["Url"]).OfType<string>()];
        if (endpoints.Count > 0)
            return endpoints;
        if (Split(configuration["urls"]) is { Count: > 0 } urls)
            return urls;
        return [.. Split(configuration["http_ports"]).Select(port => $"http://*:{port}"),
            .. Split(configuration["https_ports"]).Select(port => $"https://*:{port}")];
    }

    /// <summary>True for an address that only this machine reaches.</summary>
    public static bool IsForThisMachine(string address) =>
        address.StartsWith("http://unix:", StringComparison.OrdinalIgnoreCase)
            || address.StartsWith("http://pipe:", StringComparison.OrdinalIgnoreCase)
        || Uri.TryCreate(address, UriKind.Absolute, out var url) && url.IsLoopback;

    public static bool IsHttps(string address) => address.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    private static List<string> Split(string? text) =>
        [.. (text ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
}
