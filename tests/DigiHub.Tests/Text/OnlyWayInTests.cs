using System.Reflection;
using DigiHub.Calendars;
using DigiHub.Mail;
using DigiHub.Members;
using DigiHub.Notifications;

namespace DigiHub.Tests.Text;

/// <summary>
/// Addresses and names of people have types of their own: no entity, request or result of the model carries one as a string.
/// A property whose name says so is found by reflection; names of things are listed here, one by one.
/// </summary>
public sealed class OnlyWayInTests
{
    private static readonly HashSet<string> NamesOfThings = new(StringComparer.Ordinal)
    {
        "AccessToken.Name", "Act.Name", "Alternative.SpaceName", "CalendarPerson.Name", "ForeignFile.Name",
        "Import.FileName", "KeepTemplateRequest.Name", "Organisation.Name", "Relay.Name", "ReminderTemplate.Name",
        "GuestDraft.Name", "GuestDraft.Email", // as somebody typed them, before they are read
        "HallDraft.Name",
        "NewSpace.Name", "NotificationType.Name", "RoomPlan.Name", "Site.Name", "SiteDetails.Name", "SiteDraft.Name", "Space.Name",
        "ReadImportRequest.FileName", "SpacesChange.Name", "StoredKey.Name",
        "SubjectKind.Name",
        "Thing.Name", "Thing.UserEmail", // as another system writes them, before they are read
        "WebhookEndpoint.Name", "WebhookStopNote.Name", "WebhookType.Name",
    };

    private static readonly string[] OfPeople = ["Email", "EmailAddress", "Mail", "Recipient", "Attendee", "Name"];

    [Fact]
    public void No_property_of_the_model_carries_an_address_or_a_name_of_a_person_as_text()
    {
        var texts = from type in typeof(Member).Assembly.GetTypes()
                    where type.Namespace?.Contains("Migrations", StringComparison.Ordinal) == false && !type.Name.StartsWith('<')
                    from property in type.GetProperties(
                        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                    where property.PropertyType == typeof(string)
                        && OfPeople.Any(end => property.Name.EndsWith(end, StringComparison.Ordinal))
                    // The key of an address, by which rows are compared, and what somebody types to look for people.
                    where property.Name != "NormalizedEmail" && type.Name != "OutboxQuery"
                    select $"{type.Name}.{property.Name}";

        Assert.Empty(texts.Except(NamesOfThings, StringComparer.Ordinal));
    }
}
