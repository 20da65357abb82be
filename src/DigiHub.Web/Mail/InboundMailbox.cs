using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using Microsoft.Extensions.Options;

namespace DigiHub.Web.Mail;

/// <summary>The mailbox to which returned mail comes. Usually read by one process at a time; two at once do no harm.</summary>
/// <param name="newClient">A test has one that trusts the test's own certificate.</param>
public sealed class InboundMailbox(IOptions<HubSettings> settings, Func<ImapClient> newClient)
{
    private InboundSettings Inbound => settings.Value.Mail.Inbound;

    /// <summary>Signs in and opens the folder; the caller disposes of it, which signs out.</summary>
    /// <exception cref="Exception">As <see cref="IsTrouble"/> knows them.</exception>
    public async Task<OpenMailbox> Open(CancellationToken stop)
    {
        var client = newClient();
        try
        {
            client.Timeout = settings.Value.Mail.TimeoutSeconds * 1000;
            await client.ConnectAsync(Inbound.Host!, Inbound.Port, SmtpConnections.Options(Inbound.Security), stop);
            await client.AuthenticateAsync(Inbound.User!, Inbound.Password!, stop);
            var folder = await client.GetFolderAsync(Inbound.Folder, stop);
            await folder.OpenAsync(FolderAccess.ReadWrite, stop);
            return new OpenMailbox(client, folder);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>The server is unreachable, refuses the hub or violates the protocol: nothing the hub could fix.</summary>
    public static bool IsTrouble(Exception exception) => exception is IOException or System.Net.Sockets.SocketException or ProtocolException
        or CommandException or ServiceNotConnectedException
        or MailKit.Security.AuthenticationException or MailKit.Security.SslHandshakeException
        or FolderNotFoundException or TimeoutException or OperationCanceledException or NotSupportedException;

    /// <summary>The server failed to do what was requested with this mail; ignored if the mail is gone.</summary>
    public static bool IsRefused(Exception exception) =>
        exception is MessageNotFoundException or ImapCommandException { Response: ImapCommandResponse.No or ImapCommandResponse.Bad };

    public sealed class OpenMailbox(ImapClient client, IMailFolder folder) : IAsyncDisposable
    {
        private readonly Dictionary<string, IMailFolder> beside = new(StringComparer.Ordinal);

        /// <summary>Changes when the server renumbers its mail.</summary>
        public uint Validity => folder.UidValidity;

        /// <summary>What waits, the oldest first; at most so many.</summary>
        public async Task<IReadOnlyList<UniqueId>> Waiting(int countMax, CancellationToken stop) =>
            [.. (await folder.SearchAsync(SearchQuery.NotDeleted, stop)).Order().Take(countMax)];

        /// <summary>Its bytes; null if it is larger than it may be, whatever the server says of its size.</summary>
        /// <exception cref="MessageNotFoundException">The server gives none of it: as a rule because it is gone.</exception>
        public async Task<MemoryStream?> Fetch(UniqueId id, int bytesMax, CancellationToken stop)
        {
            // One byte more than allowed is asked for, and no more is kept.
            await using var part = await folder.GetStreamAsync(id, "", 0, bytesMax + 1, stop);
            var bytes = new MemoryStream();
            await part.CopyToAsync(bytes, stop);
            if (bytes.Length > bytesMax)
                return null;
            // Dovecot answers NIL for a mail that another session removes at the same moment. No mail is empty.
            if (bytes.Length == 0)
                throw new MessageNotFoundException("The server returned an empty e-mail.");
            bytes.Position = 0;
            return bytes;
        }

        /// <summary>
        /// Somebody else has moved or deleted it since it was seen: a person, or another process that reads this mailbox.
        /// </summary>
        public async Task<bool> IsGone(UniqueId id, CancellationToken stop)
        {
            await client.NoOpAsync(stop); // a server need not report other sessions' changes before
            return (await folder.SearchAsync(SearchQuery.Uids([id]).And(SearchQuery.NotDeleted), stop)).Count == 0;
        }

        public async Task Move(UniqueId id, string name, CancellationToken stop) =>
            await folder.MoveToAsync(id, await Beside(name, stop), stop);

        /// <summary>Removes what was laid into a folder before a day; at most so many at a time.</summary>
        public async Task Tidy(string name, int countMax, DateTime before, CancellationToken stop)
        {
            var kept = await Beside(name, stop);
            await kept.OpenAsync(FolderAccess.ReadWrite, stop);
            var old = await kept.SearchAsync(SearchQuery.DeliveredBefore(before), stop);
            if (old.Count > 0)
            {
                await kept.StoreAsync([.. old.Take(countMax)],
                    new StoreFlagsRequest(StoreAction.Add, MessageFlags.Deleted) { Silent = true }, stop);
                await kept.CloseAsync(expunge: true, stop);
            }

            await folder.OpenAsync(FolderAccess.ReadWrite, stop);
        }

        public async ValueTask DisposeAsync()
        {
            try
            {
                if (client.IsConnected)
                    await client.DisconnectAsync(quit: true, CancellationToken.None);
            }
            catch (Exception exception) when (IsTrouble(exception))
            {
                // it has closed the connection already
            }

            client.Dispose();
        }

        /// <summary>A folder of that name where this account keeps its folders; made if it is not there.</summary>
        private async Task<IMailFolder> Beside(string name, CancellationToken stop)
        {
            if (beside.TryGetValue(name, out var known))
                return known;
            var home = client.GetFolder(client.PersonalNamespaces[0]);
            try
            {
                known = await home.GetSubfolderAsync(name, stop);
            }
            catch (FolderNotFoundException)
            {
                known = await home.CreateAsync(name, isMessageFolder: true, stop) ?? await home.GetSubfolderAsync(name, stop);
            }

            return beside[name] = known;
        }
    }
}
