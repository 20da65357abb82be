using System.Globalization;
using System.Text;
using System.Xml;

namespace DigiHub.FloorPlans;

/// <param name="Bytes">UTF-8.</param>
/// <param name="Dropped">Names of elements and attributes that were left out, each once, at most <see cref="CleanSvg.DroppedMax"/>.</param>
public sealed record CleanedSvg(byte[] Bytes, IReadOnlyList<string> Dropped);

/// <summary>
/// Writes an SVG again from a list of what may be in it: shapes, groups and texts with their looks. Styles, scripts, links, pictures,
/// events, references and whatever else there is do not come along. There is no document type, so no entities.
/// </summary>
public static class CleanSvg
{
    public const int BytesMax = 1024 * 1024;
    public const int DroppedMax = 20;

    private const int ElementsMax = 20_000, DepthMax = 40, NameMax = 30, SideMax = 100_000;
    private const string Namespace = "http://www.w3.org/2000/svg";

    private static readonly HashSet<string> elements = new(StringComparer.Ordinal)
    {
        "svg", "g", "path", "rect", "line", "polyline", "polygon", "circle", "ellipse", "text", "tspan",
    };

    private static readonly HashSet<string> attributes = new(StringComparer.Ordinal)
    {
        "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "dx", "dy", "d", "points", "width", "height", "transform", "viewBox",
        "fill", "fill-opacity", "fill-rule", "stroke", "stroke-width", "stroke-opacity", "stroke-linecap", "stroke-linejoin",
        "stroke-dasharray", "opacity", "font-size", "font-weight", "text-anchor",
    };

    /// <summary>Left out without a word, since nothing is lost.</summary>
    private static readonly HashSet<string> silent = new(StringComparer.Ordinal)
    {
        "id", "class", "space", "version", "baseProfile", "preserveAspectRatio",
    };

