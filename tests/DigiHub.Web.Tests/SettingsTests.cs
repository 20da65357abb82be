using DigiHub.Tests;
using DigiHub.Web.Tests.Cli;
using Microsoft.Extensions.Configuration;

namespace DigiHub.Web.Tests;

public sealed class SettingsTests
{
    private static readonly string Example = Path.Combine(Repository.Root, "appsettings.example.json");

    [Fact]
    public void The_example_can_be_bound_and_has_no_unknown_key()
    {
        var settings = SettingsCheck.Read(new ConfigurationBuilder().AddJsonFile(Example).Build());

        Assert.NotEmpty(settings.Name);
    }

    [Fact]
    public void The_example_has_every_setting()
    {
        var configuration = new ConfigurationBuilder().AddJsonFile(Example).Build();

        var missing =
            KeysOf(typeof(HubSettings), HubSettings.Section).Where(key => !configuration.GetSection(key).Exists() && !HasKey(key));

        Assert.Empty(missing);
    }

    [Fact]
    public void The_example_says_of_every_setting_why()
    {
        var lines = File.ReadAllLines(Example);

        var silent = lines.Where((line, index) => line.TrimStart().StartsWith('"')
            && !line.Contains("//", StringComparison.Ordinal) && !lines[index - 1].TrimStart().StartsWith("//", StringComparison.Ordinal));

        Assert.Empty(silent);
    }

    [Theory]
    [InlineData("PublicUrl", "http://hub.example.org", "https")]
    [InlineData("PublicUrl", "hub.example.org", "full address")]
    [InlineData("PublicUrl", "https://example.org/hub", "Leave out the path")]
    [InlineData("Databse", "x", "Databse")]
    [InlineData("Database:PoolMax", "many", "DigiHub:Database:PoolMax")]
    [InlineData("Database:PoolMax", "1", "DigiHub:Database:PoolMax")]
    [InlineData("Database:Postgres", "Hots=localhost", "DigiHub:Database:Postgres")]
    [InlineData("Server:KnownProxies:0", "proxy", "DigiHub:Server:KnownProxies")]
    [InlineData("Limits:WrongLinksPerMinute", "0", "DigiHub:Limits:WrongLinksPerMinute")]
    [InlineData("Name", "", "DigiHub:Name")]
    [InlineData("Zone", "Europe/Berlni", "DigiHub:Zone")]
    [InlineData("Zone", "", "DigiHub:Zone")]
    public void Refuses_what_cannot_be_meant_and_names_the_key(string key, string value, string says)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new($"{HubSettings.Section}:{key}", value)]).Build();

        var refused = Assert.Throws<BadSettingsException>(() => SettingsCheck.Read(configuration));

        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DigiHub:PublicUrl", "https://hub.example.org")]
    [InlineData("DigiHub:AllowedHosts:0", "hub.example.org")]
    [InlineData("urls", "http://0.0.0.0:5000")]
    [InlineData("urls", "http://localhost:5000;http://*:5001")]
    [InlineData("urls", "http://[::]:5000")]
    [InlineData("http_ports", "8080")]
    [InlineData("Kestrel:Endpoints:Http:Url", "http://+:5000")]
    public void Refuses_the_demo_where_other_machines_reach_it(string key, string value)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("DigiHub:Demo", "true"), new(key, value)]).Build();

        var refused = Assert.Throws<BadSettingsException>(() => SettingsCheck.Read(configuration));

        Assert.Contains("DigiHub:Demo", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DigiHub:PublicUrl", "http://localhost:5001")]
    [InlineData("DigiHub:PublicUrl", "https://127.0.0.1:5001")]
    [InlineData("DigiHub:AllowedHosts:0", "127.0.0.2")]
    [InlineData("urls", "http://localhost:5000;https://[::1]:5001;http://unix:/run/hub.sock")]
    public void Lets_the_demo_run_on_this_machine(string key, string value)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("DigiHub:Demo", "true"), new(key, value)]).Build();

        Assert.True(SettingsCheck.Read(configuration).Demo);
    }

    [Fact]
    public async Task Ends_with_78_and_no_stack_trace_at_a_wrong_setting()
    {
        var (code, text) = await HubCommand.RunAlone(null, [("PublicUrl", "http://hub.example.org")], "serve");

        Assert.Equal(78, code);
        Assert.Contains("DigiHub:PublicUrl", text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ends_with_69_and_advice_when_the_database_is_down()
    {
        var (code, text) = await HubCommand.RunAlone(
            null, [("Database:Postgres", "Host=127.0.0.1;Port=1;Database=x;Username=x;Password=secret7")], "serve");

        Assert.Equal(69, code);
        Assert.Contains("PostgreSQL cannot be used", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret7", text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("serv")]
    [InlineData("--colour=red")]
    [InlineData("member")]
    [InlineData("token", "revoke", "x")]
    public async Task Explains_itself_at_a_wrong_command(params string[] arguments)
    {
        var (code, text) = await HubCommand.Run(null, [], arguments);

        Assert.NotEqual(0, code);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        Assert.NotEmpty(text.Trim());
    }

    // An empty list leaves no key behind in the configuration; then the file's own text is asked.
    private static bool HasKey(string key) =>
        File.ReadAllText(Example).Contains($"\"{key[(key.LastIndexOf(':') + 1)..]}\":", StringComparison.Ordinal);

    private static IEnumerable<string> KeysOf(Type settings, string path) =>
        from property in settings.GetProperties().Where(property => property.SetMethod is not null)
        from key in property.PropertyType.Namespace == typeof(HubSettings).Namespace && property.PropertyType.IsClass
            ? KeysOf(property.PropertyType, $"{path}:{property.Name}")
            : [$"{path}:{property.Name}"]
        select key;
}
