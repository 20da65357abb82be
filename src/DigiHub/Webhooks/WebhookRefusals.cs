namespace DigiHub.Webhooks;

internal static class WebhookRefusals
{
    public static Words TooLong { get; } = new(
        $"Use an address of at most {WebhookEndpoint.UrlMax} characters.",
        $"Geben Sie eine Adresse mit höchstens {WebhookEndpoint.UrlMax} Zeichen an.",
        $"Gib eine Adresse mit höchstens {WebhookEndpoint.UrlMax} Zeichen an.");

    public static Refusal BadName { get; } = new("webhook_name", new(
        $"Enter a name of at most {WebhookEndpoint.NameMax} characters.",
        $"Geben Sie einen Namen mit höchstens {WebhookEndpoint.NameMax} Zeichen ein.",
        $"Gib einen Namen mit höchstens {WebhookEndpoint.NameMax} Zeichen ein."))
    { Field = "name" };

    public static Refusal NoTypes { get; } = new("webhook_types", new(
        "Choose at least one event to send.", "Wählen Sie mindestens ein Ereignis aus.", "Wähle mindestens ein Ereignis aus."))
    { Field = "types" };

    public static Refusal TooMany { get; } = new("webhook_count", new(
        $"You already have {WebhookEndpoint.PerMemberMax} webhooks. Remove one you no longer need.",
        $"Sie haben schon {WebhookEndpoint.PerMemberMax} Webhooks. Entfernen Sie einen, den Sie nicht mehr brauchen.",
        $"Du hast schon {WebhookEndpoint.PerMemberMax} Webhooks. Entferne einen, den du nicht mehr brauchst."));
}
