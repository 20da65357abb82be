using System.Globalization;
using DigiHub.Time;
using DigiHub.Web.Components;

namespace DigiHub.Web.Bookings;

/// <summary>In which shape somebody looks at their bookings.</summary>
public enum MyView
{
    /// <summary>All that is ahead, by week.</summary>
    List,

    /// <summary>One week, past days included.</summary>
    Week,
    Month,

    /// <summary>What is over or was cancelled.</summary>
    Past,
}

/// <summary>The choices of My bookings as its address carries them: every state can be linked to, and Back works.</summary>
public sealed record MyBookingsQuery
{
    public MyView View { get; init; }

    /// <summary>A day of the week or month that is shown; null: today.</summary>
    public LocalDate? Day { get; init; }

    /// <summary>Whose, where the reader is their delegate; null: their own.</summary>
    public Guid? For { get; init; }

    /// <summary>Where the list goes on.</summary>
    public Cursor? Cursor { get; init; }

    public static MyBookingsQuery Of(QueryValues asked, Guid me)
    {
        var (after, before) = (asked.Cursor("after"), asked.Cursor("before"));
        var view = asked.OneOf<MyView>("view") ?? (before is null ? MyView.List : MyView.Past);
        return new()
        {
            View = view,
            Day = asked.Date("day"),
            For = asked.Id("for") is { } other && other != me ? other : null,
            Cursor = view switch { MyView.List => after, MyView.Past => before, _ => null },
        };
    }

    /// <summary>The same in another shape, from its beginning.</summary>
    public MyBookingsQuery In(MyView view) => this with { View = view, Cursor = null };

    /// <summary>The week of that day, at that day.</summary>
    public string HrefOf(LocalDate day) => $"{(In(MyView.Week) with { Day = day }).Href}#{Anchor(day)}";

    public static string Anchor(LocalDate day) => $"d-{FormParse.Write(day)}";

    public string Href
    {
        get
        {
            var pairs = string.Join('&', Pairs.Select(pair => $"{pair.Key}={pair.Value}"));
            return pairs.Length == 0 ? Paths.MyBookings : $"{Paths.MyBookings}?{pairs}";
        }
    }

    private IEnumerable<KeyValuePair<string, string>> Pairs
    {
        get
        {
            if (For is { } member)
                yield return new("for", member.ToString());
            if (View != MyView.List)
                yield return new("view", View.ToString().ToLower(CultureInfo.InvariantCulture));
            if (Day is { } day && View is MyView.Week or MyView.Month)
                yield return new("day", FormParse.Write(day));
            if (Cursor is { } cursor)
                yield return new(View == MyView.Past ? "before" : "after", cursor.ToString());
        }
    }
}
