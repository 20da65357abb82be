using DigiHub.Data;
using Microsoft.AspNetCore.Connections;
using Npgsql;

namespace DigiHub.Web.Cli;

/// <summary>What went wrong in the world outside the program, in words for the operator and as an exit code.</summary>
internal sealed record Failure(string Message, int ExitCode)
{
    /// <summary>Null for a bug: that keeps its stack trace.</summary>
    public static Failure? Of(Exception exception) => exception switch
    {
        BadSettingsException settings => new(settings.Message, CommandLine.BadSettings),
        IOException { InnerException: AddressInUseException } => new(
            $"{exception.Message}\nAnother program listens there already. Stop it, or choose another address by --urls http://localhost:5001.", CommandLine.Unavailable),
        _ when PostgresIn(exception) is { } postgres => new(
            $"PostgreSQL cannot be used: {postgres.Message}\nCheck DigiHub:Database:Postgres and that the server runs; 'doctor' looks at everything.", CommandLine.Unavailable),
        _ when DatabaseRefusals.IsOutOfReach(exception) || exception is UnauthorizedAccessException => new(
            $"The data folder cannot be used: {exception.Message}\nCheck DigiHub:DataFolder, the rights on it and the space on its disk.", CommandLine.Unavailable),
        _ => null,
    };

    private static NpgsqlException? PostgresIn(Exception? exception) =>
        exception is null or NpgsqlException ? (NpgsqlException?)exception : PostgresIn(exception.InnerException);
}
