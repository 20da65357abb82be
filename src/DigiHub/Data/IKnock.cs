namespace DigiHub.Data;

/// <summary>Knocks for the jobs after a commit that left them work. It may knock once for many commits.</summary>
public interface IKnock
{
    void Knock();
}
