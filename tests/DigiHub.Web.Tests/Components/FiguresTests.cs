using DigiHub.Members;
using DigiHub.Tests;

namespace DigiHub.Web.Tests.Components;

/// <summary>Counts are written as their readers write them.</summary>
public sealed class FiguresTests(SqliteDatabase database) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    [Theory]
    [InlineData(0, "0", "0")]
    [InlineData(999, "999", "999")]
    [InlineData(1_000, "1,000", "1.000")]
    [InlineData(1_234_567, "1,234,567", "1.234.567")]
    public void Thousands_are_parted_as_the_language_parts_them(long number, string english, string german) =>
        Assert.Equal(new Words(english, german), Figures.Of(number));

    [Theory]
    [InlineData(Language.German, "1.205")]
    [InlineData(Language.English, "1,205")]
    public async Task The_administration_counts_its_members_so(Language language, string shown)
    {
        await TestHub.Lay([.. Enumerable.Range(1, 1_200).Select(number => new Member
        {
            Id = Guid.CreateVersion7(),
            Name = PersonName.Of($"Member {number}"),
            Email = EmailAddress.Of($"m{number}@example.org"),
            SecurityStamp = "",
            CreatedAt = DigiHub.Tests.TestHub.Opening,
        })]);

        using var alan = await TestHub.SignIn(Cast.Alan, language);
        await alan.Open($"/admin?lang={language.Tag()}");

        Assert.Contains(alan.Page.QuerySelectorAll(".stat dd"), figure => figure.TextContent == shown);
    }
}
