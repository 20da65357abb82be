using System.Xml.Linq;
using DigiHub.Data;
using DigiHub.Keys;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace DigiHub.Web.Keys;

/// <summary>
/// Keeps the keys of ASP.NET Core's data protection in the hub's database, so that all its processes share them and a form
/// opened before a restart can still be sent after it. They are stored unencrypted: anyone with access to the database can also read
/// what they protect.
/// </summary>
internal sealed class KeyRing(HubDbFactory databases, IClock clock) : IXmlRepository
{
    private const string Prefix = "ring:";

    // The interface is synchronous; it is called when a key is created or the ring is reloaded, about once a day.
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var db = databases.Open();
        var texts = db.Keys.AsNoTracking().Where(key => key.Name.StartsWith(Prefix)).Select(key => key.Text).ToList();
        return [.. texts.Select(text => XElement.Parse(text))];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var db = databases.Open();
        db.Keys.Add(new StoredKey
        {
            Name = Prefix + friendlyName,
            Text = element.ToString(SaveOptions.DisableFormatting),
            CreatedAt = clock.GetCurrentInstant(),
        });
        db.SaveChanges();
    }
}

public static class KeyRingSetup
{
    public static void AddKeyRing(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("DigiHub");
        services.AddSingleton<KeyRing>();
        services.AddOptions<KeyManagementOptions>().Configure<KeyRing>((management, ring) => management.XmlRepository = ring);
        // Suppresses the warning about keys that are not encrypted at rest: that is on purpose, see KeyRing.
        services.AddLogging(logging =>
            logging.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error));
    }
}
