using DigiHub.FloorPlans;
using SkiaSharp;

namespace DigiHub.Tests.FloorPlans;

/// <summary>Hub 20: a picture is bounded from its header, and drawn again without anything else that was in its file.</summary>
public sealed class CleanPictureTests
{
    private const string Secret = "Taken at home by Ada";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public async Task It_is_drawn_again_as_webp_and_no_larger_than_is_kept(SKEncodedImageFormat format)
    {
        var sent = Picture(3_000, 1_500, format);
        Assert.True(CleanPicture.Is(sent));

        var written = (await CleanPicture.Read(sent, Stop)).Value;

        using var read = SKCodec.Create(new MemoryStream(written));
        Assert.Equal((SKEncodedImageFormat.Webp, 2_400, 1_200), (read.EncodedFormat, read.Info.Width, read.Info.Height));
        using var bitmap = SKBitmap.Decode(read);
        Assert.True(bitmap.GetPixel(10, 10).Red > 200 && bitmap.GetPixel(2_390, 1_190).Blue > 200);
    }

    [Fact]
    public async Task A_photo_stands_upright_and_says_no_more_where_it_was_taken()
    {
        var sent = Turned(Picture(400, 200, SKEncodedImageFormat.Jpeg), orientation: 6);
        Assert.Contains(Secret, System.Text.Encoding.Latin1.GetString(sent), StringComparison.Ordinal);

        var written = (await CleanPicture.Read(sent, Stop)).Value;

        Assert.DoesNotContain(Secret, System.Text.Encoding.Latin1.GetString(written), StringComparison.Ordinal);
        using var bitmap = SKBitmap.Decode(written);
        Assert.Equal((200, 400), (bitmap.Width, bitmap.Height));
        Assert.True(bitmap.GetPixel(190, 10).Red > 200); // its first row is the right side
        Assert.True(bitmap.GetPixel(10, 390).Blue > 200);
    }

    [Theory]
    [InlineData(8_001, 10)]
    [InlineData(10, 8_001)]
    [InlineData(6_000, 4_001)]
    [InlineData(65_000, 65_000)]
    public async Task A_header_of_too_many_pixels_is_refused_before_anything_is_decoded(int width, int height)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();

        var outcome = await CleanPicture.Read(Header(width, height), Stop);

        Assert.Equal("picture_too_large", outcome.Refusal?.Code);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20);
    }

    [Fact]
    public async Task More_bytes_than_allowed_are_refused()
    {
        var sent = new byte[CleanPicture.BytesMax + 1];
        Picture(10, 10, SKEncodedImageFormat.Png).CopyTo(sent, 0);

        Assert.Equal("picture_too_large", (await CleanPicture.Read(sent, Stop)).Refusal?.Code);
    }

    [Fact]
    public async Task Whatever_is_sent_is_a_picture_or_a_refusal()
    {
        var random = new Random(20261129);
        byte[][] good = [.. new[] { SKEncodedImageFormat.Png, SKEncodedImageFormat.Jpeg, SKEncodedImageFormat.Webp }
            .Select(format => Picture(64, 48, format))];
        for (var i = 0; i < 3_000; i++)
        {
            var sent = good[i % good.Length].ToArray();
            for (var change = random.Next(1, 12); change > 0; change--)
                sent[random.Next(sent.Length)] = (byte)random.Next(256);
            sent = sent[..random.Next(sent.Length / 2, sent.Length + 1)];

            var outcome = await CleanPicture.Read(sent, Stop);

            Assert.True(outcome.IsDone || outcome.Refusal.Code is "picture_unreadable" or "picture_too_large");
        }
    }

    /// <summary>Red above, blue below.</summary>
    private static byte[] Picture(int width, int height, SKEncodedImageFormat format)
    {
        using var surface = SKSurface.Create(new SKImageInfo(width, height));
        surface.Canvas.Clear(SKColors.Red);
        using var blue = new SKPaint { Color = SKColors.Blue };
        surface.Canvas.DrawRect(0, height / 2f, width, height, blue);
        using var image = surface.Snapshot();
        using var data = image.Encode(format, 90);
        return data.ToArray();
    }

    /// <summary>A JPEG with an EXIF block that names its orientation and who took it.</summary>
    private static byte[] Turned(byte[] jpeg, byte orientation)
    {
        var text = System.Text.Encoding.ASCII.GetBytes(Secret + "\0");
        byte[] tiff =
        [
            (byte)'M', (byte)'M', 0, 42, 0, 0, 0, 8, 0, 2,
            0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0,
            0x01, 0x3B, 0, 2, 0, 0, 0, (byte)text.Length, 0, 0, 0, 38,
            0, 0, 0, 0, .. text,
        ];
        byte[] exif = [.. "Exif\0\0"u8, .. tiff];
        var length = exif.Length + 2;
        return [0xFF, 0xD8, 0xFF, 0xE1, (byte)(length >> 8), (byte)length, .. exif, .. jpeg[2..]];
    }

    /// <summary>A PNG that has a header and nothing to be seen.</summary>
    private static byte[] Header(int width, int height)
    {
        byte[] chunk = [.. "IHDR"u8, .. BigEndian(width), .. BigEndian(height), 8, 6, 0, 0, 0];
        byte[] pixels = [.. "IDAT"u8, 0x78, 0x9C];
        return [0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n', .. BigEndian(13), .. chunk, .. BigEndian((int)Crc(chunk)),
            .. BigEndian(2), .. pixels, .. BigEndian((int)Crc(pixels))];

        static byte[] BigEndian(int number) => [(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number];
    }

    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 1 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
        }

        return ~crc;
    }
}
