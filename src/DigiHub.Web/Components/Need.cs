namespace DigiHub.Web.Components;

/// <summary>Something that a person has to look after.</summary>
/// <param name="IsBad">Something does not work, or cannot begin, until it is done.</param>
/// <param name="Href">Where it is done.</param>
/// <param name="Button">Null: for a reader who may see it but not do it.</param>
public sealed record Need(bool IsBad, Words What, Words Why, string Href, Words? Button);
