using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Bookings;

/// <summary>
/// Checks the rules once for all spaces with the same rules: hundreds of desks share them, and the calendar is
/// looked up for one of them.
/// </summary>
internal sealed class CachedRuleCheck(SiteContext place, Instant now)
{
    // All of a space that BookingRules.Check looks at.
    private readonly record struct Question(LocalSpan Asked, bool IsOffered, LocalDate? RetiredFrom, RuleSet Rules);

    private readonly Dictionary<Question, Outcome<Span>> answers = [];

    /// <summary>As <see cref="BookingRules.Check"/>; a refusal may speak of another space with the same rules.</summary>
    public Outcome<Span> Check(Space space, LocalSpan asked)
    {
        var question = new Question(asked, space.IsOffered, space.RetiredFrom, space.Rules);
        if (!answers.TryGetValue(question, out var answer))
            answers[question] = answer = BookingRules.Check(space, place, asked, now);
        return answer;
    }
}
