namespace DigiHub.Web.Cli;

/// <summary>The result of a command: what was done, or why not. Commands speak English only.</summary>
internal static class Answer
{
    public static int Tell<T>(Outcome<T> outcome, Func<T, string> done)
    {
        if (!outcome.IsDone)
            return Refuse(outcome.Refusal);
        Console.WriteLine(done(outcome.Value));
        return CommandLine.Ok;
    }

    public static int Refuse(Refusal refusal)
    {
        Console.Error.WriteLine(refusal.Message.English);
        return refusal.IsTransient ? CommandLine.ComeLater : CommandLine.Refused;
    }

    /// <summary>The command was not understood: nothing was tried.</summary>
    public static int Misread(Refusal refusal)
    {
        Refuse(refusal);
        return CommandLine.Usage;
    }
}
