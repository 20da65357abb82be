using System.Text;
using DigiHub.Activity;
using DigiHub.Opening;
using DigiHub.Settings;
using DigiHub.Spaces;

namespace DigiHub.Tests.Opening;

/// <summary>Running a hub, branding: a logo for the light look and one for the dark, drawn again from what was sent.</summary>
public abstract class SetLogoTests(TestDatabase database) : HubTests(database)
{
    private const string Svg = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" onload="alert(1)"><rect width="9" height="9" fill="#888"/></svg>
        """;

    [Fact]
    public async Task It_is_cleaned_kept_and_forgotten_with_its_picture()
    {
        var dropped = (await Set(LogoLook.Light, Svg)).Value;
        var hash = await Name();

        Assert.Equal(["onload"], dropped);
        Assert.Equal("image/svg+xml", (await TestHub.Get<SetLogo>().Find(hash!, Stop))!.MediaType);
        Assert.True((await Set(LogoLook.Dark, Svg)).IsDone); // the same picture serves both
        await Set(LogoLook.Light, null);
        Assert.NotNull(await TestHub.Get<SetLogo>().Find(hash!, Stop));
        await Set(LogoLook.Dark, null);

        Assert.Null(await TestHub.Get<SetLogo>().Find(hash!, Stop));
        Assert.Equal(0, await TestHub.Read(db => db.Set<PlanPicture>().CountAsync(Stop)));
        Assert.Equal(4, await TestHub.Read(db => db.Activity.CountAsync(entry => entry.Act == OpeningActs.LogoChanged.Name, Stop)));
    }

    [Fact]
    public async Task Another_one_takes_its_place_and_only_who_keeps_the_settings_may()
    {
        await Set(LogoLook.Light, Svg);
        var first = await Name();
        await Set(LogoLook.Light, Svg.Replace("#888", "#777", StringComparison.Ordinal));

        Assert.NotEqual(first, await Name());
        Assert.Null(await TestHub.Get<SetLogo>().Find(first!, Stop));
        foreach (var member in new[] { Cast.Ada, Cast.Frieda, Cast.Grace })
            Assert.Equal(Refusal.NotFound, (await TestHub.Get<SetLogo>().Run(member.Id, LogoLook.Light, null, Stop)).Refusal);
        Assert.Equal("picture_unreadable", (await Set(LogoLook.Light, "no picture")).Refusal?.Code);
    }

    private Task<string?> Name() => TestHub.Read(db => db.StoredSettings.Where(one => one.Key == HubLogo.Keys[0])
        .Select(one => one.Value).SingleOrDefaultAsync(Stop));

    private Task<Outcome<IReadOnlyList<string>>> Set(LogoLook look, string? svg)
    {
        ReadOnlyMemory<byte>? sent = null;
        if (svg is not null)
            sent = Encoding.UTF8.GetBytes(svg);
        return TestHub.Get<SetLogo>().Run(Cast.Alan.Id, look, sent, Stop);
    }

    public sealed class OnSqlite(SqliteDatabase database) : SetLogoTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : SetLogoTests(database), IClassFixture<PostgresDatabase>;
}
