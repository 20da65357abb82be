using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace DigiHub.Web.Components;

/// <summary>
/// The day of all rooms as one table, a keyboard grid with js/timeline.js and plain submit buttons without. It stands inside a GET form of
/// the page: a free cell requests the same page with that cell chosen. The script instead fills the form named by BookForm
/// (inputs marked data-pick="space", "start" and "end") and sends it on Enter; how, says the page's TimelineHelp.
/// </summary>
public sealed class Timeline : ComponentBase
{
    [Parameter, EditorRequired] public required TimelineView View { get; set; }

    /// <summary>The query key of a chosen cell; see TimelinePick.</summary>
    [Parameter] public string Name { get; set; } = "at";

    /// <summary>The id of the heading that names the grid.</summary>
    [Parameter, EditorRequired] public required string LabelledBy { get; set; }

    /// <summary>The id of the form that books what is chosen; null where one can only look.</summary>
    [Parameter] public string? BookForm { get; set; }

    /// <summary>Of the table; another one for each of a page.</summary>
    [Parameter] public string Id { get; set; } = "day-grid";

    /// <summary>What stands over the names: "Room", or the site where there are several.</summary>
    [Parameter] public string? Over { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        var cells = new TimelineCells(View, Name, "/" + Assets["icons.svg"]);

        builder.OpenElement(0, "div");
        builder.AddAttribute(1, "class", "tl");
        builder.AddAttribute(2, "role", "region");
        builder.AddAttribute(3, "tabindex", "0");
        builder.AddAttribute(4, "aria-labelledby", LabelledBy);
        builder.OpenElement(5, "table");
        builder.AddAttribute(6, "role", "grid");
        builder.AddAttribute(7, "aria-labelledby", LabelledBy);
        builder.AddAttribute(8, "aria-describedby", "timeline-help");
        builder.AddAttribute(9, "aria-multiselectable", "true");
        builder.AddAttribute(10, "data-book", BookForm);
        builder.AddAttribute(11, "id", Id);
        builder.AddAttribute(12, "data-live", value: true);
        builder.AddMarkupContent(13, cells.Head(Over ?? Speak.T("Room", "Raum")));
        builder.OpenElement(14, "tbody");
        // One frame per row: one string for the whole table would land on the large object heap.
        foreach (var row in View.Rows)
            builder.AddMarkupContent(15, cells.Row(row));
        builder.CloseElement();
        builder.CloseElement();
        builder.CloseElement();

        builder.OpenElement(20, "script");
        builder.AddAttribute(21, "type", "module");
        builder.AddAttribute(22, "src", "/" + Assets["js/timeline.js"]);
        builder.CloseElement();
    }
}
