using DigiHub.Events;
using DigiHub.Reminders;
using DigiHub.Time;
using DigiHub.Web.Components;
using DigiHub.Web.Events;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace DigiHub.Web.Tests.Events;

public sealed class EventFormTests
{
    [Fact]
    public void Says_what_was_typed()
    {
        var form = Read(("titleEnglish", " Credit as code "), ("start", "2026-11-26T18:00"),
            ("space", "7"), ("topic", "iot"), ("format", "Hybrid"), ("capacity", "20"));

        var draft = form.ToDraft(NoErrors(out var errors));

        Assert.False(errors.Any);
        Assert.Equal(("Credit as code", null), (draft.Title.English, draft.Title.German));
        Assert.Equal(new LocalDateTime(2026, 11, 26, 18, 0), draft.Start);
        Assert.Null(draft.End);
        Assert.Equal((7, "iot", EventFormat.Hybrid, 20), (draft.SpaceId, draft.Topic, draft.Format, draft.Capacity));
    }

    [Theory]
    [InlineData("start", "26.11.2026")]
    [InlineData("start", "2026-02-30T10:00")]
    [InlineData("end", "soon")]
    [InlineData("capacity", "many")]
    [InlineData("capacity", "-1")]
    [InlineData("capacity", "99999999999")]
    [InlineData("setUpMinutes", "1.5")]
    [InlineData("space", "Spree")]
    public void Points_at_the_field_that_cannot_be_read_and_keeps_it(string field, string typed)
    {
        var form = Read((field, typed));

        form.ToDraft(NoErrors(out var errors));

        Assert.NotNull(errors[field]);
        Assert.Equal(typed, form[field]);
    }

    [Fact]
    public void Reads_reminders_row_by_row_and_drops_the_emptied()
    {
        var form = Read(
            ("reminderAmount0", "7"), ("reminderUnit0", "days"), ("reminderAt0", "08:30"),
            ("reminderAmount1", ""), ("reminderUnit1", "days"), ("reminderAt1", "09:00"),
            ("reminderAmount2", "2"), ("reminderUnit2", "hours"), ("reminderAt2", ""));

        var draft = form.ToDraft(NoErrors(out var errors));

        Assert.False(errors.Any);
        Assert.Equal([ReminderTime.Days(7, new(8, 30)), ReminderTime.Hours(2)], draft.Reminders!);
    }

    [Theory]
    [InlineData("0", "days", false)]
    [InlineData("1", "days", true)]
    [InlineData("60", "days", true)]
    [InlineData("61", "days", false)]
    [InlineData("72", "hours", true)]
    [InlineData("73", "hours", false)]
    public void Bounds_reminders(string amount, string unit, bool isFine)
    {
        var form = Read(("reminderAmount0", amount), ("reminderUnit0", unit), ("reminderAt0", "09:00"));

        form.ToDraft(NoErrors(out var errors));

        Assert.Equal(isFine, !errors.Any);
    }

    [Fact]
    public void Offers_spare_rows_up_to_the_most_there_may_be()
    {
        var ten = Enumerable.Range(1, ReminderRule.PerEventMax).Select(hours => ReminderTime.Hours(hours)).ToList();

        Assert.Equal(ReminderTime.Usual.Count + 2, EventForm.New(ReminderTime.Usual).Reminders.Count);
        Assert.Equal(ReminderRule.PerEventMax, EventForm.Of(new EventDraft { Reminders = ten }, revision: 3).Reminders.Count);
    }

    private static FormErrors NoErrors(out FormErrors errors) => errors = new FormErrors();

    private static EventForm Read(params (string Name, string Value)[] fields) =>
        EventForm.Read(
            new FormCollection(fields.ToDictionary(field => field.Name, field => new StringValues(field.Value), StringComparer.Ordinal)));
}
