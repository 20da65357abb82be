namespace DigiHub.Web.Components;

/// <summary>
/// What is wrong with a form that was sent, field by field, in the order found: shown at the top by ErrorSummary and again beside each
/// field by Field, by the name of the input.
/// </summary>
public sealed class FormErrors
{
    private readonly List<(string Field, string Message)> all = [];

    public bool Any => all.Count > 0;

    public IReadOnlyList<(string Field, string Message)> All => all;

    /// <summary>The first message for the input of that name; null when it is fine.</summary>
    public string? this[string field]
    {
        get
        {
            foreach (var (name, message) in all)
                if (string.Equals(name, field, StringComparison.OrdinalIgnoreCase)) return message;
            return null;
        }
    }

    /// <param name="field">The input's name, e.g. "email"; empty for the form as a whole.</param>
    /// <param name="message">Says the fix: "Enter an e-mail address like name@example.org."</param>
    public FormErrors Add(string field, string message)
    {
        all.Add((field, message));
        return this;
    }

    /// <summary>A refusal that names one of the form's fields is shown beside it; others by RefusalNotice.</summary>
    public FormErrors Add(Refusal refusal) => Add(refusal, field => field);

    /// <param name="refusal">With what else is wrong; of two about one field the first counts.</param>
    /// <param name="inputOf">The name of the input for a refusal's field: "name" to "Profile.Name".</param>
    public FormErrors Add(Refusal refusal, Func<string, string> inputOf)
    {
        foreach (var one in refusal.Also.Prepend(refusal))
        {
            var field = one.Field is { Length: > 0 } named ? inputOf(named) : "";
            if (field.Length == 0 || this[field] is null)
                Add(field, one.Message.Here);
        }

        return this;
    }
}
