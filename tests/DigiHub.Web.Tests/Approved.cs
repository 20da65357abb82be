using DigiHub.Tests;

namespace DigiHub.Web.Tests;

/// <summary>
/// Texts that somebody has read and found good, kept beside the tests. With DIGIHUB_APPROVE=1 the run writes
/// them again, to be read in the diff.
/// </summary>
public static class Approved
{
    public static void Check(string name, string text)
    {
        var path = Path.Combine(Repository.Root, "tests", "DigiHub.Web.Tests", "Approved", name);
        if (Environment.GetEnvironmentVariable("DIGIHUB_APPROVE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        Assert.Equal(File.Exists(path) ? File.ReadAllText(path) : "", text);
    }
}
