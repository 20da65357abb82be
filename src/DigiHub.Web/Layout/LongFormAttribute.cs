using DigiHub.Notifications;

namespace DigiHub.Web.Layout;

/// <summary>
/// The page has a form that takes long to fill in, with this id, whatever its state: what was typed there goes along when the language is
/// switched, and the page calls <see cref="LanguageSwitch.ChosenIn"/> before it acts.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class LongFormAttribute(string id) : Attribute
{
    public string Id { get; } = id;
}
