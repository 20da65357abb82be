namespace DigiHub.Web.Components;

/// <summary>One of a select's options or of a row of chips.</summary>
public sealed record Choice(string Value, string Text)
{
    public bool Disabled { get; init; }
}
