using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace DigiHub.Web.Components;

/// <summary>
/// Writes the cells of a timeline as HTML, one row at a time. A page has some 1,300 of them: a component or a render-tree
/// frame for each would cost more than the rest of the page. A free cell takes some 40 bytes, nearly all the same as its
/// neighbours', and is named by its time; its room is the header of its row. Closing tags are left out where HTML lets them (td, tr).
/// What is written of a row without a chosen cell stays with the row.
/// </summary>
public sealed class TimelineCells
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private static readonly TimelineChoice Nothing = new(0, 0, 0);

    private readonly TimelineView view;
    private readonly string name;
    private readonly string[] freeTails;
    private readonly StringBuilder html = new(4_096);

    private readonly string icons;

    /// <param name="name">The name under which a chosen cell sends its TimelinePick.</param>
    /// <param name="icons">Where the file of icons is.</param>
    public TimelineCells(TimelineView view, string name, string icons)
    {
        this.icons = Encoder.Encode(icons);
        this.view = view;
        this.name = Encoder.Encode(name);
        freeTails = [.. view.Day.All.Select(FreeTail)];
    }

    /// <summary>The columns of the table and their headers.</summary>
    public string Head(string roomWord)
    {
        html.Clear().Append("<colgroup><col class=r>");
        for (var column = 0; column < view.Day.All.Count; column++)
            html.Append(view.Now is { } now && now.Column == column ? $"<col class=\"now n{now.FiveMinutes}\">" : "<col>");
        html.Append("</colgroup><thead><tr><th scope=col>").Append(Encoder.Encode(roomWord));
        for (var column = 0; column < view.Day.All.Count; column++)
            html.Append(view.Now?.Column == column ? "<th scope=col class=now>" : "<th scope=col>").Append(Label(view.Day.All[column]));
        return html.Append("</thead>").ToString();
    }

    public string Row(TimelineRow row)
    {
        if (view.Chosen?.IsIn(row) == true)
            return Write(row);
        var written = row.Written;
        if (written is null || written.PastColumns != view.PastColumns || !string.Equals(written.Name, name, StringComparison.Ordinal))
            row.Written = written = new WrittenRow(name, view.PastColumns, Write(row));
        return written.Html;
    }

    private string Write(TimelineRow row)
    {
        html.Clear().Append("<tr><th scope=row>");
        if (row.Href is { } href)
            html.Append("<a href=\"").Append(Encoder.Encode(href)).Append("\">").Append(Encoder.Encode(row.Name)).Append("</a>");
        else
            html.Append(Encoder.Encode(row.Name));
        html.Append("<small>");
        if (row.Seats is { } seats)
            Thing(seats);
        foreach (var thing in row.Things)
            Thing(thing);
        html.Append("</small>");
        var freeHead = string.Create(CultureInfo.InvariantCulture, $"><button name={name} value={TimelinePick.Head(row.SpaceId, row.Day)}");
        var column = 0;
        foreach (var busy in row.Busy)
        {
            Free(row, freeHead, column, busy.From);
            Taken(row, busy);
            column = busy.Until;
        }
        Free(row, freeHead, column, view.Day.All.Count);
        return html.ToString();
    }

    private void Thing(TimelineThing thing)
    {
        html.Append("<svg class=icon role=img><title>").Append(Encoder.Encode(thing.Words)).Append("</title><use href=\"").Append(icons)
            .Append('#').Append(Encoder.Encode(thing.Icon)).Append("\"/></svg>");
        if (thing.Shown.Length > 0)
            html.Append("<b aria-hidden=true>").Append(Encoder.Encode(thing.Shown)).Append("</b>");
    }

    private void Free(TimelineRow row, string freeHead, int from, int until)
    {
        if (from >= until) return;
        var past = Math.Min(until, row.PastColumns ?? view.PastColumns);
        if (past > from)
        {
            html.Append(CultureInfo.InvariantCulture, $"<td colspan={past - from} class=p>");
            from = past;
        }

        var chosen = view.Chosen is { } choice && choice.IsIn(row) ? choice : Nothing;
        for (var column = from; column < until; column++)
        {
            html.Append(column >= chosen.From && column < chosen.Until ? "<td aria-selected=true" : "<td");
            // The second of a doubled hour cannot be typed as a start, only covered by a longer booking.
            if (view.Day.All[column].IsSecond) html.Append(" class=s>");
            else html.Append(freeHead).Append(freeTails[column]);
        }
    }

    private void Taken(TimelineRow row, TimelineBusy busy)
    {
        html.Append(CultureInfo.InvariantCulture, $"<td colspan={busy.Until - busy.From} class={ClassOf(busy.Kind)}");
        if (busy.Own is { } own)
        {
            if (row.Day is { } day)
                html.Append(CultureInfo.InvariantCulture, $" data-d={FormParse.Write(day)}");
            html.Append(CultureInfo.InvariantCulture, $" data-b={own.BookingId} data-s={FormParse.Write(own.Start)}");
            html.Append(CultureInfo.InvariantCulture, $" data-e={FormParse.Write(own.End)}><a href=\"{Paths.Booking(own.BookingId)}\">");
        }
        else
        {
            html.Append("><div>");
        }

        html.Append(Encoder.Encode(busy.Text));
        if (busy.Hours.Length > 0) html.Append("<small>").Append(Encoder.Encode(busy.Hours)).Append("</small>");
        html.Append(busy.Own is null ? "</div>" : "</a>");
    }

    private static string FreeTail(TimelineColumn column) =>
        string.Create(CultureInfo.InvariantCulture,
            $"{column.Time.Hour:00}{column.Time.Minute:00}>{column.Time.Hour:00}:{column.Time.Minute:00}</button>");

    private static string Label(TimelineColumn column) =>
        string.Create(CultureInfo.InvariantCulture, $"{column.Time.Hour:00}:{column.Time.Minute:00}{(column.IsSecond ? " B" : "")}");

    private static char ClassOf(TimelineBusyKind kind) => kind switch
    {
        TimelineBusyKind.Mine => 'm',
        TimelineBusyKind.Event => 'e',
        TimelineBusyKind.Closed => 'x',
        _ => 'b',
    };
}
