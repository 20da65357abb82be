using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Members;
using DigiHub.Time;

namespace DigiHub.Reminders;

/// <param name="Id">Null for a new one.</param>
/// <param name="IsDefault">Only administrators change which is the default; for others it stays as it is.</param>
public sealed record KeepTemplateRequest(int? Id, string? Name, IReadOnlyList<ReminderTime> Times, bool IsDefault, Guid ActorId);

/// <summary>The hub's sets of reminders: seen, kept and deleted by organisers and administrators.</summary>
public sealed class ReminderTemplates(UnitOfWork unitOfWork, HubDbFactory databases, IClock clock)
{
    /// <summary>By name, the default first.</summary>
    public async Task<IReadOnlyList<ReminderTemplate>> All(CancellationToken stop)
    {
        await using var db = databases.Open();
        return await db.ReminderTemplates.AsNoTracking().OrderByDescending(template => template.IsDefault).ThenBy(template => template.Name)
            .Take(ReminderTemplate.CountMax).ToListAsync(stop);
    }

    /// <summary>What a new event begins with.</summary>
    public async Task<IReadOnlyList<ReminderTime>> OfNewEvents(CancellationToken stop)
    {
        await using var db = databases.Open();
        return await db.RemindersOfNewEvents(stop);
    }

    /// <summary>
    /// Creates or overwrites one. Refuses with not_an_organiser, not_found, template_name, template_name_taken, reminders_invalid
    /// and too_many_templates.
    /// </summary>
    public Task<Outcome<ReminderTemplate>> Keep(KeepTemplateRequest request, CancellationToken stop) =>
        unitOfWork.Run(db => Keep(db, request, stop), stop);

    /// <summary>
    /// Events that were made with it keep their reminders. Refuses with not_an_organiser and not_found; the
    /// default only administrators delete.
    /// </summary>
    public Task<Outcome<int>> Delete(int id, Guid actorId, CancellationToken stop) => unitOfWork.Run<int>(async db =>
    {
        if (await db.Viewer(actorId, clock.GetCurrentInstant(), stop) is not { } actor || !actor.MayAnywhere(Permission.HostEvents))
            return EventRefusals.NotOrganiser;
        var template = await db.ReminderTemplates.SingleOrDefaultAsync(one => one.Id == id, stop);
        if (template is null || (template.IsDefault && !actor.May(Permission.ManageDefaultReminders)))
            return Refusal.NotFound;
        db.ReminderTemplates.Remove(template);
        db.Record(clock.GetCurrentInstant(), actorId, ReminderTemplateActs.Deleted, id, template.Name);
        return id;
    }, stop);

    private async Task<Outcome<ReminderTemplate>> Keep(HubDb db, KeepTemplateRequest request, CancellationToken stop)
    {
        if (await db.Viewer(request.ActorId, clock.GetCurrentInstant(), stop) is not { } actor || !actor.MayAnywhere(Permission.HostEvents))
            return EventRefusals.NotOrganiser;
        if (TypedText.Line(request.Name) is not { Length: <= ReminderTemplate.NameMax } name)
            return BadName;
        if (request.Times.Count > ReminderRule.PerEventMax || request.Times.Any(time => !ReminderRule.MayBeOfAnEvent(time)))
            return EventRefusals.RemindersInvalid;

        await db.AcquireLocks([LockKey.OfSubject(Guid.Empty)], stop); // one at a time: there are few, and one default
        var all = await db.ReminderTemplates.ToListAsync(stop);
        if (all.Exists(other => other.Id != request.Id && string.Equals(other.Name, name, StringComparison.OrdinalIgnoreCase)))
            return NameTaken;
        var template = all.Find(one => one.Id == request.Id);
        if (template is null && request.Id is not null)
            return Refusal.NotFound;
        if (template is null && all.Count >= ReminderTemplate.CountMax)
            return TooMany;

        var times = request.Times.Distinct()
            .OrderByDescending(time => time.Kind == ReminderKind.CalendarDays ? time.Amount * 24 : time.Amount).ToList();
        template ??= db.ReminderTemplates.Add(new ReminderTemplate { Name = name, Times = times }).Entity;
        (template.Name, template.Times) = (name, times);
        if (actor.May(Permission.ManageDefaultReminders) && template.IsDefault != request.IsDefault)
            await MakeDefault(db, all, template, request.IsDefault, stop);

        var changes = request.Id is null ? null : FieldChanges.Of(db, template, except: []);
        await db.SaveChangesAsync(stop); // gives a new one its number
        db.Record(clock.GetCurrentInstant(), request.ActorId,
            request.Id is null ? ReminderTemplateActs.Created : ReminderTemplateActs.Edited, template.Id,
            request.Id is null ? name : null, changes);
        return template;
    }

    private static async Task MakeDefault(
        HubDb db, List<ReminderTemplate> all, ReminderTemplate template, bool isDefault, CancellationToken stop)
    {
        foreach (var other in all.Where(other => other.IsDefault))
            other.IsDefault = false;
        await db.SaveChangesAsync(stop); // otherwise the unique index would see two defaults for a moment
        template.IsDefault = isDefault;
    }

    private static Refusal BadName { get; } = new("template_name", new(
        $"Enter a name with at most {ReminderTemplate.NameMax} characters.",
        $"Geben Sie einen Namen mit höchstens {ReminderTemplate.NameMax} Zeichen ein.",
        $"Gib einen Namen mit höchstens {ReminderTemplate.NameMax} Zeichen ein."))
    { Field = "name" };

    private static Refusal NameTaken { get; } = new("template_name_taken", new(
        "A template with this name already exists. Choose another name.",
        "Eine Vorlage mit diesem Namen gibt es schon. Wählen Sie einen anderen.",
        "Eine Vorlage mit diesem Namen gibt es schon. Wähle einen anderen."))
    { Field = "name" };

    private static Refusal TooMany { get; } = new("too_many_templates", new(
        $"There are already {ReminderTemplate.CountMax} templates. Delete one you no longer need.",
        $"Es gibt bereits {ReminderTemplate.CountMax} Vorlagen. Löschen Sie eine, die Sie nicht mehr brauchen.",
        $"Es gibt bereits {ReminderTemplate.CountMax} Vorlagen. Lösche eine, die du nicht mehr brauchst."));
}
