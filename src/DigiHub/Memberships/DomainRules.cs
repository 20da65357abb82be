using System.Collections.Frozen;
using DigiHub.Text;

namespace DigiHub.Memberships;

/// <summary>What may be a domain of an organisation.</summary>
internal static class DomainRules
{
    /// <summary>Hosts of mailboxes for everybody, and names below which anybody registers theirs: FreeMailHosts.txt says which.</summary>
    private static readonly Lazy<FrozenSet<string>> open = new(Read);

    /// <summary>
    /// The domain in ASCII and small letters. Refuses with domain_invalid and domain_open, for hosts of mailboxes for everybody and names
    /// below which anybody registers.
    /// </summary>
    public static Outcome<string> Parse(string? typed)
    {
        var text = typed is null ? "" : Signs.Trim(typed).TrimStart('@').TrimEnd('.');
        // A host is good where a mailbox can be at it: the same reading as of addresses, with which it is compared.
        if (text.Length == 0 || !EmailAddress.TryParse($"a@{text}", out var address)
            || address.Domain.Length > OrganisationDomain.DomainMax)
            return Invalid;
        return IsOpen(address.Domain) ? Open : address.Domain;
    }

    /// <summary>Below a mail host there are no organisations either; below a name like co.uk there are.</summary>
    private static bool IsOpen(string domain)
    {
        if (open.Value.Contains(domain))
            return true;
        for (var dot = domain.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = domain.IndexOf('.', dot + 1))
        {
            if (open.Value.Contains("*" + domain[dot..]))
                return true;
        }

        return false;
    }

    private static FrozenSet<string> Read()
    {
        using var stream = typeof(DomainRules).Assembly.GetManifestResourceStream("FreeMailHosts.txt")
            ?? throw new InvalidOperationException("FreeMailHosts.txt is not part of the program.");
        using var reader = new StreamReader(stream);
        HashSet<string> all = new(StringComparer.Ordinal);
        var mailHosts = true;
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
            {
                mailHosts &= !line.StartsWith("# Names below which", StringComparison.Ordinal);
                continue;
            }

            foreach (var host in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                all.Add(host);
                if (mailHosts)
                    all.Add("*." + host);
            }
        }

        return all.ToFrozenSet(StringComparer.Ordinal);
    }

    public static Refusal Taken { get; } = new("domain_taken", new(
        "Another organisation has proven that this domain is theirs. Ask the front desk if that is wrong.",
        "Eine andere Organisation hat nachgewiesen, dass ihr diese Domain gehört. Wenden Sie sich an den Empfang, falls das nicht stimmt.",
        "Eine andere Organisation hat nachgewiesen, dass ihr diese Domain gehört. Wende dich an den Empfang, falls das nicht stimmt."))
    { Field = "domain" };

    public static Refusal Known { get; } = new("domain_known", new(
        "This domain is in your list already.", "Diese Domain steht schon in Ihrer Liste.", "Diese Domain steht schon in deiner Liste."))
    { Field = "domain" };

    public static Refusal TooMany { get; } = new("too_many_domains", new(
        $"An organisation has at most {OrganisationDomain.CountMax} domains. Remove one first.",
        $"Eine Organisation hat höchstens {OrganisationDomain.CountMax} Domains. Entfernen Sie zuerst eine.",
        $"Eine Organisation hat höchstens {OrganisationDomain.CountMax} Domains. Entferne zuerst eine."))
    { Field = "domain" };

    public static Refusal CheckedJustNow { get; } = new("checked_just_now", new(
        $"We have just looked. Try again in {OrganisationDomain.CheckPause.Seconds} seconds.",
        $"Wir haben gerade erst nachgesehen. Versuchen Sie es in {OrganisationDomain.CheckPause.Seconds} Sekunden noch einmal.",
        $"Wir haben gerade erst nachgesehen. Versuch es in {OrganisationDomain.CheckPause.Seconds} Sekunden noch einmal."))
    { Field = "domain" };

    private static Refusal Invalid { get; } = new("domain_invalid", new(
        "Enter a domain such as example.org, without http and without anything behind it.",
        "Geben Sie eine Domain wie example.org ein, ohne http und ohne etwas dahinter.",
        "Gib eine Domain wie example.org ein, ohne http und ohne etwas dahinter."))
    { Field = "domain" };

    private static Refusal Open { get; } = new("domain_open", new(
        "Anybody can have an address there, so it can’t stand for an organisation. Enter a domain of your own.",
        "Dort kann sich jeder eine Adresse anlegen, sie kann also nicht für eine Organisation stehen. "
            + "Geben Sie eine eigene Domain ein.",
        "Dort kann sich jeder eine Adresse anlegen, sie kann also nicht für eine Organisation stehen. Gib eine eigene Domain ein."))
    { Field = "domain" };
}
