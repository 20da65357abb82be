namespace DigiHub.Time;

/// <summary>The sixteen Länder, by the letters of ISO 3166-2:DE: each has its own public holidays.</summary>
public enum Land { BW, BY, BE, BB, HB, HH, HE, MV, NI, NW, RP, SL, SN, ST, SH, TH }

public static class Lands
{
    extension(Land land)
    {
        public Words Words => land switch
        {
            Land.BW => new("Baden-Württemberg", "Baden-Württemberg"),
            Land.BY => new("Bavaria", "Bayern"),
            Land.BE => new("Berlin", "Berlin"),
            Land.BB => new("Brandenburg", "Brandenburg"),
            Land.HB => new("Bremen", "Bremen"),
            Land.HH => new("Hamburg", "Hamburg"),
            Land.HE => new("Hesse", "Hessen"),
            Land.MV => new("Mecklenburg-Western Pomerania", "Mecklenburg-Vorpommern"),
            Land.NI => new("Lower Saxony", "Niedersachsen"),
            Land.NW => new("North Rhine-Westphalia", "Nordrhein-Westfalen"),
            Land.RP => new("Rhineland-Palatinate", "Rheinland-Pfalz"),
            Land.SL => new("Saarland", "Saarland"),
            Land.SN => new("Saxony", "Sachsen"),
            Land.ST => new("Saxony-Anhalt", "Sachsen-Anhalt"),
            Land.SH => new("Schleswig-Holstein", "Schleswig-Holstein"),
            Land.TH => new("Thuringia", "Thüringen"),
            _ => throw new ArgumentOutOfRangeException(nameof(land), land, "No Land."),
        };
    }
}
