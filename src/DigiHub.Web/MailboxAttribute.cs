using System.ComponentModel.DataAnnotations;

namespace DigiHub.Web;

/// <summary>A mailbox of the hub's own, judged as every address is (<see cref="EmailAddress"/>), or nothing, which means "none".</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MailboxAttribute() : ValidationAttribute("Enter an e-mail address like hub@example.org, or leave it empty.")
{
    public override bool IsValid(object? value) => value is null or "" || (value is string text && EmailAddress.OfTheHub(text) is not null);
}
