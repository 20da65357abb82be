namespace DigiHub.Web.Palette;

/// <summary>The palette: its search.</summary>
public static class PaletteSetup
{
    public static void AddPalette(this IServiceCollection services)
    {
        services.AddSingleton<PaletteBookings>();
        services.AddSingleton<PaletteSearch>();
    }
}
