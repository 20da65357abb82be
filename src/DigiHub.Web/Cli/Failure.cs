using System.Net.Sockets;
using DigiHub.Data;
using Microsoft.AspNetCore.Connections;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace DigiHub.Web.Cli;

/// <summary>What went wrong in the world outside the program, in words for the operator and as an exit code.</summary>
internal sealed record Failure(string Message, int ExitCode)
{
    /// <summary>Null for a bug: that keeps its stack trace.</summary>
    public static Failure? Of(Exception exception) => exception switch
    {
        BadSettingsException settings => new(settings.Message, CommandLine.BadSettings),
        DatabaseOfAnotherVersionException stranger => new(
            $"{stranger.Message}\nStart the version that made it, or name another database (DigiHub:DataFolder, DigiHub:Database:Postgres).", CommandLine.BadSettings),
        RefusedException refused => new(refused.Refusal.Message.English, refused.Refusal.IsTransient ? CommandLine.ComeLater : CommandLine.Refused),
        TimeoutException late => new($"{late.Message}\nTry again in a moment; if nothing else runs there, look for a process that hangs.", CommandLine.ComeLater),
        OperationCanceledException => new("Stopped before it was done.", CommandLine.ComeLater),
        IOException { InnerException: AddressInUseException } => new(
            $"{exception.Message}\nAnother program listens there already. Stop it, or choose another address by --urls http://localhost:5001.", CommandLine.Unavailable),
        _ when Find<NpgsqlException>(exception) is { } postgres => OfPostgres(postgres),
        _ when Find<SqliteException>(exception) is { } sqlite => OfSqlite(exception, sqlite),
        _ when Find<SocketException>(exception) is { } socket => new(
            $"The hub cannot listen there: {socket.Message}\nChoose another address by --urls http://localhost:5001; ports below 1024 need a right of their own.", CommandLine.BadSettings),
        UnauthorizedAccessException => NoRight(exception.Message),
        IOException => new(
            $"The data folder cannot be used: {exception.Message}\nCheck DigiHub:DataFolder, the rights on it and the space on its disk.", CommandLine.Unavailable),
        _ => null,
    };

    // A mistake in the settings does not go by while one waits; a server that is down does.
    private static Failure OfPostgres(NpgsqlException exception)
    {
        var isSetting = exception is PostgresException
        {
            SqlState: PostgresErrorCodes.InvalidCatalogName or PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification
                or PostgresErrorCodes.InsufficientPrivilege,
        };
        return new(
            $"PostgreSQL cannot be used: {exception.Message}\nCheck DigiHub:Database:Postgres and that the server runs; 'doctor' looks at everything.",
            isSetting ? CommandLine.BadSettings : CommandLine.Unavailable);
    }

    private static Failure? OfSqlite(Exception whole, SqliteException exception) => exception.SqliteErrorCode switch
    {
        // https://www.sqlite.org/rescode.html: busy, locked
        5 or 6 => new(
            $"The database is locked: {exception.Message}\nAnother process is writing to it. Try again in a moment; if nothing else runs there, look for a process that hangs.", CommandLine.ComeLater),
        _ when DatabaseRefusals.IsNoDatabase(whole) => new(
            $"The file is no database of a hub, or a damaged one: {exception.Message}\nCheck DigiHub:DataFolder, or bring back a backup.", CommandLine.BadSettings),
        8 or 14 => NoRight(exception.Message), // read-only, cannot open
        _ when DatabaseRefusals.IsOutOfReach(whole) => new(
            $"The data folder cannot be used: {exception.Message}\nCheck DigiHub:DataFolder, the rights on it and the space on its disk.", CommandLine.Unavailable),
        _ => null,
    };

    private static Failure NoRight(string message) => new(
        $"The data folder cannot be used: {message}\nGive the user the hub runs as the right to write there, or set DigiHub:DataFolder.", CommandLine.BadSettings);

    private static T? Find<T>(Exception? exception) where T : Exception =>
        exception is null or T ? exception as T : Find<T>(exception.InnerException);
}
