using DigiHub.Access;
using DigiHub.Web.Layout;

namespace DigiHub.Web.Tests.Layout;

public sealed class NavItemTests
{
    [Theory]
    [InlineData("/", "/", "page")]
    [InlineData("/desks", "/desks", "page")]
    [InlineData("/events", "/events/iot-clinic", "true")]
    [InlineData("/events", "/events-archive", null)]
    [InlineData("/", "/desks", null)]
    [InlineData("/desks", "/", null)]
    public void Marks_where_somebody_is(string href, string path, string? current) => Assert.Equal(current, NavItem.Current(href, path));

    [Fact]
    public void Shows_each_the_ways_they_may_go_and_a_member_none()
    {
        Assert.Empty(NavItem.Of(Somebody()));
        Assert.Equal(["/organise"], NavItem.Of(Somebody(new HeldRole(Role.Organiser, null))).Select(way => way.Href));
        Assert.Equal(["/front-desk"], NavItem.Of(Somebody(new HeldRole(Role.FrontDesk, 1))).Select(way => way.Href));
        Assert.Equal(["/admin"], NavItem.Of(Somebody(new HeldRole(Role.Auditor, null))).Select(way => way.Href));
        Assert.Equal(["/organise", "/front-desk", "/admin"],
            NavItem.Of(Somebody(new HeldRole(Role.Administrator, null))).Select(way => way.Href));
    }

    private static Viewer Somebody(params HeldRole[] roles) => new(Guid.NewGuid(), roles);
}