    /// <summary>Refuses with picture_too_large, picture_unreadable and picture_without_size.</summary>
    public static Outcome<CleanedSvg> Read(ReadOnlyMemory<byte> sent)
    {
        if (sent.Length > BytesMax)
            return TooLarge;
        try
        {
            using var stream = new MemoryStream(sent.ToArray());
            using var reader = XmlReader.Create(stream, new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver = null,
                MaxCharactersInDocument = BytesMax,
                MaxCharactersFromEntities = 1,
                IgnoreComments = true,
                IgnoreProcessingInstructions = true,
            });
            return Written(reader);
        }
        catch (XmlException)
        {
            return Unreadable;
        }
    }

    private static Outcome<CleanedSvg> Written(XmlReader reader)
    {
        if (reader.MoveToContent() != XmlNodeType.Element || reader.LocalName != "svg" || reader.NamespaceURI != Namespace)
            return Unreadable;
        if (ViewBox(reader) is not { } viewBox)
            return WithoutSize;

        var dropped = new List<string>();
        Looks(reader, writer: null, dropped);
        using var bytes = new MemoryStream();
        using (var writer = XmlWriter.Create(bytes, new XmlWriterSettings
        {
            Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            OmitXmlDeclaration = true,
            CheckCharacters = true,
        }))
        {
            writer.WriteStartElement("svg", Namespace);
            writer.WriteAttributeString("viewBox", viewBox);
            if (!Children(reader, writer, dropped))
                return TooLarge;
            writer.WriteEndElement();
        }

        return new CleanedSvg(bytes.ToArray(), dropped);
    }

    /// <summary>False for too many of them.</summary>
    private static bool Children(XmlReader reader, XmlWriter writer, List<string> dropped)
    {
        if (reader.IsEmptyElement)
            return true;
        var (count, root, open) = (0, reader.Depth, new Stack<string>());
        reader.Read();
        while (!reader.EOF && reader.Depth > root)
        {
            switch (reader.NodeType)
            {
                // An inner svg could show what lies outside of the outer one.
                case XmlNodeType.Element when reader.NamespaceURI != Namespace || !elements.Contains(reader.LocalName)
                    || reader.LocalName == "svg":
                    Note(dropped, reader.LocalName);
                    reader.Skip(); // with all that is in it
                    continue;
                case XmlNodeType.Element:
                    if (++count > ElementsMax || reader.Depth - root > DepthMax)
                        return false;
                    var (name, isEmpty) = (reader.LocalName, reader.IsEmptyElement);
                    writer.WriteStartElement(name, Namespace);
                    Looks(reader, writer, dropped);
                    if (isEmpty)
                        writer.WriteEndElement();
                    else
                        open.Push(name);
                    break;
                case XmlNodeType.EndElement:
                    open.Pop();
                    writer.WriteEndElement();
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace
                    when open.TryPeek(out var inside) && inside is "text" or "tspan":
                    writer.WriteString(reader.Value);
                    break;
            }

            reader.Read();
        }

        return true;
    }

    /// <param name="writer">Null for the root, which gets a viewBox and nothing else.</param>
    private static void Looks(XmlReader reader, XmlWriter? writer, List<string> dropped)
    {
        while (reader.MoveToNextAttribute())
        {
            if (reader.NamespaceURI.Length == 0 && attributes.Contains(reader.LocalName) && IsHarmless(reader.Value))
                writer?.WriteAttributeString(reader.LocalName, reader.Value);
            else if (reader.NamespaceURI != "http://www.w3.org/2000/xmlns/" && !silent.Contains(reader.LocalName))
                Note(dropped, reader.LocalName);
        }

        reader.MoveToElement();
    }

    /// <summary>Numbers, colours, letters of a path: no reference, no address, no style.</summary>
    private static bool IsHarmless(string value) =>
        value.All(sign => char.IsAsciiLetterOrDigit(sign) || "#.,%()+- \n\t".Contains(sign, StringComparison.Ordinal))
            && !value.Contains("url", StringComparison.OrdinalIgnoreCase);

    /// <summary>Its own, or made of its width and height; null where it has neither.</summary>
    private static string? ViewBox(XmlReader reader)
    {
        double[] four = [.. (reader.GetAttribute("viewBox") ?? "").Split([' ', ',', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries)
            .Select(text => Number(text) ?? double.NaN)];
        if (four.Length == 4 && Array.TrueForAll(four, double.IsFinite) && IsSide(four[2]) && IsSide(four[3]))
            return string.Join(' ', four.Select(number => number.ToString("0.###", CultureInfo.InvariantCulture)));
        var (width, height) = (Length(reader.GetAttribute("width")), Length(reader.GetAttribute("height")));
        return IsSide(width) && IsSide(height) ? string.Create(CultureInfo.InvariantCulture, $"0 0 {width:0.###} {height:0.###}") : null;
    }

    private static bool IsSide(double? length) => length is > 0 and <= SideMax;

    private static double? Length(string? text) => Number(text?.Trim() is { } length && length.EndsWith("px", StringComparison.Ordinal)
        ? length[..^2]
        : text);

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) <= SideMax
            ? number
            : null;

    private static void Note(List<string> dropped, string name)
    {
        var known = TypedText.Line(name, NameMax) ?? "?";
        if (dropped.Count < DroppedMax && !dropped.Contains(known, StringComparer.Ordinal))
            dropped.Add(known);
    }

    private static Refusal TooLarge { get; } = new("picture_too_large", new(
        "The picture is too large. Use an SVG of at most 1 MB.", "Das Bild ist zu groß. Nehmen Sie eine SVG-Datei von höchstens 1 MB.",
        "Das Bild ist zu groß. Nimm eine SVG-Datei von höchstens 1 MB."))
    { Field = "picture" };

    private static Refusal Unreadable { get; } = new("picture_unreadable", new(
        "This is neither an SVG without a document type nor a PNG, JPEG or WebP.",
        "Das ist weder eine SVG-Datei ohne Dokumenttyp noch PNG, JPEG oder WebP."))
    { Field = "picture" };

    private static Refusal WithoutSize { get; } = new("picture_without_size", new(
        "The SVG says neither viewBox nor width and height.", "Die SVG-Datei nennt weder viewBox noch width und height."))
    { Field = "picture" };
}
