using System.Collections.Frozen;
using System.Text;
using DigiHub.Members;
using Microsoft.AspNetCore.Identity;

namespace DigiHub.Web.Account;

/// <summary>
/// What a password must be (NIST SP 800-63B-4, 3.1.1.2): long, and not what everybody tries first. No demands for digits or
/// symbols and no expiry: both make people choose worse ones.
/// </summary>
public sealed class PasswordRules : IPasswordValidator<Member>
{
    public const int LengthMin = 15;
    public const int LengthMax = 128;

    /// <summary>The shortest word of which a password may not mainly consist.</summary>
    private const int WordMin = 3;

    private static readonly FrozenSet<string> Common = ReadCommon();

    private static readonly string[] HouseWords = ["digihub", "digitalhub", "berlin", "passwort", "password", "kennwort"];

    /// <summary>Null if the password may be used by somebody of that name and address.</summary>
    public static Refusal? WhyNot(string password, string name, string email)
    {
        var length = password.EnumerateRunes().Count();
        if (length < LengthMin)
            return No("password_short", $"Choose a password of at least {LengthMin} characters, such as four words.", $"Wählen Sie ein Passwort aus mindestens {LengthMin} Zeichen, zum Beispiel vier Wörter.");
        if (length > LengthMax)
            return No("password_long", $"Choose a password of at most {LengthMax} characters.", $"Wählen Sie ein Passwort aus höchstens {LengthMax} Zeichen.");
        if (IsCommon(password, name, email))
            return No("password_common", "This password is easy to guess. Choose words that have nothing to do with you or with the hub.", "Dieses Passwort ist leicht zu erraten. Wählen Sie Wörter, die nichts mit Ihnen oder dem Hub zu tun haben.");
        return null;
    }

    public Task<IdentityResult> ValidateAsync(UserManager<Member> manager, Member user, string? password) =>
        Task.FromResult(WhyNot(password ?? "", user.Name, user.Email) is { } refusal
            ? IdentityResult.Failed(new IdentityError { Code = refusal.Code, Description = refusal.Message.Here })
            : IdentityResult.Success);

    private static bool IsCommon(string password, string name, string email)
    {
        var plain = Plain(password);
        if (Common.Contains(plain) || IsOneThingAgainAndAgain(plain) || IsRow(plain))
            return true;

        // What is left after taking out the words everybody would guess must carry the password by itself.
        var left = HouseWords.Concat(name.Split(' ')).Concat(email.Split('@', '.')).Select(Plain)
            .Where(word => word.Length >= WordMin)
            .OrderByDescending(word => word.Length)
            .Aggregate(plain, (text, word) => text.Replace(word, "", StringComparison.Ordinal));
        return left.Length < LengthMin / 2;
    }

    /// <summary>Without case, blanks and the signs people sprinkle in: "Pass-Word 123" is "password123".</summary>
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var sign in text.Normalize(NormalizationForm.FormKC))
        {
            if (char.IsLetterOrDigit(sign))
                plain.Append(char.ToLowerInvariant(sign));
        }

        return plain.ToString();
    }

    /// <summary>"abcabcabcabcabc", "aaaaaaaaaaaaaaa": a unit of up to eight signs, repeated.</summary>
    private static bool IsOneThingAgainAndAgain(string text)
    {
        for (var unit = 1; unit <= 8 && unit < text.Length; unit++)
        {
            var period = unit;
            if (Enumerable.Range(unit, text.Length - unit).All(i => text[i] == text[i - period]))
                return true;
        }

        return text.Length == 0;
    }

    /// <summary>"123456789012345", "abcdefghijklmnop", and backwards.</summary>
    private static bool IsRow(string text)
    {
        var steps = text.Zip(text.Skip(1), (before, after) => after - before).ToList();
        return steps.Count(step => step is 1 or -9) >= steps.Count - 1 || steps.Count(step => step is -1 or 9) >= steps.Count - 1;
    }

    private static Refusal No(string code, string english, string german) => new(code, new Words(english, german)) { Field = "newPassword" };

    private static FrozenSet<string> ReadCommon()
    {
        using var stream = typeof(PasswordRules).Assembly.GetManifestResourceStream("DigiHub.Web.Account.common-passwords.txt")
            ?? throw new InvalidOperationException("The list of common passwords is missing from the assembly.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line[0] != '#')
            .Select(Plain)
            .ToFrozenSet(StringComparer.Ordinal);
    }
}
