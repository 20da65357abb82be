namespace DigiHub.Tests;

/// <summary>Where the sources are, for the tests that read them.</summary>
public static class Repository
{
    /// <summary>The folder that holds Booking.sln.</summary>
    public static string Root { get; } = FindUpwards(AppContext.BaseDirectory);

    private static string FindUpwards(string folder)
    {
        for (var here = new DirectoryInfo(folder); here is not null; here = here.Parent)
        {
            if (File.Exists(Path.Combine(here.FullName, "Booking.sln")))
                return here.FullName;
        }

        throw new InvalidOperationException($"No Booking.sln above {folder}: the tests run from inside the repository.");
    }
}
