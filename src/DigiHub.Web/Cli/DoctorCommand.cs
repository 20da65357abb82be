using System.CommandLine;
using DigiHub.Web.Operations;

namespace DigiHub.Web.Cli;

internal static class DoctorCommand
{
    public static Command Make(Launch launch)
    {
        var command = new Command("doctor", "Looks at everything the hub needs and says what to do about what is missing. Ends with 1 if something is not well.");
        command.SetAction(async (parsed, stop) =>
        {
            await using var hub = HubBuilder.ForOneAct(parsed, launch);
            var ill = 0;
            await foreach (var finding in hub.Services.GetRequiredService<Doctor>().Look(stop))
            {
                Console.WriteLine($"{(finding.IsWell ? "ok  " : "BAD ")} {finding.Name}: {finding.Why}");
                if (finding.Advice is { } advice)
                    Console.WriteLine($"     {advice}");
                ill += finding.IsWell ? 0 : 1;
            }

            Console.WriteLine(ill == 0 ? "All is well." : $"{ill} not well.");
            return ill == 0 ? CommandLine.Ok : CommandLine.Refused;
        });
        return command;
    }
}
