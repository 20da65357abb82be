namespace DigiHub.Data;

/// <summary>Signals for the jobs after a commit that left them work. It may signal once for many commits.</summary>
public interface IJobSignal
{
    void Signal();
}
