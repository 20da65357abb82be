using DigiHub.Web.Cli;
using DigiHub.Web.Operations;

PrivateFiles.CloseNewOnes();
return await CommandLine.Run(args);

/// <summary>Named so that tests can find the program that runs.</summary>
public sealed partial class Program;
