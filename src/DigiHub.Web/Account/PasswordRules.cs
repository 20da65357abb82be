using System.Text;
using System.Text.RegularExpressions;
using DigiHub.Members;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace DigiHub.Web.Account;

/// <summary>
/// What a password must be (NIST SP 800-63B-4, 3.1.1.2; ASVS 6.2.4, 6.2.12): long, and not found by the guesses that are tried first. No
/// demands for digits or symbols and no expiry: both make people choose worse ones.
/// </summary>
public sealed partial class PasswordRules(IOptions<HubSettings> settings) : IPasswordValidator<Member>
{
    public const int LengthMin = 15;
    public const int LengthMax = 128;

    /// <summary>
    /// Ten thousand million guesses, the best mark of zxcvbn: a year and more of a fast machine against one of our hashes.
    /// </summary>
    private const double GuessBitsMin = 33.2;

    /// <summary>
    /// Only this many characters are judged: judging takes the square of the length, and more characters only make it stronger.
    /// </summary>
    private const int JudgedMax = 64;

    /// <summary>The shortest word that counts as known: shorter ones stand in other words by chance.</summary>
    private const int WordMin = 3;

    /// <summary>
    /// zxcvbn knows English; these are the German words that passwords are made of, and lines that every article on them quotes.
    /// </summary>
    private static readonly string[] KnownWords =
    [
        "digihub", "digitalhub", "hub", "berlin", "passwort", "kennwort", "geheim", "willkommen", "hallo", "schatz", "ichliebedich",
        "fussball", "fußball", "deutschland", "hamburg", "münchen", "köln", "frankfurt", "bayern", "schalke", "sommer", "winter",
        "herbst", "frühling", "januar", "februar", "märz", "april", "juni", "juli", "august", "september", "oktober", "november",
        "dezember", "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag", "mein", "das", "ist", "qwertzuiop",
        "correcthorsebatterystaple", "korrektpferdbatterieheftklammer", "tobeornottobe", "ichbineinberliner",
    ];

    /// <summary>Null if the password may be used by somebody of that name and address at the hub of that name.</summary>
    public static Refusal? WhyNot(string password, string name, string email, string hubName)
    {
        var length = password.EnumerateRunes().Count();
        if (length < LengthMin)
            return No("password_short",
                $"Choose a password of at least {LengthMin} characters, such as four words.",
                $"Wählen Sie ein Passwort aus mindestens {LengthMin} Zeichen, zum Beispiel vier Wörter.",
                $"Wähle ein Passwort aus mindestens {LengthMin} Zeichen, zum Beispiel vier Wörter.");
        if (length > LengthMax)
            return No("password_long",
                $"Choose a password of at most {LengthMax} characters.",
                $"Wählen Sie ein Passwort aus höchstens {LengthMax} Zeichen.",
                $"Wähle ein Passwort aus höchstens {LengthMax} Zeichen.");
        if (GuessBits(password, name, email, hubName) < GuessBitsMin)
            return No("password_common",
                "This password is easy to guess. Choose words that have nothing to do with you or the hub, and use each only once.",
                "Dieses Passwort ist leicht zu erraten. Wählen Sie Wörter, "
                    + "die nichts mit Ihnen oder dem Hub zu tun haben, und jedes nur einmal.",
                "Dieses Passwort ist leicht zu erraten. Wähle Wörter, die nichts mit dir oder dem Hub zu tun haben, und jedes nur einmal.");
        return null;
    }

    public Task<IdentityResult> ValidateAsync(UserManager<Member> manager, Member user, string? password) =>
        Task.FromResult(WhyNot(password ?? "", user.Name, user.Email, settings.Value.Name) is { } refusal
            ? IdentityResult.Failed(new IdentityError { Code = refusal.Code, Description = refusal.Message.Here })
            : IdentityResult.Success);

    /// <summary>The guesses it takes, as a power of two: of all ways to read the password, the one that is found first.</summary>
    private static double GuessBits(string password, string name, string email, string hubName)
    {
        // Made for this one password: its lists take ten megabytes, and passwords are changed a few times a day.
        var judge = new Zxcvbn.Zxcvbn();
        string[] words = [.. KnownWords.Concat(PersonalWords(name, email, hubName)).Distinct(StringComparer.Ordinal)];
        var plain = Plain(password);
        var notifications = string.Concat(plain.Where(char.IsLetter));
        var bits = Math.Min(Judge(password), Math.Min(Judge(plain), Judge(Once(plain))));
        // "Summer2025Summer2026": one word twice, and digits.
        return Once(notifications) == notifications
            ? bits
            : Math.Min(bits, Judge(Once(notifications)) + Judge(string.Concat(plain.Where(char.IsDigit))));

        double Judge(string text) =>
            text.Length == 0 ? 0 : judge.EvaluatePassword(text.Length > JudgedMax ? text[..JudgedMax] : text, words).Entropy;
    }

    private static IEnumerable<string> PersonalWords(string name, string email, string hubName) =>
        new[] { name, hubName, email }
            .Concat(name.Split(' ', '-')).Concat(hubName.Split(' ', '-')).Concat(email.Split('@', '.', '-', '_', '+'))
            .Select(Plain).Where(word => word.Length >= WordMin);

    /// <summary>Without case, blanks and the signs people sprinkle in: "Pass-Word 123" is "password123".</summary>
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var sign in Signs.Normal(text, NormalizationForm.FormKC))
        {
            if (char.IsLetterOrDigit(sign))
                plain.Append(char.ToLowerInvariant(sign));
        }

        return plain.Length > JudgedMax ? plain.ToString(0, JudgedMax) : plain.ToString();
    }

    /// <summary>What is said twice, said once: writing it again takes one guess more.</summary>
    private static string Once(string text) => Framed().Replace(Repeated().Replace(text, "${unit}${sign}"), "${frame}${inside}");

    [GeneratedRegex(@"(?<unit>.{3,}?)\k<unit>+|(?<sign>.)\k<sign>{2,}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Repeated();

    [GeneratedRegex(@"^(?<frame>.{4,})(?<inside>.+)\k<frame>$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Framed();

    private static Refusal No(string code, string english, string german, string? familiar = null) =>
        new(code, new Words(english, german, familiar)) { Field = "newPassword" };
}
