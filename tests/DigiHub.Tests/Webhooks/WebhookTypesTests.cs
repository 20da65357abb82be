using DigiHub.Activity;
using DigiHub.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Tests.Webhooks;

/// <summary>Types are declared by the capabilities, without a central list; this checks them together.</summary>
public sealed class WebhookTypesTests
{
    private static readonly IReadOnlyList<IWebhookSubject> subjects =
        [.. new ServiceCollection().AddUseCases().BuildServiceProvider().GetServices<IWebhookSubject>()];

    [Fact]
    public void The_names_that_are_promised_are_there() => Assert.Equal(
        [
            "booking.approval_asked", "booking.approved", "booking.cancelled", "booking.checked_in", "booking.created", "booking.declined",
            "booking.hand_over_proposed", "booking.lapsed", "booking.moved", "booking.no_show", "booking.proposal_ended",
            "booking.swap_proposed",
            "booking_series.cancelled", "booking_series.changed", "booking_series.created",
            "email.failed", "event.cancelled", "event.changed", "event.published",
            "registration.cancelled", "registration.created", "registration.promoted",
            "waiting_list.ended", "waiting_list.joined", "waiting_list.offered",
        ],
        new WebhookTypes(subjects).All.Select(type => type.Name));

    [Fact]
    public void Every_capability_tells_of_acts_on_its_own_subjects_only()
    {
        var strangers = from subject in subjects
                        from type in subject.Types
                        from act in type.Acts
                        where !act.Name.StartsWith($"{subject.Kind.Name}.", StringComparison.Ordinal)
                        select $"{type} tells of {act}";

        Assert.Empty(strangers);
        Assert.All(subjects.SelectMany(subject => subject.Types), type => Assert.NotEmpty(type.Acts));
    }

    [Fact]
    public void Every_type_has_words_and_an_endpoint_can_ask_for_all_of_them()
    {
        var types = new WebhookTypes(subjects);

        Assert.All(types.All, type => Assert.InRange(type.Name.Length, 1, WebhookType.NameMax));
        Assert.All(types.All, type => Assert.NotEqual(type.Name, types.Words(type.Name).English));
        Assert.InRange(WebhookEndpoint.Write(types.All.Select(type => type.Name)).Length, 1, WebhookEndpoint.TypesMax);
    }

    [Fact]
    public void The_test_is_sent_by_its_button_alone()
    {
        var types = new WebhookTypes(subjects);

        Assert.False(types.Has("ping"));
        Assert.True(types.Has("booking.created"));
        Assert.Equal("Test", types.Words("ping").English);
    }

    [Fact]
    public void An_act_is_not_told_twice() => Assert.Throws<ArgumentException>(() => new WebhookTypes([.. subjects, subjects[0]]));
}
