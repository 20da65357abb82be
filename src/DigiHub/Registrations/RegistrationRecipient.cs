using DigiHub.Notifications;

namespace DigiHub.Registrations;

public static class RegistrationRecipient
{
    extension(Recipient)
    {
        /// <summary>Who is registered, at the address and in the language of the registration.</summary>
        public static Recipient Of(Registration registration) =>
            new(registration.Name, registration.Email, registration.Language, registration.MemberId);
    }
}
