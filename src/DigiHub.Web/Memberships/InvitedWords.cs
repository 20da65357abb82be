using DigiHub.Memberships;
using DigiHub.Web.Components;

namespace DigiHub.Web.Memberships;

/// <summary>What was done about invitations, as the next page says it: counts only, in its address.</summary>
internal static class InvitedWords
{
    /// <summary>"invited-3-1": three e-mails are on their way, one belongs there already.</summary>
    public static string Written(PeopleInvited invited) => string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"invited-{invited.Emails}-{invited.Addresses.Count - invited.Emails}");

    /// <summary>Null for anything else.</summary>
    public static Words? Of(string? did) => did?.Split('-') switch
    {
        ["invited", var emails, var members] when FormParse.Number(emails) is { } sent && FormParse.Number(members) is { } there =>
            Of(sent, there),
        ["renewed"] => new("Invited again: 14 days from now.", "Erneut eingeladen: 14 Tage ab jetzt."),
        ["declined"] => new("Declined.", "Abgelehnt."),
        ["withdrawn"] => new("Withdrawn. The link no longer works.", "Zurückgezogen. Der Link gilt nicht mehr."),
        _ => null,
    };

    private static Words Of(int sent, int there)
    {
        var emails = sent == 1
            ? new Words("1 invitation is on its way.", "1 Einladung ist unterwegs.")
            : new Words($"{sent} invitations are on their way.", $"{sent} Einladungen sind unterwegs.");
        return there == 0 ? emails : new(
            $"{emails.English} Left out, because they belong here already: {there}.",
            $"{emails.German} Ausgelassen, weil sie schon dazugehören: {there}.");
    }
}
