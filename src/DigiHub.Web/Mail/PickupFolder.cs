using System.Collections.Concurrent;
using DigiHub.Web.Notifications;
using MimeKit;

namespace DigiHub.Web.Mail;

/// <summary>Reads the pickup folder: what the demo shows instead of a mailbox.</summary>
public sealed class PickupFolder(FolderSender pickup)
{
    public const int PageSize = 50;

    /// <summary>Of files that never change once they are there; bounded by what the folder keeps.</summary>
    private readonly ConcurrentDictionary<string, MailLine> known = new(StringComparer.Ordinal);

    /// <summary>Newest first; the e-mails of one page and how many there are in all.</summary>
    /// <param name="search">Part of a recipient's name or address, or of a subject; null for all.</param>
    /// <param name="page">From 1.</param>
    public (IReadOnlyList<MailLine> Lines, int Count) List(string? search, int page)
    {
        if (known.Count > 2 * FolderSender.KeptMax)
            known.Clear();
        var found = pickup.Files().Select(Line).OfType<MailLine>().Where(line => Matches(line, SearchText.Typed(search))).ToList();
        return ([.. found.Skip((page - 1) * PageSize).Take(PageSize)], found.Count);
    }

    /// <summary>Null if there is none of that name.</summary>
    public MailView? Open(string id)
    {
        if (Find(id) is not { } file || Line(file) is not { } line)
            return null;
        using var message = MimeMessage.Load(file.FullName);
        return MailView.Of(line, message);
    }

    /// <summary>The file as a mail program opens it; null if there is none.</summary>
    public FileInfo? Find(string id) => pickup.Files().FirstOrDefault(file => Path.GetFileNameWithoutExtension(file.Name) == id);

    private MailLine? Line(FileInfo file)
    {
        if (known.TryGetValue(file.Name, out var line))
            return line;
        try
        {
            using var stream = file.OpenRead();
            var headers = new MimeParser(stream, MimeFormat.Entity).ParseHeaders();
            var to = InternetAddressList.TryParse(headers[HeaderId.To] ?? "", out var list) ? list.Mailboxes.FirstOrDefault() : null;
            return known[file.Name] = new MailLine(
                Path.GetFileNameWithoutExtension(file.Name), to?.Address ?? "", to?.Name ?? "",
                headers[HeaderId.Subject] ?? "",
                MimeKit.Utils.DateUtils.TryParse(headers[HeaderId.Date] ?? "", out var date) ? date : default);
        }
        catch (FileNotFoundException)
        {
            return null; // tidied away just now
        }
    }

    private static bool Matches(MailLine line, string? folded) => folded is null
        || SearchText.IsIn(line.To, folded) || SearchText.IsIn(line.ToName, folded) || SearchText.IsIn(line.Subject, folded);
}
