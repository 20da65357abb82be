using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace DigiHub.Data.Conversions;

/// <summary>How addresses, names of people and texts in two languages are stored, readable on both engines.</summary>
internal static class TextValues
{
    public static void Configure(ModelConfigurationBuilder conventions)
    {
        conventions.Properties<EmailAddress>().HaveConversion<EmailAddressAsText>().HaveMaxLength(EmailAddress.LengthMax);
        conventions.Properties<PersonName>().HaveConversion<PersonNameAsText>().HaveMaxLength(PersonName.LengthMax);
        conventions.Properties<LocalisedText>().HaveConversion<LocalisedTextAsText>();
    }

    private sealed class EmailAddressAsText()
        : ValueConverter<EmailAddress, string>(address => address.Shown, text => EmailAddress.Kept(text));

    private sealed class PersonNameAsText() : ValueConverter<PersonName, string>(name => name.Text, text => PersonName.Kept(text));

    private sealed class LocalisedTextAsText()
        : ValueConverter<LocalisedText, string>(text => text.Written, written => LocalisedText.Kept(written));
}
