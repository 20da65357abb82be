using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace DigiHub.Text;

/// <summary>
/// Writes tables as workbooks (ECMA-376). Every cell is a text, so none is ever computed, and no number or date is guessed from it. That
/// takes five small files; the libraries that were tried write signs beyond the basic plane, such as emoji, as escapes.
/// </summary>
public static partial class XlsxText
{
    /// <summary>As many characters as a cell can hold.</summary>
    private const int CellMax = 32_767;

    private const string Root = "/";
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006";

    private static readonly XmlWriterSettings plain = new() { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) };

    /// <param name="rows">The headings first, which stay in view.</param>
    public static byte[] Write(IEnumerable<IReadOnlyList<string?>> rows)
    {
        using var book = new MemoryStream();
        using (var archive = new ZipArchive(book, ZipArchiveMode.Create, leaveOpen: true))
        {
            Part(archive, "[Content_Types].xml", $"""
                <Types xmlns="{Package}/content-types">
                <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
                <Default Extension="xml" ContentType="application/xml"/>
                <Override PartName="{Root}xl/workbook.xml"
                  ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
                <Override PartName="{Root}xl/worksheets/sheet1.xml"
                  ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>
                </Types>
                """);
            Part(archive, "_rels/.rels", Related("officeDocument", "xl/workbook.xml"));
            Part(archive, "xl/_rels/workbook.xml.rels", Related("worksheet", "worksheets/sheet1.xml"));
            Part(archive, "xl/workbook.xml", $"""
                <workbook xmlns="{Main}" xmlns:r="{Relations}"><sheets><sheet name="DigiHub" sheetId="1" r:id="rId1"/></sheets></workbook>
                """);
            using var part = archive.CreateEntry("xl/worksheets/sheet1.xml").Open();
            using var xml = XmlWriter.Create(part, plain);
            Sheet(xml, rows);
        }

        return book.ToArray();
    }

    private static void Sheet(XmlWriter xml, IEnumerable<IReadOnlyList<string?>> rows)
    {
        xml.WriteStartElement("worksheet", Main);
        xml.WriteRaw("<sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" "
            + "state=\"frozen\"/></sheetView></sheetViews>");
        xml.WriteStartElement("sheetData");
        foreach (var (index, row) in rows.Index())
        {
            xml.WriteStartElement("row");
            xml.WriteAttributeString("r", (index + 1).ToString(CultureInfo.InvariantCulture));
            foreach (var (column, cell) in row.Index())
            {
                if (!string.IsNullOrEmpty(cell))
                    Cell(xml, string.Create(CultureInfo.InvariantCulture, $"{NameOf(column)}{index + 1}"), cell);
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Cell(XmlWriter xml, string place, string text)
    {
        xml.WriteStartElement("c");
        xml.WriteAttributeString("r", place);
        xml.WriteAttributeString("t", "inlineStr");
        xml.WriteStartElement("is");
        xml.WriteStartElement("t");
        xml.WriteAttributeString("xml", "space", ns: null, "preserve");
        xml.WriteString(Escaped(Cut(text)));
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    /// <summary>"A" to "Z", then "AA".</summary>
    private static string NameOf(int column) =>
        (column < 26 ? "" : NameOf(column / 26 - 1)) + (char)('A' + column % 26);

    private static string Cut(string text) =>
        text.Length <= CellMax ? text : text[..(char.IsHighSurrogate(text[CellMax - 1]) ? CellMax - 1 : CellMax)];

    /// <summary>What XML can't carry as the standard escapes it (22.9.2.19), and what only looks so as well.</summary>
    private static string Escaped(string text) => NoXml().Replace(EscapeLike().Replace(text, "_x005F_"),
        sign => string.Create(CultureInfo.InvariantCulture, $"_x{(int)sign.Value[0]:X4}_"));

    private static string Related(string kind, string target) => $"""
        <Relationships xmlns="{Package}/relationships"><Relationship Id="rId1" Type="{Relations}/{kind}" Target="{target}"/></Relationships>
        """;

    private static void Part(ZipArchive archive, string name, string text)
    {
        using var part = archive.CreateEntry(name).Open();
        part.Write(Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{text}"));
    }

    [GeneratedRegex("_(?=x[0-9A-Fa-f]{4}_)", RegexOptions.None, 1_000)]
    private static partial Regex EscapeLike();

    [GeneratedRegex(
        @"[\x00-\x08\x0B-\x1F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]",
        RegexOptions.None, 1_000)]
    private static partial Regex NoXml();
}
