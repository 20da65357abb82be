using System.CommandLine;
using DigiHub.Notifications;
using DigiHub.Web.Operations;

namespace DigiHub.Web.Cli;

internal static class DoctorCommand
{
    public static Command Make(Launch launch)
    {
        var command = new Command("doctor", "Check the setup and say how to fix problems. Exit code 1 if something is wrong.");
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

            Console.WriteLine(ill switch { 0 => "No problems found.", 1 => "1 problem found.", _ => $"{ill} problems found." });
            return ill == 0 ? CommandLine.Ok : CommandLine.Refused;
        });
        return command;
    }
}
