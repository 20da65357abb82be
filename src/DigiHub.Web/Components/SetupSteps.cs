using DigiHub.Opening;
using DigiHub.Spaces;

namespace DigiHub.Web.Components;

/// <summary>The stops from an empty database to an open hub, in their order.</summary>
public enum SetupStep { You, Hub, Site, Spaces, Open }

/// <param name="Href">Where it is done; null: on the set-up page, which is gone.</param>
public sealed record SetupStop(SetupStep Step, Words Name, bool IsDone, string? Href);

/// <summary>How far set-up is, with the page of each stop.</summary>
/// <param name="Missing">What is bad keeps the hub from opening.</param>
public sealed record SetupView(HubProgress Hub, bool IsImprintComplete, IReadOnlyList<SetupStop> Stops, IReadOnlyList<Need> Missing)
{
    public bool IsOpen => Hub.OpenedAt is not null;

    /// <summary>It can be opened now.</summary>
    public bool IsReady => Missing.All(need => !need.IsBad);

    /// <summary>The page of the first stop that is not done; the last once all are.</summary>
    public string Next => Stops.FirstOrDefault(stop => !stop.IsDone)?.Href ?? Paths.OpenHub;
}

/// <summary>
/// What set-up still needs, for the pages: counted from what is there, nothing remembers a step.
/// </summary>
public sealed class SetupSteps(SetupState state, Imprint imprint, Catalogue catalogue)
{
    public async Task<SetupView> Look(CancellationToken stop)
    {
        var hub = await state.Run(stop);
        var isImprintComplete = (await imprint.Get(stop)).IsComplete;
        var site = (await catalogue.Map(stop)).Places is [var first, ..] ? first.Site.Slug : null;
        return new(hub, isImprintComplete,
            [
                new(SetupStep.You, new("You", "Sie", "Du"), hub.Administrators > 0, null),
                new(SetupStep.Hub, new("Hub", "Hub"), isImprintComplete, Paths.EditImprint),
                new(SetupStep.Site, new("Site", "Standort"), hub.Sites > 0, Paths.NewSite),
                new(SetupStep.Spaces, new("Spaces", "Plätze"), hub.Spaces > 0, site is null ? Paths.NewSite : Paths.AdminSite(site)),
                new(SetupStep.Open, new("Open", "Eröffnen"), hub.OpenedAt is not null, Paths.OpenHub),
            ],
            [.. Missing(hub, isImprintComplete, site)]);
    }

    private static IEnumerable<Need> Missing(HubProgress hub, bool isImprintComplete, string? site)
    {
        if (!isImprintComplete)
            yield return new(true, new("Who runs this hub", "Wer diesen Hub betreibt"),
                hub.OpenedAt is null
                    ? new("The imprint needs operator, address and e-mail address before the hub opens.",
                        "Das Impressum braucht Betreiber, Anschrift und E-Mail-Adresse, bevor der Hub öffnet.")
                    : new("The imprint lacks operator, address or e-mail address. The law asks for it.",
                        "Im Impressum fehlen Betreiber, Anschrift oder E-Mail-Adresse. Das Gesetz verlangt sie."),
                Paths.EditImprint, new("Complete imprint", "Impressum ergänzen"));
        if (hub.Sites == 0)
            yield return new(true, new("A site", "Ein Standort"),
                new("Nothing can be booked without one.", "Ohne ihn kann nichts gebucht werden."),
                Paths.NewSite, new("Add a site", "Standort hinzufügen"));
        if (hub is { Sites: > 0, Spaces: 0 } && site is not null)
            yield return new(false, new("Desks and rooms", "Plätze und Räume"),
                new("Until there are some, nobody can book.", "Solange es keine gibt, kann niemand buchen."),
                Paths.AdminSite(site), new("Add desks and rooms", "Plätze und Räume hinzufügen"));
        if (hub is { Administrators: 1, OpenedAt: not null }) // nobody can be invited before
            yield return new(false, new("A second administrator", "Eine zweite Person für die Verwaltung"),
                new("If you lose access, nobody can let you back in.",
                    "Wenn Sie den Zugang verlieren, kann Sie sonst niemand wieder hereinlassen.",
                    "Wenn du den Zugang verlierst, kann dich sonst niemand wieder hereinlassen."),
                Paths.InvitePeople, new("Invite people", "Menschen einladen"));
    }
}
