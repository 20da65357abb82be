using System.Security.Cryptography;
using System.Text;

namespace DigiHub.Web.Events;

/// <summary>One field that somebody else changed while the form was open.</summary>
/// <param name="Input">The input's name.</param>
/// <param name="Now">As it stands now, the way the input writes it; empty for nothing.</param>
/// <param name="IsKept">
/// The reader had typed something else there, which stays in the form; else the form takes over what stands now.
/// </param>
public sealed record FieldChanged(string Input, Words Label, string Now, bool IsKept);

/// <summary>
/// Brings together what somebody typed and what another saved meanwhile, field by field. The form carries a short mark of each field
/// as it was opened: by it one sees whether the other changed a field, and whether the typist did.
/// </summary>
public static class EventMerge
{
    private const int MarkLength = 8;

    private static readonly IReadOnlyList<MergedField> Fields =
    [
        .. EventFields.All.Select(field => new MergedField(
            field.Input, field.Label, form => form[field.Input], (typed, now) => typed.With(field.Input, now[field.Input]))),
        new("reminderAmount0", new("Reminders", "Erinnerungen"), Written, (typed, now) => typed with { Reminders = now.Reminders }),
    ];

    /// <summary>The marks of all fields, as a hidden field carries them: a few characters each, whatever the texts' length.</summary>
    public static string Marks(EventForm form) => string.Concat(Fields.Select(field => Mark(field.Read(form))));

    /// <param name="typed">As it was sent, with the marks of when it was opened.</param>
    /// <param name="now">As it stands in the database.</param>
    /// <returns>
    /// The typed form with the other's changes where the typist had none, ready to be saved over what
    /// stands now; and what the other changed.
    /// </returns>
    public static (EventForm Form, IReadOnlyList<FieldChanged> Changed) Merge(EventForm typed, EventForm now)
    {
        var (form, changed) = (typed, new List<FieldChanged>());
        for (var at = 0; at < Fields.Count; at++)
        {
            var (field, opened) = (Fields[at],
                typed.Opened?.Length == Fields.Count * MarkLength ? typed.Opened.Substring(at * MarkLength, MarkLength) : null);
            var (mine, theirs) = (Mark(field.Read(typed)), Mark(field.Read(now)));
            // Without marks nobody can say who changed what: all that differs is named, and what was typed stays.
            if (mine == theirs || theirs == opened)
                continue;
            var isKept = mine != opened;
            if (!isKept)
                form = field.Take(form, now);
            changed.Add(new FieldChanged(field.Input, field.Label, field.Read(now) ?? "", isKept));
        }

        return (form with { Revision = now.Revision, Opened = now.Opened }, changed);
    }

    // A browser sends line breaks as CR LF and may trim nothing; neither is a change.
    private static string Mark(string? text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes((text ?? "").ReplaceLineEndings("\n").Trim()))
            .AsSpan(0, MarkLength / 2));

    private static string Written(EventForm form) => string.Join(", ", form.Reminders.Where(row => !string.IsNullOrWhiteSpace(row.Amount))
        .Select(row => row.Unit == "hours" ? $"{row.Amount} h" : $"{row.Amount} d {row.At}"));

    private sealed record MergedField(string Input, Words Label, Func<EventForm, string?> Read, Func<EventForm, EventForm, EventForm> Take);
}
