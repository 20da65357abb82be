namespace DigiHub.Webhooks;

internal static class WebhookRefusals
{
    public static Words TooLong { get; } = new(
        $"The address may have at most {WebhookEndpoint.UrlMax} characters.", $"Die Adresse darf höchstens {WebhookEndpoint.UrlMax} Zeichen haben.");

    public static Refusal BadName { get; } = new("webhook_name", new(
        $"Give it a name of at most {WebhookEndpoint.NameMax} characters.", $"Geben Sie einen Namen aus höchstens {WebhookEndpoint.NameMax} Zeichen an."))
    { Field = "name" };

    public static Refusal NoTypes { get; } = new("webhook_types", new(
        "Choose at least one thing to be told of.", "Wählen Sie mindestens etwas aus, das gemeldet werden soll."))
    { Field = "types" };

    public static Refusal TooMany { get; } = new("webhook_count", new(
        $"You have {WebhookEndpoint.PerMemberMax} endpoints already. Remove one that you no longer need.",
        $"Sie haben schon {WebhookEndpoint.PerMemberMax} Endpunkte. Entfernen Sie einen, den Sie nicht mehr brauchen."));
}
