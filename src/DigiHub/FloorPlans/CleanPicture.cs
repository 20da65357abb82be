using SkiaSharp;

namespace DigiHub.FloorPlans;

/// <summary>
/// Draws a PNG, JPEG or WebP again, upright and at most <see cref="SideKept"/> pixels wide and high, as WebP: what else was in the file
/// (where and by whom it was taken, other pictures, its name) does not come along (hub 20).
/// </summary>
public static class CleanPicture
{
    public const int BytesMax = 10 * 1024 * 1024, SideMax = 8_000, PixelsMax = 24_000_000, SideKept = 2_400;

    /// <summary>Tried one after the other until the picture is small enough to be kept.</summary>
    private static readonly int[] qualities = [82, 65, 45];

    /// <summary>One at a time in this process: 24 million pixels take 96 MB.</summary>
    private static readonly SemaphoreSlim one = new(1);

    /// <summary>By its first bytes; anything else is no picture of these three kinds.</summary>
    public static bool Is(ReadOnlySpan<byte> sent) =>
        sent is [0x89, (byte)'P', (byte)'N', (byte)'G', ..] or [0xFF, 0xD8, 0xFF, ..]
        || sent.Length > 12 && sent.StartsWith("RIFF"u8) && sent[8..].StartsWith("WEBP"u8);

    /// <summary>
    /// Refuses with picture_too_large (more bytes, pixels or a longer side than the bounds, judged by its header before anything is
    /// decoded) and picture_unreadable.
    /// </summary>
    public static async Task<Outcome<byte[]>> Read(ReadOnlyMemory<byte> sent, CancellationToken stop)
    {
        if (sent.Length > BytesMax)
            return TooLarge;
        await one.WaitAsync(stop);
        try
        {
            return Drawn(sent);
        }
        finally
        {
            one.Release();
        }
    }

    private static Outcome<byte[]> Drawn(ReadOnlyMemory<byte> sent)
    {
        using var data = SKData.CreateCopy(sent.Span);
        using var codec = SKCodec.Create(data);
        if (codec is null)
            return Unreadable;
        var (width, height) = (codec.Info.Width, codec.Info.Height);
        if (width is < 1 or > SideMax || height is < 1 or > SideMax || (long)width * height > PixelsMax)
            return TooLarge;

        var (wide, high) = Decoded(codec);
        using var decoded = new SKBitmap(new SKImageInfo(wide, high, SKColorType.Rgba8888, SKAlphaType.Premul));
        if (codec.GetPixels(decoded.Info, decoded.GetPixels()) != SKCodecResult.Success)
            return Unreadable;
        decoded.SetImmutable(); // else it would be copied to be drawn
        using var upright = Upright(decoded, codec.EncodedOrigin);
        foreach (var quality in qualities)
        {
            using var written = upright.Encode(SKEncodedImageFormat.Webp, quality);
            if (written is null)
                return Unreadable;
            if (written.Size <= Spaces.PlanPicture.BytesMax)
                return written.ToArray();
        }

        return TooLarge;
    }

    /// <summary>The smallest size in which the file can be decoded and nothing is lost that is kept: JPEG and WebP know some.</summary>
    private static (int Width, int Height) Decoded(SKCodec codec)
    {
        var kept = Math.Min(SideKept, Math.Max(codec.Info.Width, codec.Info.Height));
        for (var eighths = 1; eighths < 8; eighths++)
        {
            var size = codec.GetScaledDimensions(eighths / 8f);
            if (Math.Max(size.Width, size.Height) >= kept)
                return (size.Width, size.Height);
        }

        return (codec.Info.Width, codec.Info.Height);
    }

    /// <summary>As its camera meant it to be seen, and no larger than is kept.</summary>
    private static SKImage Upright(SKBitmap decoded, SKEncodedOrigin origin)
    {
        var isTurned = origin >= SKEncodedOrigin.LeftTop;
        var scale = Math.Min(1f, (float)SideKept / Math.Max(decoded.Width, decoded.Height));
        var (wide, high) = (Math.Max(1, (int)(decoded.Width * scale)), Math.Max(1, (int)(decoded.Height * scale)));
        var (width, height) = isTurned ? (high, wide) : (wide, high);
        using var surface = SKSurface.Create(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Premul));
        using var image = SKImage.FromBitmap(decoded);
        surface.Canvas.Clear(SKColors.Transparent);
        surface.Canvas.SetMatrix(TurnOf(origin, width, height));
        surface.Canvas.DrawImage(image, new SKRect(0, 0, wide, high), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        return surface.Snapshot();
    }

    /// <summary>EXIF 2.32, table 6: which corner the first row and the first column are.</summary>
    private static SKMatrix TurnOf(SKEncodedOrigin origin, float width, float height) => origin switch
    {
        SKEncodedOrigin.TopRight => new(-1, 0, width, 0, 1, 0, 0, 0, 1),
        SKEncodedOrigin.BottomRight => new(-1, 0, width, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.BottomLeft => new(1, 0, 0, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.LeftTop => new(0, 1, 0, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightTop => new(0, -1, width, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightBottom => new(0, -1, width, -1, 0, height, 0, 0, 1),
        SKEncodedOrigin.LeftBottom => new(0, 1, 0, -1, 0, height, 0, 0, 1),
        _ => SKMatrix.Identity,
    };

    private static Refusal TooLarge { get; } = new("picture_too_large", new(
        $"The picture is too large: at most {BytesMax >> 20} MB, {SideMax} pixels a side and {PixelsMax / 1_000_000} million pixels.",
        $"Das Bild ist zu groß: höchstens {BytesMax >> 20} MB, {SideMax} Pixel je Seite und {PixelsMax / 1_000_000} Millionen Pixel."))
    { Field = "picture" };

    private static Refusal Unreadable { get; } = new("picture_unreadable", new(
        "This is no picture that can be read. Save it again as PNG or JPEG.",
        "Dieses Bild lässt sich nicht lesen. Speichern Sie es noch einmal als PNG oder JPEG.",
        "Dieses Bild lässt sich nicht lesen. Speichere es noch einmal als PNG oder JPEG."))
    { Field = "picture" };
}
