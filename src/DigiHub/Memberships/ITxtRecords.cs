namespace DigiHub.Memberships;

/// <summary>Asks the domain name system.</summary>
public interface ITxtRecords
{
    /// <summary>
    /// The texts of the TXT records of a host, of a bounded number; none if the name servers say so. Null if they did not answer in time.
    /// </summary>
    Task<IReadOnlyList<string>?> Of(string host, CancellationToken stop);
}
