using DigiHub.Activity;

namespace DigiHub.Demo;

public static class DemoActs
{
    public static readonly HubAct Seeded = new("demo.seeded");

    public static readonly HubAct Removed = new("demo.removed");
}
