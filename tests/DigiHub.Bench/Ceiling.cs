using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DigiHub.Bench;

/// <summary>What the framework alone can do on this machine: an empty answer, a list of 200 rows, a small POST.</summary>
internal static class Ceiling
{
    public static readonly byte[] Empty = Driver.Get("/");
    public static readonly byte[] Rows = Driver.Get("/rows");
    public static readonly byte[] Post = Driver.Post("/post", """{"id":1,"name":"Space 1","isFree":true}""");

    public static Task Serve()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var rows = Enumerable.Range(1, 200).Select(i => new Row(i, $"Space {i}", i % 2 == 0)).ToArray();
        app.MapGet("/", () => "");
        app.MapGet("/rows", () => rows);
        app.MapPost("/post", (Row row) => Results.Json(row, statusCode: StatusCodes.Status201Created));
        return app.RunAsync();
    }

    private sealed record Row(int Id, string Name, bool IsFree);
}
