namespace DigiHub.Mail;

/// <summary>State shared by the workers of one run.</summary>
internal sealed class DeliveryRun
{
    private int sent;
    private int gone;
    private int deferred;

    public int Sent => sent;

    public bool IsRelayGone => Volatile.Read(ref gone) != 0;

    public void CountSent()
    {
        Interlocked.Increment(ref sent);
        Volatile.Write(ref deferred, 0);
    }

    /// <summary>How many in a row the relay has put off.</summary>
    public int CountDeferred() => Interlocked.Increment(ref deferred);

    /// <summary>True for the first worker to notice.</summary>
    public bool RelayIsGone() => Interlocked.Exchange(ref gone, 1) == 0;
}
