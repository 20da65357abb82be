using DigiHub.Demo;
using DigiHub.Tests;
using Microsoft.Playwright;

namespace DigiHub.Web.Tests;

/// <summary>
/// The README's pictures: the main pages of the demo on a telephone and at a desk. They are always taken and looked at by
/// the machine (width, access, that there is something to see); with DIGIHUB_PICTURES=1 they go to tests/pictures.
/// </summary>
public sealed class PicturesTests(DemoHub demo, Browser browser)
{
    private const int SmallestPictureBytes = 15_000;

    // One line, in CSS pixels: the demonstration takes no more of a telephone's screen than it must.
    private const int BannerHeightMax = 40;

    [Theory]
    [InlineData("today", "/")]
    [InlineData("desks", "/desks")]
    [InlineData("rooms", "/rooms")]
    [InlineData("events", "/events")]
    public async Task Main_pages_look_right_on_a_telephone_and_at_a_desk(string name, string path)
    {
        var hub = await demo.Running();
        foreach (var width in new[] { 390, 1280 })
        {
            await using var ada = await browser.Visit(hub.Url, new Viewing { Language = Language.English, Width = width });
            await DemoHub.SignIn(ada, DemoCast.Ada);
            var answer = await ada.Open(path);

            var picture = await ada.Page.ScreenshotAsync(new PageScreenshotOptions { Type = ScreenshotType.Png });

            Assert.Equal(200, answer?.Status);
            Assert.InRange(picture.Length, SmallestPictureBytes, int.MaxValue);
            await ada.CheckPage();
            Assert.InRange((await ada.Page.Locator(".demo").BoundingBoxAsync())!.Height, 1, BannerHeightMax);
            if (Environment.GetEnvironmentVariable("DIGIHUB_PICTURES") == "1")
                await Keep(picture, $"{name}-{width}.png");
        }
    }

    private static async Task Keep(byte[] picture, string file)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Repository.Root, "tests", "pictures"));
        await File.WriteAllBytesAsync(Path.Combine(folder.FullName, file), picture);
    }
}
