using System.Buffers;
using System.Globalization;
using System.Text;

namespace DigiHub.Calendars;

/// <summary>
/// Content lines of iCalendar, none longer than <see cref="OctetsMax"/> octets of UTF-8 without its end (RFC 5545 3.1). A line is folded
/// between characters as people see them, so that a program that shows a line before it unfolds it shows no half of an emoji.
/// </summary>
internal static class Folding
{
    public const int OctetsMax = 75;

    private const string End = "\r\n";

    /// <summary>The same content lines, folded here. Ical.Net counts UTF-16 units and folds inside surrogate pairs.</summary>
    public static string Refold(string text)
    {
        var unfolded = text.Replace(End + " ", "", StringComparison.Ordinal).Replace(End + "\t", "", StringComparison.Ordinal);
        var folded = new StringBuilder(text.Length + text.Length / OctetsMax);
        foreach (var line in unfolded.Split(End, StringSplitOptions.RemoveEmptyEntries))
            Fold(folded, line);
        return folded.ToString();
    }

    private static void Fold(StringBuilder folded, ReadOnlySpan<char> line)
    {
        var room = OctetsMax;
        while (line.Length > 0)
        {
            var length = StringInfo.GetNextTextElementLength(line);
            // A character longer than a line (a letter with many combining marks) is split between its code points.
            if (Encoding.UTF8.GetByteCount(line[..length]) > OctetsMax - 1)
                length = Rune.DecodeFromUtf16(line, out _, out var units) == OperationStatus.Done ? units : 1;
            var octets = Encoding.UTF8.GetByteCount(line[..length]);
            if (octets > room)
            {
                folded.Append(End).Append(' ');
                room = OctetsMax - 1; // the space counts
            }

            folded.Append(line[..length]);
            room -= octets;
            line = line[length..];
        }

        folded.Append(End);
    }
}
