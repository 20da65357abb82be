using System.ComponentModel.DataAnnotations;

namespace DigiHub.Web;

/// <summary>Every setting of the hub, bound from the section "DigiHub" and checked at start.</summary>
public sealed class HubSettings
{
    public const string Section = "DigiHub";

    /// <summary>The address at which people reach the hub; all links in letters begin with it.</summary>
    [Required]
    public Uri PublicUrl { get; init; } = new("http://localhost:5000");

    /// <summary>What the hub is called on its pages and in its letters.</summary>
    [Required, StringLength(60)]
    public string Name { get; init; } = "DigiHub";

    /// <summary>Demo mode seeds made-up data on first start, shows its cast on the sign-in page and opens the mail viewer.</summary>
    public bool Demo { get; init; }

    [Required]
    public DatabaseSettings Database { get; init; } = new();

    [Required]
    public AccountSettings Account { get; init; } = new();

    /// <summary>Where files are kept: the SQLite database, letters of the pickup folder.</summary>
    [Required]
    public string DataFolder { get; init; } = "data";
}

public sealed class DatabaseSettings
{
    /// <summary>An Npgsql connection string; empty for SQLite in the data folder.</summary>
    public string? Postgres { get; init; }

    /// <summary>PostgreSQL connections of this process at most.</summary>
    [Range(2, 200)]
    public int PoolMax { get; init; } = 16;
}

/// <summary>How long a sign-in lasts.</summary>
public sealed class AccountSettings
{
    /// <summary>Hours without a request after which a session is over.</summary>
    [Range(1, 720)]
    public int SessionIdleHours { get; init; } = 12;

    /// <summary>Days after which a session is over however busy it was.</summary>
    [Range(1, 365)]
    public int SessionDays { get; init; } = 30;

    /// <summary>The same for administrators, in minutes.</summary>
    [Range(5, 1440)]
    public int AdministratorIdleMinutes { get; init; } = 60;

    /// <summary>The same for administrators, in hours.</summary>
    [Range(1, 720)]
    public int AdministratorHours { get; init; } = 12;
}
