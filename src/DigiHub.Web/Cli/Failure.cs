using System.Net.Sockets;
using DigiHub.Data;
using DigiHub.Data.Backups;
using Microsoft.AspNetCore.Connections;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace DigiHub.Web.Cli;

/// <summary>Failures outside the program, as a message for the operator and an exit code.</summary>
internal sealed record Failure(string Message, int ExitCode)
{
    /// <summary>Null for a bug: that keeps its stack trace.</summary>
    public static Failure? Of(Exception exception) => exception switch
    {
        BadSettingsException settings => new(settings.Message, CommandLine.BadSettings),
        DatabaseOfAnotherVersionException stranger => new(
            $"{stranger.Message}\nStart the version that created it, "
                + "or use another database (DigiHub:DataFolder, DigiHub:Database:Postgres).", CommandLine.BadSettings),
        MissingProgramException missing => new(
            $"{missing.Message}\nInstall PostgreSQL's client programs (postgresql-client) of the server's version or a later one.",
            CommandLine.Unavailable),
        RefusedException refused =>
            new(refused.Refusal.Message.English, refused.Refusal.IsTransient ? CommandLine.ComeLater : CommandLine.Refused),
        TimeoutException late =>
            new($"{late.Message}\nTry again in a moment. If it happens again, look for a process that hangs.", CommandLine.ComeLater),
        OperationCanceledException => new("Stopped before it finished.", CommandLine.ComeLater),
        IOException { InnerException: AddressInUseException } => new(
            $"{exception.Message}\nAnother program already listens on that address. "
                + "Stop it, or choose another address: --urls http://localhost:5001.", CommandLine.Unavailable),
        _ when Find<NpgsqlException>(exception) is { } postgres => OfPostgres(postgres),
        _ when Find<SqliteException>(exception) is { } sqlite => OfSqlite(exception, sqlite),
        _ when Find<SocketException>(exception) is { } socket => new(
            $"The hub cannot listen on that address: {socket.Message}\nChoose another address: "
                + "--urls http://localhost:5001. Ports below 1024 need extra permission.", CommandLine.BadSettings),
        UnauthorizedAccessException => NoRight(exception.Message),
        IOException => new(
            $"The data folder cannot be used: {exception.Message}\nCheck DigiHub:DataFolder, its permissions and the free disk space.",
            CommandLine.Unavailable),
        _ => null,
    };

    // Waiting does not help with wrong settings; it does with a server that is down.
    private static Failure OfPostgres(NpgsqlException exception)
    {
        var isSetting = exception is PostgresException
        {
            SqlState: PostgresErrorCodes.InvalidCatalogName or PostgresErrorCodes.InvalidPassword
                or PostgresErrorCodes.InvalidAuthorizationSpecification
                or PostgresErrorCodes.InsufficientPrivilege,
        };
        return new(
            $"PostgreSQL cannot be used: {exception.Message}\nCheck DigiHub:Database:Postgres and that the server is running. "
                + "'doctor' checks everything.",
            isSetting ? CommandLine.BadSettings : CommandLine.Unavailable);
    }

    private static Failure? OfSqlite(Exception whole, SqliteException exception) => exception.SqliteErrorCode switch
    {
        // https://www.sqlite.org/rescode.html: busy, locked
        5 or 6 => new(
            $"The database is locked: {exception.Message}\nAnother process is writing to it. Try again in a moment. "
                + "If it happens again, look for a process that hangs.", CommandLine.ComeLater),
        _ when DatabaseRefusals.IsNoDatabase(whole) => new(
            $"The file is not a DigiHub database, or it is damaged: {exception.Message}\nCheck DigiHub:DataFolder, or restore a backup.",
            CommandLine.BadSettings),
        8 or 14 => NoRight(exception.Message), // read-only, cannot open
        _ when DatabaseRefusals.IsOutOfReach(whole) => new(
            $"The data folder cannot be used: {exception.Message}\nCheck DigiHub:DataFolder, its permissions and the free disk space.",
            CommandLine.Unavailable),
        _ => null,
    };

    private static Failure NoRight(string message) => new(
        $"The data folder cannot be used: {message}\nGive the user the hub runs as write access, or change DigiHub:DataFolder.",
        CommandLine.BadSettings);

    private static T? Find<T>(Exception? exception) where T : Exception =>
        exception is null or T ? exception as T : Find<T>(exception.InnerException);
}
