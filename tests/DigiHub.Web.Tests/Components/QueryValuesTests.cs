using System.Text.RegularExpressions;
using DigiHub.Bookings;
using DigiHub.Events;
using DigiHub.Spaces;
using DigiHub.Tests;
using DigiHub.Web.Components;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace DigiHub.Web.Tests.Components;

public sealed partial class QueryValuesTests
{
    private static readonly string[] known = [Equipment.Window, Equipment.Monitor];

    [Fact]
    public void Reads_each_kind_of_value()
    {
        var asked = Asked("?day=2026-11-24&at=09:30&moment=2026-11-24T09:30&people=4&id=019a0000-0000-7000-8000-000000000000&told=true"
            + "&kind=booth&with=window&with=monitor&q=Ada+Lovelace");

        Assert.Equal(new LocalDate(2026, 11, 24), asked.Date("day"));
        Assert.Equal(new LocalTime(9, 30), asked.Time("at"));
        Assert.Equal(new LocalDateTime(2026, 11, 24, 9, 30), asked.DateTime("moment"));
        Assert.Equal(4, asked.Number("people", 1, 60));
        Assert.Equal(Guid.Parse("019a0000-0000-7000-8000-000000000000"), asked.Id("id"));
        Assert.True(asked.Flag("told"));
        Assert.Equal(SpaceKind.Booth, asked.OneOf<SpaceKind>("kind"));
        Assert.Equal(["monitor", "window"], asked.Keys("with", known).Order());
        Assert.Equal("Ada Lovelace", asked.Text("q"));
        Assert.False(asked.Errors.Any);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?v=")]
    public void Takes_what_is_absent_or_empty_for_not_asked(string query)
    {
        var asked = Asked(query);

        Assert.Null(asked.Date("v"));
        Assert.Null(asked.Number("v"));
        Assert.Null(asked.Id("v"));
        Assert.Null(asked.Text("v"));
        Assert.False(asked.Flag("v"));
        Assert.False(asked.Errors.Any);
    }

    [Theory]
    [InlineData("9999-99-99")]
    [InlineData("9999-12-31")]
    [InlineData("2300-01-01")]
    [InlineData("1994-12-31")]
    [InlineData("0001-01-01")]
    [InlineData("-0001-01-01")]
    [InlineData("2026-02-30")]
    [InlineData("20261124")]
    [InlineData("%00")]
    [InlineData("2026-11-24&v=2026-11-25")]
    public void Names_a_day_that_is_none_and_answers_400(string typed)
    {
        var http = Request("?v=" + typed);

        var asked = QueryValues.Of(http);

        Assert.Null(asked.Date("v"));
        Assert.Equal("v", Assert.Single(asked.Errors.All).Field);
        Assert.Contains("1995", asked.Errors["v"], StringComparison.Ordinal);
        Assert.Equal(400, http.Response.StatusCode);
    }

    [Theory]
    [InlineData("1995-01-01")]
    [InlineData("2299-12-31")]
    public void Takes_the_first_and_the_last_day_of_the_calendar(string typed) => Assert.NotNull(Asked("?v=" + typed).Date("v"));

    [Fact]
    public void Names_whatever_else_is_not_understood_once()
    {
        var asked = Asked("?a=x&b=-1&c=61&d=maybe&e=25:00&f=1&g=not-one&h=a%0Ab&i=1,2&with=gold&with=window&k=9.9");

        for (var times = 0; times < 2; times++)
        {
            Assert.Null(asked.Number("a"));
            Assert.Null(asked.Number("b"));
            Assert.Null(asked.Number("c", 1, 60));
            Assert.False(asked.Flag("d"));
            Assert.Null(asked.Time("e"));
            Assert.Null(asked.OneOf<SpaceKind>("f")); // a number is no name
            Assert.Null(asked.Id("g"));
            Assert.Null(asked.Text("h"));
            Assert.Null(asked.OneOf<DayPart>("i"));
            Assert.Equal(["window"], asked.Keys("with", known));
            Assert.Null(asked.Cursor("k"));
        }

        Assert.Equal("a b c d e f g h i with k", string.Join(' ', asked.Errors.All.Select(error => error.Field)));
    }

    [Fact]
    public void Names_no_more_than_the_beginning_of_a_long_value()
    {
        var asked = Asked("?v=" + new string('9', 5000));

        asked.Number("v");

        Assert.InRange(asked.Errors["v"]!.Length, 1, 200);
    }

    [Fact]
    public void Are_the_same_for_all_parts_of_a_page_but_not_for_the_error_page_of_the_request()
    {
        var http = Request("?v=x");
        var page = QueryValues.Of(http);

        Assert.Same(page, QueryValues.Of(http));
        http.Request.QueryString = default;
        Assert.NotSame(page, QueryValues.Of(http));
    }

    [Fact]
    public void Are_what_every_page_reads_its_address_by()
    {
        var bound = typeof(Program).Assembly.GetTypes()
            .SelectMany(type => type.GetProperties())
            .Where(property => property.IsDefined(typeof(SupplyParameterFromQueryAttribute), inherit: true))
            // the framework's binding throws for what it cannot read
            .Select(property => $"{property.DeclaringType!.Name}.{property.Name}");

        Assert.Empty(bound);
    }

    [Fact]
    public void And_no_page_or_form_parses_by_itself()
    {
        var web = Path.Combine(Repository.Root, "src", "DigiHub.Web");
        var parsing = Directory.EnumerateFiles(web, "*", SearchOption.AllDirectories)
            .Where(file => file.EndsWith(".razor", StringComparison.Ordinal) || file.EndsWith("Form.cs", StringComparison.Ordinal)
                || file.EndsWith("Query.cs", StringComparison.Ordinal) || file.EndsWith("Endpoints.cs", StringComparison.Ordinal))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Where(file => Parsing().IsMatch(File.ReadAllText(file)))
            .Select(file => Path.GetRelativePath(web, file));

        Assert.Empty(parsing);
    }

    private static QueryValues Asked(string query) => QueryValues.Of(Request(query));

    private static DefaultHttpContext Request(string query) => new() { Request = { Method = "GET", QueryString = new QueryString(query) } };

    [GeneratedRegex(
        @"\b(int|long|bool|Guid|Enum|LocalDatePattern\.\w+|LocalTimePattern\.\w+|LocalDateTimePattern\.\w+)\.(Try)?Parse|Request\.Query\[",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Parsing();
}
