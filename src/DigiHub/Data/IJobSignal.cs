namespace DigiHub.Data;

/// <summary>Signals the jobs after a commit that added work for them. May signal once for many commits.</summary>
public interface IJobSignal
{
    void Signal();
}
