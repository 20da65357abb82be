using DigiHub.Web;

var builder = WebApplication.CreateBuilder(args);
builder.AddHub();

var app = builder.Build();
await app.PrepareHub();
app.UseHub();
await app.RunAsync();

/// <summary>Named so that tests can start the very program that runs.</summary>
public sealed partial class Program;
