using System.Security.Claims;
using DigiHub.Members;
using DigiHub.Web.Layout;

namespace DigiHub.Web.Tests.Layout;

public sealed class WorkWayTests
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
    public void Shows_each_role_its_own_way_and_a_member_none()
    {
        Assert.Empty(NavItem.Of(Somebody()));
        Assert.Equal(["/organise"], NavItem.Of(Somebody(Roles.Organiser)).Select(way => way.Href));
        Assert.Equal(["/front-desk", "/admin"], NavItem.Of(Somebody(Roles.FrontDesk, Roles.Administrator)).Select(way => way.Href));
    }

    private static ClaimsPrincipal Somebody(params Roles[] roles) =>
        new(new ClaimsIdentity(roles.Select(role => new Claim(ClaimTypes.Role, role.ToString())), "test"));
}
